/*
 * foreign_table.c - foreign tables.
 *
 * Their columns, checks, defaults and triggers are the kinds that tables have; ALTER TABLE speaks of both.  The rows
 * are somewhere else: nothing here asks for them.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/foreign_options.h"
#include "kinds/foreign_table.sql.h"
#include "kinds/not_null.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "server", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	FOREIGN_OPTIONS,
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* Whether a parent in the INHERITS clause hands the column down. */
static bool
is_handed_down(const struct kind_context *context, const struct object *table, const struct object *column)
{
	const struct object *link;
	uint32_t count = catalog_children(context->wanted, table, kind_find("inheritance"), &link);

	for (; object_is(column, "inherited") && count > 0; count--, link++)
		if (context->inlined(context, link) &&
		    table_find_part(context->wanted, "column", object_text(link, "parent_schema"), object_text(link, "parent"),
		                    object_name(column)) != NULL)
			return true;
	return false;
}

static void
write_parents(const struct kind_context *context, const struct object *table, struct buffer *sql)
{
	const struct object **links;
	uint32_t count =
		catalog_children_in_order(context->wanted, table, kind_find("inheritance"), context->arena, &links);
	bool any = false;

	for (uint32_t i = 0; i < count; i++) {
		if (!context->inlined(context, links[i]))
			continue;
		sql_append(sql, any ? ", %Q" : "\nINHERITS (%Q", object_text(links[i], "parent_schema"),
		           object_text(links[i], "parent"));
		any = true;
	}
	if (any)
		buffer_append_char(sql, ')');
}

/* The columns' own settings go to `settings`, as clauses of ALTER TABLE. */
static void
write_columns(const struct kind_context *context, const struct object *table, struct buffer *sql,
              struct buffer *settings)
{
	const struct object **columns;
	uint32_t count = catalog_children_in_order(context->wanted, table, kind_find("column"), context->arena, &columns);
	bool any = false;

	for (uint32_t i = 0; i < count; i++) {
		if (!context->inlined(context, columns[i]))
			continue;
		write_column_settings(settings, columns[i]);
		if (is_handed_down(context, table, columns[i]))
			continue;
		sql_append(sql, any ? ",\n    %I " : "\n    %I ", object_name(columns[i]));
		write_column_definition(sql, context, columns[i]);
		any = true;
	}
	const struct object *constraint;
	count = catalog_children(context->wanted, table, kind_find("constraint"), &constraint);
	for (; count > 0; count--, constraint++) {
		if (!context->inlined(context, constraint))
			continue;
		buffer_append_text(sql, any ? ",\n    " : "\n    ");
		write_constraint_definition(sql, constraint);
		any = true;
	}
}

static void
create(const struct kind_context *context, const struct object *table, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;
	struct buffer settings = BUFFER_INIT;
	const struct object *columns;
	uint32_t count;

	sql_append(&sql, "CREATE FOREIGN TABLE %Q (", object_schema(table), object_name(table));
	write_columns(context, table, &sql, &settings);
	buffer_append_text(&sql, "\n)");
	write_parents(context, table, &sql);
	sql_append(&sql, "\nSERVER %I", object_get(table, "server"));
	write_foreign_options(&sql, object_get(table, "options"));
	steps_take(steps, table, STEP_CREATE, LOCK_NONE, 0, &sql);
	count = catalog_children(context->wanted, table, kind_find("column"), &columns);
	for (uint32_t i = 0; i < count; i++)
		if (context->inlined(context, &columns[i]))
			not_null_comment_step(context, &columns[i], steps);
	if (settings.length > 0) {
		sql_append(&sql, "ALTER TABLE ONLY %Q", object_schema(table), object_name(table));
		buffer_append(&sql, settings.data, settings.length);
		steps_take(steps, table, STEP_ALTER, LOCK_NONE, 0, &sql);
	}
	buffer_fini(&settings);
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *table = change->wanted;
	struct buffer sql = BUFFER_INIT;

	(void)context;
	sql_append(&sql, "ALTER FOREIGN TABLE %Q", object_schema(table), object_name(table));
	if (change_allows(change, "options") &&
	    write_foreign_options_change(&sql, object_get(change->current, "options"), object_get(table, "options")))
		steps_take(steps, table, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	(void)attribute; /* the secrets are all that is judged */
	return foreign_secrets_judge(context, change);
}

const struct kind kind_foreign_table = {
	.name = "foreign_table",
	.plural = "foreign tables",
	.sql = "FOREIGN TABLE",
	.catalog = "pg_class",
	.query = foreign_table_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA | KIND_NAMES_RELATION,
	.grant_class = "TABLE",
	.create = create,
	.alter = alter,
	.judge = judge,
};
