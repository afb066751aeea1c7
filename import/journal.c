#include "build.h"

#include "import/journal.h"

#include <time.h>

#include "base/buffer.h"
#include "catalog/object.h"
#include "postgres/sql.h"

/* Not IF NOT EXISTS: that asks for the right to create schemas even where the schema is there. */
static const char *const schema[] = {
	"CREATE SCHEMA pgkeel",
	"COMMENT ON SCHEMA pgkeel IS 'History of pgkeel: which schema snapshots were applied here'",
};

static const char *const layout[] = {
	"CREATE TABLE pgkeel.layout (version integer NOT NULL)",
	"INSERT INTO pgkeel.layout VALUES (1)",
	"CREATE TABLE pgkeel.run ("
	" id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
	" command text NOT NULL,"
	" snapshot text,"
	" fingerprint text,"
	" content text,"
	" label text,"
	" options integer NOT NULL DEFAULT 0,"
	" tool text NOT NULL,"
	" role text NOT NULL,"
	" host text,"
	" backup text,"
	" fingerprint_before text,"
	" fingerprint_after text,"
	" stamp_after text,"
	" steps_planned integer NOT NULL DEFAULT 0,"
	" withheld integer NOT NULL DEFAULT 0,"
	" withheld_on_rows integer NOT NULL DEFAULT 0,"
	" kept integer NOT NULL DEFAULT 0,"
	" outcome text NOT NULL CHECK (outcome IN"
	" ('running', 'done', 'nothing', 'differs', 'failed', 'partial', 'interrupted')),"
	" error text,"
	" started timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),"
	" finished timestamptz)",
	"CREATE TABLE pgkeel.step ("
	" run bigint NOT NULL REFERENCES pgkeel.run (id) ON DELETE CASCADE,"
	" seq integer NOT NULL,"
	" object text,"
	" action text NOT NULL,"
	" sql text NOT NULL,"
	" outcome text NOT NULL CHECK (outcome IN ('running', 'done', 'refused', 'failed', 'interrupted')),"
	" error text,"
	" started timestamptz NOT NULL,"
	" duration_ms bigint,"
	" PRIMARY KEY (run, seq))",
};

static const char interrupted_runs[] =
	"WITH gone AS (UPDATE pgkeel.run SET outcome = 'interrupted', finished = pg_catalog.clock_timestamp() "
	"WHERE outcome = 'running' RETURNING id) "
	"UPDATE pgkeel.step SET outcome = 'interrupted' WHERE outcome = 'running' AND run IN (SELECT id FROM gone)";

double
journal_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool
is_true(const PGresult *result, int column)
{
	return strcmp(PQgetvalue(result, 0, column), "t") == 0;
}

static int
check_layout(struct connection *connection, struct error *error)
{
	char *version = NULL;

	if (connection_query_value(connection, "SELECT pg_catalog.max(version)::text FROM pgkeel.layout", 0, NULL, &version,
	                           error) < 0)
		return -1;
	bool newer = version != NULL && strtol(version, NULL, 10) > JOURNAL_LAYOUT;
	if (newer) {
		error_set(error, ERROR_FAILED, "the history in schema pgkeel has layout %s, this program knows layout %d",
		          version, JOURNAL_LAYOUT);
		error_hint(error, "Use the newer pgkeel that wrote it.");
	}
	free(version);
	return newer ? -1 : 0;
}

int
journal_look(struct connection *connection, struct journal_place *place, struct error *error)
{
	/* By the catalogs: to_regclass fails where the role may not look into the schema. */
	static const char sql[] =
		"SELECT c.oid IS NOT NULL,"
		" COALESCE(pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
		" AND pg_catalog.has_table_privilege(s.oid, 'SELECT'), false),"
		" CASE WHEN n.oid IS NULL THEN pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE')"
		" WHEN c.oid IS NULL THEN pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
		" AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')"
		" ELSE pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
		" AND pg_catalog.has_table_privilege(c.oid, 'INSERT') AND pg_catalog.has_table_privilege(c.oid, 'UPDATE')"
		" AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
		" AND COALESCE(pg_catalog.has_table_privilege(s.oid, 'INSERT')"
		" AND pg_catalog.has_table_privilege(s.oid, 'UPDATE'), false) END,"
		" n.oid IS NOT NULL"
		" FROM (SELECT 1) AS one"
		" LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'pgkeel'"
		" LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = 'run' AND c.relkind = 'r'"
		" LEFT JOIN pg_catalog.pg_class s ON s.relnamespace = n.oid AND s.relname = 'step' AND s.relkind = 'r'";
	PGresult *result = NULL;

	if (connection_query(connection, sql, 0, NULL, &result, error) < 0)
		return -1;
	place->present = is_true(result, 0);
	place->readable = place->present && is_true(result, 1);
	place->writable = is_true(result, 2);
	place->schema_present = is_true(result, 3);
	PQclear(result);
	return place->readable ? check_layout(connection, error) : 0;
}

