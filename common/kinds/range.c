/*
 * range.c - range types, with the multirange type that comes with each.
 *
 * Nothing of a range type but its facets can be altered: it is made again unless a column holds its values.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/range.sql.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "subtype", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS, 0, NULL },
	{ "opclass", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS, 0, NULL },
	{ "collation", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS, 0, NULL },
	{ "canonical", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS, 0, NULL },
	{ "subtype_diff", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS, 0, NULL },
	{ "multirange", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS | HAZARD_BEHAVIOUR, 140000, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* Attributes that are ready-quoted SQL, and the parameters of CREATE TYPE that they fill. */
static const struct {
	const char *attribute;
	const char *format;
} parameters[] = {
	{ "subtype", "\n    SUBTYPE = %X" },
	{ "opclass", ",\n    SUBTYPE_OPCLASS = %X" },
	{ "collation", ",\n    COLLATION = %X" },
	{ "canonical", ",\n    CANONICAL = %X" },
	{ "subtype_diff", ",\n    SUBTYPE_DIFF = %X" },
	{ "multirange", ",\n    MULTIRANGE_TYPE_NAME = %X" },
};

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	sql_append(&sql, "CREATE TYPE %Q AS RANGE (", object_schema(object), object_name(object));
	for (size_t i = 0; i < COUNT_OF(parameters); i++) {
		const char *value = object_get(object, parameters[i].attribute);

		if (value != NULL)
			sql_append(&sql, parameters[i].format, value);
	}
	buffer_append_text(&sql, "\n)");
	steps_add_text(steps, object, STEP_CREATE, LOCK_NONE, 0, buffer_text(&sql));
	buffer_fini(&sql);
}

/* A canonical function takes the range type: it is made over the type's shell (shell_type.c). */
static void
relate(const struct kind_context *context, const struct object *object, struct edges *edges)
{
	const char *identity[] = { object_schema(object), object_name(object), "shell" };

	(void)context;
	edges_after(edges, catalog_find(edges_catalog(edges), kind_find("shell_type"), identity));
}

const struct kind kind_range = {
	.name = "range",
	.plural = "ranges",
	.sql = "TYPE",
	.catalog = "pg_type",
	.query = range_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.grant_class = "TYPE",
	.create = create,
	.relate = relate,
};
