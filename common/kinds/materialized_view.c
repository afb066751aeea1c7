/*
 * materialized_view.c - materialized views.
 *
 * Their rows are derived, so a new definition is a rebuild; it runs the query while nobody can read the
 * view, which the hazards say.
 */
#include "build.h"

#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/materialized_view.sql.h"
#include "kinds/table_parts.h"
#include "kinds/tablespace.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_BEHAVIOUR)
#define REWRITE_HAZARDS (HAZARD_REWRITES | HAZARD_BLOCKS_READS)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "columns", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, REBUILD_HAZARDS, 0, NULL },
	{ "access_method", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, REWRITE_HAZARDS, 0, "heap" },
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "replica_identity", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "d" },
	{ "tablespace", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "populated", ATTRIBUTE_BOOL, ROLE_NOTE, CHANGE_IGNORE, 0, 0, "t" },
	FACET_OWNER,
	FACET_ACL,
	FACET_EXTENSIONS,
	FACET_COMMENT,
	FACET_LABELS,
};

static void
materialized_view_create(const struct kind_context *context, const struct object *view, struct steps *steps)
{
	const char *method = object_get(view, "access_method");
	bool populated = object_is(view, "populated");
	struct buffer sql = BUFFER_INIT;
	const struct object *column;
	uint32_t columns = catalog_children(table_catalog_of(context, view), view, kind_find("column"), &column);

	sql_append(&sql, "CREATE MATERIALIZED VIEW %Q", object_schema(view), object_name(view));
	if (method != NULL && strcmp(method, "heap") != 0)
		sql_append(&sql, " USING %I", method);
	write_relation_options(&sql, object_get(view, "options"));
	write_tablespace(&sql, "", tablespace_for(context, view, NULL));
	sql_append(&sql, " AS\n%X\nWITH %K", object_text(view, "definition"), populated ? "DATA" : "NO DATA");
	steps_take(steps, view, STEP_CREATE, LOCK_NONE, populated ? HAZARD_SCANS : 0, &sql);
	buffer_fini(&sql);
	if (!object_says(view, "replica_identity", "d"))
		table_replica_identity_step(view, steps);
	/* The others are made by themselves. */
	for (; columns > 0; columns--, column++)
		if (context->inlined(context, column))
			column_settings_step(column, true, steps);
}

static void
materialized_view_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *view = change->wanted;

	(void)context;
	if (change_allows(change, "access_method"))
		steps_add(steps, view, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, REWRITE_HAZARDS,
		          "ALTER MATERIALIZED VIEW %Q SET ACCESS METHOD %I", object_schema(view), object_name(view),
		          object_get(view, "access_method"));
	if (change_allows(change, "replica_identity"))
		table_replica_identity_step(view, steps);
	if (change_allows(change, "options"))
		relation_options_steps(change, "ALTER MATERIALIZED VIEW", LOCK_SHARE_UPDATE_EXCLUSIVE, HAZARD_BEHAVIOUR, steps);
}

static struct verdict
materialized_view_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, REWRITE_HAZARDS, NULL };

	if (strcmp(attributes[attribute].name, "replica_identity") == 0)
		return table_judge_replica_identity(change);
	/* Of one text the columns differ only by what it reads from: that change, if it is made, rebuilds the view. */
	if (strcmp(attributes[attribute].name, "columns") == 0) {
		verdict.rule = change_differs(change, "definition") ? CHANGE_REBUILD : CHANGE_IGNORE;
		verdict.hazards = REBUILD_HAZARDS;
	} else if (context->version < 150000 || object_get(change->wanted, "access_method") == NULL) {
		verdict.rule = CHANGE_REBUILD;
		verdict.hazards = REBUILD_HAZARDS;
	}
	return verdict;
}

static bool
stores_rows_of(const struct object *view, const struct object *relation)
{
	struct name_list columns;
	bool stores = false;

	name_list_init(&columns, object_get(view, "columns"));
	for (size_t i = 0; i < columns.count; i++)
		stores = stores || text_ends_with_row_type(columns.items[i], relation);
	name_list_fini(&columns);
	return stores;
}

static const char *const shaping[] = { "columns", NULL };

const struct kind kind_materialized_view = {
	.name = "materialized_view",
	.plural = "materialized views",
	.sql = "MATERIALIZED VIEW",
	.catalog = "pg_class",
	.query = materialized_view_sql,
	.cost = 4,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA | KIND_NAMES_RELATION | KIND_AFTER_DATA | KIND_EVALUATES,
	.shaping = shaping,
	.stores_rows_of = stores_rows_of,
	.grant_class = "TABLE",
	.create = materialized_view_create,
	.alter = materialized_view_alter,
	.judge = materialized_view_judge,
	.elaborate = elaborate_view_definition,
};