int
journal_check_writable(struct connection *connection, const struct journal_place *place, struct error *error)
{
	if (place->writable)
		return 0;
	error_set(error, ERROR_PERMISSION, "role \"%s\" may not keep the history in schema pgkeel of database \"%s\"",
	          connection_user(connection), connection_database(connection));
	error_detail(error, "Nothing was changed: a run that cannot be recorded is not begun.");
	if (place->present)
		return error_hint(error, "Use the role that applied before, or grant USAGE on schema pgkeel and SELECT, INSERT "
		                         "and UPDATE on all its tables.");
	return error_hint(error, "Grant CREATE on the database to the role, or create the schema: CREATE SCHEMA pgkeel "
	                         "AUTHORIZATION the role.");
}

/* --- reading --- */

#define COLUMN(name, sql) offsetof(struct journal_run, name),
static const size_t run_members[] = { JOURNAL_RUN_COLUMNS(COLUMN) };
#undef COLUMN
#define COLUMN(name, sql) offsetof(struct journal_step, name),
static const size_t step_members[] = { JOURNAL_STEP_COLUMNS(COLUMN) };
#undef COLUMN
#define COLUMN(name, sql) ", " sql
static const char run_columns[] =
	"SELECT " /* the macro's first comma */ "NULL" JOURNAL_RUN_COLUMNS(COLUMN) " FROM pgkeel.run r ";
static const char step_columns[] = "SELECT NULL" JOURNAL_STEP_COLUMNS(COLUMN) " FROM pgkeel.step ";
#undef COLUMN

static void *
read_row(struct arena *arena, const PGresult *result, int row, const size_t *members, size_t count, size_t size)
{
	char *record = arena_zalloc(arena, size);

	for (size_t i = 0; i < count; i++)
		if (!PQgetisnull(result, row, (int)i + 1))
			*(const char **)(void *)(record + members[i]) = arena_strdup(arena, PQgetvalue(result, row, (int)i + 1));
	return record;
}

static int
read_runs(struct connection *connection, struct arena *arena, const char *tail, const char *parameter,
          struct vector *runs, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	PGresult *result = NULL;

	buffer_append_text(&sql, run_columns);
	buffer_append_text(&sql, tail);
	int failed = connection_query(connection, buffer_text(&sql), parameter != NULL, &parameter, &result, error);
	buffer_fini(&sql);
	if (failed < 0)
		return -1;
	for (int row = 0; row < PQntuples(result); row++)
		vector_add(runs, read_row(arena, result, row, run_members, COUNT_OF(run_members), sizeof(struct journal_run)));
	PQclear(result);
	return 0;
}

static int
read_one(struct connection *connection, struct arena *arena, const char *tail, const char *parameter,
         struct journal_run **run, struct error *error)
{
	struct vector runs = { 0 };

	int failed = read_runs(connection, arena, tail, parameter, &runs, error);
	*run = runs.count > 0 ? runs.items[0] : NULL;
	vector_fini(&runs);
	return failed;
}

int
journal_newest(struct connection *connection, struct arena *arena, struct journal_run **run, struct error *error)
{
	return read_one(connection, arena, "ORDER BY id DESC LIMIT 1", NULL, run, error);
}

int
journal_newest_good(struct connection *connection, struct arena *arena, struct journal_run **run, struct error *error)
{
	return read_one(connection, arena, "WHERE outcome IN ('done', 'nothing') ORDER BY id DESC LIMIT 1", NULL, run,
	                error);
}

int
journal_find(struct connection *connection, struct arena *arena, const char *id, struct journal_run **run,
             struct error *error)
{
	return read_one(connection, arena, "WHERE id::text = $1::text", id, run, error);
}

int
journal_list(struct connection *connection, struct arena *arena, long most, struct vector *runs, struct error *error)
{
	const char *limit = arena_printf(arena, "%ld", most);

	return read_runs(connection, arena, "ORDER BY id DESC LIMIT $1::bigint", limit, runs, error);
}

