/*
 * backup.c - one pass over the database, in one transaction.
 *
 * The tables are locked (ACCESS SHARE, as a SELECT does) before the transaction takes its view of the database, so
 * none can be truncated or rewritten between that view and the reading of its rows.  Rights are asked
 * for first: a table that cannot be read fails the backup before a file is made.
 */
#include "build.h"

#include "import/backup.h"

#include <time.h>
#include <unistd.h>

#include "archive/snapshots.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"
#include "base/map.h"
#include "base/progress.h"
#include "import/data_hash.h"
#include "import/data_name.h"
#include "import/data_table.h"
#include "import/interrupt.h"
#include "import/target.h"
#include "postgres/copy.h"
#include "postgres/sql.h"
#include "reader/reader.h"

#define BACKUP_MODE 0600
#define FOLDER_MODE 0700
#define MEMBER_SIZE (8 * 1024 * 1024)
#define ATTEMPTS_MOST 100
#define LOOKS_MOST 5
#define TABLES_IN_A_LOCK 100

struct backup {
	struct connection *connection;
	const struct backup_options *options;
	struct data_list list;
	struct map *touched; /* NULL: every table */
	struct arena *arena; /* of the keys of touched */
	struct catalog *catalog;
	struct archive_writer *writer;
	struct progress *progress;
	struct data_hash *hash;
	char *path;
	unsigned attempt;
	int64_t created;

	/* The stream of members that is being written. */
	struct data_table *table;
	struct buffer member;
	unsigned number;
};

/* --- which tables --- */

static const char *
touched_key(struct backup *backup, const char *schema, const char *table)
{
	return arena_printf(backup->arena, "%zu:%s.%s", strlen(schema), schema, table);
}

static void
touch(struct backup *backup, const char *schema, const char *table)
{
	const char *key = touched_key(backup, schema, table);

	map_put(backup->touched, key, strlen(key), backup);
}

/* A table, or what has a table (or view: it does no harm) as its first two names. */
static void
touch_object(struct backup *backup, const struct object *object)
{
	bool part = object->kind->parents != NULL && object->kind->identity_count >= 3;

	if (part || strcmp(object->kind->name, "table") == 0)
		touch(backup, object_value(object, 0), object_value(object, 1));
}

static void
touch_plan(struct backup *backup)
{
	const struct plan *plan = backup->options->plan;

	backup->touched = map_new(64);
	for (size_t i = 0; i < plan->group_count; i++)
		for (size_t s = 0; s < plan->groups[i].count; s++)
			if (plan->groups[i].steps[s]->object != NULL)
				touch_object(backup, plan->groups[i].steps[s]->object);
}

/* A change of a parent reaches the rows of its partitions and of what inherits from it. */
static int
touch_descendants(struct backup *backup, struct error *error)
{
	static const char sql[] =
		"WITH RECURSIVE below (top, child) AS (SELECT inhparent, inhrelid FROM pg_catalog.pg_inherits"
		" UNION SELECT b.top, i.inhrelid FROM below AS b JOIN pg_catalog.pg_inherits AS i ON i.inhparent = b.child)"
		" SELECT pn.nspname, p.relname, n.nspname, c.relname FROM below AS b"
		" JOIN pg_catalog.pg_class AS p ON p.oid = b.top AND p.relkind IN ('r', 'p')"
		" JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace"
		" JOIN pg_catalog.pg_class AS c ON c.oid = b.child JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace";
	PGresult *result = NULL;

	if (connection_query(backup->connection, sql, 0, NULL, &result, error) < 0)
		return -1;
	for (int i = 0; i < PQntuples(result); i++) {
		const char *key = touched_key(backup, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1));

		if (map_get(backup->touched, key, strlen(key)) != NULL)
			touch(backup, PQgetvalue(result, i, 2), PQgetvalue(result, i, 3));
	}
	PQclear(result);
	return 0;
}

static void
leave_untouched_out(struct backup *backup)
{
	struct vector *tables = &backup->list.tables;
	size_t kept = 0;

	for (size_t i = 0; i < tables->count; i++) {
		const struct data_table *table = tables->items[i];
		const char *key = touched_key(backup, table->schema, table->name);

		if (map_get(backup->touched, key, strlen(key)) != NULL)
			tables->items[kept++] = tables->items[i];
	}
	tables->count = kept;
}

