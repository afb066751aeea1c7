/*
 * table_probe_counter.c - whether there are numbers enough, and the right ones, for what counts the rows.
 */
#include "build.h"

#include "kinds/table_parts.h"
#include "kinds/table_probe.h"

#include "postgres/sql.h"

static long
option_value(const char *options, const char *clause, long otherwise)
{
	const char *found = options != NULL ? strstr(options, clause) : NULL;

	return found != NULL ? strtol(found + strlen(clause), NULL, 10) : otherwise;
}

/* An identity's limits can move only as long as its counter stays within. */
bool
probe_identity_limits(const struct kind_context *context, const struct object *column, struct probe *probe)
{
	const char *options = object_get(column, "identity_options");
	bool down = option_value(options, "INCREMENT BY ", 1) < 0;
	long least = option_value(options, "MINVALUE ", down ? INT64_MIN : 1);
	long most = option_value(options, "MAXVALUE ", down ? -1 : INT64_MAX);
	struct buffer table = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;

	sql_append(&table, "%Q", object_schema(column), object_value(column, 1));
	sql_append(&sql,
	           "SELECT pg_catalog.count(*), pg_catalog.min(v)::pg_catalog.text FROM (SELECT"
	           " COALESCE(pg_catalog.pg_sequence_last_value(s.seqrelid), s.seqstart) AS v FROM pg_catalog.pg_sequence s"
	           " WHERE s.seqrelid = pg_catalog.pg_get_serial_sequence(%L, %L)::pg_catalog.regclass) AS counter"
	           " WHERE v < %ld OR v > %ld",
	           buffer_text(&table), object_name(column), least, most);
	probe->query = arena_strdup(context->arena, buffer_text(&sql));
	probe->reason = arena_strdup(context->arena, "%s counter is outside of the new limits");
	buffer_fini(&table);
	buffer_fini(&sql);
	return true;
}

/* What a new counter has to give out. */
struct counter {
	const char *type;
	long increment;
	long least;
	long most;
	long start;
};

static long
type_limit(const char *type)
{
	return strcmp(type, "smallint") == 0 ? INT16_MAX : strcmp(type, "integer") == 0 ? INT32_MAX : INT64_MAX;
}

/* How many numbers there are before it fails; a long is enough for what a table may hold. */
static long
numbers_of(const struct counter *counter)
{
	uint64_t span = counter->increment > 0 ? (uint64_t)counter->most - (uint64_t)counter->start
	                                       : (uint64_t)counter->start - (uint64_t)counter->least;
	uint64_t step = counter->increment > 0 ? (uint64_t)counter->increment : 0 - (uint64_t)counter->increment;
	uint64_t steps = step > 0 ? span / step : 0;

	return steps < INT64_MAX - 1 ? (long)steps + 1 : INT64_MAX - 1;
}

/* False where every row of any table gets its number: none is given, or they begin again. */
static bool
counter_of(const struct kind_context *context, const struct object *column, struct counter *counter)
{
	const struct object *sequence = table_default_sequence(context->wanted, column);
	const char *options = object_get(column, "identity_options");

	if (sequence != NULL) {
		*counter = (struct counter){ object_text(sequence, "type"), object_number(sequence, "increment", 1),
			                         object_number(sequence, "min", 1), object_number(sequence, "max", INT64_MAX),
			                         object_number(sequence, "start", 1) };
		return !object_is(sequence, "cycle");
	}
	if (object_get(column, "identity") == NULL)
		return false;
	counter->type = object_text(column, "type");
	counter->increment = option_value(options, "INCREMENT BY ", 1);
	bool down = counter->increment < 0;
	counter->least = option_value(options, "MINVALUE ", down ? -type_limit(counter->type) - 1 : 1);
	counter->most = option_value(options, "MAXVALUE ", down ? -1 : type_limit(counter->type));
	counter->start = option_value(options, "START WITH ", down ? counter->most : counter->least);
	/* CACHE stands before it. */
	return options == NULL || strstr(options, " CYCLE") == NULL;
}

/* How many numbers are left, as SQL: of a sequence that production has, it knows where it stands. */
static void
write_numbers(struct buffer *sql, const struct kind_context *context, const struct object *sequence,
              const struct counter *counter)
{
	struct buffer name = BUFFER_INIT;

	if (sequence == NULL || catalog_counterpart(context->current, sequence) == NULL) {
		sql_append(sql, "%ld", numbers_of(counter));
		return;
	}
	sql_append(&name, "%Q", object_schema(sequence), object_name(sequence));
	sql_append(sql,
	           "(SELECT pg_catalog.trunc((CASE WHEN s.seqincrement > 0 THEN s.seqmax ELSE s.seqmin END"
	           " - COALESCE(pg_catalog.pg_sequence_last_value(s.seqrelid), s.seqstart::pg_catalog.numeric"
	           " - s.seqincrement)) / s.seqincrement)::pg_catalog.int8"
	           " FROM pg_catalog.pg_sequence AS s WHERE s.seqrelid = %L::pg_catalog.regclass)",
	           buffer_text(&name));
	buffer_fini(&name);
}

/* Adding the column numbers the rows that are there.  They are counted only where the file could hold as many: a row
 * takes 28 bytes at least (a header of 24, and 4 to point at it). */
bool
probe_counter(const struct kind_context *context, const struct object *column, struct probe *probe)
{
	struct counter counter;
	struct buffer table = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;

	if (!counter_of(context, column, &counter))
		return false;
	sql_append(&table, "%Q", object_schema(column), object_value(column, 1));
	buffer_append_text(&sql, "SELECT CASE WHEN t.rows > n.numbers THEN (SELECT pg_catalog.count(*) FROM (SELECT FROM ");
	sql_append(&sql, "%X LIMIT n.numbers + 1) AS r) - n.numbers ELSE 0 END, NULL::pg_catalog.text FROM (SELECT ",
	           buffer_text(&table));
	write_numbers(&sql, context, table_default_sequence(context->wanted, column), &counter);
	sql_append(&sql,
	           ") AS n (numbers), (SELECT COALESCE(pg_catalog.sum(pg_catalog.pg_relation_size(p.relid)),"
	           " pg_catalog.pg_relation_size(%L)) / 28 FROM pg_catalog.pg_partition_tree(%L) AS p) AS t (rows)",
	           buffer_text(&table), buffer_text(&table));
	probe->query = arena_strdup(context->arena, buffer_text(&sql));
	probe->reason = arena_strdup(context->arena, "its counter has fewer numbers than there are rows");
	buffer_fini(&table);
	buffer_fini(&sql);
	return true;
}
