/*
 * restore_table.c - single tables of a backup, in one transaction.
 *
 * What becomes of a table depends on what is there:
 *   missing     made as the backup has it, with what it needs that is missing too (sequences, types, functions),
 *               its rows, then its indexes, constraints and triggers
 *   empty       the rows are loaded into it; its own triggers do not fire, foreign keys are checked
 *   with rows   left alone: a table <name>_restored_<time> beside it gets the columns and rows
 * Foreign keys of a table that was missing are made last, each by itself: rows that they need may be gone,
 * which must not keep the table from coming back.
 */
#include "build.h"

#include "import/restore.h"

#include "base/log.h"
#include "base/map.h"
#include "catalog/object.h"
#include "import/interrupt.h"
#include "import/restore_database.h"
#include "import/roles.h"
#include "import/tablespaces.h"
#include "plan/planning.h"
#include "postgres/sql.h"
#include "reader/pattern.h"
#include "reader/reader.h"

enum table_state { TABLE_MISSING, TABLE_EMPTY, TABLE_FILLED, TABLE_PARENT /* partitioned and there: holds no rows */ };

struct chosen {
	const struct object *object;   /* in the backup's catalog; NULL: of an extension */
	const struct data_table *rows; /* NULL: a partitioned table */
	const char *schema;
	const char *name;
	enum table_state state;
	const char *beside; /* the name beside, for TABLE_FILLED */
};

struct tables {
	struct restore *restore;
	struct connection *connection;
	struct catalog *current;
	struct plan *plan;    /* for what is missing */
	struct vector chosen; /* struct chosen * */
	struct map *known;    /* "schema.name" of the chosen */
	bool *needed;         /* by index in the backup's catalog: part of this restore */
	bool *told;           /* the same: a warning was given */
	struct data_load load;
	struct vector later; /* const struct step *: foreign keys */
	size_t failed_later;
};

/* --- which tables --- */

static const struct kind *
table_kind(void)
{
	return kind_find("table");
}

static const char *
key_of(struct tables *tables, const char *schema, const char *name)
{
	return arena_printf(tables->restore->arena, "%zu:%s.%s", strlen(schema), schema, name);
}

static struct chosen *
find_chosen(struct tables *tables, const char *schema, const char *name)
{
	const char *key = key_of(tables, schema, name);

	return map_get(tables->known, key, strlen(key));
}

static void
choose(struct tables *tables, const struct object *object, const struct data_table *rows, const char *schema,
       const char *name)
{
	const char *key = key_of(tables, schema, name);
	struct chosen *chosen = arena_zalloc(tables->restore->arena, sizeof(*chosen));

	if (map_get(tables->known, key, strlen(key)) != NULL)
		return;
	*chosen = (struct chosen){ .object = object, .rows = rows, .schema = schema, .name = name };
	map_put(tables->known, key, strlen(key), chosen);
	vector_add(&tables->chosen, chosen);
}

static void
choose_object(struct tables *tables, const struct object *table)
{
	const char *schema = object_schema(table);
	const char *name = object_name(table);

	choose(tables, table, data_list_find(&tables->restore->list, schema, name), schema, name);
}

/* The partitions of a chosen table are chosen too. */
static void
choose_partitions(struct tables *tables)
{
	const struct kind *partition = kind_find("partition");
	const struct object *first;
	uint32_t count = catalog_kind_range(tables->restore->wanted, partition, &first);
	size_t before;

	do {
		before = tables->chosen.count;
		for (uint32_t i = 0; i < count; i++) {
			const struct object *table = catalog_parent(tables->restore->wanted, &first[i]);

			if (find_chosen(tables, object_get(&first[i], "parent_schema"), object_get(&first[i], "parent")) != NULL)
				choose_object(tables, table);
		}
	} while (tables->chosen.count > before);
}

static int
choose_matching(struct tables *tables, const char *pattern, struct error *error)
{
	struct restore *restore = tables->restore;
	const struct object *first;
	uint32_t count = catalog_kind_range(restore->wanted, table_kind(), &first);
	bool any = false;

	for (uint32_t i = 0; i < count; i++)
		if (pattern_matches_qualified(pattern, object_schema(&first[i]), object_name(&first[i]))) {
			choose_object(tables, &first[i]);
			any = true;
		}
	for (size_t i = 0; i < restore->list.tables.count; i++) {
		const struct data_table *rows = restore->list.tables.items[i];

		if (rows->extension != NULL && pattern_matches_qualified(pattern, rows->schema, rows->name)) {
			choose(tables, NULL, rows, rows->schema, rows->name);
			any = true;
		}
	}
	return any ? 0 : error_set(error, ERROR_USAGE, "the backup has no table %s", pattern);
}

