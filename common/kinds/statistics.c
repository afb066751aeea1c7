/*
 * statistics.c - extended statistics objects.
 *
 * They live in a schema of their own choice, so the table is no parent but an order: after it and its
 * columns, on which pg_depend's automatic entries are not read.
 */
#include "build.h"

#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/statistics.sql.h"
#include "kinds/writing.h"

#include "catalog/catalog.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS, 0, NULL },
	{ "target", ATTRIBUTE_INTEGER, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "table_schema", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

/* -1 is the default in every version. */
static void
add_target(const struct object *statistics, struct steps *steps)
{
	steps_add(steps, statistics, STEP_ALTER, LOCK_NONE, 0, "ALTER STATISTICS %Q SET STATISTICS %ld",
	          object_schema(statistics), object_name(statistics), object_number(statistics, "target", -1));
}

/* Whether a parenthesis opens behind " ON ", names in quotes left out: an expression. */
static bool
has_expressions(const char *definition)
{
	bool quoted = false;
	bool behind_on = false;

	for (; *definition != '\0'; definition++) {
		if (*definition == '"')
			quoted = !quoted;
		else if (!quoted && strncmp(definition, " ON ", 4) == 0)
			behind_on = true;
		else if (!quoted && behind_on && *definition == '(')
			return true;
	}
	return false;
}

static const char *
statistics_refuse(const struct kind_context *context, const struct object *statistics)
{
	const char *definition = object_text(statistics, "definition");

	if (context->version < 140000 && definition != NULL && has_expressions(definition))
		return "statistics on expressions need PostgreSQL 14";
	return NULL;
}

static void
statistics_create(const struct kind_context *context, const struct object *statistics, struct steps *steps)
{
	(void)context;
	steps_add(steps, statistics, STEP_CREATE, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, "%X",
	          object_text(statistics, "definition"));
	if (object_get(statistics, "target") != NULL)
		add_target(statistics, steps);
}

static void
statistics_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* the target is all that is altered */
	if (change_allows(change, "target"))
		add_target(change->wanted, steps);
}

static void
statistics_relate(const struct kind_context *context, const struct object *statistics, struct edges *edges)
{
	const char *identity[] = { object_get(statistics, "table_schema"), object_get(statistics, "table") };
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *column;
	const struct object *table;
	uint32_t count;

	(void)context;
	if (identity[0] == NULL || identity[1] == NULL)
		return;
	table = catalog_find(catalog, kind_find("table"), identity);
	if (table == NULL)
		table = catalog_find(catalog, kind_find("materialized_view"), identity);
	if (table == NULL)
		return;
	edges_after(edges, table);
	count = catalog_children(catalog, table, kind_find("column"), &column);
	for (uint32_t i = 0; i < count; i++)
		edges_after(edges, &column[i]);
}

const struct kind kind_statistics = {
	.name = "statistics",
	.plural = "extended statistics objects",
	.sql = "STATISTICS",
	.catalog = "pg_statistic_ext",
	.query = statistics_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA | KIND_AFTER_DATA | KIND_SURVIVES_ALTER,
	.create = statistics_create,
	.refuse = statistics_refuse,
	.alter = statistics_alter,
	.relate = statistics_relate,
};
