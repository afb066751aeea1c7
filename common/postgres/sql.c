/*
 * sql.c - the SQL writer and PostgreSQL's array text.
 */
#include "build.h"

#include "postgres/sql.h"

#include <ctype.h>
#include <strings.h>

#include "base/arena.h"

static const char *const keywords[] = {
#define KEYWORD(word) word,
#include "postgres/keywords.def"
#undef KEYWORD
};

static int
compare_keyword(const void *name, const void *entry)
{
	return strcmp(name, *(const char *const *)entry);
}

bool
sql_identifier_needs_quotes(const char *name)
{
	const char *c = name;

	if (!((*c >= 'a' && *c <= 'z') || *c == '_'))
		return true;
	while ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_')
		c++;
	if (*c != '\0')
		return true;
	return bsearch(name, keywords, COUNT_OF(keywords), sizeof(keywords[0]), compare_keyword) != NULL;
}

/* Copies text, writing each character of `doubled` twice. */
static void
append_doubling(struct buffer *out, const char *text, const char *doubled)
{
	while (*text != '\0') {
		size_t plain = strcspn(text, doubled);

		buffer_append(out, text, plain);
		text += plain;
		if (*text != '\0') {
			buffer_append_char(out, *text);
			buffer_append_char(out, *text);
			text++;
		}
	}
}

void
sql_append_identifier(struct buffer *out, const char *name)
{
	if (!sql_identifier_needs_quotes(name)) {
		buffer_append_text(out, name);
		return;
	}
	buffer_append_char(out, '"');
	append_doubling(out, name, "\"");
	buffer_append_char(out, '"');
}

void
sql_append_literal(struct buffer *out, const char *value)
{
	if (value == NULL) {
		buffer_append_text(out, "NULL");
		return;
	}
	/* E'…' means the same whatever standard_conforming_strings is. */
	if (strchr(value, '\\') != NULL)
		buffer_append_char(out, 'E');
	buffer_append_char(out, '\'');
	append_doubling(out, value, "'\\");
	buffer_append_char(out, '\'');
}

void
sql_append_comment_text(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++)
		buffer_append_char(out, *text == '\n' || *text == '\r' ? ' ' : *text);
}

/* A wrong format or keyword is a mistake in this program that could become an injection: stop at once. */
static void
writer_misused(const char *what, const char *text)
{
	fprintf(stderr, "pgkeel: SQL writer: %s: %s\n", what, text);
	abort();
}

static void
append_keywords(struct buffer *out, const char *text)
{
	for (const char *c = text; *c != '\0'; c++) {
		if (!isalnum((unsigned char)*c) && strchr("_ (),=.'", *c) == NULL)
			writer_misused("not a keyword", text);
	}
	buffer_append_text(out, text);
}

static const char *
or_empty(const char *text)
{
	return text != NULL ? text : "";
}

void
sql_append(struct buffer *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	sql_vappend(out, format, arguments);
	va_end(arguments);
}

void
sql_vappend(struct buffer *out, const char *format, va_list arguments)
{
	const char *at = format;

	for (;;) {
		size_t plain = strcspn(at, "%");

		buffer_append(out, at, plain);
		at += plain;
		if (*at == '\0')
			return;
		at++;
		switch (*at++) {
		case 'I':
			sql_append_identifier(out, or_empty(va_arg(arguments, const char *)));
			break;
		case 'Q':
			sql_append_identifier(out, or_empty(va_arg(arguments, const char *)));
			buffer_append_char(out, '.');
			sql_append_identifier(out, or_empty(va_arg(arguments, const char *)));
			break;
		case 'L':
			sql_append_literal(out, va_arg(arguments, const char *));
			break;
		case 'X':
			sql_append_server_text(out, or_empty(va_arg(arguments, const char *)));
			break;
		case 'K':
			append_keywords(out, va_arg(arguments, const char *));
			break;
		case 'd':
			buffer_printf(out, "%d", va_arg(arguments, int));
			break;
		case 'l':
			if (*at++ != 'd')
				writer_misused("unknown directive", format);
			buffer_printf(out, "%ld", va_arg(arguments, long));
			break;
		case '%':
			buffer_append_char(out, '%');
			break;
		default:
			writer_misused("unknown directive", format);
		}
	}
}

