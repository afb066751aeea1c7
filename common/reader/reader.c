/*
 * reader.c - the order of a read: schemas and members, one pipeline of all kinds and the stamp, a look whether all was
 * still.
 */
#include "build.h"

#include "postgres/sql.h"
#include "reader/class.sql.h"
#include "reader/collect.h"
#include "reader/comment.sql.h"
#include "reader/dependency.sql.h"
#include "reader/extension.sql.h"
#include "reader/label.sql.h"
#include "reader/member.sql.h"
#include "reader/namespace.sql.h"
#include "reader/pattern.h"
#include "reader/query.h"
#include "reader/reader.h"
#include "reader/serial.sql.h"
#include "reader/share.h"
#include "reader/size.sql.h"
#include "reader/snapshot.sql.h"
#include "reader/source.sql.h"
#include "reader/stamp.sql.h"
#include "reader/still.sql.h"
#include "reader/unmodelled.sql.h"

/* How often a read is begun anew because DDL was committed during it. */
#define MOST_READS 5

/* Collects the OIDs of the schemas to read as array text. */
struct namespaces {
	const struct reader_options *options;
	struct buffer array;
};

static int
namespace_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct namespaces *namespaces = context;
	const struct reader_options *options = namespaces->options;
	const char *name = PQgetvalue(result, 0, 1);
	if (options->schemas.count > 0 && !pattern_any_name(&options->schemas, name))
		return 0;
	if (pattern_any_name(&options->exclude_schemas, name))
		return 0;
	sql_array_append(&namespaces->array, PQgetvalue(result, 0, 0), namespaces->array.length == 1);
	return 0;
}

/* What one read sees: heap memory. */
struct moment {
	char *snapshot; /* the transactions it sees; NULL on a standby, where the text tells too little */
	char *stamp;    /* NULL where nobody wrote */
	bool stamped;   /* the stamp is taken in any case */
};

static void
moment_fini(struct moment *moment)
{
	free(moment->snapshot);
	free(moment->stamp);
}

/* A read under way. */
struct reading {
	struct collect collect;
	struct moment *moment; /* NULL: not asked for */
	bool large;            /* worth a second session */
	struct share *share;   /* NULL: there is none */
};

static int
finish_catalog(struct reading *reading, struct error *error)
{
	collect_resolve_dependencies(&reading->collect);
	if (catalog_finish(reading->collect.catalog, NULL, NULL, error) != 0)
		return -1;
	collect_number_siblings(&reading->collect);
	return 0;
}

/* All objects have come.  The catalog is finished while the server works out the stamp. */
static int
objects_end(void *context, struct error *error)
{
	struct reading *reading = context;
	if (reading->share != NULL && share_join(reading->share, error) != 0)
		return -1;
	return finish_catalog(reading, error);
}

/* The second session's rows may be taken now: which of them are only parts is known. */
static int
dependency_row(void *context, const PGresult *result, struct error *error)
{
	struct reading *reading = context;
	return collect_dependency_row(&reading->collect, result, error);
}

static int
dependencies_end(void *context, struct error *error)
{
	(void)error;
	struct reading *reading = context;
	if (reading->share != NULL)
		share_release(reading->share);
	return 0;
}

static int
size_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct reading *reading = context;
	reading->large = *PQgetvalue(result, 0, 0) == 't';
	return 0;
}

static int
unmodelled_row(void *context, const PGresult *result, struct error *error)
{
	struct reading *reading = context;
	return collect_unmodelled_row(&reading->collect, result, error);
}

static int
snapshot_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct reading *reading = context;
	if (reading->moment != NULL && !PQgetisnull(result, 0, 0))
		reading->moment->snapshot = xstrdup(PQgetvalue(result, 0, 0));
	return 0;
}

static int
stamp_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct reading *reading = context;
	if (!PQgetisnull(result, 0, 0))
		reading->moment->stamp = xstrdup(PQgetvalue(result, 0, 0));
	return 0;
}

static int
discard_row(void *context, const PGresult *result, struct error *error)
{
	(void)context;
	(void)result;
	(void)error;
	return 0;
}