static int
choose_all(struct tables *tables, struct error *error)
{
	const struct vector *patterns = &tables->restore->settings->tables;

	for (size_t i = 0; i < patterns->count; i++)
		if (choose_matching(tables, patterns->items[i], error) < 0)
			return -1;
	choose_partitions(tables);
	for (size_t i = 0; i < tables->chosen.count; i++) {
		const struct chosen *chosen = tables->chosen.items[i];
		bool partitioned = chosen->object != NULL && object_get(chosen->object, "partition_by") != NULL;

		if (chosen->rows != NULL || partitioned)
			continue;
		error_set(error, ERROR_ARCHIVE, "the backup holds no rows of table \"%s\".\"%s\"", chosen->schema,
		          chosen->name);
		return error_hint(error, "It was made with --backup %s.", tables->restore->list.scope);
	}
	return 0;
}

/* --- what is there --- */

static int
has_rows(struct connection *connection, const struct chosen *chosen, bool *rows, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	char *found = NULL;

	sql_append(&sql, "SELECT 1 FROM ONLY %Q LIMIT 1", chosen->schema, chosen->name);
	int failed = connection_query_value(connection, sql.data, 0, NULL, &found, error);
	*rows = found != NULL;
	free(found);
	buffer_fini(&sql);
	return failed;
}

static int
look_at(struct tables *tables, struct data_list *present, struct chosen *chosen, struct error *error)
{
	struct restore *restore = tables->restore;
	const struct object *there = chosen->object != NULL ? catalog_counterpart(tables->current, chosen->object) : NULL;
	bool rows = false;

	if (there != NULL && object_get(there, "partition_by") != NULL) {
		chosen->state = TABLE_PARENT;
		return 0;
	}
	if (data_list_find(present, chosen->schema, chosen->name) == NULL) {
		chosen->state = TABLE_MISSING;
		if (chosen->object != NULL)
			return 0;
		return error_set(error, ERROR_FAILED, "table \"%s\".\"%s\" belongs to extension %s, which is not there",
		                 chosen->schema, chosen->name, chosen->rows->extension);
	}
	if (has_rows(tables->connection, chosen, &rows, error) < 0)
		return -1;
	chosen->state = rows ? TABLE_FILLED : TABLE_EMPTY;
	if (!rows)
		return 0;
	if (chosen->object == NULL)
		return error_set(error, ERROR_FAILED, "table \"%s\".\"%s\" belongs to an extension and has rows",
		                 chosen->schema, chosen->name);
	chosen->beside = restore_name_beside(restore->arena, chosen->name, "restored", restore->stamp);
	return 0;
}

static int
look_at_all(struct tables *tables, struct error *error)
{
	static const struct reader_options inside = { .inside_transaction = true };
	struct data_list present;

	if (reader_read(tables->connection, &inside, &tables->current, error) < 0)
		return -1;
	data_list_init(&present);
	int failed = data_list_read(tables->connection, &present, error);
	for (size_t i = 0; failed == 0 && i < tables->chosen.count; i++)
		failed = look_at(tables, &present, tables->chosen.items[i], error);
	data_list_fini(&present);
	return failed;
}

/* --- the plan for what is missing --- */

static void
mark(struct tables *tables, const struct object *object, struct vector *found)
{
	if (tables->needed[object->index])
		return;
	tables->needed[object->index] = true;
	vector_add(found, (void *)(uintptr_t)object);
}

static void
mark_missing(struct tables *tables, const struct object *object, struct vector *found)
{
	if (object != NULL && catalog_counterpart(tables->current, object) == NULL)
		mark(tables, object, found);
}

static void
mark_children(struct tables *tables, const struct object *object, struct vector *found)
{
	for (unsigned k = 0; k < kind_count; k++) {
		const struct object *child;
		uint32_t count =
			kinds[k]->parents == NULL ? 0 : catalog_children(tables->restore->wanted, object, kinds[k], &child);

		for (uint32_t i = 0; i < count; i++)
			mark(tables, &child[i], found);
	}
}

