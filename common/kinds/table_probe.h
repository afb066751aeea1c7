/*
 * table_probe.h - what the questions to production's rows have in common.
 */
#ifndef COMMON_KINDS_TABLE_PROBE_H
#define COMMON_KINDS_TABLE_PROBE_H

#include "base/buffer.h"
#include "catalog/catalog.h"

/* Counting stops here: that many rows are reason enough. */
#define MOST_ROWS "1000"

/* The rows of one table as they will be: columns that production lacks have the value that adding them gives. */
struct probe_source {
	const struct kind_context *context;
	const struct object *part;
	struct buffer added; /* ", (default)::type AS name" … */
	bool unknowable;     /* a new column will hold something that cannot be told now */
	bool passing;        /* one may hold another value each time that it is asked */
};

/* Finds the new columns of the part's table among `names` (a LIST) or inside `text`; both may be NULL. */
void probe_source_init(struct probe_source *source, const struct kind_context *context, const struct object *part,
                       const char *names, const char *text);
void probe_source_fini(struct probe_source *source);
/* "(SELECT r.*, … FROM s.t AS r) AS t": under the table's own name, since expressions may say it. */
void probe_source_write(struct buffer *sql, const struct probe_source *source, bool only);

/* Whether the rows of the part's table lie in itself alone. */
bool probe_is_only(const struct kind_context *context, const struct object *part);
/* How to point at a row of the part's table: the primary key that production has, or the whole row. */
void probe_example(struct buffer *sql, const struct kind_context *context, const struct object *part);
/* "SELECT count, example FROM (SELECT ": the caller goes on with the example of a row and the rows. */
void probe_begin(struct buffer *sql);
/* Ends that and fills the probe; always true. */
bool probe_finish(struct buffer *sql, const struct kind_context *context, struct probe *probe, const char *reason);

/* A new column that numbers the rows by an identity or a sequence; false for any other. */
bool probe_counter(const struct kind_context *context, const struct object *column, struct probe *probe);
/* An identity whose limits change; always true. */
bool probe_identity_limits(const struct kind_context *context, const struct object *column, struct probe *probe);

/*
 * One element of a list in deparsed SQL, up to a comma outside quotes and parentheses: *text moves behind it and the
 * blanks.  The element is copied without blanks around it; NULL where the list has ended.
 */
char *probe_next_element(struct arena *arena, const char **text);
/* The end of what begins at `text`: the first of `stops` outside quotes and parentheses, or the end of the text. */
const char *probe_skip(const char *text, const char *stops);

#endif