static int
read_list(struct backup *backup, struct error *error)
{
	data_list_fini(&backup->list);
	data_list_init(&backup->list);
	if (data_list_read(backup->connection, &backup->list, error) < 0)
		return -1;
	switch (backup->options->scope) {
	case BACKUP_FULL:
		backup->list.scope = "full";
		break;
	case BACKUP_TOUCHED:
		backup->list.scope = backup->touched != NULL ? "touched" : "full";
		if (backup->touched != NULL)
			leave_untouched_out(backup);
		break;
	case BACKUP_SCHEMA:
	case BACKUP_NONE:
		backup->list.scope = "schema";
		vector_clear(&backup->list.tables);
		vector_clear(&backup->list.sequences);
		break;
	}
	return 0;
}

/* --- rights --- */

static int
lacks_right(const char *what, const char *schema, const char *name, bool policed, struct error *error)
{
	struct buffer quoted = BUFFER_INIT;

	sql_append(&quoted, "%Q", schema, name);
	if (policed)
		error_set(error, ERROR_PERMISSION, "row security hides rows of %s %s from this role", what, quoted.data);
	else
		error_set(error, ERROR_PERMISSION, "this role may not read %s %s", what, quoted.data);
	buffer_fini(&quoted);
	error_detail(error, "Nothing was written.");
	return error_hint(error, policed
	                             ? "Back up as a superuser or as a role with BYPASSRLS."
	                             : "Back up as the owner or a superuser, or grant SELECT on it and USAGE on its schema "
	                               "(pg_read_all_data has both).");
}

static int
check_large_objects(struct backup *backup, struct error *error)
{
	static const char sql[] =
		"SELECT m.oid FROM pg_catalog.pg_largeobject_metadata AS m"
		" WHERE NOT pg_catalog.pg_has_role(m.lomowner, 'USAGE')"
		" AND NOT (SELECT r.rolsuper FROM pg_catalog.pg_roles AS r WHERE r.rolname = current_user)"
		" AND pg_catalog.current_setting('lo_compat_privileges') <> 'on'"
		" AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(m.lomacl) AS a WHERE a.privilege_type = 'SELECT'"
		" AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE'))) LIMIT 1";
	char *oid = NULL;

	if (strcmp(backup->list.scope, "full") != 0)
		return 0;
	if (connection_query_value(backup->connection, sql, 0, NULL, &oid, error) < 0)
		return -1;
	if (oid == NULL)
		return 0;
	error_set(error, ERROR_PERMISSION, "this role may not read large object %s", oid);
	free(oid);
	error_detail(error, "Nothing was written.");
	return error_hint(error, "Back up as its owner or as a superuser.");
}

static int
check_rights(struct backup *backup, struct error *error)
{
	for (size_t i = 0; i < backup->list.tables.count; i++) {
		const struct data_table *table = backup->list.tables.items[i];

		if (!table->readable || table->policed)
			return lacks_right("table", table->schema, table->name, table->readable, error);
	}
	for (size_t i = 0; i < backup->list.sequences.count; i++) {
		const struct data_sequence *sequence = backup->list.sequences.items[i];

		if (!sequence->readable)
			return lacks_right("sequence", sequence->schema, sequence->name, false, error);
	}
	return check_large_objects(backup, error);
}

/* --- one view of the database --- */

static int
lock_tables(struct backup *backup, struct error *error)
{
	const struct vector *tables = &backup->list.tables;
	struct buffer sql = BUFFER_INIT;
	int failed = 0;

	for (size_t i = 0; failed == 0 && i < tables->count; i++) {
		const struct data_table *table = tables->items[i];

		buffer_append_text(&sql, sql.length == 0 ? "LOCK TABLE ONLY " : ", ONLY ");
		sql_append(&sql, "%Q", table->schema, table->name);
		if ((i + 1) % TABLES_IN_A_LOCK != 0 && i + 1 < tables->count)
			continue;
		buffer_append_text(&sql, " IN ACCESS SHARE MODE");
		failed = connection_execute(backup->connection, buffer_text(&sql), error);
		buffer_clear(&sql);
	}
	buffer_fini(&sql);
	if (failed < 0 && strcmp(error->sqlstate, "53200") == 0)
		error_hint(error, "The server needs a larger max_locks_per_transaction for a backup of so many tables.");
	if (failed < 0 && strcmp(error->sqlstate, "55P03") == 0)
		error_hint(error,
		           "Another session changes a table; try again later, or give --lock-timeout more milliseconds.");
	return failed < 0 ? error_prefix(error, "locking the tables for reading") : 0;
}

