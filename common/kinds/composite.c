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
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
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
};
