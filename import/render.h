/*
 * render.h - a plan as text for people and as JSON for machines (docs/plan-json.md).
 *
 * SQL and DOT are the plan's own (plan_script, plan_dot).  The same target gives the same bytes.
 */
#ifndef IMPORT_RENDER_H
#define IMPORT_RENDER_H

#include <jansson.h>

#include "import/target.h"

void render_text(const struct target *target, struct buffer *out);
/* "7 statements in 2 transactions, 1 withheld, 3 only in production" */
void render_summary(const struct plan *plan, struct buffer *out);
/* The withheld, the kept and the not handled parts alone. */
void render_remains(const struct target *target, struct buffer *out);

/* A new reference. */
json_t *render_json(const struct target *target);
void render_json_text(const struct target *target, struct buffer *out);
/* A JSON string, null for NULL; bytes that are no UTF-8 (a SQL_ASCII database) become "?". */
json_t *render_json_string(const char *text);
/* The value as indented text with a line end; takes the reference. */
void render_json_dump(json_t *value, struct buffer *out);

/* Text for a terminal: control characters of hostile names become spaces, line breaks too unless they are kept. */
void render_clean(struct buffer *out, const char *text, bool keep_lines);

#endif