/* Other tables and views are not made along: what needs one that is missing is left out and told. */
static bool
is_other_relation(const struct object *object)
{
	return strcmp(object->kind->catalog, "pg_class") == 0 && object->kind->parents == NULL &&
	       strcmp(object->kind->name, "sequence") != 0;
}

static void
mark_needs(struct tables *tables, const struct object *object, struct vector *found)
{
	const struct catalog *wanted = tables->restore->wanted;
	const struct object *parent = catalog_parent(wanted, object);
	const uint32_t *list;
	uint32_t count = catalog_depends(wanted, object, &list);

	if (object->kind->traits & KIND_IN_SCHEMA) {
		const char *schema = object_schema(object);

		mark_missing(tables, catalog_find(wanted, kind_find("schema"), &schema), found);
	}
	if (parent != NULL && !is_other_relation(parent))
		mark_missing(tables, parent, found);
	for (uint32_t i = 0; i < count; i++) {
		const struct object *need = &wanted->objects[list[i]];
		const struct object *owner = catalog_parent(wanted, need);

		if (!is_other_relation(need) && (owner == NULL || !is_other_relation(owner)))
			mark_missing(tables, need, found);
	}
}

/* What the missing tables are made of, and what that needs and is missing too. */
static void
mark_all(struct tables *tables)
{
	struct vector found = { 0 };

	for (size_t i = 0; i < tables->chosen.count; i++) {
		const struct chosen *chosen = tables->chosen.items[i];

		if (chosen->state == TABLE_MISSING)
			mark(tables, chosen->object, &found);
	}
	for (size_t i = 0; i < found.count; i++) {
		mark_children(tables, found.items[i], &found);
		mark_needs(tables, found.items[i], &found);
	}
	vector_fini(&found);
}

static int
plan_missing(struct tables *tables, struct error *error)
{
	struct restore *restore = tables->restore;
	struct plan_options options = {
		.kind_options = restore->kind_options,
		.version = connection_version(tables->connection),
		.data_barrier = true,
	};
	bool *needed;

	if (tablespaces_ask(tables->connection, restore->arena, &options.tablespaces, error) < 0)
		return -1;
	needed = tables->needed = xcalloc(restore->wanted->count + 1, sizeof(*needed));
	tables->told = xcalloc(restore->wanted->count + 1, sizeof(*tables->told));
	mark_all(tables);
	tables->plan = plan_new(tables->current, restore->wanted, &options);
	for (size_t i = 0; i < tables->plan->change_count; i++) {
		struct plan_change *change = &tables->plan->changes[i];
		const struct object *wanted = change->change.wanted;

		if (wanted != NULL && (change->change.current != NULL || !needed[wanted->index]))
			plan_withhold(tables->plan, change, UINT64_MAX, "it is not part of this restore");
	}
	if (roles_check_plan(tables->connection, tables->plan, error) < 0)
		return -1;
	return plan_finish(tables->plan, error);
}

/* What belongs to a restored table and could not be made, or stood on it and was not asked for. */
static void
tell_left_out(struct tables *tables)
{
	for (size_t i = 0; i < tables->plan->withheld_count; i++) {
		const struct plan_withheld *withheld = &tables->plan->withheld[i];
		const struct object *wanted = withheld->change->change.wanted;
		bool names_table = wanted->kind->parents != NULL && wanted->kind->identity_count >= 3;
		struct buffer what = BUFFER_INIT;

		const struct chosen *chosen =
			names_table ? find_chosen(tables, object_value(wanted, 0), object_value(wanted, 1)) : NULL;
		if (chosen == NULL || chosen->state != TABLE_MISSING)
			continue;
		object_describe(&what, wanted);
		log_event(LOG_WARNING, "restore.withheld", "not restored: %s: %s", buffer_text(&what), withheld->reason);
		buffer_fini(&what);
	}
}

static void
tell_dependents_of(struct tables *tables, const struct object *part)
{
	const struct catalog *wanted = tables->restore->wanted;
	const uint32_t *list;
	uint32_t count = catalog_dependents(wanted, part, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *object = &wanted->objects[list[i]];
		struct buffer what = BUFFER_INIT;

		if (tables->told[object->index] || tables->needed[object->index] ||
		    catalog_counterpart(tables->current, object) != NULL)
			continue;
		tables->told[object->index] = true;
		object_describe(&what, object);
		log_event(LOG_WARNING, "restore.dependent",
		          "not restored: %s, which stood on it: \"pgkeel-import plan\" with this "
		          "backup shows how to make it again",
		          buffer_text(&what));
		buffer_fini(&what);
	}
}

