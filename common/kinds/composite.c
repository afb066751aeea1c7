/*
 * composite.c - free-standing composite types.
 *
 * Their attributes are objects of the kind "column", written here when the type is made.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/composite.sql.h"
#include "kinds/facet.h"
#include "kinds/typed_table.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	/* By name, in their order: a value is written and read by it. */
	{ "attributes", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, 0, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const struct object **columns;
	uint32_t count = catalog_children_in_order(context->wanted, object, kind_find("column"), context->arena, &columns);
	struct buffer sql = BUFFER_INIT;
	bool first = true;

	sql_append(&sql, "CREATE TYPE %Q AS (", object_schema(object), object_name(object));
	for (uint32_t i = 0; i < count; i++) {
		const char *collation = object_get(columns[i], "collation");

		if (!context->inlined(context, columns[i]))
			continue;
		sql_append(&sql, first ? "\n    %I %X" : ",\n    %I %X", object_name(columns[i]),
		           object_get(columns[i], "type"));
		if (collation != NULL)
			sql_append(&sql, " COLLATE %X", collation);
		first = false;
	}
	buffer_append_text(&sql, first ? ")" : "\n)");
	steps_add_text(steps, object, STEP_CREATE, LOCK_NONE, 0, buffer_text(&sql));
	buffer_fini(&sql);
}

/* What is added to a type comes last.  Whether that, and what production has, gives the snapshot's order. */
static bool
comes_in_order(const struct kind_context *context, const struct object *wanted)
{
	const struct kind *column = kind_find("column");
	const struct object **columns;
	uint32_t count = catalog_children_in_order(context->wanted, wanted, column, context->arena, &columns);
	const char *position = "0";

	for (uint32_t i = 0; i < count; i++) {
		const struct object *current = catalog_counterpart(context->current, columns[i]);
		const char *next = current != NULL ? object_value(current, (unsigned)kind_ordinal(column)) : NULL;

		if (next != NULL && (position == NULL || strtol(next, NULL, 10) < strtol(position, NULL, 10)))
			return false;
		position = next;
	}
	return true;
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_REBUILD, HAZARD_BEHAVIOUR, NULL };

	(void)attribute;
	if (comes_in_order(context, change->wanted))
		return (struct verdict){ CHANGE_IGNORE, 0, NULL };
	if (typed_values_exist(context, change->current)) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = "its values are stored with its attributes in another order";
	}
	return verdict;
}

const struct kind kind_composite = {
	.name = "composite",
	.plural = "composites",
	.sql = "TYPE",
	.catalog = "pg_type",
	.query = composite_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA | KIND_NAMES_RELATION,
	.grant_class = "TYPE",
	.create = create,
	.judge = judge,
};
