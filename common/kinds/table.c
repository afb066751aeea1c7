/*
 * table.c - ordinary and partitioned tables.
 *
 * CREATE TABLE carries the columns, defaults, validated checks and parents that the planner lets it carry.
 * A partition is made as a table of its own and attached afterwards (partition.c), so that its names are its own.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/table.sql.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "persistence", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_REWRITES | HAZARD_BLOCKS_READS, 0, "p" },
	{ "partition_by", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_LOSES_DATA, 0, NULL },
	{ "of_type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
	{ "row_security", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_PRIVILEGE | HAZARD_BEHAVIOUR, 0, "f" },
	{ "force_row_security", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_PRIVILEGE | HAZARD_BEHAVIOUR, 0, "f" },
	{ "replica_identity", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, "d" },
	{ "access_method", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_REWRITES, 0, NULL },
	{ "tablespace", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* The table under construction. */
struct creation {
	const struct kind_context *context;
	const struct object *table;
	struct buffer elements; /* of the list in parentheses */
	struct buffer settings; /* ALTER COLUMN clauses for afterwards */
};

static void
begin_element(struct creation *creation)
{
	buffer_append_text(&creation->elements, creation->elements.length > 0 ? ",\n    " : "\n    ");
}

/* The column that an inlined parent hands down, or NULL. */
static const struct object *
handed_down(const struct creation *creation, const struct object *column)
{
	const struct catalog *wanted = creation->context->wanted;
	const struct object *link;
	uint32_t count = catalog_children(wanted, creation->table, kind_find("inheritance"), &link);

	for (; count > 0; count--, link++) {
		const struct object *parent_column;

		if (!creation->context->inlined(creation->context, link))
			continue;
		parent_column = table_find_part(wanted, "column", object_get(link, "parent_schema"),
		                                object_get(link, "parent"), object_name(column));
		if (parent_column != NULL)
			return parent_column;
	}
	return NULL;
}

static const char *
default_of(const struct catalog *catalog, const struct object *column)
{
	const struct object *value;

	return catalog_children(catalog, column, kind_find("default"), &value) > 0 ? object_get(value, "expression") : NULL;
}

static void
begin_clause(struct buffer *out, const struct object *column)
{
	sql_append(out, out->length > 0 ? ",\n    ALTER COLUMN %I " : "\n    ALTER COLUMN %I ", object_name(column));
}

/* What an inherited column says otherwise than the parent's. */
static void
add_deviations(struct creation *creation, const struct object *column, const struct object *parent)
{
	const char *own = default_of(creation->context->wanted, column);
	const char *inherited = default_of(creation->context->wanted, parent);

	if (own == NULL && inherited != NULL) {
		begin_clause(&creation->settings, column);
		buffer_append_text(&creation->settings, "DROP DEFAULT");
	} else if (own != NULL && (inherited == NULL || strcmp(own, inherited) != 0)) {
		begin_clause(&creation->settings, column);
		sql_append(&creation->settings, "SET DEFAULT %X", own);
	}
	if (object_is(column, "not_null") && !object_is(parent, "not_null")) {
		begin_clause(&creation->settings, column);
		buffer_append_text(&creation->settings, "SET NOT NULL");
	}
}

static void
add_column(struct creation *creation, const struct object *column)
{
	const struct object *parent = object_is(column, "inherited") ? handed_down(creation, column) : NULL;

	if (parent != NULL && object_get(column, "generated") == NULL) {
		add_deviations(creation, column, parent);
	} else if (parent == NULL || object_get(parent, "generated") == NULL) {
		begin_element(creation);
		sql_append(&creation->elements, "%I ", object_name(column));
		write_column_definition(&creation->elements, creation->context, column);
	}
	write_column_settings(&creation->settings, column);
}

/* A typed table's columns come from the type: only what is added to them is said. */
static void
add_typed_column(struct creation *creation, const struct object *column)
{
	struct buffer definition = BUFFER_INIT;
	const char *collation = object_get(column, "collation");
	const char *values;

	write_column_definition(&definition, creation->context, column);
	values = buffer_text(&definition) + strlen(object_get(column, "type"));
	if (collation != NULL && strncmp(values, " COLLATE ", 9) == 0)
		values += 9 + strlen(collation);
	if (*values != '\0') {
		begin_element(creation);
		sql_append(&creation->elements, "%I WITH OPTIONS", object_name(column));
		buffer_append_text(&creation->elements, values);
	}
	buffer_fini(&definition);
	write_column_settings(&creation->settings, column);
}

