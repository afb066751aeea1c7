#include "build.h"

#include "import/restore.h"

#include <limits.h>
#include <time.h>
#include <unistd.h>

#include "archive/snapshots.h"
#include "base/log.h"
#include "import/elaborate.h"
#include "import/interrupt.h"
#include "import/journal.h"
#include "import/rehearse.h"
#include "import/restore_database.h"
#include "import/roles.h"
#include "import/tablespaces.h"
#include "import/target.h"
#include "postgres/sql.h"
#include "reader/reader.h"

#define STEPS_IN_A_GROUP 500 /* each locks some relations until its transaction ends */

void
restore_init(struct restore *restore, const struct settings *settings)
{
	memset(restore, 0, sizeof(*restore));
	restore->settings = settings;
	restore->arena = arena_new();
	data_list_init(&restore->list);
}

void
restore_fini(struct restore *restore)
{
	connection_close(restore->target);
	catalog_free(restore->wanted);
	archive_reader_free(restore->archive);
	data_list_fini(&restore->list);
	buffer_fini(&restore->result);
	arena_free(restore->arena);
	memset(restore, 0, sizeof(*restore));
}

/* --- the archive --- */

static void
report_notes(struct vector *notes)
{
	for (size_t i = 0; i < notes->count; i++) {
		log_event(LOG_WARNING, "backup.note", "backup: %s", (const char *)notes->items[i]);
		free(notes->items[i]);
	}
	vector_fini(notes);
}

static int
read_archive(struct restore *restore, struct error *error)
{
	struct vector notes = { 0 };
	const char *json = NULL;
	size_t length = 0;

	int failed = archive_reader_catalog(restore->archive, &restore->wanted, &notes, error);
	report_notes(&notes);
	if (failed < 0)
		return -1;
	if (strcmp(restore->manifest->type, "backup") != 0) {
		error_set(error, ERROR_ARCHIVE, "archive \"%s\" is a snapshot, not a backup: it holds no rows", restore->path);
		return error_hint(error, "\"pgkeel-import apply\" brings a database to a snapshot.");
	}
	log_event(LOG_INFO, "restore.verify", "checking %s", restore->path);
	if (archive_reader_data_manifest(restore->archive, &json, &length, error) < 0)
		return -1;
	if (data_list_decode(&restore->list, json, length, error) < 0)
		return error_prefix(error, "archive \"%s\"", restore->path);
	return 0;
}

static int
open_archive(struct restore *restore, const char *named, struct error *error)
{
	char *path = NULL;

	if (snapshots_resolve(named, &path, error) < 0)
		return -1;
	int failed = archive_reader_open(path, NULL, &restore->archive, error);
	free(path);
	if (failed < 0)
		return -1;
	restore->path = archive_reader_path(restore->archive);
	restore->manifest = archive_reader_manifest(restore->archive);
	return read_archive(restore, error);
}

/* --- sessions --- */

static int
set_up_session(const struct restore *restore, struct connection *connection, struct error *error)
{
	connection_arm_cancel(connection);
	if (connection_prepare_for_catalog(connection, restore->settings->lock_timeout,
	                                   restore->settings->statement_timeout, error) < 0)
		return -1;
	return connection_execute(connection,
	                          "SELECT pg_catalog.set_config('check_function_bodies', 'off', false),"
	                          " pg_catalog.set_config('default_transaction_read_only', 'off', false)",
	                          error);
}

/* Owners and privileges come back where this role can give them; only a superuser can be sure of that. */
static int
choose_kind_options(struct restore *restore, struct error *error)
{
	const struct settings *settings = restore->settings;
	char *super = NULL;

	if (connection_query_value(restore->target, "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user",
	                           0, NULL, &super, error) < 0)
		return -1;
	bool is_super = super != NULL && strcmp(super, "t") == 0;
	free(super);
	restore->kind_options = settings_kind_options(settings);
	if (is_super && settings->owner)
		restore->kind_options |= KIND_WITH_OWNER;
	if (is_super && settings->privileges)
		restore->kind_options |= KIND_WITH_PRIVILEGES;
	if (!is_super && settings->owner && restore->kind_options == 0)
		log_event(
			LOG_WARNING, "restore.no_owner",
			"\"%s\" is no superuser: all objects will be its own, without the backup's privileges (see --with-owner, "
			"--with-privileges)",
			connection_user(restore->target));
	return 0;
}