static int
read_steps(struct connection *connection, struct arena *arena, const char *condition, const char *id,
           struct vector *steps, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	PGresult *result = NULL;

	buffer_append_text(&sql, step_columns);
	buffer_printf(&sql, "WHERE run = $1::bigint%s ORDER BY seq", condition);
	int failed = connection_query(connection, buffer_text(&sql), 1, &id, &result, error);
	buffer_fini(&sql);
	if (failed < 0)
		return -1;
	for (int row = 0; row < PQntuples(result); row++)
		vector_add(steps,
		           read_row(arena, result, row, step_members, COUNT_OF(step_members), sizeof(struct journal_step)));
	PQclear(result);
	return 0;
}

int
journal_steps(struct connection *connection, struct arena *arena, const char *id, struct vector *steps,
              struct error *error)
{
	return read_steps(connection, arena, "", id, steps, error);
}

int
journal_refused_steps(struct connection *connection, struct arena *arena, const char *id, struct vector *steps,
                      struct error *error)
{
	return read_steps(connection, arena, " AND outcome = 'refused'", id, steps, error);
}

/* --- writing --- */

static int
in_transaction(struct connection *connection, int (*body)(void *context, struct error *error), void *context,
               struct error *error)
{
	if (connection_execute(connection, "BEGIN READ WRITE", error) < 0)
		return -1;
	if (body(context, error) == 0)
		return connection_execute(connection, "COMMIT", error);
	struct error ignored = { 0 };
	if (connection_is_alive(connection))
		connection_execute(connection, "ROLLBACK", &ignored);
	error_clear(&ignored);
	return -1;
}

struct beginning {
	struct connection *connection;
	struct arena *arena;
	const struct journal_run *run;
	const char **id;
};

static int
create_with(struct connection *connection, const char *const *statements, size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++)
		if (connection_execute(connection, statements[i], error) < 0)
			return error_prefix(error, "creating the history in schema pgkeel");
	return 0;
}

static int
create_layout(struct connection *connection, const struct journal_place *place, struct error *error)
{
	if (place->present)
		return 0;
	if (!place->schema_present && create_with(connection, schema, COUNT_OF(schema), error) < 0)
		return -1;
	return create_with(connection, layout, COUNT_OF(layout), error);
}

static int
begin_run(void *context, struct error *error)
{
	static const char sql[] =
		"INSERT INTO pgkeel.run (command, snapshot, fingerprint, content, label, options, tool, role, host, backup,"
		" fingerprint_before, fingerprint_after, stamp_after, steps_planned, withheld, withheld_on_rows, kept, outcome,"
		" finished) VALUES ($1, $2, $3, $4, $5, COALESCE($6::integer, 0), $7, session_user, $8, $9, $10, $11, $12,"
		" COALESCE($13::integer, 0), COALESCE($14::integer, 0), COALESCE($15::integer, 0), COALESCE($16::integer, 0),"
		" $17,"
		" CASE WHEN $17 <> 'running' THEN pg_catalog.clock_timestamp() END) RETURNING id::text";
	const struct beginning *beginning = context;
	const struct journal_run *run = beginning->run;
	const char *values[] = { run->command,
		                     run->snapshot,
		                     run->fingerprint,
		                     run->content,
		                     run->label,
		                     run->options,
		                     run->tool,
		                     run->host,
		                     run->backup,
		                     run->fingerprint_before,
		                     run->fingerprint_after,
		                     run->stamp_after,
		                     run->steps_planned,
		                     run->withheld,
		                     run->withheld_on_rows,
		                     run->kept,
		                     run->outcome };
	struct journal_place place;
	char *id = NULL;

	if (journal_look(beginning->connection, &place, error) < 0)
		return -1;
	if (create_layout(beginning->connection, &place, error) < 0)
		return -1;
	if (connection_execute(beginning->connection, interrupted_runs, error) < 0 ||
	    connection_query_value(beginning->connection, sql, COUNT_OF(values), values, &id, error) < 0)
		return -1;
	*beginning->id = arena_strdup(beginning->arena, id);
	free(id);
	return 0;
}

int
journal_begin(struct connection *connection, struct arena *arena, const struct journal_run *run, const char **id,
              struct error *error)
{
	struct beginning beginning = { connection, arena, run, id };

	return in_transaction(connection, begin_run, &beginning, error);
}

static int
change(struct connection *connection, const char *sql, int count, const char *const *values, struct error *error)
{
	PGresult *result = NULL;

	if (connection_query(connection, sql, count, values, &result, error) < 0)
		return -1;
	PQclear(result);
	return 0;
}

