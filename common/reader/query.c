/*
 * query.c - line-level version guards.
 */
#include "build.h"

#include "reader/query.h"

/* Whether a line (without its newline) stands for this version. */
static bool
line_stands(const char *line, size_t length, int version)
{
	const char *mark = memmem(line, length, "--@ ", 4);
	if (mark == NULL)
		return true;
	if (strncmp(mark + 4, ">=", 2) == 0)
		return version >= strtol(mark + 6, NULL, 10);
	if (mark[4] == '<')
		return version < strtol(mark + 5, NULL, 10);
	return true;
}

const char *
query_for_version(struct arena *arena, const char *text, int version)
{
	char *result = arena_bytes(arena, strlen(text) + 1);
	char *end = result;
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		size_t whole = length + (text[length] == '\n');
		if (line_stands(text, length, version)) {
			memcpy(end, text, whole);
			end += whole;
		}
		text += whole;
	}
	*end = '\0';
	return result;
}