/* Where the elements begin: behind "{", or behind bounds such as "[0:2]={" (array_out). */
static const char *
array_open(const char *text)
{
	if (*text == '[') {
		text = strchr(text, '=');
		if (text == NULL)
			return NULL;
		text++;
	}
	return *text == '{' ? text + 1 : NULL;
}

struct array_element {
	size_t length;
	bool is_null;
	bool last; /* the array ends behind it */
};

/*
 * Reads one element at *at into out (room for all of the text), with a NUL behind it,
 * and moves *at behind the delimiter.
 */
static int
array_next(const char **at, char *out, struct array_element *element)
{
	const char *c = *at;
	bool quoted = *c == '"';

	element->length = 0;
	if (quoted)
		c++;
	while (*c != '\0' && (quoted ? *c != '"' : strchr(",{}\"", *c) == NULL)) {
		if (*c == '\\' && *++c == '\0')
			return -1;
		out[element->length++] = *c++;
	}
	out[element->length] = '\0';
	if (quoted && *c++ != '"')
		return -1;
	if ((!quoted && element->length == 0) || (*c != ',' && *c != '}'))
		return -1; /* nested arrays end here too: none of ours has two dimensions */
	element->is_null = !quoted && strcasecmp(out, "NULL") == 0;
	element->last = *c == '}';
	*at = c + 1;
	return element->last && c[1] != '\0' ? -1 : 0;
}

int
sql_array_parse(const char *text, void (*each)(void *context, const char *element, size_t length), void *context)
{
	const char *at = array_open(text);
	struct array_element element = { 0, false, false };
	char *scratch;
	int status = 0;

	if (at == NULL)
		return -1;
	if (*at == '}')
		return at[1] == '\0' ? 0 : -1;
	scratch = xmalloc(strlen(at) + 1);
	while (status == 0 && !element.last) {
		status = array_next(&at, scratch, &element);
		if (status == 0)
			each(context, element.is_null ? NULL : scratch, element.is_null ? 0 : element.length);
	}
	free(scratch);
	return status;
}

int
sql_array_split(const char *text, char ***elements, size_t *count)
{
	const char *at = array_open(text);
	struct array_element element = { 0, false, false };
	size_t most = 1;
	char *strings;

	*elements = NULL;
	*count = 0;
	if (at == NULL)
		return -1;
	if (*at == '}')
		return at[1] == '\0' ? 0 : -1;
	for (const char *c = at; *c != '\0'; c++)
		most += *c == ',';
	/* Each element costs at least its delimiter in the text, so NULs never need more room. */
	*elements = xmalloc(most * sizeof(char *) + strlen(at) + 1);
	strings = (char *)(*elements + most);
	while (!element.last) {
		if (array_next(&at, strings, &element) != 0) {
			free(*elements);
			*elements = NULL;
			*count = 0;
			return -1;
		}
		(*elements)[(*count)++] = element.is_null ? NULL : strings;
		if (!element.is_null)
			strings += element.length + 1;
	}
	return 0;
}

/* array_out's rule: empty, NULL-like, or holding a delimiter, a quote, a backslash or white space. */
static bool
array_element_needs_quotes(const char *element)
{
	return *element == '\0' || strcasecmp(element, "NULL") == 0 || strpbrk(element, "{},\"\\ \t\n\r\v\f") != NULL;
}

void
sql_array_append(struct buffer *out, const char *element, bool first)
{
	if (!first)
		buffer_append_char(out, ',');
	if (element == NULL) {
		buffer_append_text(out, "NULL");
		return;
	}
	if (!array_element_needs_quotes(element)) {
		buffer_append_text(out, element);
		return;
	}
	buffer_append_char(out, '"');
	for (; *element != '\0'; element++) {
		if (*element == '"' || *element == '\\')
			buffer_append_char(out, '\\');
		buffer_append_char(out, *element);
	}
	buffer_append_char(out, '"');
}