/* Whether each of the tables is among those that were locked. */
static bool
all_locked(const struct data_list *locked, const struct data_list *now)
{
	struct map *oids = map_new(locked->tables.count + 1);
	bool all = true;

	for (size_t i = 0; i < locked->tables.count; i++) {
		struct data_table *table = locked->tables.items[i];

		map_put(oids, table->oid, strlen(table->oid), table);
	}
	for (size_t i = 0; all && i < now->tables.count; i++) {
		const struct data_table *table = now->tables.items[i];

		all = map_get(oids, table->oid, strlen(table->oid)) != NULL;
	}
	map_free(oids);
	return all;
}

static void
roll_back(struct backup *backup)
{
	struct error ignored = { 0 };

	if (connection_is_alive(backup->connection) && connection_in_transaction(backup->connection))
		connection_execute(backup->connection, "ROLLBACK", &ignored);
	error_clear(&ignored);
}

/* LOCK TABLE takes no view of the database; the first query afterwards does. */
static int
try_view(struct backup *backup, bool *complete, struct error *error)
{
	struct data_list locked;

	if (connection_execute(backup->connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error) < 0 ||
	    lock_tables(backup, error) < 0)
		return -1;
	locked = backup->list;
	data_list_init(&backup->list);
	int failed = data_session_prepare(backup->connection, error);
	if (failed == 0)
		failed = read_list(backup, error);
	*complete = failed == 0 && all_locked(&locked, &backup->list);
	data_list_fini(&locked);
	return failed;
}

static int
take_view(struct backup *backup, struct error *error)
{
	bool complete = false;

	if (backup->options->scope == BACKUP_TOUCHED && backup->options->plan != NULL) {
		touch_plan(backup);
		if (touch_descendants(backup, error) < 0)
			return -1;
	}
	for (int looks = 0; looks < LOOKS_MOST; looks++) {
		if (read_list(backup, error) < 0 || check_rights(backup, error) < 0)
			return -1;
		if (try_view(backup, &complete, error) == 0 && complete)
			return check_rights(backup, error);
		roll_back(backup);
		/* A table that was dropped between the look and the lock is no failure. */
		if (error->primary != NULL && strcmp(error->sqlstate, "42P01") != 0)
			return -1;
		error_clear(error);
	}
	error_set(error, ERROR_FAILED, "tables kept being created while the backup began");
	return error_hint(error, "Try again when no other session creates tables.");
}

/* --- data members --- */

static int
end_member(struct backup *backup, const char *folder, struct error *error)
{
	struct buffer name = BUFFER_INIT;

	target_fault(backup->connection, "backup-member");
	data_name_append_member(&name, folder, ++backup->number);
	int failed = archive_writer_add(backup->writer, name.data, backup->member.data, backup->member.length, error);
	buffer_fini(&name);
	buffer_clear(&backup->member);
	return failed;
}

/* A piece of whole rows; only a row that is larger than a member is spread over several. */
static int
take_rows(void *context, const char *data, size_t length, struct error *error)
{
	struct backup *backup = context;

	if (interrupt_check(error) < 0)
		return -1;
	data_hash_add_copy(backup->hash, data, length);
	backup->table->bytes += length;
	if (backup->progress != NULL)
		progress_add(backup->progress, length, backup->table->name);
	while (length > 0) {
		size_t part = length < MEMBER_SIZE ? length : MEMBER_SIZE;

		if (backup->member.length > 0 && backup->member.length + part > MEMBER_SIZE &&
		    end_member(backup, backup->table->folder, error) < 0)
			return -1;
		buffer_append(&backup->member, data, part);
		data += part;
		length -= part;
	}
	return 0;
}

/* Fills rows, bytes and checksum of the table. */
static int
copy_rows(struct backup *backup, struct data_table *table, const char *sql, struct error *error)
{
	struct buffer checksum = BUFFER_INIT;

	backup->table = table;
	backup->number = 0;
	table->bytes = 0;
	data_hash_reset(backup->hash);
	buffer_clear(&backup->member);
	if (copy_out(backup->connection, sql, take_rows, backup, &table->rows, error) < 0)
		return -1;
	if (backup->member.length > 0 && end_member(backup, table->folder, error) < 0)
		return -1;
	data_hash_append(backup->hash, &checksum);
	table->checksum = arena_strdup(backup->list.arena, checksum.data);
	buffer_fini(&checksum);
	return 0;
}

static void
append_columns(struct buffer *sql, const struct data_table *table)
{
	for (size_t i = 0; i < table->column_count; i++)
		sql_append(sql, i > 0 ? ", %I" : "%I", table->columns[i]);
}

