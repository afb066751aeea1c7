#include "build.h"

#include "import/data_load.h"

#include "base/log.h"
#include "base/progress.h"
#include "import/data_name.h"
#include "import/interrupt.h"
#include "import/target.h"
#include "postgres/copy.h"
#include "postgres/sql.h"

struct loading {
	const struct data_load *load;
	struct map *folders; /* folder -> struct data_target */
	struct progress *progress;
	const struct data_target *target; /* whose COPY goes on */
	struct copy_in *copy;
	bool has_work_tables; /* for large objects */
};

/* --- a table's rows --- */

static int
execute(const struct loading *loading, const char *sql, struct error *error)
{
	return connection_execute(loading->load->connection, sql, error);
}

static int
set_forced(const struct loading *loading, const char *word, struct error *error)
{
	const struct data_target *target = loading->target;
	struct buffer sql = BUFFER_INIT;

	if (!target->policed)
		return 0;
	sql_append(&sql, "ALTER TABLE %Q %K ROW LEVEL SECURITY", target->schema, target->name, word);
	int failed = execute(loading, sql.data, error);
	buffer_fini(&sql);
	return failed;
}

static void
append_copy(struct buffer *sql, const struct data_target *target, const char *encoding)
{
	const struct data_table *table = target->table;

	sql_append(sql, "COPY %Q", target->schema, target->name);
	for (size_t i = 0; i < table->column_count; i++)
		sql_append(sql, i == 0 ? " (%I" : ", %I", table->columns[i]);
	if (table->column_count > 0)
		buffer_append_char(sql, ')');
	sql_append(sql, " FROM STDIN WITH (ENCODING %L)", encoding);
}

static int
begin_table(struct loading *loading, const struct data_target *target, struct error *error)
{
	const struct data_load *load = loading->load;
	struct buffer sql = BUFFER_INIT;

	loading->target = target;
	if (!load->inside_transaction &&
	    (execute(loading, "BEGIN", error) < 0 || data_session_prepare(load->connection, error) < 0))
		return -1;
	/* The owner under forced policies may not COPY; they are forced again before anybody else can look. */
	if (set_forced(loading, "NO FORCE", error) < 0)
		return -1;
	append_copy(&sql, target, load->list->encoding);
	int failed = copy_in_begin(load->connection, sql.data, &loading->copy, error);
	buffer_fini(&sql);
	return failed;
}

static int
prefix_table(const struct data_target *target, struct error *error)
{
	struct buffer name = BUFFER_INIT;

	sql_append(&name, "%Q", target->schema, target->name);
	error_prefix(error, "loading table %s", name.data);
	buffer_fini(&name);
	return -1;
}

static int
finish_table(struct loading *loading, struct error *error)
{
	const struct data_target *target = loading->target;
	struct copy_in *copy = loading->copy;
	uint64_t rows = 0;

	loading->copy = NULL;
	if (copy_in_end(copy, &rows, error) < 0)
		return -1;
	if (rows != target->table->rows)
		return error_set(error, ERROR_VALIDATION, "%llu rows came in, the backup says %llu", (unsigned long long)rows,
		                 (unsigned long long)target->table->rows);
	if (set_forced(loading, "FORCE", error) < 0)
		return -1;
	return loading->load->inside_transaction ? 0 : execute(loading, "COMMIT", error);
}

static int
end_table(struct loading *loading, struct error *error)
{
	const struct data_target *target = loading->target;

	if (loading->copy == NULL)
		return 0;
	int failed = finish_table(loading, error);
	loading->target = NULL;
	return failed < 0 ? prefix_table(target, error) : 0;
}

/* --- large objects --- */

static int
copy_whole(struct loading *loading, const char *table, const char *data, size_t length, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	struct copy_in *copy = NULL;

	sql_append(&sql, "COPY pg_temp.%I FROM STDIN WITH (ENCODING %L)", table, loading->load->list->encoding);
	int failed = copy_in_begin(loading->load->connection, sql.data, &copy, error);
	buffer_fini(&sql);
	if (failed < 0)
		return -1;
	if (copy_in_write(copy, data, length, error) < 0) {
		copy_in_abort(copy, "the backup could not be loaded");
		return -1;
	}
	return copy_in_end(copy, NULL, error);
}

static int
make_work_tables(struct loading *loading, struct error *error)
{
	static const char *const statements[] = {
		"CREATE TEMPORARY TABLE pgkeel_large_object (loid pg_catalog.oid, owner text, comment text,"
		" grants pg_catalog.json) ON COMMIT DELETE ROWS",
		"CREATE TEMPORARY TABLE pgkeel_page (loid pg_catalog.oid, page integer, data pg_catalog.bytea)"
		" ON COMMIT DELETE ROWS",
	};

	if (loading->has_work_tables)
		return 0;
	for (size_t i = 0; i < COUNT_OF(statements); i++)
		if (execute(loading, statements[i], error) < 0)
			return -1;
	loading->has_work_tables = true;
	return 0;
}