/* What hung on a table that is made again and was dropped with it: views, foreign keys of others. */
static void
tell_dependents(struct tables *tables, const struct object *table)
{
	const struct catalog *wanted = tables->restore->wanted;

	tell_dependents_of(tables, table);
	for (unsigned k = 0; k < kind_count; k++) {
		const struct object *child;
		uint32_t count = kinds[k]->parents == NULL ? 0 : catalog_children(wanted, table, kinds[k], &child);

		for (uint32_t i = 0; i < count; i++)
			tell_dependents_of(tables, &child[i]);
	}
}

static bool
is_foreign_key(const struct step *step)
{
	return step->object != NULL && strcmp(step->object->kind->name, "constraint") == 0 &&
	       strcmp(object_get(step->object, "type"), "f") == 0;
}

static int
run_plan(struct tables *tables, bool before_rows, struct error *error)
{
	const struct plan *plan = tables->plan;
	size_t from = before_rows ? 0 : plan->barrier_group;
	size_t to = before_rows ? plan->barrier_group : plan->group_count;

	for (size_t i = from; i < to; i++)
		for (size_t s = 0; s < plan->groups[i].count; s++) {
			const struct step *step = plan->groups[i].steps[s];

			if (is_foreign_key(step) || step->outside_transaction)
				vector_add(&tables->later, (void *)(uintptr_t)step);
			else if (restore_run_step(tables->connection, step, error) < 0)
				return -1;
		}
	return 0;
}

/* In transactions of their own, after all else is in. */
static void
run_later(struct tables *tables)
{
	for (size_t i = 0; i < tables->later.count; i++) {
		const struct step *step = tables->later.items[i];
		struct error error = { 0 };

		if (connection_execute(tables->connection, step->sql, &error) < 0) {
			log_event(LOG_WARNING, "restore.foreign_key", "%s%s%s; when that is mended, run: %s", error.primary,
			          error.detail != NULL ? ": " : "", error.detail != NULL ? error.detail : "", step->sql);
			tables->failed_later++;
		}
		error_clear(&error);
	}
}

/* --- beside a table with rows --- */

static void
append_column(struct buffer *sql, const struct object *column)
{
	const char *collation = object_get(column, "collation");

	sql_append(sql, "%I %X", object_name(column), object_get(column, "type"));
	if (collation != NULL)
		sql_append(sql, " COLLATE %X", collation);
	/* Stored, since what is computed on reading takes no part in a COPY either way. */
	if (object_get(column, "generated") != NULL)
		sql_append(sql, " GENERATED ALWAYS AS (%X) STORED", object_get(column, "expression"));
	if (object_is(column, "not_null"))
		buffer_append_text(sql, " NOT NULL");
}

static int
make_beside(struct tables *tables, const struct chosen *chosen, struct error *error)
{
	const struct object **columns;
	struct buffer sql = BUFFER_INIT;
	uint32_t count = catalog_children_in_order(tables->restore->wanted, chosen->object, kind_find("column"),
	                                           tables->restore->arena, &columns);

	sql_append(&sql, "CREATE TABLE %Q (", chosen->schema, chosen->beside);
	for (uint32_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_append_text(&sql, ", ");
		append_column(&sql, columns[i]);
	}
	buffer_append_char(&sql, ')');
	int failed = connection_execute(tables->connection, sql.data, error);
	if (failed < 0)
		error_detail(error, "The statement is: %s", sql.data);
	buffer_fini(&sql);
	return failed;
}

/* --- into an empty table --- */

/* Statements made by the server for the tables in question, each run. */
static int
run_generated(struct connection *connection, const char *query, const struct chosen *chosen, struct error *error)
{
	const char *values[] = { chosen->schema, chosen->name };
	PGresult *result = NULL;
	int failed = connection_query(connection, query, COUNT_OF(values), values, &result, error);

	for (int i = 0; failed == 0 && i < PQntuples(result); i++)
		failed = connection_execute(connection, PQgetvalue(result, i, 0), error);
	PQclear(result);
	return failed;
}

#define OF_TABLE " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2"