static int
connect_target(struct restore *restore, struct error *error)
{
	if (connection_open(&restore->target, &restore->settings->connection, error) < 0)
		return -1;
	target_fault(restore->target, "connect");
	if (set_up_session(restore, restore->target, error) < 0)
		return -1;
	return choose_kind_options(restore, error);
}

/* --- an empty database filled --- */

int
restore_run_step(struct connection *connection, const struct step *step, struct error *error)
{
	struct buffer what = BUFFER_INIT;

	if (interrupt_check(error) < 0)
		return -1;
	target_fault(connection, "restore-step");
	if (connection_execute(connection, step->sql, error) == 0)
		return 0;
	if (step->object != NULL)
		object_describe(&what, step->object);
	if (error->detail == NULL)
		error_detail(error, "The statement is: %s", step->sql);
	else
		error_detail(error, "%s\nThe statement is: %s", error->detail, step->sql);
	error_prefix(error, "%s", buffer_text(&what));
	buffer_fini(&what);
	return -1;
}

static int
run_group(struct connection *connection, const struct plan_group *group, struct error *error)
{
	struct error ignored = { 0 };
	int failed = 0;

	if (!group->outside_transaction)
		failed = connection_execute(connection, "BEGIN", error);
	if (failed == 0 && !group->outside_transaction)
		failed = connection_use_search_path(connection, true, error);
	for (size_t i = 0; failed == 0 && i < group->count; i++)
		failed = restore_run_step(connection, group->steps[i], error);
	if (group->outside_transaction)
		return failed;
	if (failed == 0)
		return connection_execute(connection, "COMMIT", error);
	if (connection_is_alive(connection))
		connection_execute(connection, "ROLLBACK", &ignored);
	error_clear(&ignored);
	return -1;
}

static int
run_groups(struct connection *connection, const struct plan *plan, size_t from, size_t to, struct error *error)
{
	for (size_t i = from; i < to; i++)
		if (run_group(connection, &plan->groups[i], error) < 0)
			return -1;
	return 0;
}

void
restore_warn_withheld(const struct plan *plan)
{
	for (size_t i = 0; i < plan->withheld_count; i++) {
		const struct change *change = &plan->withheld[i].change->change;
		struct buffer what = BUFFER_INIT;

		object_describe(&what, change->wanted != NULL ? change->wanted : change->current);
		log_event(LOG_WARNING, "restore.withheld", "not restored as it was: %s: %s", buffer_text(&what),
		          plan->withheld[i].reason);
		buffer_fini(&what);
	}
}

static bool
drop_anything(void *context, const struct object *object)
{
	(void)context;
	(void)object;
	return true;
}

/* From what the database holds to the archive.  What a database of ours was born with and the backup lacks may go. */
static int
make_plan(const struct restore *restore, struct connection *connection, const struct catalog *current, bool ours,
          struct plan **plan, struct error *error)
{
	struct plan_options options = {
		.kind_options = restore->kind_options,
		.version = connection_version(connection),
		.group_limit = STEPS_IN_A_GROUP,
		.data_barrier = true,
		.drops = ours ? drop_anything : NULL,
	};

	if (tablespaces_ask(connection, restore->arena, &options.tablespaces, error) < 0)
		return -1;
	*plan = plan_new(current, restore->wanted, &options);
	if (elaborate_plan(connection, *plan, error) < 0 || roles_check_plan(connection, *plan, error) < 0 ||
	    rehearse_plan(connection, *plan, error) < 0)
		return -1;
	return plan_finish(*plan, error);
}

void
restore_init_load(const struct restore *restore, struct connection *connection, struct data_load *load)
{
	*load = (struct data_load){
		.connection = connection,
		.path = restore->path,
		.manifest = restore->manifest,
		.list = &restore->list,
		.with_owner = restore->kind_options & KIND_WITH_OWNER,
		.with_privileges = restore->kind_options & KIND_WITH_PRIVILEGES,
		.quiet = restore->settings->quiet,
	};
}