/* Statements for owner, comment and privileges; roles that are not there are left out. */
static int
dress_large_objects(struct loading *loading, struct error *error)
{
	static const char sql[] =
		"SELECT s.sql FROM (SELECT m.loid, 0, pg_catalog.format('ALTER LARGE OBJECT %s OWNER TO %I', m.loid, m.owner)"
		" FROM pg_temp.pgkeel_large_object AS m JOIN pg_catalog.pg_roles AS r ON r.rolname = m.owner"
		" WHERE $1::boolean AND m.owner <> current_user"
		" UNION ALL SELECT m.loid, 0, pg_catalog.format('COMMENT ON LARGE OBJECT %s IS %L', m.loid, m.comment)"
		" FROM pg_temp.pgkeel_large_object AS m WHERE m.comment IS NOT NULL"
		" UNION ALL SELECT m.loid, g.number, pg_catalog.format('GRANT %s ON LARGE OBJECT %s TO %s%s', g.value ->> 1, "
		"m.loid,"
		" COALESCE(pg_catalog.quote_ident(r.rolname), 'PUBLIC'),"
		" CASE WHEN (g.value ->> 2)::boolean AND r.rolname IS NOT NULL THEN ' WITH GRANT OPTION' ELSE '' END)"
		" FROM pg_temp.pgkeel_large_object AS m"
		" CROSS JOIN LATERAL pg_catalog.json_array_elements(m.grants) WITH ORDINALITY AS g (value, number)"
		" LEFT JOIN pg_catalog.pg_roles AS r ON r.rolname = g.value ->> 0"
		" WHERE $2::boolean AND g.value ->> 1 IN ('SELECT', 'UPDATE')"
		" AND (r.rolname IS NOT NULL OR g.value ->> 0 IS NULL)) AS s (loid, number, sql)"
		" ORDER BY s.loid, s.number, s.sql";
	const struct data_load *load = loading->load;
	const char *values[] = { load->with_owner ? "t" : "f", load->with_privileges ? "t" : "f" };
	PGresult *result = NULL;
	int failed = connection_query(load->connection, sql, COUNT_OF(values), values, &result, error);

	for (int i = 0; failed == 0 && i < PQntuples(result); i++)
		failed = execute(loading, PQgetvalue(result, i, 0), error);
	PQclear(result);
	return failed;
}

static int
take_large_objects(struct loading *loading, const char *data, size_t length, struct error *error)
{
	if (copy_whole(loading, "pgkeel_large_object", data, length, error) < 0 ||
	    execute(loading, "SELECT pg_catalog.lo_create(loid) FROM pg_temp.pgkeel_large_object", error) < 0)
		return -1;
	return dress_large_objects(loading, error);
}

static int
take_pages(struct loading *loading, const char *data, size_t length, struct error *error)
{
	if (copy_whole(loading, "pgkeel_page", data, length, error) < 0)
		return -1;
	return execute(loading,
	               "SELECT pg_catalog.lo_put(loid, page::pg_catalog.int8 * 262144, data) FROM pg_temp.pgkeel_page",
	               error);
}

static bool
is_in_folder(const char *name, const char *folder)
{
	return strlen(folder) == data_name_folder_length(name) && strncmp(name, folder, strlen(folder)) == 0;
}

static bool
is_large_objects(const char *name)
{
	return is_in_folder(name, DATA_LARGE_OBJECT_OWNERS) || is_in_folder(name, DATA_LARGE_OBJECTS);
}

static int
take_large_object_member(struct loading *loading, const char *name, const char *data, size_t length,
                         struct error *error)
{
	bool owners = is_in_folder(name, DATA_LARGE_OBJECT_OWNERS);

	if (make_work_tables(loading, error) < 0 || execute(loading, "BEGIN", error) < 0 ||
	    data_session_prepare(loading->load->connection, error) < 0)
		return -1;
	int failed = owners ? take_large_objects(loading, data, length, error) : take_pages(loading, data, length, error);
	return failed < 0 ? error_prefix(error, "loading large objects") : execute(loading, "COMMIT", error);
}

/* --- the archive's members --- */

static const struct data_target *
target_of(const struct loading *loading, const char *name)
{
	return map_get(loading->folders, name, data_name_folder_length(name));
}

static bool
is_wanted(void *context, const char *name)
{
	const struct loading *loading = context;

	return target_of(loading, name) != NULL || (loading->load->large_objects && is_large_objects(name));
}

static int
take_member(void *context, const char *name, const char *data, size_t length, struct error *error)
{
	struct loading *loading = context;
	const struct data_target *target = target_of(loading, name);

	target_fault(loading->load->connection, "restore-member");
	if (interrupt_check(error) < 0)
		return -1;
	if (loading->target != target && end_table(loading, error) < 0)
		return -1;
	if (loading->progress != NULL)
		progress_add(loading->progress, length, target != NULL ? target->name : "large objects");
	if (target == NULL)
		return take_large_object_member(loading, name, data, length, error);
	if (loading->copy == NULL && begin_table(loading, target, error) < 0)
		return prefix_table(target, error);
	if (copy_in_write(loading->copy, data, length, error) < 0)
		return prefix_table(target, error);
	return 0;
}