/* Triggers would see rows that they saw already; foreign keys wait until all tables are loaded. */
static int
quiet_table(struct tables *tables, const struct chosen *chosen, struct error *error)
{
	static const char *const queries[] = {
		"SELECT pg_catalog.format('LOCK TABLE ONLY %I.%I IN SHARE ROW EXCLUSIVE MODE', $1::text, $2::text)"
		" WHERE $1::text IS NOT NULL AND $2::text IS NOT NULL",
		"SELECT pg_catalog.format('ALTER TABLE ONLY %I.%I DISABLE TRIGGER %I', n.nspname, c.relname, g.tgname)"
		" FROM pg_catalog.pg_trigger AS g JOIN pg_catalog.pg_class AS c ON c.oid = g.tgrelid AND NOT g.tgisinternal"
		" AND g.tgenabled <> 'D'" OF_TABLE,
		"SELECT pg_catalog.format('ALTER TABLE %I.%I ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED',"
		" n.nspname, c.relname, f.conname) FROM pg_catalog.pg_constraint AS f JOIN pg_catalog.pg_class AS c"
		" ON c.oid = f.conrelid AND f.contype = 'f' AND f.conparentid = 0 AND NOT f.condeferred" OF_TABLE,
	};

	for (size_t i = 0; i < COUNT_OF(queries); i++)
		if (run_generated(tables->connection, queries[i], chosen, error) < 0)
			return -1;
	return 0;
}

/* As they were before quiet_table: asked in front of it, run after the load. */
static int
remember_state(struct tables *tables, const struct chosen *chosen, struct vector *statements, struct error *error)
{
	static const char sql[] =
		"SELECT pg_catalog.format('ALTER TABLE ONLY %I.%I ENABLE %s TRIGGER %I', n.nspname, c.relname,"
		" CASE g.tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, g.tgname)"
		" FROM pg_catalog.pg_trigger AS g JOIN pg_catalog.pg_class AS c ON c.oid = g.tgrelid AND NOT g.tgisinternal"
		" AND g.tgenabled <> 'D'" OF_TABLE " UNION ALL SELECT pg_catalog.format('ALTER TABLE %I.%I ALTER CONSTRAINT %I "
		"%s', n.nspname, c.relname, f.conname,"
		" CASE WHEN f.condeferrable THEN 'DEFERRABLE INITIALLY IMMEDIATE' ELSE 'NOT DEFERRABLE' END)"
		" FROM pg_catalog.pg_constraint AS f JOIN pg_catalog.pg_class AS c"
		" ON c.oid = f.conrelid AND f.contype = 'f' AND f.conparentid = 0 AND NOT f.condeferred" OF_TABLE;
	const char *values[] = { chosen->schema, chosen->name };
	PGresult *result = NULL;
	int failed = connection_query(tables->connection, sql, COUNT_OF(values), values, &result, error);

	for (int i = 0; failed == 0 && i < PQntuples(result); i++)
		vector_add(statements, arena_strdup(tables->restore->arena, PQgetvalue(result, i, 0)));
	PQclear(result);
	return failed;
}

static int
quiet_all(struct tables *tables, struct vector *statements, struct error *error)
{
	for (size_t i = 0; i < tables->chosen.count; i++) {
		const struct chosen *chosen = tables->chosen.items[i];

		if (chosen->state != TABLE_EMPTY)
			continue;
		if (remember_state(tables, chosen, statements, error) < 0 || quiet_table(tables, chosen, error) < 0)
			return -1;
	}
	return 0;
}

static int
wake_all(struct tables *tables, const struct vector *statements, struct error *error)
{
	if (statements->count == 0)
		return 0;
	if (connection_execute(tables->connection, "SET CONSTRAINTS ALL IMMEDIATE", error) < 0) {
		error_hint(error, "Restore the table that the foreign key refers to as well (--table), in the same run.");
		return -1;
	}
	for (size_t i = 0; i < statements->count; i++)
		if (connection_execute(tables->connection, statements->items[i], error) < 0)
			return -1;
	return 0;
}

/* --- sequences --- */

