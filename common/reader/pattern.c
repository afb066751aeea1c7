/*
 * pattern.c - matching on the pattern's text directly: patterns are few and short.
 */
#include "build.h"

#include <ctype.h>

#include "reader/pattern.h"

/* One unit of a pattern: a character to match, or a wildcard. */
struct unit {
	char c;
	bool any;     /* ? */
	bool any_run; /* * */
};

/* Reads the unit at *at, moving past it and past quotes; false at the end. */
static bool
next_unit(const char **at, const char *end, bool *quoted, struct unit *unit)
{
	while (*at < end && **at == '"') {
		if (*quoted && *at + 1 < end && (*at)[1] == '"') {
			*at += 2;
			*unit = (struct unit){ .c = '"' };
			return true;
		}
		*quoted = !*quoted;
		(*at)++;
	}
	if (*at >= end)
		return false;
	char c = *(*at)++;
	*unit = (struct unit){ .c = *quoted ? c : (char)tolower((unsigned char)c),
		                   .any = !*quoted && c == '?',
		                   .any_run = !*quoted && c == '*' };
	return true;
}

static bool
matches(const char *pattern, const char *end, bool quoted, const char *name)
{
	struct unit unit;
	while (next_unit(&pattern, end, &quoted, &unit)) {
		if (unit.any_run) {
			for (;; name++) {
				if (matches(pattern, end, quoted, name))
					return true;
				if (*name == '\0')
					return false;
			}
		}
		if (*name == '\0' || (!unit.any && unit.c != *name))
			return false;
		name++;
	}
	return *name == '\0';
}

/* The dot outside quotes, or NULL. */
static const char *
find_dot(const char *pattern)
{
	bool quoted = false;
	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '"')
			quoted = !quoted;
		else if (*pattern == '.' && !quoted)
			return pattern;
	}
	return NULL;
}

bool
pattern_matches_name(const char *pattern, const char *name)
{
	return matches(pattern, pattern + strlen(pattern), false, name);
}

bool
pattern_matches_qualified(const char *pattern, const char *schema, const char *name)
{
	const char *dot = find_dot(pattern);
	if (dot == NULL)
		return pattern_matches_name(pattern, name);
	return matches(pattern, dot, false, schema) && pattern_matches_name(dot + 1, name);
}

bool
pattern_any_name(const struct vector *patterns, const char *name)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (pattern_matches_name(patterns->items[i], name))
			return true;
	return false;
}

bool
pattern_any_qualified(const struct vector *patterns, const char *schema, const char *name)
{
	for (size_t i = 0; i < patterns->count; i++)
		if (pattern_matches_qualified(patterns->items[i], schema, name))
			return true;
	return false;
}