static void
add_columns(struct creation *creation)
{
	const struct kind_context *context = creation->context;
	const struct object **columns;
	uint32_t count = catalog_children_in_order(context->wanted, creation->table, kind_find("column"), context->arena,
	                                           &columns);
	bool typed = object_get(creation->table, "of_type") != NULL;

	for (uint32_t i = 0; i < count; i++) {
		if (!context->inlined(context, columns[i]))
			continue;
		if (typed)
			add_typed_column(creation, columns[i]);
		else
			add_column(creation, columns[i]);
	}
}

static void
add_constraints(struct creation *creation)
{
	const struct object *constraint;
	uint32_t count = catalog_children(creation->context->wanted, creation->table, kind_find("constraint"), &constraint);

	for (; count > 0; count--, constraint++) {
		if (!creation->context->inlined(creation->context, constraint))
			continue;
		begin_element(creation);
		write_constraint_definition(&creation->elements, constraint);
	}
}

static void
write_parents(struct creation *creation, struct buffer *sql)
{
	const struct kind_context *context = creation->context;
	const struct object **links;
	uint32_t count = catalog_children_in_order(context->wanted, creation->table, kind_find("inheritance"),
	                                           context->arena, &links);
	bool any = false;

	for (uint32_t i = 0; i < count; i++) {
		if (!context->inlined(context, links[i]))
			continue;
		sql_append(sql, any ? ", %Q" : "\nINHERITS (%Q", object_get(links[i], "parent_schema"),
		           object_get(links[i], "parent"));
		any = true;
	}
	if (any)
		buffer_append_char(sql, ')');
}