/* One that was just made gets the backup's value; one that was there is only moved on, never back. */
static int
move_sequence(struct tables *tables, const struct data_sequence *sequence, struct error *error)
{
	static const char sql[] =
		"SELECT pg_catalog.setval(c.oid::pg_catalog.regclass, $3::pg_catalog.int8, $4::boolean)"
		" FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
		" JOIN pg_catalog.pg_sequence AS s ON s.seqrelid = c.oid WHERE n.nspname = $1 AND c.relname = $2"
		" AND CASE WHEN pg_catalog.pg_sequence_last_value(c.oid) IS NULL THEN true"
		" WHEN s.seqincrement > 0 THEN $3::pg_catalog.int8 > pg_catalog.pg_sequence_last_value(c.oid)"
		" ELSE $3::pg_catalog.int8 < pg_catalog.pg_sequence_last_value(c.oid) END";
	const char *values[] = { sequence->schema, sequence->name, sequence->last_value, sequence->is_called ? "t" : "f" };
	PGresult *result = NULL;
	int failed = connection_query(tables->connection, sql, COUNT_OF(values), values, &result, error);

	PQclear(result);
	return failed;
}

static int
move_sequences(struct tables *tables, struct error *error)
{
	static const char sql[] =
		"SELECT tn.nspname, t.relname, n.nspname, c.relname FROM pg_catalog.pg_depend AS d"
		" JOIN pg_catalog.pg_class AS c ON c.oid = d.objid AND c.relkind = 'S'"
		" JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
		" JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid JOIN pg_catalog.pg_namespace AS tn ON tn.oid = "
		"t.relnamespace"
		" WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = d.classid"
		" AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0";
	struct data_list *list = &tables->restore->list;
	PGresult *result = NULL;
	int failed = connection_query(tables->connection, sql, 0, NULL, &result, error);

	for (int i = 0; failed == 0 && i < PQntuples(result); i++) {
		const struct chosen *chosen = find_chosen(tables, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1));
		const struct data_sequence *sequence =
			data_list_find_sequence(list, PQgetvalue(result, i, 2), PQgetvalue(result, i, 3));

		if (sequence != NULL && chosen != NULL && chosen->state != TABLE_FILLED)
			failed = move_sequence(tables, sequence, error);
	}
	PQclear(result);
	return failed;
}

/* --- the transaction --- */

static int
prepare_targets(struct tables *tables, struct error *error)
{
	for (size_t i = 0; i < tables->chosen.count; i++) {
		const struct chosen *chosen = tables->chosen.items[i];

		if (chosen->state == TABLE_FILLED && make_beside(tables, chosen, error) < 0)
			return -1;
		if (chosen->rows == NULL)
			continue;
		struct data_target *target = arena_zalloc(tables->restore->arena, sizeof(*target));
		*target = (struct data_target){ .table = chosen->rows, .schema = chosen->schema };
		target->name = chosen->state == TABLE_FILLED ? chosen->beside : chosen->name;
		vector_add(&tables->load.targets, target);
	}
	return 0;
}

static int
load_all(struct tables *tables, struct vector *statements, struct error *error)
{
	if (run_plan(tables, true, error) < 0 || prepare_targets(tables, error) < 0 ||
	    quiet_all(tables, statements, error) < 0 || data_load_run(&tables->load, error) < 0 ||
	    wake_all(tables, statements, error) < 0 || move_sequences(tables, error) < 0 ||
	    run_plan(tables, false, error) < 0)
		return -1;
	return data_load_prove(&tables->load, error);
}

static void
append_names(struct buffer *out, const struct tables *tables, enum table_state state, const char *what)
{
	for (size_t i = 0; i < tables->chosen.count; i++) {
		const struct chosen *chosen = tables->chosen.items[i];
		unsigned long long rows = chosen->rows != NULL ? chosen->rows->rows : 0;

		if (chosen->state != state)
			continue;
		sql_append(out, "  %Q", chosen->schema, chosen->name);
		buffer_printf(out, " %s", what);
		if (chosen->beside != NULL)
			sql_append(out, " %Q", chosen->schema, chosen->beside);
		buffer_printf(out, " (%llu rows)\n", rows);
	}
}

static void
append_work(struct buffer *out, const struct tables *tables)
{
	append_names(out, tables, TABLE_MISSING, "is missing: made as in the backup");
	append_names(out, tables, TABLE_EMPTY, "is empty: the rows are loaded into it");
	append_names(out, tables, TABLE_FILLED, "has rows and is left alone: the backup's rows go into");
}

