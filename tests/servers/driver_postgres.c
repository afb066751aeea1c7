/*
 * driver_postgres.c - shows what common/postgres does, one command at a time, for postgres.t.
 *
 * usage: driver_postgres COMMAND [argument…]; the server is PG*'s.
 * Answers go to stdout; a failure prints "CODE sqlstate: primary | detail | hint" there and exits 1.
 */
#include "build.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/log.h"
#include "postgres/copy.h"
#include "postgres/lock.h"
#include "postgres/pipeline.h"
#include "postgres/sql.h"

static int
open_as(struct connection **connection, const char *dbname, struct error *error)
{
	struct connection_options options = { .dbname = dbname, .program = "driver" };

	return connection_open(connection, &options, error);
}

static void
show_error(const struct error *error)
{
	printf("%s %s: %s | %s | %s\n", error_code_name(error->code), error->sqlstate, error->primary,
	       error->detail == NULL ? "" : error->detail, error->hint == NULL ? "" : error->hint);
}

static void
show_and_clear(struct error *error)
{
	show_error(error);
	error_clear(error);
}

/* Prints the value of a query, to show that the session works. */
static int
show_value(struct connection *connection, const char *sql, struct error *error)
{
	char *value;

	if (connection_query_value(connection, sql, 0, NULL, &value, error) != 0)
		return -1;
	printf("%s\n", value == NULL ? "<null>" : value);
	free(value);
	return 0;
}

/* --- connections --------------------------------------------------------------- */

/* connect [-W|-w] [-h HOST] [-p PORT] [-U USER] [DBNAME] */
static int
run_connect(int count, char **arguments, struct error *error)
{
	struct connection_options options = { .program = "driver", .connect_timeout = 5 };
	struct connection *connection;

	for (int i = 0; i < count; i++) {
		const char *option = arguments[i];

		if (strcmp(option, "-W") == 0)
			options.ask_password = true;
		else if (strcmp(option, "-w") == 0)
			options.never_ask = true;
		else if (strcmp(option, "-h") == 0)
			options.host = arguments[++i];
		else if (strcmp(option, "-p") == 0)
			options.port = arguments[++i];
		else if (strcmp(option, "-U") == 0)
			options.user = arguments[++i];
		else
			options.dbname = option;
	}
	if (connection_open(&connection, &options, error) != 0)
		return -1;
	printf("%s@%s %s\n", connection_user(connection), connection_database(connection), connection_label(connection));
	if (show_value(connection, "SHOW application_name", error) != 0)
		return -1;
	connection_close(connection);
	return 0;
}

/* clone DBNAME OTHER: who and where the session, its clone and its clone to another database are. */
static int
run_clone(int count, char **arguments, struct error *error)
{
	struct connection *sessions[3] = { NULL, NULL, NULL };
	int status = count == 2 ? open_as(&sessions[0], arguments[0], error) : error_set(error, ERROR_USAGE, "clone");

	if (status == 0)
		status = connection_clone(sessions[0], &sessions[1], error);
	if (status == 0)
		status = connection_clone_to(sessions[0], arguments[1], &sessions[2], error);
	for (int i = 0; i < 3; i++) {
		if (status == 0)
			status = show_value(sessions[i], "SELECT current_user || ' ' || current_database()", error);
		connection_close(sessions[i]);
	}
	return status;
}

static int
run_lost(int count, char **arguments, struct error *error)
{
	struct connection *victim;
	struct connection *killer;
	struct buffer sql = BUFFER_INIT;

	(void)count, (void)arguments;
	if (open_as(&victim, NULL, error) != 0 || open_as(&killer, NULL, error) != 0)
		return -1;
	printf("alive: %d\n", connection_is_alive(victim));
	sql_append(&sql, "SELECT pg_terminate_backend(%d)", PQbackendPID(connection_handle(victim)));
	if (connection_execute(killer, buffer_text(&sql), error) != 0)
		return -1;
	for (int i = 0; i < 3000 && connection_is_alive(victim); i++)
		usleep(100000);
	printf("alive: %d\n", connection_is_alive(victim));
	buffer_fini(&sql);
	if (connection_execute(victim, "SELECT 1", error) != 0)
		show_and_clear(error);
	connection_close(victim);
	connection_close(killer);
	return 0;
}