static bool
is_same_archive(const struct manifest *a, const struct manifest *b)
{
	return strcmp(a->content, b->content) == 0 && strcmp(a->created, b->created) == 0;
}

static int
read_again(struct loading *loading, struct error *error)
{
	struct archive_reader *reader = NULL;
	int failed = archive_reader_open(loading->load->path, NULL, &reader, error);

	if (failed == 0 && !is_same_archive(archive_reader_manifest(reader), loading->load->manifest))
		failed = error_set(error, ERROR_ARCHIVE, "archive \"%s\" was replaced while it was being restored",
		                   loading->load->path);
	if (failed == 0)
		failed = archive_reader_data(reader, is_wanted, take_member, loading, error);
	archive_reader_free(reader);
	return failed;
}

static void
prepare_loading(struct loading *loading)
{
	const struct data_load *load = loading->load;
	uint64_t total = load->large_objects ? load->list->large_objects.bytes : 0;

	loading->folders = map_new(load->targets.count + 1);
	for (size_t i = 0; i < load->targets.count; i++) {
		struct data_target *target = load->targets.items[i];

		map_put(loading->folders, target->table->folder, strlen(target->table->folder), target);
		total += target->table->bytes;
	}
	if (!load->quiet)
		loading->progress = progress_new("restoring", total, "bytes");
}

/* A copy that goes on when something else fails must be ended, or the session cannot be used. */
static void
give_up(struct loading *loading)
{
	struct error ignored = { 0 };

	if (loading->copy != NULL)
		copy_in_abort(loading->copy, "the restore was given up");
	loading->copy = NULL;
	if (!loading->load->inside_transaction && connection_is_alive(loading->load->connection) &&
	    connection_in_transaction(loading->load->connection))
		execute(loading, "ROLLBACK", &ignored);
	error_clear(&ignored);
}

static int
drop_work_tables(struct loading *loading, struct error *error)
{
	if (!loading->has_work_tables)
		return 0;
	return execute(loading, "DROP TABLE pg_temp.pgkeel_large_object, pg_temp.pgkeel_page", error);
}

int
data_load_run(const struct data_load *load, struct error *error)
{
	struct loading loading = { .load = load };

	prepare_loading(&loading);
	/* Checks and generated columns may run functions that count on their application's search path. */
	int failed = connection_use_search_path(load->connection, false, error);
	if (failed == 0)
		failed = read_again(&loading, error);
	if (failed == 0)
		failed = end_table(&loading, error);
	if (failed == 0)
		failed = drop_work_tables(&loading, error);
	if (failed == 0)
		failed = connection_clear_search_path(load->connection, error);
	if (failed < 0)
		give_up(&loading);
	progress_free(loading.progress);
	map_free(loading.folders);
	return failed;
}

/* --- sequences --- */

struct sequence_arrays {
	struct buffer schemas;
	struct buffer names;
	struct buffer values;
	struct buffer called;
};

static void
close_array(struct buffer *array)
{
	buffer_append_char(array, '}');
}

static void
fill_arrays(struct sequence_arrays *arrays, const struct data_list *list)
{
	struct buffer *all[] = { &arrays->schemas, &arrays->names, &arrays->values, &arrays->called };

	for (size_t i = 0; i < COUNT_OF(all); i++)
		buffer_append_char(all[i], '{');
	for (size_t i = 0; i < list->sequences.count; i++) {
		const struct data_sequence *sequence = list->sequences.items[i];

		sql_array_append(&arrays->schemas, sequence->schema, i == 0);
		sql_array_append(&arrays->names, sequence->name, i == 0);
		sql_array_append(&arrays->values, sequence->last_value, i == 0);
		sql_array_append(&arrays->called, sequence->is_called ? "t" : "f", i == 0);
	}
	for (size_t i = 0; i < COUNT_OF(all); i++)
		close_array(all[i]);
}

int
data_load_sequences(struct connection *connection, const struct data_list *list, size_t *missing, struct error *error)
{
	static const char sql[] =
		"SELECT pg_catalog.count(pg_catalog.setval(pg_catalog.to_regclass(pg_catalog.format('%I.%I', s.schema, "
		"s.name)),"
		" s.value, s.called))"
		" FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]),"
		" pg_catalog.unnest($3::pg_catalog.int8[]), pg_catalog.unnest($4::boolean[])) AS s (schema, name, value, "
		"called)";
	struct sequence_arrays arrays = { BUFFER_INIT, BUFFER_INIT, BUFFER_INIT, BUFFER_INIT };
	char *set = NULL;

	*missing = 0;
	fill_arrays(&arrays, list);
	const char *values[] = { arrays.schemas.data, arrays.names.data, arrays.values.data, arrays.called.data };
	int failed = connection_query_value(connection, sql, COUNT_OF(values), values, &set, error);
	if (failed == 0)
		*missing = list->sequences.count - strtoul(set, NULL, 10);
	free(set);
	buffer_fini(&arrays.schemas);
	buffer_fini(&arrays.names);
	buffer_fini(&arrays.values);
	buffer_fini(&arrays.called);
	return failed < 0 ? error_prefix(error, "setting the sequences") : 0;
}
