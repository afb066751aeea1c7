/*
 * sql.h - SQL text, built so that no name or value can be taken for syntax.
 *
 * sql_append's directives (there is no %s):
 *   %I  const char *            an identifier, quoted where PostgreSQL needs it
 *   %Q  const char *, const char *  schema and name: "schema"."name"
 *   %L  const char *            a literal ('…', E'…' where it holds backslashes); NULL gives NULL
 *   %X  const char *            SQL text that the server made (deparsed), guarded by
 *                               sql_append_server_text
 *   %K  const char *            keywords of ours: only [A-Za-z0-9_ (),=.'] allowed, asserted
 *   %d  int      %ld long     %%
 *
 * NULL for %I, %Q or %X is empty text: a hostile archive leads to SQL that the server refuses, not to a crash.
 */
#ifndef COMMON_POSTGRES_SQL_H
#define COMMON_POSTGRES_SQL_H

#include "base/buffer.h"

void sql_append(struct buffer *out, const char *format, ...);
void sql_vappend(struct buffer *out, const char *format, va_list arguments);

void sql_append_identifier(struct buffer *out, const char *name);
void sql_append_literal(struct buffer *out, const char *value);
/*
 * Deparsed text, changed in one place only, so that parsing it again gives the tree it
 * came from: "(ARRAY[…])::text[]" would push the cast into the elements
 * (parse_expr.c transformTypeCast), so it is written "((ARRAY[…])::varchar[])::text[]"
 * with the element type that the first element's own cast names.
 */
void sql_append_server_text(struct buffer *out, const char *text);
/* A name made harmless for a "--" comment: line breaks become spaces. */
void sql_append_comment_text(struct buffer *out, const char *text);

/* Whether a name must be quoted: not [a-z_][a-z0-9_]* or a keyword that is not unreserved (PostgreSQL 18 kwlist.h). */
bool sql_identifier_needs_quotes(const char *name);

/* PostgreSQL array text "{a,\"b c\",NULL}": calls each(context, element or NULL).  0, or -1 where it is malformed. */
int sql_array_parse(const char *text, void (*each)(void *context, const char *element, size_t length), void *context);
/* The elements as NUL-terminated strings in one heap block (free with free); NULL elements are NULL pointers. */
int sql_array_split(const char *text, char ***elements, size_t *count);
void sql_array_append(struct buffer *out, const char *element, bool first); /* without the braces */

#endif
