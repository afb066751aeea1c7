/*
 * counter.c - where a new sequence begins that numbers a column with rows.
 *
 * Begun at its start it would give out numbers that rows have: the next INSERT would break the key.  It is only ever
 * moved on, so that several columns (those of partitions) may share it, and never past its limit.
 */
#include "build.h"

#include "kinds/counter.h"

#include "catalog/catalog.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

/* The sequence that the column takes its values from and nothing else; NULL: none. */
static const struct object *
sequence_of(const struct catalog *catalog, const struct object *column)
{
	const char *expression = table_default_expression(catalog, column);

	return expression != NULL && strncmp(expression, "nextval(", 8) == 0 ? table_default_sequence(catalog, column)
	                                                                     : NULL;
}

static bool
is_of_integers(const struct object *column)
{
	return object_says(column, "type", "smallint") || object_says(column, "type", "integer") ||
	       object_says(column, "type", "bigint");
}

/* " BETWEEN where it stands AND its limit", in the direction in which it counts */
static void
append_room(struct buffer *sql, const struct object *sequence, bool down)
{
	if (down)
		sql_append(sql, " BETWEEN %X AND (SELECT last_value FROM %Q)", object_text(sequence, "min"),
		           object_schema(sequence), object_name(sequence));
	else
		sql_append(sql, " BETWEEN (SELECT last_value FROM %Q) AND %X", object_schema(sequence), object_name(sequence),
		           object_text(sequence, "max"));
}

/* The sequence that production's column counts by, if whoever owns the table may read it. */
static const struct object *
predecessor(const struct kind_context *context, const struct object *column)
{
	const struct object *table = catalog_parent(context->current, column);
	const struct object *sequence = sequence_of(context->current, column);

	return sequence != NULL && object_says(sequence, "owner", object_text(table, "owner")) ? sequence : NULL;
}

static void
steps_take_setval(struct steps *steps, const struct object *value, unsigned hazards, struct buffer *sql)
{
	steps_take(steps, value, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, hazards, sql);
	buffer_fini(sql);
}

void
counter_go_on(const struct kind_context *context, const struct object *value, struct steps *steps)
{
	const struct object *wanted = catalog_parent(context->wanted, value);
	const struct object *column = catalog_counterpart(context->current, wanted);
	const struct object *sequence = column != NULL ? sequence_of(context->wanted, wanted) : NULL;

	if (sequence == NULL || catalog_counterpart(context->current, sequence) != NULL || !is_of_integers(column) ||
	    table_find(context->current, object_schema(column), object_value(column, 1)) == NULL)
		return;
	const struct object *before = predecessor(context, column);
	bool down = object_text(sequence, "increment")[0] == '-';
	const char *furthest = down ? "min" : "max";
	struct buffer name = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;

	sql_append(&name, "%Q", object_schema(sequence), object_name(sequence));
	if (before != NULL) {
		sql_append(&sql, "SELECT pg_catalog.setval(%L, last_value, is_called) FROM %Q WHERE last_value",
		           buffer_text(&name), object_schema(before), object_name(before));
		append_room(&sql, sequence, down);
		steps_take_setval(steps, value, 0, &sql);
		sql = (struct buffer)BUFFER_INIT;
	}
	sql_append(&sql, "SELECT pg_catalog.setval(%L, pg_catalog.%X(%I)) FROM %Q HAVING pg_catalog.%X(%I)",
	           buffer_text(&name), furthest, object_name(column), object_schema(column), object_value(column, 1),
	           furthest, object_name(column));
	append_room(&sql, sequence, down);
	steps_take_setval(steps, value, HAZARD_SCANS | HAZARD_BLOCKS_READS, &sql);
	buffer_fini(&name);
}