/* execute STATEMENT…: each in turn, in one session; errors are shown and do not end it. */
static int
run_execute(int count, char **arguments, struct error *error)
{
	struct connection *connection;

	if (open_as(&connection, NULL, error) != 0)
		return -1;
	for (int i = 0; i < count; i++) {
		if (show_value(connection, arguments[i], error) != 0) {
			printf("transient=%d in_transaction=%d ", connection_error_is_transient(error),
			       connection_in_transaction(connection));
			show_and_clear(error);
		}
	}
	connection_close(connection);
	return 0;
}

static int
run_prepare(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	int status;

	if (open_as(&connection, NULL, error) != 0)
		return -1;
	status = connection_prepare_for_catalog(connection, 1500, 60000, error);
	for (int i = 0; i < count && status == 0; i++)
		status = show_value(connection, arguments[i], error);
	connection_close(connection);
	return status;
}

static void
cancel_on_alarm(int signal)
{
	(void)signal;
	connection_cancel_armed();
	alarm(1); /* a statement that had not reached the server yet was not there to cancel */
}

static int
run_cancel(int count, char **arguments, struct error *error)
{
	struct connection *connection;

	(void)count, (void)arguments;
	if (open_as(&connection, NULL, error) != 0)
		return -1;
	connection_arm_cancel(connection);
	signal(SIGALRM, cancel_on_alarm);
	alarm(1);
	if (connection_execute(connection, "SELECT pg_sleep(3600)", error) != 0)
		show_and_clear(error);
	alarm(0);
	if (show_value(connection, "SELECT 'usable'", error) != 0)
		return -1;
	connection_close(connection);
	return 0;
}

/* --- pipelines ----------------------------------------------------------------- */

struct tally {
	size_t begins;
	size_t fields;
	size_t rows;
	uint64_t sum;     /* of the first column's numbers */
	size_t bytes;     /* of all values */
	size_t refuse_at; /* the row to refuse, or 0 */
};

static int
begin_tally(void *context, const PGresult *shape, struct error *error)
{
	struct tally *tally = context;

	(void)error;
	tally->begins++;
	tally->fields = (size_t)PQnfields(shape);
	return 0;
}

static int
add_row(void *context, const PGresult *result, struct error *error)
{
	struct tally *tally = context;

	if (++tally->rows == tally->refuse_at)
		return error_set(error, ERROR_FAILED, "row %zu is refused", tally->rows);
	tally->sum += strtoull(PQgetvalue(result, 0, 0), NULL, 10);
	for (int i = 0; i < PQnfields(result); i++)
		tally->bytes += (size_t)PQgetlength(result, 0, i);
	return 0;
}

static struct pipeline_query
make_query(const char *name, const char *sql, struct tally *tally)
{
	return (struct pipeline_query){ .name = name, .sql = sql, .begin = begin_tally, .row = add_row, .context = tally };
}