static int
confirm(const struct tables *tables, struct error *error)
{
	struct restore *restore = tables->restore;
	struct buffer question = BUFFER_INIT;

	if (restore->settings->yes || restore->confirm == NULL)
		return 0;
	sql_append(&question, "In database %I:\n", connection_database(tables->connection));
	append_work(&question, tables);
	buffer_append_text(&question, "Go on? [y/N] ");
	bool yes = restore->confirm(question.data);
	buffer_fini(&question);
	return yes ? 0 : error_set(error, ERROR_FAILED, "not confirmed, so nothing was changed");
}

/* How rows get from the table beside into the present one. */
static void
tell_beside(const struct tables *tables, const struct chosen *chosen)
{
	struct buffer *out = &tables->restore->result;
	const struct data_table *rows = chosen->rows;

	sql_append(out, "To bring back those rows of %Q that are gone from it:\n  INSERT INTO %Q", chosen->schema,
	           chosen->name, chosen->schema, chosen->name);
	for (size_t i = 0; i < rows->column_count; i++)
		sql_append(out, i == 0 ? " (%I" : ", %I", rows->columns[i]);
	buffer_append_text(out, ") OVERRIDING SYSTEM VALUE SELECT ");
	for (size_t i = 0; i < rows->column_count; i++)
		sql_append(out, i == 0 ? "%I" : ", %I", rows->columns[i]);
	sql_append(out, " FROM %Q ON CONFLICT DO NOTHING;\n", chosen->schema, chosen->beside);
	sql_append(out, "When it is not needed any more:\n  DROP TABLE %Q;\n", chosen->schema, chosen->beside);
}

static void
tell_done(struct tables *tables)
{
	struct restore *restore = tables->restore;

	sql_append(&restore->result, "Restored in database %I, proven equal to the backup:\n",
	           connection_database(tables->connection));
	append_work(&restore->result, tables);
	for (size_t i = 0; i < tables->chosen.count; i++) {
		const struct chosen *chosen = tables->chosen.items[i];

		if (chosen->state == TABLE_FILLED)
			tell_beside(tables, chosen);
		else if (chosen->state == TABLE_MISSING)
			tell_dependents(tables, chosen->object);
	}
}

static int
work(struct tables *tables, struct error *error)
{
	struct vector statements = { 0 };

	if (look_at_all(tables, error) < 0 || plan_missing(tables, error) < 0)
		return -1;
	tell_left_out(tables);
	if (tables->restore->settings->dry_run) {
		append_work(&tables->restore->result, tables);
		return connection_execute(tables->connection, "ROLLBACK", error);
	}
	int failed = confirm(tables, error);
	if (failed == 0)
		failed = load_all(tables, &statements, error);
	vector_fini(&statements);
	if (failed < 0)
		return -1;
	if (connection_execute(tables->connection, "COMMIT", error) < 0)
		return error_prefix(error, "committing");
	run_later(tables);
	restore_record(tables->restore, tables->connection, false, 0);
	tell_done(tables);
	if (tables->failed_later == 0)
		return 0;
	error_set(error, ERROR_PARTIAL, "the tables are back, but %zu foreign keys could not be made",
	          tables->failed_later);
	return error_hint(error, "The warnings above name the rows in the way, and the statements to run afterwards.");
}

static void
roll_back(struct tables *tables)
{
	struct error ignored = { 0 };

	if (connection_is_alive(tables->connection) && connection_in_transaction(tables->connection))
		connection_execute(tables->connection, "ROLLBACK", &ignored);
	error_clear(&ignored);
}

int
restore_tables(struct restore *restore, struct error *error)
{
	struct tables tables = { .restore = restore, .connection = restore->target, .known = map_new(64) };
	bool waited = false;

	restore_init_load(restore, restore->target, &tables.load);
	tables.load.inside_transaction = true;
	int failed = choose_all(&tables, error);
	if (failed == 0)
		failed = interrupt_lock_acquire(tables.connection, restore->settings->wait, &waited, error);
	if (failed == 0)
		failed = connection_execute(tables.connection, "BEGIN", error);
	if (failed == 0)
		failed = data_session_prepare(tables.connection, error);
	if (failed == 0)
		failed = work(&tables, error);
	if (failed < 0) {
		if (error->hint == NULL)
			error_hint(error, "Nothing was changed.");
		roll_back(&tables);
	}
	plan_free(tables.plan);
	catalog_free(tables.current);
	vector_fini(&tables.load.targets);
	vector_fini(&tables.later);
	vector_fini(&tables.chosen);
	map_free(tables.known);
	free(tables.needed);
	free(tables.told);
	return failed;
}