static void
write_create(struct creation *creation, struct steps *steps)
{
	const struct object *table = creation->table;
	const char *of_type = object_get(table, "of_type");
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, strcmp(object_get(table, "persistence"), "u") == 0 ? "CREATE UNLOGGED TABLE %Q" : "CREATE TABLE %Q",
	           object_schema(table), object_name(table));
	if (of_type != NULL)
		sql_append(&sql, " OF %X", of_type);
	if (creation->elements.length > 0)
	{
		buffer_append_text(&sql, " (");
		buffer_append(&sql, creation->elements.data, creation->elements.length);
		buffer_append_text(&sql, "\n)");
	}
	else if (of_type == NULL)
		buffer_append_text(&sql, " (\n)");
	write_parents(creation, &sql);
	if (object_get(table, "partition_by") != NULL)
		sql_append(&sql, "\nPARTITION BY %X", object_get(table, "partition_by"));
	if (object_get(table, "access_method") != NULL)
		sql_append(&sql, "\nUSING %I", object_get(table, "access_method"));
	write_relation_options(&sql, object_get(table, "options"));
	steps_take(steps, table, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
row_security_step(const struct object *table, struct steps *steps)
{
	steps_add(steps, table, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_PRIVILEGE | HAZARD_BEHAVIOUR,
	          object_is(table, "row_security") ? "ALTER TABLE %Q ENABLE ROW LEVEL SECURITY"
	                                           : "ALTER TABLE %Q DISABLE ROW LEVEL SECURITY",
	          object_schema(table), object_name(table));
}

static void
force_row_security_step(const struct object *table, struct steps *steps)
{
	steps_add(steps, table, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_PRIVILEGE | HAZARD_BEHAVIOUR,
	          object_is(table, "force_row_security") ? "ALTER TABLE %Q FORCE ROW LEVEL SECURITY"
	                                                 : "ALTER TABLE %Q NO FORCE ROW LEVEL SECURITY",
	          object_schema(table), object_name(table));
}

/* 'i' is written by the index that it names. */
static void
replica_identity_step(const struct object *table, struct steps *steps)
{
	const char *identity = object_get(table, "replica_identity");

	if (strcmp(identity, "i") != 0)
		steps_add(steps, table, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          strcmp(identity, "f") == 0   ? "ALTER TABLE ONLY %Q REPLICA IDENTITY FULL"
		          : strcmp(identity, "n") == 0 ? "ALTER TABLE ONLY %Q REPLICA IDENTITY NOTHING"
		                                       : "ALTER TABLE ONLY %Q REPLICA IDENTITY DEFAULT",
		          object_schema(table), object_name(table));
}

static void
clear_hazards(struct steps *steps, size_t first)
{
	for (size_t i = first; i < steps->count; i++) {
		steps->items[i]->hazards = 0;
		steps->items[i]->lock = LOCK_NONE;
	}
}

static void
create(const struct kind_context *context, const struct object *table, struct steps *steps)
{
	struct creation creation = { .context = context, .table = table };
	size_t first = steps->count;

	add_columns(&creation);
	add_constraints(&creation);
	write_create(&creation, steps);
	if (creation.settings.length > 0) {
		struct buffer sql = BUFFER_INIT;

		sql_append(&sql, "ALTER TABLE ONLY %Q", object_schema(table), object_name(table));
		buffer_append(&sql, creation.settings.data, creation.settings.length);
		steps_take(steps, table, STEP_ALTER, LOCK_NONE, 0, &sql);
		buffer_fini(&sql);
	}
	if (object_is(table, "row_security"))
		row_security_step(table, steps);
	if (object_is(table, "force_row_security"))
		force_row_security_step(table, steps);
	if (strcmp(object_get(table, "replica_identity"), "d") != 0)
		replica_identity_step(table, steps);
	/* Nobody uses a table that is only being made. */
	clear_hazards(steps, first);
	buffer_fini(&creation.elements);
	buffer_fini(&creation.settings);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *table = change->wanted;

	(void)context;
	if (change_allows(change, "persistence"))
		steps_add(steps, table, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_REWRITES | HAZARD_BLOCKS_READS,
		          strcmp(object_get(table, "persistence"), "u") == 0 ? "ALTER TABLE %Q SET UNLOGGED"
		                                                             : "ALTER TABLE %Q SET LOGGED",
		          object_schema(table), object_name(table));
	if (change_allows(change, "options"))
		relation_options_steps(change, "ALTER TABLE", LOCK_SHARE_UPDATE_EXCLUSIVE, 0, steps);
	if (change_allows(change, "row_security"))
		row_security_step(table, steps);
	if (change_allows(change, "force_row_security"))
		force_row_security_step(table, steps);
	if (change_allows(change, "replica_identity"))
		replica_identity_step(table, steps);
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };

	(void)context;
	if (strcmp(attributes[attribute].name, "partition_by") == 0) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = "how a table is partitioned can only be changed by moving its rows to another table";
	} else if (strcmp(object_get(change->wanted, "persistence"), "u") == 0) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = "an unlogged table loses its rows in a crash";
	}
	return verdict;
}

static bool
elaborate(const struct kind_context *context, const struct object *table, struct elaboration *elaboration)
{
	struct buffer sql = BUFFER_INIT;

	if (object_get(table, "partition_by") == NULL)
		return false;
	steps_add(elaboration->statements, table, STEP_CREATE, LOCK_NONE, 0,
	          "CREATE TEMPORARY TABLE %Q (LIKE %Q) PARTITION BY %X", "pg_temp", object_name(table), object_schema(table),
	          object_name(table), object_get(table, "partition_by"));
	sql_append(&sql, "SELECT pg_catalog.pg_get_partkeydef(p.partrelid) AS partition_by");
	elaborate_tree(&sql, "partition_by",
	               "pg_catalog.concat_ws(' ', p.partstrat, p.partattrs, p.partclass, p.partcollation, p.partexprs)", NULL);
	sql_append(&sql,
	           " FROM pg_catalog.pg_partitioned_table p JOIN pg_catalog.pg_class c ON c.oid = p.partrelid"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L",
	           object_name(table));
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

const struct kind kind_table = {
	.name = "table",
	.plural = "tables",
	.sql = "TABLE",
	.catalog = "pg_class",
	.query = table_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA | KIND_HOLDS_DATA,
	.grant_class = "TABLE",
	.create = create,
	.alter = alter,
	.judge = judge,
	.elaborate = elaborate,
};