static void
show_tally(const char *name, const struct tally *tally)
{
	printf("%s: begins=%zu fields=%zu rows=%zu sum=%llu bytes=%zu\n", name, tally->begins, tally->fields, tally->rows,
	       (unsigned long long)tally->sum, tally->bytes);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* pipeline-rows N: N rows of nine columns, an empty result and one more; the time goes to stderr. */
static int
run_pipeline_rows(int count, char **arguments, struct error *error)
{
	static const char many[] = "SELECT n, n + 1, 'schema' , 'table_' || n, true, NULL, '{a,b}', 'integer', ''"
							   " FROM generate_series(1, $1::int) n";
	struct tally tallies[3] = { { 0 } };
	const char *parameters[1] = { count == 1 ? arguments[0] : "10" };
	struct pipeline_query queries[3] = {
		make_query("many", many, &tallies[0]),
		make_query("none", "SELECT 1, 2 WHERE false", &tallies[1]),
		make_query("one", "SELECT 42", &tallies[2]),
	};
	struct connection *connection;
	double start;
	int status;

	queries[0].parameter_count = 1;
	queries[0].parameters = parameters;
	if (open_as(&connection, NULL, error) != 0)
		return -1;
	start = seconds();
	status = pipeline_run(connection, queries, 3, error);
	fprintf(stderr, "%.3f s\n", seconds() - start);
	for (int i = 0; i < 3; i++)
		show_tally(queries[i].name, &tallies[i]);
	connection_close(connection);
	return status;
}

/* Far more than the socket's buffers in both directions, before the first answer is read. */
static int
run_pipeline_wide(int count, char **arguments, struct error *error)
{
	enum { QUERIES = 200, WIDTH = 100000 };
	static struct pipeline_query queries[QUERIES];
	struct tally tally = { 0 };
	struct buffer sql = BUFFER_INIT;
	struct connection *connection;
	int status;

	(void)count, (void)arguments;
	buffer_append_text(&sql, "SELECT '");
	for (int i = 0; i < WIDTH; i++)
		buffer_append_char(&sql, 'x');
	buffer_append_text(&sql, "'");
	for (int i = 0; i < QUERIES; i++)
		queries[i] = make_query("wide", buffer_text(&sql), &tally);
	if (open_as(&connection, NULL, error) != 0)
		return -1;
	alarm(600); /* a deadlock would wait for ever */
	status = pipeline_run(connection, queries, QUERIES, error);
	show_tally("wide", &tally);
	buffer_fini(&sql);
	connection_close(connection);
	return status;
}

/* Runs three queries and shows the error and that the session is usable. */
static int
show_pipeline_failure(struct connection *connection, const char *second, size_t refuse_at, struct error *error)
{
	struct tally tallies[3] = { { 0 } };
	struct pipeline_query queries[3] = {
		make_query("kind first", "SELECT generate_series(1, 10)", &tallies[0]),
		make_query("kind second", second, &tallies[1]),
		make_query("kind third", "SELECT 3", &tallies[2]),
	};

	tallies[1].refuse_at = refuse_at;
	if (pipeline_run(connection, queries, 3, error) != 0)
		show_and_clear(error);
	printf("rows: %zu %zu %zu\n", tallies[0].rows, tallies[1].rows, tallies[2].rows);
	return show_value(connection, "SELECT 'usable'", error);
}

static int
run_pipeline_failures(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	int status;

	(void)count, (void)arguments;
	if (open_as(&connection, NULL, error) != 0)
		return -1;
	status = show_pipeline_failure(connection, "SELECT nothing FROM nowhere", 0, error);
	/* an error behind 5,000 good rows */
	if (status == 0)
		status = show_pipeline_failure(connection, "SELECT 1 / (5001 - n) FROM generate_series(1, 9000) n", 0, error);
	/* a callback's refusal leaves even the transaction alone */
	if (status == 0)
		status = connection_execute(connection, "BEGIN", error);
	if (status == 0)
		status = show_pipeline_failure(connection, "SELECT generate_series(1, 20000)", 7, error);
	if (status == 0)
		status = connection_execute(connection, "COMMIT", error);
	/* the server ends the session in the middle */
	if (status == 0 &&
	    show_pipeline_failure(connection, "SELECT pg_terminate_backend(pg_backend_pid())", 0, error) != 0)
		show_and_clear(error);
	connection_close(connection);
	return status;
}

/* --- COPY ---------------------------------------------------------------------- */

struct sink {
	size_t pieces;
	size_t bytes;
	size_t broken; /* pieces that do not end at a row's end */
	size_t most;   /* the longest */
	size_t fail_at;
};

static int
take_piece(void *context, const char *data, size_t length, struct error *error)
{
	struct sink *sink = context;

	if (++sink->pieces == sink->fail_at)
		return error_set(error, ERROR_SYSTEM, "the disk is full");
	sink->bytes += length;
	sink->broken += length == 0 || data[length - 1] != '\n';
	sink->most = length > sink->most ? length : sink->most;
	return 0;
}

static int
fill(struct connection *connection, int rows, int bad, struct error *error)
{
	struct copy_in *copy;
	struct buffer text = BUFFER_INIT;
	uint64_t counted = 0;
	int status;

	if (copy_in_begin(connection, "COPY copied FROM STDIN", &copy, error) != 0)
		return -1;
	for (int i = 1; i <= rows; i++)
		buffer_printf(&text, "%s%d\tline %d \\\\ \\t end\n", i == bad ? "x" : "", i, i);
	status = copy_in_write(copy, buffer_text(&text), text.length, error);
	if (status == 0)
		status = copy_in_end(copy, &counted, error);
	else
		copy_in_abort(copy, "the write failed");
	buffer_fini(&text);
	printf("copied in: %llu\n", (unsigned long long)counted);
	return status;
}

static int
empty_out(struct connection *connection, const char *sql, size_t fail_at, struct error *error)
{
	struct sink sink = { .fail_at = fail_at };
	uint64_t rows = 0;
	int status = copy_out(connection, sql, take_piece, &sink, &rows, error);

	if (status == 0)
		printf("copied out: rows=%llu bytes=%zu broken=%zu pieces>1=%d bounded=%d\n", (unsigned long long)rows,
		       sink.bytes, sink.broken, sink.pieces > 1, sink.most < 200000);
	return status;
}

static int
run_copy(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	struct copy_in *copy;

	(void)count, (void)arguments;
	if (open_as(&connection, NULL, error) != 0 ||
	    connection_execute(connection, "CREATE TEMP TABLE copied (id int, line text)", error) != 0 ||
	    fill(connection, 50000, 0, error) != 0 ||
	    show_value(connection, "SELECT count(*) || ' ' || sum(id) || ' ' || sum(length(line)) FROM copied", error) !=
	        0 ||
	    empty_out(connection, "COPY copied TO STDOUT", 0, error) != 0)
		return -1;
	if (fill(connection, 20, 13, error) != 0)
		show_and_clear(error);
	if (empty_out(connection, "COPY copied TO STDOUT", 2, error) != 0)
		show_and_clear(error);
	if (empty_out(connection, "COPY (SELECT 1 / (3 - n) FROM generate_series(1, 5) n) TO STDOUT", 0, error) != 0)
		show_and_clear(error);
	if (empty_out(connection, "SELECT 1", 0, error) != 0)
		show_and_clear(error);
	if (copy_in_begin(connection, "COPY copied FROM STDIN", &copy, error) != 0 ||
	    copy_in_write(copy, "7\tseven\n", 8, error) != 0)
		return -1;
	copy_in_abort(copy, "changed my mind");
	if (show_value(connection, "SELECT count(*) FROM copied", error) != 0)
		return -1;
	connection_close(connection);
	return 0;
}

/* --- the lock ------------------------------------------------------------------ */

/* lock MILLISECONDS [until-told]: waits so long for it at most; lets go at once, or of a line on standard input. */
static int
run_lock(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	bool waited;
	bool held;
	double start = seconds();

	if (open_as(&connection, NULL, error) != 0)
		return -1;
	if (lock_acquire(connection, count > 0 ? strtol(arguments[0], NULL, 10) : 0, &waited, error) != 0) {
		printf("waited=%d long=%d ", waited, seconds() - start > 0.45);
		connection_close(connection);
		return -1;
	}
	if (lock_is_held(connection, &held, error) != 0)
		return -1;
	printf("waited=%d held=%d\n", waited, held);
	fflush(stdout);
	if (count > 1)
		(void)getchar();
	if (lock_release(connection, error) != 0 || lock_is_held(connection, &held, error) != 0)
		return -1;
	printf("held=%d\n", held);
	if (lock_release(connection, error) != 0)
		show_and_clear(error);
	connection_close(connection);
	return 0;
}

static int
run_stable(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	bool stable;

	if (open_as(&connection, count > 0 ? arguments[0] : NULL, error) != 0)
		return -1;
	if (lock_session_is_stable(connection, &stable, error) != 0)
		return -1;
	printf("stable=%d\n", stable);
	connection_close(connection);
	return 0;
}

/* --- deparsed text ------------------------------------------------------------- */

static int
make_view(struct connection *connection, const char *name, const char *text, bool guard, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	int status;

	sql_append(&sql, "CREATE TEMP VIEW %I AS SELECT ", name);
	if (guard)
		sql_append(&sql, "%X", text);
	else
		buffer_append_text(&sql, text);
	buffer_append_text(&sql, " AS x FROM probe t");
	status = connection_execute(connection, buffer_text(&sql), error);
	buffer_fini(&sql);
	return status;
}

/*
 * The parse tree of a temporary view: what must not change.  Places in the text do, and
 * so does whether a cast was written or added (…format), as the server prints both.
 */
static int
tree_of(struct connection *connection, const char *name, char **tree, struct error *error)
{
	const char *values[1] = { name };

	return connection_query_value(
		connection,
		"SELECT substring(regexp_replace(ev_action::text, ' :(location|\\w+format) -?\\d+', '', 'g')"
		" FROM ':targetList.*') FROM pg_rewrite"
		" WHERE ev_class = $1::regclass",
		1, values, tree, error);
}

/* Deparses the view "first", makes "second" of the text and compares the trees. */
static int
compare_views(struct connection *connection, bool guard, bool *same, struct error *error)
{
	char *trees[2] = { NULL, NULL };
	char *text = NULL;
	int status;

	status = connection_query_value(connection,
	                                "SELECT substring(pg_get_viewdef('first'::regclass)"
	                                " FROM '^ SELECT\\s+(.*) AS x\\s')",
	                                0, NULL, &text, error);
	if (status == 0)
		status = make_view(connection, "second", text, guard, error);
	if (status == 0)
		status = tree_of(connection, "first", &trees[0], error);
	if (status == 0)
		status = tree_of(connection, "second", &trees[1], error);
	if (status == 0)
		*same = strcmp(trees[0], trees[1]) == 0;
	free(text);
	free(trees[0]);
	free(trees[1]);
	return status;
}

/* server-text EXPRESSION…: whether its tree survives, as the server prints it and guarded. */
static int
run_server_text(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	int status = 0;

	if (open_as(&connection, NULL, error) != 0 ||
	    connection_execute(connection, "CREATE TEMP TABLE probe (a varchar, b varchar(10), n numeric, i int)", error) !=
	        0)
		return -1;
	for (int i = 0; i < count && status == 0; i++) {
		bool same[2] = { false, false };

		for (int guard = 0; guard < 2 && status == 0; guard++) {
			status = make_view(connection, "first", arguments[i], false, error);
			if (status == 0)
				status = compare_views(connection, guard == 1, &same[guard], error);
			if (status == 0)
				status = connection_execute(connection, "DROP VIEW first, second", error);
		}
		printf("plain=%d guarded=%d\n", same[0], same[1]);
	}
	connection_close(connection);
	return status;
}

/* quoting NAME…: whether the server reads back what the writer wrote, as a name, a literal and an array. */
static int
run_quoting(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	int status = 0;

	if (open_as(&connection, NULL, error) != 0)
		return -1;
	for (int i = 0; i < count && status == 0; i++) {
		struct buffer sql = BUFFER_INIT;
		struct buffer array = BUFFER_INIT;
		const char *values[1] = { arguments[i] };
		PGresult *result;

		buffer_append_char(&array, '{');
		sql_array_append(&array, arguments[i], true);
		buffer_append_char(&array, '}');
		sql_append(&sql, "SELECT $1::text = %L, $1::text = (%L::text[])[1], %L::text[]::text = %L, 1 AS %I",
		           arguments[i], buffer_text(&array), buffer_text(&array), buffer_text(&array), arguments[i]);
		status = connection_query(connection, buffer_text(&sql), 1, values, &result, error);
		if (status == 0)
			printf("%s %s %s %d\n", PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 1), PQgetvalue(result, 0, 2),
			       strcmp(PQfname(result, 3), arguments[i]) == 0);
		PQclear(result);
		buffer_fini(&sql);
		buffer_fini(&array);
	}
	connection_close(connection);
	return status;
}

