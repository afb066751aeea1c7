/*
 * data_prove.c - whether restored rows are the backup's rows: see data_load.h and data_hash.h.
 */
#include "build.h"

#include "base/progress.h"
#include "import/data_hash.h"
#include "import/data_load.h"
#include "import/interrupt.h"
#include "postgres/sql.h"

#define TOLD_MOST 10

/* What differs, for the error's detail. */
struct differences {
	size_t count;
	struct buffer text;
};

static void
add_difference(struct differences *differences, const char *what)
{
	if (++differences->count > TOLD_MOST)
		return;
	if (differences->text.length > 0)
		buffer_append_text(&differences->text, "\n");
	buffer_append_text(&differences->text, what);
}

static int
verdict(struct differences *differences, struct error *error)
{
	int failed = 0;

	if (differences->count > 0) {
		failed = error_set(error, ERROR_VALIDATION, "what was restored is not what was backed up");
		if (differences->count > TOLD_MOST)
			buffer_printf(&differences->text, "\nAnd %zu more.", differences->count - TOLD_MOST);
		error_detail(error, "%s", differences->text.data);
	}
	buffer_fini(&differences->text);
	return failed;
}

/* Compares one row (count, checksum) of the server with the backup's. */
static int
compare(struct connection *connection, const char *sql, const char *what, uint64_t rows, const char *checksum,
        struct differences *differences, struct error *error)
{
	PGresult *result = NULL;
	struct buffer text = BUFFER_INIT;

	if (connection_query(connection, sql, 0, NULL, &result, error) < 0)
		return error_prefix(error, "comparing %s", what);
	uint64_t found = strtoull(PQgetvalue(result, 0, 0), NULL, 10);
	if (found != rows)
		buffer_printf(&text, "%s has %llu rows, the backup %llu.", what, (unsigned long long)found,
		              (unsigned long long)rows);
	else if (strcmp(PQgetvalue(result, 0, 1), checksum) != 0)
		buffer_printf(&text, "%s has other rows than the backup (checksum %s, in the backup %s).", what,
		              PQgetvalue(result, 0, 1), checksum);
	if (text.length > 0)
		add_difference(differences, text.data);
	buffer_fini(&text);
	PQclear(result);
	return 0;
}

static int
prove_target(const struct data_load *load, const struct data_target *target, struct differences *differences,
             struct error *error)
{
	struct buffer name = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;
	int failed = 0;

	sql_append(&name, "table %Q", target->schema, target->name);
	if (target->policed) {
		/* Undone by the rollback. */
		sql_append(&sql, "ALTER TABLE %Q NO FORCE ROW LEVEL SECURITY", target->schema, target->name);
		failed = connection_execute(load->connection, sql.data, error);
		buffer_clear(&sql);
	}
	buffer_append_text(&sql, "SELECT pg_catalog.count(*), ");
	data_hash_append_sql(&sql, target->table->columns, target->table->column_count, load->list->encoding);
	sql_append(&sql, " FROM ONLY %Q AS t", target->schema, target->name);
	if (target->condition != NULL)
		sql_append(&sql, " %X", target->condition);
	if (failed == 0)
		failed = compare(load->connection, sql.data, name.data, target->table->rows, target->table->checksum,
		                 differences, error);
	buffer_fini(&sql);
	buffer_fini(&name);
	return failed;
}

static int
prove_large_objects(const struct data_load *load, struct differences *differences, struct error *error)
{
	static const char *const columns[] = { "loid", "page", "data" };
	const struct data_large_objects *objects = &load->list->large_objects;
	struct buffer sql = BUFFER_INIT;

	if (!load->large_objects || objects->checksum == NULL)
		return 0;
	buffer_append_text(&sql, "SELECT pg_catalog.count(*), ");
	data_hash_append_sql(&sql, columns, COUNT_OF(columns), load->list->encoding);
	sql_append(&sql, " FROM %X AS t", data_large_object_pages_sql());
	int failed = compare(load->connection, sql.data, "the set of large objects", objects->pages, objects->checksum,
	                     differences, error);
	buffer_fini(&sql);
	return failed;
}

static int
prove_all(const struct data_load *load, struct differences *differences, struct error *error)
{
	struct progress *progress = NULL;
	int failed = 0;

	if (!load->quiet)
		progress = progress_new("comparing", load->targets.count, "tables");
	for (size_t i = 0; failed == 0 && i < load->targets.count; i++) {
		const struct data_target *target = load->targets.items[i];

		failed = interrupt_check(error);
		if (failed == 0)
			failed = prove_target(load, target, differences, error);
		if (progress != NULL)
			progress_add(progress, 1, target->name);
	}
	progress_free(progress);
	return failed < 0 ? -1 : prove_large_objects(load, differences, error);
}

int
data_load_prove(const struct data_load *load, struct error *error)
{
	struct differences differences = { 0, BUFFER_INIT };
	struct error ignored = { 0 };
	int failed = 0;

	if (!load->inside_transaction)
		failed = connection_execute(load->connection, "BEGIN", error);
	if (failed == 0)
		failed = data_session_prepare(load->connection, error);
	if (failed == 0)
		failed = prove_all(load, &differences, error);
	if (!load->inside_transaction && connection_is_alive(load->connection) &&
	    connection_in_transaction(load->connection))
		connection_execute(load->connection, "ROLLBACK", &ignored);
	error_clear(&ignored);
	if (failed < 0) {
		buffer_fini(&differences.text);
		return -1;
	}
	return verdict(&differences, error);
}

static void
compare_sequence(const struct data_sequence *backup, const struct data_sequence *found, struct differences *differences)
{
	struct buffer text = BUFFER_INIT;

	if (found == NULL)
		sql_append(&text, "Sequence %Q is missing.", backup->schema, backup->name);
	else if (strcmp(found->last_value, backup->last_value) != 0 || found->is_called != backup->is_called)
		sql_append(&text, "Sequence %Q has another value than in the backup.", backup->schema, backup->name);
	if (text.length > 0)
		add_difference(differences, text.data);
	buffer_fini(&text);
}

int
data_load_prove_sequences(struct connection *connection, const struct data_list *list, struct error *error)
{
	struct differences differences = { 0, BUFFER_INIT };
	struct data_list found;

	data_list_init(&found);
	int failed = data_list_read(connection, &found, error);
	if (failed == 0)
		failed = data_list_read_values(connection, &found, error);
	for (size_t i = 0; failed == 0 && i < list->sequences.count; i++) {
		const struct data_sequence *sequence = list->sequences.items[i];

		compare_sequence(sequence, data_list_find_sequence(&found, sequence->schema, sequence->name), &differences);
	}
	data_list_fini(&found);
	return failed < 0 ? -1 : verdict(&differences, error);
}
