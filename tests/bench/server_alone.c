/*
 * server_alone.c - what the server needs to answer the queries of a catalog read, and no more.
 *
 * usage: server_alone [--one|--each]; the server and the database are PG*'s.
 * It is the reader itself that asks, in as many sessions and the same transactions, and every row is thrown away.  With
 * --one it has one session.  With --each the queries run one at a time, and each one's seconds and rows are printed.
 */
#include "build.h"

#include <time.h>

#include "base/log.h"
#include "catalog/kind.h"
#include "postgres/pipeline.h"
#include "reader/comment.sql.h"
#include "reader/dependency.sql.h"
#include "reader/member.sql.h"
#include "reader/query.h"
#include "reader/reader.h"
#include "reader/serial.sql.h"
#include "reader/stamp.sql.h"
#include "reader/unmodelled.sql.h"

static const char schemas_sql[] = "SELECT pg_catalog.array_agg(n.oid) FROM pg_catalog.pg_namespace AS n "
								  "WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

struct queries {
	struct pipeline_query *items;
	size_t count;
};

static int
count_row(void *context, const PGresult *result, struct error *error)
{
	size_t *rows = context;

	(void)result;
	(void)error;
	(*rows)++;
	return 0;
}

static void
add_query(struct queries *queries, const char *name, const char *sql, const char *const *parameters, size_t *rows)
{
	queries->items[queries->count++] = (struct pipeline_query){
		.name = name,
		.sql = sql,
		.parameter_count = parameters == NULL ? 0 : 1,
		.parameters = parameters,
		.row = count_row,
		.context = rows,
	};
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int
time_each(struct connection *connection, const struct queries *queries, size_t *rows, struct error *error)
{
	for (size_t i = 0; i < queries->count; i++) {
		double start = now();

		*rows = 0;
		if (pipeline_run(connection, &queries->items[i], 1, error))
			return -1;
		printf("%-20s %8.4f s %8zu rows\n", queries->items[i].name, now() - start, *rows);
	}
	return 0;
}

static int
ask_each(struct connection *connection, struct arena *arena, struct error *error)
{
	struct queries queries = { .items = arena_zalloc(arena, (kind_count + 5) * sizeof(*queries.items)) };
	int version = connection_version(connection);
	size_t rows = 0;
	char *schemas;
	int result;

	if (connection_execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error) ||
	    connection_execute(connection, serial_sql, error) ||
	    connection_query_value(connection, schemas_sql, 0, NULL, &schemas, error))
		return -1;
	const char *const parameters[] = { schemas == NULL ? "{}" : schemas };

	add_query(&queries, "stamp", query_for_version(arena, stamp_sql, version), NULL, &rows);
	add_query(&queries, "extension members", member_sql, NULL, &rows);
	add_query(&queries, "comments", comment_sql, NULL, &rows);
	add_query(&queries, "dependencies", dependency_sql, NULL, &rows);
	for (unsigned i = 0; i < kind_count; i++)
		add_query(&queries, kinds[i]->name, query_for_version(arena, kinds[i]->query, version), parameters, &rows);
	add_query(&queries, "unmodelled", query_for_version(arena, unmodelled_sql, version), NULL, &rows);
	result = time_each(connection, &queries, &rows, error);
	free(schemas);
	return result;
}

static int
ask_all(struct connection *connection, bool one, struct error *error)
{
	const struct reader_options options = { .discard = true, .one_session = one };
	struct catalog *nothing = NULL;
	int result = reader_read(connection, &options, &nothing, error);

	catalog_free(nothing);
	return result;
}

int
main(int argc, char **argv)
{
	struct connection_options options = { .program = "server_alone" };
	struct connection *connection = NULL;
	struct arena *arena = arena_new();
	struct error error = { 0 };
	bool each = argc > 1 && strcmp(argv[1], "--each") == 0;
	bool one = argc > 1 && strcmp(argv[1], "--one") == 0;
	int result = connection_open(&connection, &options, &error);

	log_setup("server_alone", LOG_FORMAT_TEXT, LOG_WARNING);
	if (result == 0)
		result = connection_prepare_for_catalog(connection, 0, 0, &error);
	if (result == 0)
		result = each ? ask_each(connection, arena, &error) : ask_all(connection, one, &error);
	if (result != 0)
		log_failure(&error);
	error_clear(&error);
	connection_close(connection);
	arena_free(arena);
	return result == 0 ? 0 : 1;
}
