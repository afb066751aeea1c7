#include "build.h"

#include "import/target.h"

#include <sys/socket.h>

#include "archive/snapshots.h"
#include "base/fault.h"
#include "base/log.h"
#include "import/elaborate.h"
#include "import/hints.h"
#include "import/probe.h"
#include "import/refusal.h"
#include "import/rehearse.h"
#include "import/roles.h"
#include "import/syntax.h"
#include "import/tablespaces.h"
#include "reader/reader.h"

/* A table with a key, a toast table and a sequence locks about this many relations when it is made. */
#define LOCKS_OF_A_STEP 6

void
target_init(struct target *target, const struct settings *settings)
{
	memset(target, 0, sizeof(*target));
	target->settings = settings;
	target->arena = arena_new();
	target->recalls = true;
	target->system_identifier = "";
	target->database_oid = "";
}

void
target_fini(struct target *target)
{
	vector_fini(&target->refusals);
	vector_fini(&target->unrenamed);
	plan_free(target->plan);
	catalog_free(target->renamed);
	catalog_free(target->current);
	catalog_free(target->wanted);
	archive_reader_free(target->archive);
	connection_close(target->connection);
	arena_free(target->arena);
	memset(target, 0, sizeof(*target));
}

void
target_fault(struct connection *connection, const char *name)
{
	(void)name;
	if (fault_point(name) && connection != NULL)
		shutdown(PQsocket(connection_handle(connection)), SHUT_RDWR);
}

static void
report_notes(struct vector *notes)
{
	for (size_t i = 0; i < notes->count; i++) {
		log_event(LOG_WARNING, "snapshot.note", "snapshot: %s", (const char *)notes->items[i]);
		free(notes->items[i]);
	}
	vector_fini(notes);
}

int
target_open_snapshot(struct target *target, const char *named, struct error *error)
{
	char *path = NULL;

	if (snapshots_resolve(named, &path, error) < 0)
		return -1;
	int failed = archive_reader_open(path, NULL, &target->archive, error);
	free(path);
	if (failed < 0)
		return -1;
	target->manifest = archive_reader_manifest(target->archive);

	struct vector notes = { 0 };
	failed = archive_reader_catalog(target->archive, &target->wanted, &notes, error);
	report_notes(&notes);
	return failed;
}

static int
learn_identity(struct target *target, struct error *error)
{
	static const char sql[] =
		"SELECT pg_catalog.pg_is_in_recovery() OR pg_catalog.current_setting('transaction_read_only')::boolean, "
		"CASE WHEN pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') "
		"THEN (SELECT system_identifier::text FROM pg_catalog.pg_control_system()) ELSE '' END, "
		"(SELECT d.oid::text FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()), "
		/* The shared lock table has about this many places (lock.c NLOCKENTS). */
		"pg_catalog.current_setting('max_locks_per_transaction')::bigint"
		" * (pg_catalog.current_setting('max_connections')::bigint"
		" + pg_catalog.current_setting('max_prepared_transactions')::bigint), "
		/* Not PQbackendPID: behind a pooler that is the pooler's number. */
		"pg_catalog.pg_backend_pid()";
	PGresult *result = NULL;

	if (connection_query(target->connection, sql, 0, NULL, &result, error) < 0)
		return -1;
	target->read_only = strcmp(PQgetvalue(result, 0, 0), "t") == 0;
	target->system_identifier = arena_strdup(target->arena, PQgetvalue(result, 0, 1));
	target->database_oid = arena_strdup(target->arena, PQgetvalue(result, 0, 2));
	target->backend = arena_strdup(target->arena, PQgetvalue(result, 0, 4));
	target->lock_places = strtol(PQgetvalue(result, 0, 3), NULL, 10);
	PQclear(result);
	return 0;
}

int
target_connect(struct target *target, struct error *error)
{
	const struct settings *settings = target->settings;

	if (connection_open(&target->connection, &settings->connection, error) < 0)
		return -1;
	connection_arm_cancel(target->connection);
	target_fault(target->connection, "connect");
	bool newer;
	if (connection_check_version(target->connection, &newer, error) < 0)
		return -1;
	if (newer)
		log_event(LOG_WARNING, "version.unknown",
		          "production (PostgreSQL %d) is newer than pgkeel knows; what is new in it is not looked at",
		          connection_version(target->connection) / 10000);
	if (connection_prepare_for_catalog(target->connection, settings->lock_timeout, settings->statement_timeout, error) <
	    0)
		return -1;
	log_event(LOG_DEBUG, "connected", "connected to %s", connection_label(target->connection));
	return learn_identity(target, error);
}

int
target_read(struct target *target, struct error *error)
{
	const struct reader_options everything = { .stamp = target->stamped };

	plan_free(target->plan);
	target->plan = NULL;
	catalog_free(target->current);
	target->current = NULL;
	return reader_read(target->connection, &everything, &target->current, error);
}

