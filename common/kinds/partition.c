/*
 * partition.c - the attachment of a partition to its parent, with its bound.
 *
 * It comes after the partition's own indexes, keys and checks, so that attaching finds them rather than making
 * others under other names.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/partition.sql.h"
#include "kinds/table_parts.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "parent_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "parent", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "bound", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_MAY_FAIL, 0, NULL },
};

static const char *const parents[] = { "table", "foreign_table", NULL };

static void
address(struct buffer *out, const struct object *link)
{
	sql_append(out, "PARTITION %Q", object_schema(link), object_get(link, "table"));
}

static void
create(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	bool exists = table_exists(context, link);

	steps_add(steps, link, STEP_CREATE, exists ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_UPDATE_EXCLUSIVE,
	          exists ? HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL | HAZARD_BEHAVIOUR : 0,
	          "ALTER TABLE ONLY %Q ATTACH PARTITION %Q %X", object_get(link, "parent_schema"), object_get(link, "parent"),
	          object_schema(link), object_get(link, "table"), object_get(link, "bound"));
}

static void
drop(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	(void)context;
	steps_add(steps, link, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, "ALTER TABLE ONLY %Q DETACH PARTITION %Q",
	          object_get(link, "parent_schema"), object_get(link, "parent"), object_schema(link),
	          object_get(link, "table"));
}

/* All of the partition's own that the parent's counterpart could be made from; foreign keys come down later. */
static void
relate_own(const struct catalog *catalog, const struct object *link, const struct object *table, struct edges *edges)
{
	const struct object *own;
	uint32_t count = catalog_children(catalog, table, kind_find("index"), &own);

	for (; count > 0; count--, own++)
		edges_after(edges, link, own);
	count = catalog_children(catalog, table, kind_find("constraint"), &own);
	for (; count > 0; count--, own++)
		if (strcmp(object_get(own, "type"), "f") != 0)
			edges_after(edges, link, own);
}

static void
relate(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *parent = table_find(catalog, object_get(link, "parent_schema"), object_get(link, "parent"));
	const struct object *table = table_find(catalog, object_schema(link), object_get(link, "table"));

	edges_after(edges, link, parent);
	table_relate_all_new_columns(context, link, parent, edges);
	table_relate_all_new_columns(context, link, table, edges);
	if (table != NULL)
		relate_own(catalog, link, table, edges);
}

const struct kind kind_partition = {
	.name = "partition",
	.plural = "partitions",
	.catalog = "pg_inherits",
	.query = partition_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_OF_PARENT,
	.address = address,
	.create = create,
	.drop = drop,
	.relate = relate,
};
