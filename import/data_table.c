#include "build.h"

#include "import/data_table.h"

#include <jansson.h>

#include "import/data_name.h"
#include "postgres/sql.h"

#define SEQUENCES_IN_A_QUERY 100

void
data_list_init(struct data_list *list)
{
	memset(list, 0, sizeof(*list));
	list->arena = arena_new();
}

void
data_list_fini(struct data_list *list)
{
	map_free(list->index);
	vector_fini(&list->tables);
	vector_fini(&list->sequences);
	arena_free(list->arena);
	memset(list, 0, sizeof(*list));
}

int
data_session_prepare(struct connection *connection, struct error *error)
{
	/* DateStyle and the like are set for reading the catalog already (connection_prepare_for_catalog). */
	return connection_execute(connection,
	                          "SELECT pg_catalog.set_config('lc_monetary', 'C', true),"
	                          " pg_catalog.set_config('xmloption', 'content', true),"
	                          " pg_catalog.set_config('idle_in_transaction_session_timeout', '0', true),"
	                          " pg_catalog.set_config('check_function_bodies', 'off', true)",
	                          error);
}

const char *
data_large_object_pages_sql(void)
{
	/* A last page of less than 262144 bytes, maybe of none, ends each object. */
	return "(SELECT m.oid AS loid, p.page, p.data FROM pg_catalog.pg_largeobject_metadata AS m"
		   " CROSS JOIN LATERAL (WITH RECURSIVE page (page, data) AS ("
		   "SELECT 0, pg_catalog.lo_get(m.oid, 0, 262144) UNION ALL "
		   "SELECT q.page + 1, pg_catalog.lo_get(m.oid, (q.page + 1)::pg_catalog.int8 * 262144, 262144) FROM page AS q"
		   " WHERE pg_catalog.length(q.data) = 262144) SELECT page, data FROM page) AS p)";
}

/* --- from the server --- */

static void
split_columns(struct data_list *list, struct data_table *table, const char *array)
{
	char **columns = NULL;
	size_t count = 0;

	if (array == NULL || sql_array_split(array, &columns, &count) < 0)
		return;
	table->columns = arena_zalloc(list->arena, (count + 1) * sizeof(*table->columns));
	for (size_t i = 0; i < count; i++)
		table->columns[i] = arena_strdup(list->arena, columns[i]);
	table->column_count = count;
	free(columns);
}

static const char *
cell(struct data_list *list, const PGresult *result, int row, int column)
{
	return PQgetisnull(result, row, column) ? NULL : arena_strdup(list->arena, PQgetvalue(result, row, column));
}

static bool
cell_is_true(const PGresult *result, int row, int column)
{
	return strcmp(PQgetvalue(result, row, column), "t") == 0;
}

static const char *
folder_of(struct data_list *list, const char *schema, const char *name)
{
	struct buffer folder = BUFFER_INIT;

	data_name_append_folder(&folder, schema, name);
	const char *copy = arena_strdup(list->arena, folder.data);
	buffer_fini(&folder);
	return copy;
}

/* What an extension made is made again with the extension, but for the rows it declares to be the user's. */
#define OF_USERS                                                                                                      \
	" LEFT JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = "   \
	"c.oid"                                                                                                           \
	" AND d.objsubid = 0 AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'"       \
	" LEFT JOIN (SELECT e.oid, e.extname, k.relation, NULLIF(k.condition, '') AS condition"                           \
	" FROM pg_catalog.pg_extension AS e,"                                                                             \
	" ROWS FROM (pg_catalog.unnest(e.extconfig), pg_catalog.unnest(e.extcondition)) AS k (relation, condition)) AS g" \
	" ON g.relation = c.oid AND g.oid = d.refobjid"                                                                   \
	" WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgkeel')"    \
	" AND (d.objid IS NULL OR g.relation IS NOT NULL)"

#define BY_NAME " ORDER BY n.nspname COLLATE pg_catalog.\"C\", c.relname COLLATE pg_catalog.\"C\""