/* A query whose rows are objects, or what is known of objects. */
static struct pipeline_query
query_of_objects(const struct reading *reading, struct pipeline_query query)
{
	if (reading->collect.options->discard) {
		query.begin = NULL;
		query.row = discard_row;
	}
	return query;
}

static struct pipeline_query
surrounding(struct reading *reading, const char *name, const char *sql,
            int (*row)(void *context, const PGresult *result, struct error *error))
{
	return query_of_objects(
		reading, (struct pipeline_query){ .name = name, .sql = sql, .row = row, .context = &reading->collect });
}

/* The first round trip: what the second one's parameters and filters need. */
static int
read_surroundings(struct connection *connection, struct reading *reading, struct namespaces *namespaces,
                  struct error *error)
{
	struct pipeline_query queries[] = {
		{ .name = "serial", .sql = serial_sql },
		{ .name = "snapshot", .sql = snapshot_sql, .row = snapshot_row, .context = reading },
		{ .name = "size", .sql = size_sql, .row = size_row, .context = reading },
		{ .name = "schemas", .sql = namespace_sql, .row = namespace_row, .context = namespaces },
		surrounding(reading, "catalogs", class_sql, collect_class_row),
		surrounding(reading, "extension members", member_sql, collect_member_row),
		surrounding(reading, "source", source_sql, collect_source_row),
		surrounding(reading, "comments", comment_sql, collect_comment_row),
		surrounding(reading, "security labels", label_sql, collect_label_row),
		surrounding(reading, "extensions depended on", extension_sql, collect_extension_row),
	};
	buffer_append_char(&namespaces->array, '{');
	if (pipeline_run(connection, queries, COUNT_OF(queries), error) != 0)
		return -1;
	buffer_append_char(&namespaces->array, '}');
	return 0;
}

static struct pipeline_query
kind_query(struct reading *reading, const struct kind *kind, int version, const char *const *parameters)
{
	struct arena *arena = reading->collect.arena;
	struct collect_kind *state = arena_zalloc(arena, sizeof(*state));
	*state = (struct collect_kind){ .collect = &reading->collect, .kind = kind };
	return query_of_objects(reading, (struct pipeline_query){ .name = arena_printf(arena, "kind %s", kind->name),
	                                                          .sql = query_for_version(arena, kind->query, version),
	                                                          .parameter_count = 1,
	                                                          .parameters = parameters,
	                                                          .begin = collect_kind_begin,
	                                                          .row = collect_kind_row,
	                                                          .context = state });
}

/* What the first session has to do besides kinds, in the kinds' unit of cost: dependencies and the probe.  The stamp
 * comes when all objects are in. */
#define FIRST_SESSION_COST 13

/* Adds the kinds' queries, each to the session that has less to do. */
static void
share_kinds(struct reading *reading, int version, const char *const *parameters, struct pipeline_query *first,
            size_t *first_count, struct pipeline_query *second, size_t *second_count)
{
	unsigned first_cost = FIRST_SESSION_COST;
	unsigned second_cost = 0;
	for (unsigned i = 0; i < kind_count; i++) {
		struct pipeline_query query = kind_query(reading, kinds[i], version, parameters);
		bool to_second = reading->share != NULL && second_cost < first_cost;
		if (reading->share != NULL && !reading->collect.options->discard)
			query = share_guard(reading->share, reading->collect.arena, query, to_second);
		*(to_second ? &second_cost : &first_cost) += kinds[i]->cost;
		if (to_second)
			second[(*second_count)++] = query;
		else
			first[(*first_count)++] = query;
	}
}

/* The stamp costs as much as a large kind. */
static const char *
stamp_query(const struct reading *reading, int version)
{
	struct arena *arena = reading->collect.arena;
	const char *stamp = query_for_version(arena, stamp_sql, version);
	return reading->moment->stamped ? stamp
	                                : arena_printf(arena, "SELECT CASE WHEN NOT (%s) THEN (%s) END", still_sql, stamp);
}