/* Each table of the backup, and what the restored database says of it; *missing counts those that are not there. */
static int
find_targets(struct restore *restore, struct data_load *load, size_t *missing, struct error *error)
{
	struct data_list present;

	*missing = 0;
	data_list_init(&present);
	int failed = data_list_read(load->connection, &present, error);
	for (size_t i = 0; failed == 0 && i < restore->list.tables.count; i++) {
		const struct data_table *table = restore->list.tables.items[i];
		const struct data_table *found = data_list_find(&present, table->schema, table->name);

		if (found == NULL) {
			log_event(LOG_WARNING, "restore.no_table",
			          "table \"%s\".\"%s\" could not be made: its rows are not restored", table->schema, table->name);
			(*missing)++;
			continue;
		}
		struct data_target *target = arena_zalloc(restore->arena, sizeof(*target));
		*target = (struct data_target){ .table = table, .schema = table->schema, .name = table->name };
		target->policed = found->policed;
		target->condition = arena_strdup(restore->arena, found->condition);
		vector_add(&load->targets, target);
		restore->tables_done++;
		restore->rows_done += table->rows;
	}
	data_list_fini(&present);
	return failed;
}

static int
load_rows(struct restore *restore, struct data_load *load, size_t *missing, struct error *error)
{
	size_t sequences = 0;

	if (find_targets(restore, load, missing, error) < 0 || data_load_run(load, error) < 0 ||
	    data_load_sequences(load->connection, &restore->list, &sequences, error) < 0)
		return -1;
	*missing += sequences;
	if (sequences > 0)
		log_event(LOG_WARNING, "restore.no_sequence", "%zu sequences of the backup are not in the restored database",
		          sequences);
	return 0;
}

/* The schema, read again and compared: only what was known to be impossible may be missing. */
static int
prove_schema(const struct restore *restore, struct connection *connection, bool ours, size_t withheld,
             struct error *error)
{
	static const struct reader_options everything;
	struct catalog *now = NULL;
	struct plan *plan = NULL;
	struct buffer what = BUFFER_INIT;

	if (reader_read(connection, &everything, &now, error) < 0)
		return -1;
	int failed = make_plan(restore, connection, now, ours, &plan, error);
	if (failed == 0 && plan->step_count > 0) {
		const struct step *step = plan->groups[0].steps[0];

		if (step->object != NULL)
			object_describe(&what, step->object);
		failed = error_set(error, ERROR_VALIDATION, "the restored schema is not the backup's");
		error_detail(error, "The first difference is %s; it would take: %s", buffer_text(&what), step->sql);
	} else if (failed == 0 && plan->withheld_count > withheld) {
		failed = error_set(error, ERROR_VALIDATION, "the restored schema is not the backup's");
		error_detail(error, "%zu changes would be withheld, %zu were expected.", plan->withheld_count, withheld);
	}
	buffer_fini(&what);
	plan_free(plan);
	catalog_free(now);
	return failed;
}

static int
prove(const struct restore *restore, const struct data_load *load, bool ours, size_t withheld, struct error *error)
{
	if (data_load_prove(load, error) < 0 || data_load_prove_sequences(load->connection, &restore->list, error) < 0)
		return -1;
	return prove_schema(restore, load->connection, ours, withheld, error);
}

static int
fill(struct restore *restore, struct data_load *load, const struct plan *plan, bool ours, struct error *error)
{
	struct connection *connection = load->connection;
	size_t missing = 0;

	log_event(LOG_INFO, "restore.schema", "making the schema: %zu statements", plan->step_count);
	if (run_groups(connection, plan, 0, plan->barrier_group, error) < 0 ||
	    load_rows(restore, load, &missing, error) < 0)
		return -1;
	log_event(LOG_INFO, "restore.rest", "making indexes, constraints and triggers");
	if (run_groups(connection, plan, plan->barrier_group, plan->group_count, error) < 0)
		return -1;
	log_event(LOG_INFO, "restore.prove", "comparing every table with the backup");
	if (prove(restore, load, ours, plan->withheld_count, error) < 0)
		return -1;
	if (plan->withheld_count > 0)
		log_event(LOG_WARNING, "restore.incomplete", "%zu objects were not restored as they were; see above",
		          plan->withheld_count);
	/* Without statistics the first queries would be planned badly. */
	log_event(LOG_INFO, "restore.analyze", "collecting statistics");
	if (connection_execute(connection, "ANALYZE", error) < 0)
		return -1;
	if (missing == 0)
		return 0;
	error_set(error, ERROR_VALIDATION, "%zu tables and sequences of the backup could not be made", missing);
	return error_detail(error, "All else was restored and is equal to the backup.");
}

/* ours: the database was created by this run. */
static int
fill_database(struct restore *restore, struct connection *connection, const struct catalog *current, bool ours,
              struct error *error)
{
	struct plan *plan = NULL;
	struct data_load load;

