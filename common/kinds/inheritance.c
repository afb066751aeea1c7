/*
 * inheritance.c - one parent of a table that INHERITS.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/inheritance.sql.h"
#include "kinds/table_parts.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "parent_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "parent", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "position", ATTRIBUTE_ORDINAL, ROLE_PLAIN, CHANGE_IGNORE, 0, 0, NULL },
};

static const char *const parents[] = { "table", "foreign_table", NULL };

static void
address(struct buffer *out, const struct object *link)
{
	sql_append(out, "INHERITANCE OF %Q FROM %Q", object_schema(link), object_get(link, "table"),
	           object_get(link, "parent_schema"), object_get(link, "parent"));
}

static void
create(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	steps_add(steps, link, STEP_CREATE, LOCK_ACCESS_EXCLUSIVE, table_exists(context, link) ? HAZARD_BEHAVIOUR : 0,
	          "ALTER TABLE %Q INHERIT %Q", object_schema(link), object_get(link, "table"),
	          object_get(link, "parent_schema"), object_get(link, "parent"));
}

static void
drop(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	(void)context;
	steps_add(steps, link, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, "ALTER TABLE %Q NO INHERIT %Q",
	          object_schema(link), object_get(link, "table"), object_get(link, "parent_schema"),
	          object_get(link, "parent"));
}

static void
relate(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *parent = table_find(catalog, object_get(link, "parent_schema"), object_get(link, "parent"));

	if (parent == NULL)
		return;
	edges_after(edges, link, parent);
	table_relate_all_new_columns(context, link, parent, edges);
	table_relate_all_new_columns(context, link, table_of_part(context, link), edges);
}

const struct kind kind_inheritance = {
	.name = "inheritance",
	.plural = "inheritances",
	.catalog = "pg_inherits",
	.query = inheritance_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_INLINE | KIND_OF_PARENT,
	.address = address,
	.create = create,
	.drop = drop,
	.relate = relate,
};