/* The plan from what production is, or, with renames pending, will be after them. */
static int
plan_from(struct target *target, const struct catalog *current, struct error *error)
{
	struct plan_options options = {
		.kind_options = settings_kind_options(target->settings),
		.version = connection_version(target->connection),
		.group_limit = (size_t)target->lock_places / LOCKS_OF_A_STEP,
	};

	if (tablespaces_ask(target->connection, target->arena, &options.tablespaces, error) < 0)
		return -1;
	target->plan = plan_new(current, target->wanted, &options);
	target->withheld_on_rows = 0;
	return target->read_only ? 0 : elaborate_plan(target->connection, target->plan, error);
}

/* Whether production has the roles and the room, reads the text, and has rows that allow it. */
static int
ask_production(struct target *target, struct error *error)
{
	if (roles_check_plan(target->connection, target->plan, error) < 0)
		return -1;
	tablespaces_check_plan(target->plan);
	refusals_withhold(target);
	hints_withhold(target);
	int failed = target->read_only ? syntax_check_plan(target->connection, target->plan, error)
	                               : rehearse_plan(target->connection, target->plan, error);
	return failed < 0 ? failed : probe_plan(target->connection, target->plan, &target->withheld_on_rows, error);
}

/* Everything that is asked about renamed objects is asked inside the transaction in which they are renamed. */
static int
plan_after_renames(struct target *target, struct steps *renames, struct error *error)
{
	struct error undoing = { 0 };

	if (target->read_only)
		return error_set(error, ERROR_CONNECTION, "renames are pending, which a read-only session cannot try out");
	if (hints_try(target, renames, &target->renamed, error) < 0)
		return -1;
	int failed = plan_from(target, target->renamed, error);
	if (failed == 0)
		failed = ask_production(target, error);
	if (connection_is_alive(target->connection) && connection_execute(target->connection, "ROLLBACK", &undoing) < 0 &&
	    failed == 0) {
		error_move(error, &undoing);
		failed = -1;
	}
	error_clear(&undoing);
	return failed;
}

int
target_plan(struct target *target, struct error *error)
{
	struct steps renames;

	plan_free(target->plan);
	target->plan = NULL;
	catalog_free(target->renamed);
	target->renamed = NULL;
	target_fault(target->connection, "plan");
	if (target->recalls && refusals_recall(target, &target->refusals, error) < 0)
		return -1;
	steps_init(&renames, target->arena);
	vector_clear(&target->unrenamed);
	if (hints_steps(target, &renames, error) < 0)
		return -1;
	if (renames.count > 0) {
		if (plan_after_renames(target, &renames, error) < 0)
			return -1;
	} else if (plan_from(target, target->current, error) < 0 || ask_production(target, error) < 0)
		return -1;
	plan_run_first(target->plan, renames.items, renames.count);
	return plan_finish(target->plan, error);
}

void
target_fingerprints(struct target *target)
{
	plan_fingerprints(target->plan);
	/* Production's is that of before the renames. */
	if (target->renamed != NULL)
		catalog_fingerprint(target->current, target->plan->current_fingerprint);
}

int
target_prepare(struct target *target, const char *named, struct error *error)
{
	if (target_open_snapshot(target, named, error) < 0 || target_connect(target, error) < 0 ||
	    target_read(target, error) < 0 || target_plan(target, error) < 0)
		return -1;
	target_warn(target);
	return 0;
}

/* Every new database has these; a database that holds no more is an empty one. */
static bool
holds_nothing(const struct catalog *catalog)
{
	for (uint32_t i = 0; i < catalog->count; i++) {
		const char *kind = catalog->objects[i].kind->name;

		if (strcmp(kind, "schema") != 0 && strcmp(kind, "extension") != 0)
			return false;
	}
	return true;
}

void
target_warn(const struct target *target)
{
	const char *database = connection_database(target->connection);

	if (strcmp(database, "postgres") == 0 || strcmp(database, "template1") == 0)
		log_event(LOG_WARNING, "database.maintenance", "\"%s\" is a maintenance database: is it really production?",
		          database);
	if (target->plan != NULL)
		tablespaces_tell(target->plan);
	if (target->wanted == NULL || target->current == NULL)
		return;
	if (holds_nothing(target->wanted) && !holds_nothing(target->current))
		log_event(LOG_WARNING, "snapshot.empty",
		          "the snapshot is of an empty database and production is not: nothing will be dropped");
	if (connection_version(target->connection) / 10000 < target->wanted->info.server_version / 10000)
		log_event(LOG_INFO, "version.older", "production runs PostgreSQL %d, the snapshot is of PostgreSQL %d",
		          connection_version(target->connection) / 10000, target->wanted->info.server_version / 10000);
}