	restore_init_load(restore, connection, &load);
	load.large_objects = true;
	int failed = make_plan(restore, connection, current, ours, &plan, error);
	if (failed == 0) {
		restore_warn_withheld(plan);
		tablespaces_tell(plan);
		failed = fill(restore, &load, plan, ours, error);
	}
	if (failed == 0)
		restore_record(restore, connection, true, plan->withheld_count);
	vector_fini(&load.targets);
	plan_free(plan);
	return failed;
}

struct restore_ending {
	struct arena *arena;
	struct journal_run run;
	const char *id;
};

/* Read after the row was added, so that the stamp is that of a database which has a history. */
static int
record_end(struct restore_ending *ending, struct connection *connection, struct error *error)
{
	static const struct reader_options everything = { .stamp = true };
	struct journal_run end = { .outcome = "done" };
	char fingerprint[DIGEST_TEXT_SIZE];
	struct catalog *now = NULL;
	bool partial = false;

	if (journal_begin(connection, ending->arena, &ending->run, &ending->id, error) < 0 ||
	    reader_read(connection, &everything, &now, error) < 0)
		return -1;
	catalog_fingerprint(now, fingerprint);
	end.fingerprint_after = fingerprint;
	end.stamp_after = now->info.stamp;
	int failed = journal_end(connection, ending->id, &end, &partial, error);
	catalog_free(now);
	return failed;
}

void
restore_record(const struct restore *restore, struct connection *connection, bool whole, size_t withheld)
{
	struct restore_ending ending = {
		.arena = restore->arena,
		.run = { .command = "restore",
		         .snapshot = restore->path,
		         .fingerprint = whole ? restore->manifest->fingerprint : "",
		         .content = whole ? restore->manifest->content : "",
		         .label = restore->manifest->label,
		         .tool = PGKEEL_VERSION,
		         .steps_planned = "0",
		         .withheld_on_rows = "0",
		         .kept = "0",
		         .outcome = "running" },
	};
	struct error error = { 0 };
	char host[HOST_NAME_MAX + 1] = "";

	if (gethostname(host, sizeof(host) - 1) == 0)
		ending.run.host = host;
	ending.run.withheld = arena_printf(restore->arena, "%zu", withheld);
	ending.run.options = arena_printf(restore->arena, "%u", restore->kind_options);
	if (record_end(&ending, connection, &error) < 0)
		log_event(LOG_WARNING, "history.failed", "the restore could not be recorded in the history: %s", error.primary);
	error_clear(&error);
}

/* --- which way --- */

/* What every database is born with. */
static bool
is_inborn(const struct object *object)
{
	const char *kind = object->kind->name;

	return (strcmp(kind, "schema") == 0 && strcmp(object_name(object), "public") == 0) ||
	       (strcmp(kind, "extension") == 0 && strcmp(object_name(object), "plpgsql") == 0);
}

static int
look_whether_empty(struct connection *connection, const struct catalog *current, bool *empty, struct error *error)
{
	char *object = NULL;

	*empty = current->unmodelled_count == 0;
	for (uint32_t i = 0; *empty && i < current->count; i++)
		*empty = is_inborn(&current->objects[i]);
	if (connection_query_value(connection, "SELECT oid FROM pg_catalog.pg_largeobject_metadata LIMIT 1", 0, NULL,
	                           &object, error) < 0)
		return -1;
	*empty = *empty && object == NULL;
	free(object);
	return 0;
}

static int
check_complete(const struct restore *restore, struct error *error)
{
	if (strcmp(restore->list.scope, "full") == 0)
		return 0;
	error_set(error, ERROR_ARCHIVE, "archive \"%s\" is no full backup: it holds the rows of %zu tables", restore->path,
	          restore->list.tables.count);
	return error_hint(error, strcmp(restore->list.scope, "schema") == 0
	                             ? "It can be looked at with tar; its schema.sql makes the schema."
	                             : "Restore those tables with --table.");
}

static void
tell_done(struct restore *restore, const char *database)
{
	sql_append(&restore->result, "Restored into database %I: ", database);
	buffer_printf(&restore->result,
	              "%zu tables, %llu rows, %zu sequences, %llu large objects; all proven equal to the "
	              "backup.\n",
	              restore->tables_done, (unsigned long long)restore->rows_done, restore->list.sequences.count,
	              (unsigned long long)restore->list.large_objects.count);
}