static int
read_tables(struct connection *connection, struct data_list *list, struct error *error)
{
	static const char sql[] =
		"SELECT c.oid, n.nspname, c.relname, a.columns,"
		" pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),"
		" c.relrowsecurity AND pg_catalog.row_security_active(c.oid), g.extname, g.condition"
		" FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace AND c.relkind = 'r'"
		" LEFT JOIN (SELECT attrelid, pg_catalog.array_agg(attname::text ORDER BY attnum) AS columns"
		" FROM pg_catalog.pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY attrelid) "
		"AS a"
		" ON a.attrelid = c.oid" OF_USERS BY_NAME;
	PGresult *result = NULL;

	if (connection_query(connection, sql, 0, NULL, &result, error) < 0)
		return -1;
	for (int i = 0; i < PQntuples(result); i++) {
		struct data_table *table = arena_zalloc(list->arena, sizeof(*table));

		table->oid = cell(list, result, i, 0);
		table->schema = cell(list, result, i, 1);
		table->name = cell(list, result, i, 2);
		table->folder = folder_of(list, table->schema, table->name);
		split_columns(list, table, cell(list, result, i, 3));
		table->readable = cell_is_true(result, i, 4);
		table->policed = cell_is_true(result, i, 5);
		table->extension = cell(list, result, i, 6);
		table->condition = cell(list, result, i, 7);
		vector_add(&list->tables, table);
	}
	PQclear(result);
	return 0;
}

static int
read_sequences(struct connection *connection, struct data_list *list, struct error *error)
{
	static const char sql[] =
		"SELECT n.nspname, c.relname,"
		" pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_sequence_privilege(c.oid, 'SELECT')"
		" FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace AND c.relkind = "
	    "'S'" OF_USERS BY_NAME;
	PGresult *result = NULL;

	if (connection_query(connection, sql, 0, NULL, &result, error) < 0)
		return -1;
	for (int i = 0; i < PQntuples(result); i++) {
		struct data_sequence *sequence = arena_zalloc(list->arena, sizeof(*sequence));

		sequence->schema = cell(list, result, i, 0);
		sequence->name = cell(list, result, i, 1);
		sequence->readable = cell_is_true(result, i, 2);
		vector_add(&list->sequences, sequence);
	}
	PQclear(result);
	return 0;
}

int
data_list_read(struct connection *connection, struct data_list *list, struct error *error)
{
	char *encoding = NULL;

	if (connection_query_value(connection, "SELECT pg_catalog.current_setting('server_encoding')", 0, NULL, &encoding,
	                           error) < 0)
		return -1;
	list->encoding = arena_strdup(list->arena, encoding);
	free(encoding);
	if (read_tables(connection, list, error) < 0)
		return -1;
	return read_sequences(connection, list, error);
}

/* A batch of sequences from number `first` on, in one statement. */
static int
read_values_from(struct connection *connection, struct data_list *list, size_t first, struct error *error)
{
	const struct vector *sequences = &list->sequences;
	struct buffer sql = BUFFER_INIT;
	PGresult *result = NULL;

	for (size_t i = first; i < sequences->count && i < first + SEQUENCES_IN_A_QUERY; i++) {
		const struct data_sequence *sequence = sequences->items[i];

		sql_append(&sql,
		           i > first ? " UNION ALL SELECT %ld, last_value, is_called FROM %Q"
		                     : "SELECT %ld, last_value, is_called FROM %Q",
		           (long)i, sequence->schema, sequence->name);
	}
	int failed = connection_query(connection, sql.data, 0, NULL, &result, error);
	buffer_fini(&sql);
	if (failed < 0)
		return error_prefix(error, "reading the sequences");
	for (int i = 0; i < PQntuples(result); i++) {
		struct data_sequence *sequence = sequences->items[strtoul(PQgetvalue(result, i, 0), NULL, 10)];

		sequence->last_value = cell(list, result, i, 1);
		sequence->is_called = cell_is_true(result, i, 2);
	}
	PQclear(result);
	return 0;
}