/* In the database's own encoding: a conversion could fail, or lose what it does not know. */
static int
copy_table(struct backup *backup, struct data_table *table, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	int failed;

	buffer_append_text(&sql, "COPY ");
	if (table->condition != NULL) {
		buffer_append_text(&sql, "(SELECT ");
		append_columns(&sql, table);
		sql_append(&sql, " FROM ONLY %Q %X)", table->schema, table->name, table->condition);
	} else {
		sql_append(&sql, "%Q", table->schema, table->name);
		if (table->column_count > 0) {
			buffer_append_text(&sql, " (");
			append_columns(&sql, table);
			buffer_append_char(&sql, ')');
		}
	}
	sql_append(&sql, " TO STDOUT WITH (ENCODING %L)", backup->list.encoding);
	failed = copy_rows(backup, table, sql.data, error);
	buffer_clear(&sql);
	if (failed < 0) {
		sql_append(&sql, "table %Q", table->schema, table->name);
		error_prefix(error, "%s", sql.data);
	}
	buffer_fini(&sql);
	return failed;
}

static int
copy_tables(struct backup *backup, struct error *error)
{
	for (size_t i = 0; i < backup->list.tables.count; i++)
		if (copy_table(backup, backup->list.tables.items[i], error) < 0)
			return -1;
	return 0;
}

/* Owner, comment and privileges as text that a restore can make statements from; then the contents. */
static int
copy_large_objects(struct backup *backup, struct error *error)
{
	static const char owners[] =
		"(SELECT m.oid, pg_catalog.pg_get_userbyid(m.lomowner), d.description,"
		" (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(CASE WHEN a.grantee = 0 THEN NULL"
		" ELSE pg_catalog.pg_get_userbyid(a.grantee) END, a.privilege_type, a.is_grantable))"
		" FROM pg_catalog.aclexplode(m.lomacl) AS a)"
		" FROM pg_catalog.pg_largeobject_metadata AS m LEFT JOIN pg_catalog.pg_description AS d ON d.objoid = m.oid"
		" AND d.classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass AND d.objsubid = 0)";
	struct data_table table = { .name = "large objects", .folder = DATA_LARGE_OBJECT_OWNERS };
	struct data_large_objects *objects = &backup->list.large_objects;
	struct buffer sql = BUFFER_INIT;

	if (strcmp(backup->list.scope, "full") != 0)
		return 0;
	sql_append(&sql, "COPY %X TO STDOUT WITH (ENCODING %L)", owners, backup->list.encoding);
	int failed = copy_rows(backup, &table, sql.data, error);
	objects->count = table.rows;
	buffer_clear(&sql);
	table.folder = DATA_LARGE_OBJECTS;
	sql_append(&sql, "COPY %X TO STDOUT WITH (ENCODING %L)", data_large_object_pages_sql(), backup->list.encoding);
	if (failed == 0)
		failed = copy_rows(backup, &table, sql.data, error);
	objects->pages = table.rows;
	objects->bytes = table.bytes;
	objects->checksum = table.checksum;
	buffer_fini(&sql);
	return failed < 0 ? error_prefix(error, "large objects") : 0;
}

/* --- the archive --- */

static int
choose_path(struct backup *backup, struct error *error)
{
	for (; backup->attempt < ATTEMPTS_MOST; backup->attempt++) {
		free(backup->path);
		backup->path = snapshots_path(backup->options->folder, BACKUPS_PREFIX, backup->created, backup->attempt);
		if (access(backup->path, F_OK) != 0)
			return 0;
	}
	return error_set(error, ERROR_FAILED, "folder \"%s\" holds too many backups of this second",
	                 backup->options->folder);
}

static int
write_snapshot(struct backup *backup, struct error *error)
{
	time_t created = (time_t)backup->created;
	char text[64];
	struct tm utc;
	struct manifest manifest = { .type = "backup", .created = text, .source = backup->catalog->info };

	gmtime_r(&created, &utc);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
	if (archive_writer_open(backup->path, BACKUP_MODE, 0, &backup->writer, error) < 0 ||
	    archive_writer_add_catalog(backup->writer, backup->catalog, error) < 0)
		return -1;
	return archive_writer_finish_snapshot(backup->writer, &manifest, error);
}

static int
finish_data(struct backup *backup, struct error *error)
{
	char *json = data_list_encode(&backup->list);

	if (json == NULL)
		return error_set(error, ERROR_FAILED, "a name in this database is not valid UTF-8");
	int failed = archive_writer_finish_data(backup->writer, json, strlen(json), error);
	free(json);
	return failed;
}