static int
into_empty(struct restore *restore, const struct catalog *current, struct error *error)
{
	bool waited = false;

	log_event(LOG_INFO, "restore.into", "database \"%s\" is empty: restoring into it",
	          connection_database(restore->target));
	if (interrupt_lock_acquire(restore->target, restore->settings->wait, &waited, error) < 0)
		return -1;
	if (fill_database(restore, restore->target, current, false, error) == 0) {
		tell_done(restore, connection_database(restore->target));
		return 0;
	}
	if (error->hint == NULL)
		error_hint(error,
		           "Database \"%s\" was empty and now holds a part of the backup: drop it, create it again empty, "
		           "and restore again.",
		           connection_database(restore->target));
	return -1;
}

/* --- beside --- */

struct beside {
	struct restore *restore;
	struct connection *maintenance;
	struct connection *copy;
	struct restore_swap swap;
	bool created;
	bool proven;
};

static int
make_copy(struct beside *beside, struct error *error)
{
	static const struct reader_options everything;
	struct restore *restore = beside->restore;
	struct catalog *current = NULL;
	const char *name = beside->swap.copy;
	bool exists = false;

	if (restore_database_exists(beside->maintenance, name, &exists, error) < 0)
		return -1;
	if (exists) {
		error_set(error, ERROR_FAILED, "database \"%s\" exists already", name);
		return error_hint(error, "Name another with --into, or restore into it with -d if it is empty.");
	}
	if (restore_database_create(beside->maintenance, name, connection_database(restore->target), &restore->wanted->info,
	                            error) < 0)
		return -1;
	beside->created = true;
	log_event(LOG_INFO, "restore.beside", "restoring beside \"%s\", into new database \"%s\"",
	          connection_database(restore->target), name);
	if (connection_clone_to(restore->target, name, &beside->copy, error) < 0 ||
	    set_up_session(restore, beside->copy, error) < 0 || reader_read(beside->copy, &everything, &current, error) < 0)
		return -1;
	int failed = fill_database(restore, beside->copy, current, true, error);
	catalog_free(current);
	beside->proven = failed == 0;
	return failed;
}

static bool
wants_swap(const struct beside *beside)
{
	const struct restore *restore = beside->restore;
	struct buffer question = BUFFER_INIT;

	if (restore->settings->swap)
		return true;
	if (restore->settings->into != NULL)
		return false;
	if (restore->settings->yes || restore->confirm == NULL)
		return restore->settings->yes;
	sql_append(&question,
	           "The copy is proven equal to the backup.  Swap now: %I becomes %I, and the copy becomes %I? [y/N] ",
	           beside->swap.present, beside->swap.kept, beside->swap.present);
	bool yes = restore->confirm(question.data);
	buffer_fini(&question);
	return yes;
}

static void
append_how_to_swap(const struct beside *beside, struct buffer *out)
{
	buffer_append_text(out, "To swap the names, from another database (postgres) and with no session in either: ");
	restore_database_swap_sql(&beside->swap, out);
}

static int
swap(struct beside *beside, struct error *error)
{
	struct restore *restore = beside->restore;
	struct buffer how = BUFFER_INIT;

	/* Our own sessions would be in the way; the run lock ends with them. */
	connection_close(restore->target);
	restore->target = NULL;
	connection_close(beside->copy);
	beside->copy = NULL;
	int failed = restore_database_swap(beside->maintenance, &beside->swap, error);
	if (failed == 0) {
		sql_append(&restore->result, "Swapped: %I is now the restored database; the one before is kept as %I.\n",
		           beside->swap.present, beside->swap.kept);
		sql_append(&restore->result, "When nobody misses it: DROP DATABASE %I;\n", beside->swap.kept);
		return 0;
	}
	append_how_to_swap(beside, &how);
	error_hint(error,
	           "Nothing was changed in \"%s\"; the restored copy, proven equal, is database \"%s\".\n%s\nOr restore "
	           "again with --terminate, which ends the sessions.",
	           beside->swap.present, beside->swap.copy, how.data);
	buffer_fini(&how);
	return -1;
}

static int
finish_beside(struct beside *beside, struct error *error)
{
	struct restore *restore = beside->restore;

	tell_done(restore, beside->swap.copy);
	if (restore_database_carry_over(beside->maintenance, beside->swap.present, beside->swap.copy, error) < 0)
		return -1;
	if (wants_swap(beside))
		return swap(beside, error);
	sql_append(&restore->result, "Database %I was not touched.\n", beside->swap.present);
	append_how_to_swap(beside, &restore->result);
	buffer_append_char(&restore->result, '\n');
	return 0;
}