/* Prints the words the server's keyword list and the writer disagree about in the dangerous direction. */
static int
run_keywords(int count, char **arguments, struct error *error)
{
	struct connection *connection;
	PGresult *result;

	(void)count, (void)arguments;
	if (open_as(&connection, NULL, error) != 0 ||
	    connection_query(connection, "SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'", 0, NULL, &result,
	                     error) != 0)
		return -1;
	for (int i = 0; i < PQntuples(result); i++) {
		if (!sql_identifier_needs_quotes(PQgetvalue(result, i, 0)))
			printf("missing: %s\n", PQgetvalue(result, i, 0));
	}
	printf("enough: %d\n", PQntuples(result) > 100);
	PQclear(result);
	connection_close(connection);
	return 0;
}

static const struct {
	const char *name;
	int (*run)(int count, char **arguments, struct error *error);
} commands[] = {
	{ "connect", run_connect },
	{ "clone", run_clone },
	{ "lost", run_lost },
	{ "execute", run_execute },
	{ "prepare", run_prepare },
	{ "cancel", run_cancel },
	{ "pipeline-rows", run_pipeline_rows },
	{ "pipeline-wide", run_pipeline_wide },
	{ "pipeline-failures", run_pipeline_failures },
	{ "copy", run_copy },
	{ "lock", run_lock },
	{ "stable", run_stable },
	{ "server-text", run_server_text },
	{ "quoting", run_quoting },
	{ "keywords", run_keywords },
};

int
main(int argc, char **argv)
{
	struct error error = { 0 };

	log_setup("driver_postgres", LOG_FORMAT_TEXT, LOG_INFO);
	for (size_t i = 0; argc > 1 && i < COUNT_OF(commands); i++) {
		if (strcmp(commands[i].name, argv[1]) != 0)
			continue;
		if (commands[i].run(argc - 2, argv + 2, &error) == 0)
			return 0;
		show_and_clear(&error);
		return 1;
	}
	fprintf(stderr, "usage: driver_postgres COMMAND [argument]...\n");
	return 2;
}