static int
write_everything(struct backup *backup, struct error *error)
{
	static const struct reader_options options = { .inside_transaction = true };

	if (reader_read(backup->connection, &options, &backup->catalog, error) < 0 || write_snapshot(backup, error) < 0 ||
	    copy_tables(backup, error) < 0 || data_list_read_values(backup->connection, &backup->list, error) < 0 ||
	    copy_large_objects(backup, error) < 0)
		return -1;
	/* The view is let go before the file is read back, which takes a while and needs no server. */
	if (connection_execute(backup->connection, "COMMIT", error) < 0)
		return -1;
	return finish_data(backup, error);
}

/* Asked after the tables are locked: looking at a table's size would wait for whoever holds it. */
static int
start_progress(struct backup *backup, struct error *error)
{
	struct buffer oids = BUFFER_INIT;
	char *total = NULL;

	if (backup->options->quiet)
		return 0;
	buffer_append_char(&oids, '{');
	for (size_t i = 0; i < backup->list.tables.count; i++) {
		const struct data_table *table = backup->list.tables.items[i];

		sql_array_append(&oids, table->oid, i == 0);
	}
	buffer_append_char(&oids, '}');
	const char *values[] = { oids.data };
	int failed = connection_query_value(
		backup->connection,
		"SELECT pg_catalog.sum(pg_catalog.pg_table_size(o)) FROM pg_catalog.unnest($1::pg_catalog.oid[]) AS o", 1,
		values, &total, error);
	if (failed == 0)
		backup->progress = progress_new("backing up", total != NULL ? strtoull(total, NULL, 10) : 0, "bytes");
	free(total);
	buffer_fini(&oids);
	return failed;
}

static void
let_go(struct backup *backup)
{
	archive_writer_free(backup->writer);
	backup->writer = NULL;
	catalog_free(backup->catalog);
	backup->catalog = NULL;
	progress_free(backup->progress);
	backup->progress = NULL;
}

/* *exists: somebody else took the name meanwhile. */
static int
write_once(struct backup *backup, bool *exists, struct error *error)
{
	*exists = false;
	int failed = take_view(backup, error);
	if (failed == 0)
		failed = file_make_folder(backup->options->folder, FOLDER_MODE, error);
	if (failed == 0)
		failed = choose_path(backup, error);
	if (failed == 0)
		failed = start_progress(backup, error);
	if (failed == 0)
		failed = write_everything(backup, error);
	if (failed == 0)
		failed = archive_writer_publish(backup->writer, backup->path, exists, error);
	roll_back(backup);
	let_go(backup);
	return failed;
}

static void
prune(const struct backup *backup)
{
	struct error error = { 0 };
	unsigned removed = 0;

	if (backup->options->keep == 0)
		return;
	if (snapshots_prune(backup->options->folder, BACKUPS_PREFIX, backup->options->keep, &removed, &error) < 0)
		log_event(LOG_WARNING, "backup.not_pruned", "%s", error.primary);
	if (removed > 0)
		log_event(LOG_INFO, "backup.pruned", "removed %u old backup%s", removed, removed == 1 ? "" : "s");
	error_clear(&error);
}

static void
tell(const struct backup *backup)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < backup->list.tables.count; i++) {
		const struct data_table *table = backup->list.tables.items[i];

		rows += table->rows;
	}
	log_event(LOG_DEBUG, "backup.rows", "%llu rows of %zu tables, %zu sequences, %llu large objects",
	          (unsigned long long)rows, backup->list.tables.count, backup->list.sequences.count,
	          (unsigned long long)backup->list.large_objects.count);
}

int
backup_write(struct connection *connection, const struct backup_options *options, char **path, struct error *error)
{
	struct backup backup = { .connection = connection, .options = options, .created = (int64_t)time(NULL) };
	bool exists = false;
	int failed;

	*path = NULL;
	if (options->scope == BACKUP_NONE)
		return 0;
	backup.arena = arena_new();
	backup.hash = data_hash_new();
	data_list_init(&backup.list);
	failed = write_once(&backup, &exists, error);
	while (failed < 0 && exists) {
		error_clear(error);
		backup.attempt++;
		failed = write_once(&backup, &exists, error);
	}
	if (failed == 0) {
		tell(&backup);
		prune(&backup);
		/* Absolute: the history is read from other folders, and at other hours. */
		*path = realpath(backup.path, NULL);
		if (*path == NULL)
			*path = xstrdup(backup.path);
	} else if (error->hint == NULL && error->code == ERROR_SYSTEM) {
		error_hint(error, "Name a folder that can be written with --backup-dir; no part of this backup is left.");
	}
	free(backup.path);
	buffer_fini(&backup.member);
	data_hash_free(backup.hash);
	data_list_fini(&backup.list);
	map_free(backup.touched);
	arena_free(backup.arena);
	return failed;
}