/* The second: dependencies, the queries of all kinds, and the probe for what no kind reads.  Dependencies come first
 * because they tell what is only a part of something else. */
static int
read_objects(struct connection *connection, struct reading *reading, const char *namespace_oids, struct error *error)
{
	struct collect *collect = &reading->collect;
	struct pipeline_query *first = arena_zalloc(collect->arena, (kind_count + 3) * sizeof(*first));
	struct pipeline_query *second = arena_zalloc(collect->arena, (kind_count + 1) * sizeof(*second));
	const char **parameters = arena_memdup(collect->arena, &namespace_oids, sizeof(namespace_oids));
	size_t count = 0;
	size_t second_count = 0;
	first[count++] = query_of_objects(reading, (struct pipeline_query){ .name = "dependencies",
	                                                                    .sql = dependency_sql,
	                                                                    .row = dependency_row,
	                                                                    .end = dependencies_end,
	                                                                    .context = reading });
	reading->share = reading->large && !collect->options->one_session ? share_new(connection) : NULL;
	share_kinds(reading, connection_version(connection), parameters, first, &count, second, &second_count);
	first[count++] = (struct pipeline_query){ .name = "unmodelled objects",
		                                      .sql = query_for_version(collect->arena, unmodelled_sql,
		                                                               connection_version(connection)),
		                                      .row = unmodelled_row,
		                                      .end = objects_end,
		                                      .context = reading };
	if (reading->share != NULL)
		first[count - 1] = share_guard(reading->share, collect->arena, first[count - 1], false);
	if (reading->moment != NULL)
		first[count++] = (struct pipeline_query){ .name = "stamp",
			                                      .sql = stamp_query(reading, connection_version(connection)),
			                                      .row = stamp_row,
			                                      .context = reading };
	if (reading->share != NULL)
		share_start(reading->share, second, second_count);
	int failed = pipeline_run(connection, first, count, error);
	share_free(reading->share);
	reading->share = NULL;
	return failed;
}

static void
collect_init(struct collect *collect, const struct reader_options *options, struct catalog *catalog)
{
	*collect = (struct collect){ .options = options,
		                         .arena = arena_new(),
		                         .catalog = catalog,
		                         .class_ids = map_new(128),
		                         .members = id_map_new(64),
		                         .comments = id_map_new(64),
		                         .labels = id_map_new(16),
		                         .extensions = id_map_new(16),
		                         .aliases = id_map_new(64) };
}

static void
collect_fini(struct collect *collect)
{
	map_free(collect->class_ids);
	id_map_free(collect->members);
	id_map_free(collect->comments);
	id_map_free(collect->labels);
	id_map_free(collect->extensions);
	free(collect->places);
	id_map_free(collect->objects);
	id_map_free(collect->aliases);
	vector_fini(&collect->comment_texts);
	vector_fini(&collect->label_texts);
	vector_fini(&collect->extension_texts);
	free(collect->dependencies);
	arena_free(collect->arena);
}

/* One read in the open transaction. */
static int
read_once(struct connection *connection, const struct reader_options *options, struct moment *moment,
          struct catalog **result, struct error *error)
{
	struct catalog *catalog = catalog_new();
	struct reading reading = { .moment = moment };
	collect_init(&reading.collect, options, catalog);
	struct namespaces namespaces = { .options = options };
	catalog->info.server_version = connection_version(connection);

	int failed = read_surroundings(connection, &reading, &namespaces, error);
	if (failed == 0)
		failed = read_objects(connection, &reading, namespaces.array.data, error);
	buffer_fini(&namespaces.array);
	collect_fini(&reading.collect);
	if (failed != 0) {
		catalog_free(catalog);
		return -1;
	}
	*result = catalog;
	return 0;
}

int
reader_stamp(struct connection *connection, char **stamp, struct error *error)
{
	struct arena *arena = arena_new();
	int failed = connection_query_value(connection, query_for_version(arena, stamp_sql, connection_version(connection)),
	                                    0, NULL, stamp, error);
	arena_free(arena);
	return failed;
}