int
data_list_read_values(struct connection *connection, struct data_list *list, struct error *error)
{
	for (size_t i = 0; i < list->sequences.count; i += SEQUENCES_IN_A_QUERY)
		if (read_values_from(connection, list, i, error) < 0)
			return -1;
	return 0;
}

/* Tables and sequences share their names, so one map does for both. */
static const char *
key_of(struct data_list *list, const char *schema, const char *name)
{
	return arena_printf(list->arena, "%zu:%s.%s", strlen(schema), schema, name);
}

static void
build_index(struct data_list *list)
{
	list->index = map_new(list->tables.count + list->sequences.count + 1);
	for (size_t i = 0; i < list->tables.count; i++) {
		struct data_table *table = list->tables.items[i];
		const char *key = key_of(list, table->schema, table->name);

		map_put(list->index, key, strlen(key), table);
	}
	for (size_t i = 0; i < list->sequences.count; i++) {
		struct data_sequence *sequence = list->sequences.items[i];
		const char *key = key_of(list, sequence->schema, sequence->name);

		map_put(list->index, key, strlen(key), sequence);
	}
}

static void *
find(struct data_list *list, const char *schema, const char *name)
{
	if (list->index == NULL)
		build_index(list);
	const char *key = key_of(list, schema, name);

	return map_get(list->index, key, strlen(key));
}

struct data_table *
data_list_find(struct data_list *list, const char *schema, const char *name)
{
	return find(list, schema, name);
}

struct data_sequence *
data_list_find_sequence(struct data_list *list, const char *schema, const char *name)
{
	return find(list, schema, name);
}

/* --- JSON --- */

static json_t *
encode_table(const struct data_table *table)
{
	json_t *columns = json_array();
	json_t *object = json_object();

	for (size_t i = 0; i < table->column_count; i++)
		json_array_append_new(columns, json_string_nocheck(table->columns[i]));
	json_object_set_new(object, "schema", json_string_nocheck(table->schema));
	json_object_set_new(object, "name", json_string_nocheck(table->name));
	json_object_set_new(object, "folder", json_string_nocheck(table->folder));
	json_object_set_new(object, "columns", columns);
	json_object_set_new(object, "rows", json_integer((json_int_t)table->rows));
	json_object_set_new(object, "bytes", json_integer((json_int_t)table->bytes));
	json_object_set_new(object, "checksum", json_string_nocheck(table->checksum));
	if (table->extension != NULL)
		json_object_set_new(object, "extension", json_string_nocheck(table->extension));
	return object;
}

static json_t *
encode_sequence(const struct data_sequence *sequence)
{
	json_t *object = json_object();

	json_object_set_new(object, "schema", json_string_nocheck(sequence->schema));
	json_object_set_new(object, "name", json_string_nocheck(sequence->name));
	json_object_set_new(object, "last_value", json_string_nocheck(sequence->last_value));
	json_object_set_new(object, "is_called", json_boolean(sequence->is_called));
	return object;
}

static json_t *
encode_large_objects(const struct data_large_objects *objects)
{
	json_t *object = json_object();

	json_object_set_new(object, "count", json_integer((json_int_t)objects->count));
	json_object_set_new(object, "pages", json_integer((json_int_t)objects->pages));
	json_object_set_new(object, "bytes", json_integer((json_int_t)objects->bytes));
	json_object_set_new(object, "checksum", json_string_nocheck(objects->checksum));
	return object;
}

char *
data_list_encode(const struct data_list *list)
{
	json_t *root = json_object();
	json_t *tables = json_array();
	json_t *sequences = json_array();

	for (size_t i = 0; i < list->tables.count; i++)
		json_array_append_new(tables, encode_table(list->tables.items[i]));
	for (size_t i = 0; i < list->sequences.count; i++)
		json_array_append_new(sequences, encode_sequence(list->sequences.items[i]));
	json_object_set_new(root, "scope", json_string(list->scope));
	json_object_set_new(root, "encoding", json_string_nocheck(list->encoding));
	json_object_set_new(root, "tables", tables);
	json_object_set_new(root, "sequences", sequences);
	if (list->large_objects.checksum != NULL)
		json_object_set_new(root, "large_objects", encode_large_objects(&list->large_objects));
	char *json = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT);
	json_decref(root);
	return json;
}