static void
name_what_is_left(const struct beside *beside, struct error *error)
{
	if (!beside->created || error->hint != NULL)
		return;
	if (beside->proven)
		error_hint(error, "Database \"%s\" was not changed; the restored copy, proven equal, is database \"%s\".",
		           beside->swap.present, beside->swap.copy);
	else
		error_hint(error,
		           "Database \"%s\" was not changed; the unfinished copy is database \"%s\": drop it, and restore "
		           "again.",
		           beside->swap.present, beside->swap.copy);
}

static int
restore_beside(struct restore *restore, struct error *error)
{
	const char *present = arena_strdup(restore->arena, connection_database(restore->target));
	struct beside beside = {
		.restore = restore,
		.swap = { .present = present,
		          .copy = restore->settings->into,
		          .kept = restore_name_beside(restore->arena, present, "before_restore", restore->stamp),
		          .terminate = restore->settings->terminate },
	};
	bool waited = false;

	if (beside.swap.copy == NULL)
		beside.swap.copy = restore_name_beside(restore->arena, present, "restore", restore->stamp);
	int failed = interrupt_lock_acquire(restore->target, restore->settings->wait, &waited, error);
	if (failed == 0)
		failed = restore_database_maintenance(restore->target, &beside.maintenance, error);
	if (failed == 0)
		failed = make_copy(&beside, error);
	if (failed == 0)
		failed = finish_beside(&beside, error);
	if (failed < 0)
		name_what_is_left(&beside, error);
	connection_close(beside.copy);
	connection_close(beside.maintenance);
	return failed;
}

/* --- all of it --- */

static void
tell_plan(struct restore *restore, bool beside)
{
	const char *database = connection_database(restore->target);

	if (beside)
		sql_append(&restore->result, "Would restore into a new database beside %I", database);
	else
		sql_append(&restore->result, "Would restore into the empty database %I", database);
	buffer_printf(&restore->result, ": %zu tables, %zu sequences, %llu large objects, of a backup made %s.\n",
	              restore->list.tables.count, restore->list.sequences.count,
	              (unsigned long long)restore->list.large_objects.count, restore->manifest->created);
}

static int
restore_whole(struct restore *restore, struct error *error)
{
	static const struct reader_options everything;
	struct catalog *current = NULL;
	bool empty = false;

	if (check_complete(restore, error) < 0 || reader_read(restore->target, &everything, &current, error) < 0)
		return -1;
	int failed = look_whether_empty(restore->target, current, &empty, error);
	bool beside = !empty || restore->settings->into != NULL;
	if (failed == 0 && restore->settings->dry_run)
		tell_plan(restore, beside);
	else if (failed == 0)
		failed = beside ? restore_beside(restore, error) : into_empty(restore, current, error);
	catalog_free(current);
	return failed;
}

static void
take_stamp(struct restore *restore)
{
	time_t now = time(NULL);
	char text[32];
	struct tm utc;

	gmtime_r(&now, &utc);
	strftime(text, sizeof(text), "%Y%m%d_%H%M%S", &utc);
	restore->stamp = arena_strdup(restore->arena, text);
}

static void
tell_unmodelled(const struct restore *restore)
{
	for (size_t i = 0; i < restore->wanted->unmodelled_count; i++) {
		const struct unmodelled *unmodelled = &restore->wanted->unmodelled[i];

		/* Those are data. */
		if (strncmp(unmodelled->what, "large objects", strlen("large objects")) == 0)
			continue;
		log_event(LOG_WARNING, "restore.unmodelled", "not in the backup: %llu %s (such as %s)",
		          (unsigned long long)unmodelled->count, unmodelled->what,
		          unmodelled->example != NULL ? unmodelled->example : "?");
	}
}

int
restore_run(struct restore *restore, const char *named, struct error *error)
{
	take_stamp(restore);
	if (restore->settings->tables.count > 0 && restore->settings->into != NULL)
		return error_set(error, ERROR_USAGE, "--table and --into cannot be given together");
	if (open_archive(restore, named, error) < 0 || connect_target(restore, error) < 0)
		return -1;
	if (restore->settings->tables.count > 0)
		return restore_tables(restore, error);
	tell_unmodelled(restore);
	return restore_whole(restore, error);
}