/* Nobody is left with a catalog that is not one. */
static void
give_up(struct catalog **catalog)
{
	catalog_free(*catalog);
	*catalog = NULL;
}

static int
read_in_own_transaction(struct connection *connection, const struct reader_options *options, struct moment *moment,
                        struct catalog **catalog, struct error *error)
{
	if (connection_execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error) != 0)
		return -1;
	int failed = read_once(connection, options, moment, catalog, error);
	struct error ignored = { 0 };
	if (connection_execute(connection, failed ? "ROLLBACK" : "COMMIT", failed ? &ignored : error) != 0 && !failed) {
		give_up(catalog);
		failed = -1;
	}
	error_clear(&ignored);
	return failed;
}

/*
 * An object dropped while its definition is deparsed ("cache lookup failed", XX000, or a missing
 * relation) is a read that was overtaken, like a moved stamp: worth another try.
 */
static bool
was_overtaken(const struct error *error)
{
	static const char *const states[] = { "XX000", "42P01", "42704", "42883", "40001" };
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (strcmp(error->sqlstate, states[i]) == 0)
			return true;
	return false;
}

/*
 * Whether no DDL was committed since the read's snapshot was taken.  Where the same transactions are seen
 * now, nothing at all was committed, and the costly stamp need not be taken again.
 */
static int
is_still(struct connection *connection, const struct moment *moment, bool *still, struct error *error)
{
	char *now = NULL;
	if (connection_query_value(connection, snapshot_sql, 0, NULL, &now, error) != 0)
		return -1;
	*still = now != NULL && moment->snapshot != NULL && strcmp(now, moment->snapshot) == 0;
	free(now);
	if (*still || moment->stamp == NULL)
		return 0;
	if (reader_stamp(connection, &now, error) != 0)
		return -1;
	*still = now != NULL && strcmp(now, moment->stamp) == 0;
	free(now);
	return 0;
}

/* 0: the read is good; 1: it was overtaken and is worth another try (error tells why, where the server said so). */
static int
conclude_read(struct connection *connection, const struct reader_options *options, const struct moment *moment,
              int failed, struct catalog **catalog, struct error *error)
{
	struct error check_error = { 0 };
	bool still = false;
	if (is_still(connection, moment, &still, &check_error) != 0) {
		if (!failed)
			give_up(catalog);
		error_move(error, &check_error);
		return -1;
	}
	if (!failed && !still)
		give_up(catalog);
	else if (!failed && options->stamp)
		(*catalog)->info.stamp = arena_strdup((*catalog)->arena, moment->stamp);
	return still ? failed : 1;
}

static int
read_still(struct connection *connection, const struct reader_options *options, bool stamped, struct catalog **catalog,
           struct error *error)
{
	struct moment moment = { .stamped = stamped };
	int result = read_in_own_transaction(connection, options, &moment, catalog, error);
	if (result == 0 || (was_overtaken(error) && connection_is_alive(connection)))
		result = conclude_read(connection, options, &moment, result, catalog, error);
	moment_fini(&moment);
	return result;
}

/* Reads until nothing was committed in between that it may have missed. */
static int
read_until_still(struct connection *connection, const struct reader_options *options, struct catalog **catalog,
                 struct error *error)
{
	for (int reads = 1;; reads++) {
		/* Whoever began to write only at the end of the first read is taken into account in the second. */
		int result = read_still(connection, options, options->stamp || reads > 1, catalog, error);
		if (result <= 0)
			return result;
		if (reads == MOST_READS && error->primary != NULL)
			return -1;
		if (reads == MOST_READS) {
			error_set(error, ERROR_FAILED, "the schema kept changing while it was read");
			return error_hint(error, "Try again when no other session creates or alters objects.");
		}
		error_clear(error);
	}
}

int
reader_read(struct connection *connection, const struct reader_options *options, struct catalog **catalog,
            struct error *error)
{
	if (options->inside_transaction)
		return read_once(connection, options, NULL, catalog, error);
	return read_until_still(connection, options, catalog, error);
}