/* A text member; *bad where it is none. */
static const char *
text_of(struct data_list *list, const json_t *object, const char *key, bool *bad)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text == NULL)
		*bad = true;
	return text != NULL ? arena_strdup(list->arena, text) : "";
}

static uint64_t
number_of(const json_t *object, const char *key, bool *bad)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_integer(value) || json_integer_value(value) < 0)
		*bad = true;
	return (uint64_t)json_integer_value(value);
}

/* An optionally signed run of digits: it becomes part of a comparison, never of SQL. */
static bool
is_number(const char *text)
{
	text += *text == '-';
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static void
decode_columns(struct data_list *list, struct data_table *table, const json_t *columns, bool *bad)
{
	if (!json_is_array(columns)) {
		*bad = true;
		return;
	}
	table->column_count = json_array_size(columns);
	table->columns = arena_zalloc(list->arena, (table->column_count + 1) * sizeof(*table->columns));
	for (size_t i = 0; i < table->column_count; i++) {
		const char *name = json_string_value(json_array_get(columns, i));

		*bad = *bad || name == NULL;
		table->columns[i] = name != NULL ? arena_strdup(list->arena, name) : "";
	}
}

static void
decode_table(struct data_list *list, const json_t *object, bool *bad)
{
	struct data_table *table = arena_zalloc(list->arena, sizeof(*table));

	table->schema = text_of(list, object, "schema", bad);
	table->name = text_of(list, object, "name", bad);
	table->folder = text_of(list, object, "folder", bad);
	table->checksum = text_of(list, object, "checksum", bad);
	table->rows = number_of(object, "rows", bad);
	table->bytes = number_of(object, "bytes", bad);
	decode_columns(list, table, json_object_get(object, "columns"), bad);
	if (json_object_get(object, "extension") != NULL)
		table->extension = text_of(list, object, "extension", bad);
	*bad = *bad || !is_number(table->checksum);
	vector_add(&list->tables, table);
}

static void
decode_sequence(struct data_list *list, const json_t *object, bool *bad)
{
	struct data_sequence *sequence = arena_zalloc(list->arena, sizeof(*sequence));

	sequence->schema = text_of(list, object, "schema", bad);
	sequence->name = text_of(list, object, "name", bad);
	sequence->last_value = text_of(list, object, "last_value", bad);
	sequence->is_called = json_is_true(json_object_get(object, "is_called"));
	*bad = *bad || !is_number(sequence->last_value);
	vector_add(&list->sequences, sequence);
}

static void
decode_root(struct data_list *list, const json_t *root, bool *bad)
{
	const json_t *objects = json_object_get(root, "large_objects");
	const json_t *tables = json_object_get(root, "tables");
	const json_t *sequences = json_object_get(root, "sequences");

	list->scope = text_of(list, root, "scope", bad);
	list->encoding = text_of(list, root, "encoding", bad);
	*bad = *bad || !json_is_array(tables) || !json_is_array(sequences);
	for (size_t i = 0; i < json_array_size(tables); i++)
		decode_table(list, json_array_get(tables, i), bad);
	for (size_t i = 0; i < json_array_size(sequences); i++)
		decode_sequence(list, json_array_get(sequences, i), bad);
	if (objects == NULL)
		return;
	list->large_objects.count = number_of(objects, "count", bad);
	list->large_objects.pages = number_of(objects, "pages", bad);
	list->large_objects.bytes = number_of(objects, "bytes", bad);
	list->large_objects.checksum = text_of(list, objects, "checksum", bad);
}

int
data_list_decode(struct data_list *list, const char *json, size_t length, struct error *error)
{
	json_t *root = json_loadb(json, length, 0, NULL);
	bool bad = root == NULL;

	if (!bad)
		decode_root(list, root, &bad);
	json_decref(root);
	if (bad)
		return error_set(error, ERROR_ARCHIVE, "the description of its rows is not one that this program understands");
	return 0;
}