int
journal_end(struct connection *connection, const char *id, const struct journal_run *run, bool *partial,
            struct error *error)
{
	static const char sql[] =
		"UPDATE pgkeel.run SET fingerprint_after = $2, stamp_after = $3, error = $5,"
		" finished = pg_catalog.clock_timestamp(), withheld = COALESCE($6::integer, withheld),"
		" withheld_on_rows = COALESCE($7::integer, withheld_on_rows), kept = COALESCE($8::integer, kept),"
		" outcome = COALESCE($4, CASE WHEN EXISTS"
		" (SELECT FROM pgkeel.step s WHERE s.run = $1::bigint AND s.outcome = 'done') THEN 'partial' ELSE 'failed' END)"
		" WHERE id = $1::bigint RETURNING outcome";
	const char *values[] = { id,         run->fingerprint_after, run->stamp_after,      run->outcome,
		                     run->error, run->withheld,          run->withheld_on_rows, run->kept };
	char *outcome = NULL;

	if (connection_query_value(connection, sql, COUNT_OF(values), values, &outcome, error) < 0)
		return -1;
	if (partial != NULL)
		*partial = outcome != NULL && strcmp(outcome, "partial") == 0;
	free(outcome);
	return 0;
}

int
journal_refresh_stamp(struct connection *connection, const char *id, const char *stamp, struct error *error)
{
	const char *values[] = { id, stamp };

	return change(connection, "UPDATE pgkeel.run SET stamp_after = $2 WHERE id = $1::bigint", COUNT_OF(values), values,
	              error);
}

/* The columns of the steps' table as arrays, one parameter each. */
enum record_column {
	RECORD_SEQ,
	RECORD_OBJECT,
	RECORD_ACTION,
	RECORD_SQL,
	RECORD_OUTCOME,
	RECORD_ERROR,
	RECORD_AGE,
	RECORD_DURATION,
	RECORD_COLUMNS
};

static void
append_record(struct buffer *arrays, const struct journal_record *record, double now, bool first)
{
	const char *values[RECORD_COLUMNS];
	struct buffer object = BUFFER_INIT;
	char seq[32];
	char age[64];
	char duration[64];

	if (record->object != NULL)
		buffer_append_text(&object, record->object);
	else if (record->step->object != NULL)
		object_describe(&object, record->step->object);
	snprintf(seq, sizeof(seq), "%zu", record->seq);
	snprintf(age, sizeof(age), "%.3f", now - record->started);
	snprintf(duration, sizeof(duration), "%.0f", record->duration * 1000);
	values[RECORD_SEQ] = seq;
	values[RECORD_OBJECT] = object.length > 0 ? buffer_text(&object) : NULL;
	values[RECORD_ACTION] = step_action_name(record->step->action);
	values[RECORD_SQL] = record->step->sql;
	values[RECORD_OUTCOME] = record->outcome;
	values[RECORD_ERROR] = record->error;
	values[RECORD_AGE] = age;
	values[RECORD_DURATION] = duration;
	for (size_t i = 0; i < RECORD_COLUMNS; i++)
		sql_array_append(&arrays[i], values[i], first);
	buffer_fini(&object);
}

int
journal_add_steps(struct connection *connection, const char *run, const struct journal_record *records, size_t count,
                  struct error *error)
{
	static const char sql[] =
		"INSERT INTO pgkeel.step (run, seq, object, action, sql, outcome, error, started, duration_ms)"
		" SELECT $1::bigint, s.seq, s.object, s.action, s.sql, s.outcome, s.error,"
		" pg_catalog.clock_timestamp() - s.age * interval '1 second', s.duration"
		/* Not qualified: with several arrays it is syntax, not a function. */
		" FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],"
		" $8::double precision[], $9::bigint[]) AS s (seq, object, action, sql, outcome, error, age, duration)"
		" ON CONFLICT (run, seq) DO UPDATE SET outcome = EXCLUDED.outcome, error = EXCLUDED.error,"
		" started = EXCLUDED.started, duration_ms = EXCLUDED.duration_ms";
	struct buffer arrays[RECORD_COLUMNS] = { BUFFER_INIT };
	const char *values[1 + RECORD_COLUMNS] = { run };
	double now = journal_clock();

	for (size_t i = 0; i < RECORD_COLUMNS; i++)
		buffer_append_char(&arrays[i], '{');
	for (size_t i = 0; i < count; i++)
		append_record(arrays, &records[i], now, i == 0);
	for (size_t i = 0; i < RECORD_COLUMNS; i++) {
		buffer_append_char(&arrays[i], '}');
		values[1 + i] = buffer_text(&arrays[i]);
	}
	int failed = count > 0 ? change(connection, sql, COUNT_OF(values), values, error) : 0;
	for (size_t i = 0; i < RECORD_COLUMNS; i++)
		buffer_fini(&arrays[i]);
	return failed;
}
