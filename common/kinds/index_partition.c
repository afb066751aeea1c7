/*
 * index_partition.c - the attachment of an index, or of a key's index, to that of the partitioned table.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/index_partition.sql.h"
#include "kinds/table_parts.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "index", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "parent_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "parent_table", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "parent_index", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
};

static const char *const parents[] = { "index", "constraint", NULL };

static void
address(struct buffer *out, const struct object *link)
{
	sql_append(out, "PARTITION INDEX %Q", object_schema(link), object_get(link, "index"));
}

static void
create(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	(void)context;
	steps_add(steps, link, STEP_CREATE, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, "ALTER INDEX %Q ATTACH PARTITION %Q",
	          object_text(link, "parent_schema"), object_text(link, "parent_index"), object_schema(link),
	          object_get(link, "index"));
}

/* An attached index cannot be detached: it goes with its parent or with its table. */
static void
drop(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	(void)context;
	(void)link;
	(void)steps;
}

static void
relate(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const char *schema = object_text(link, "parent_schema");
	const char *table = object_text(link, "parent_table");
	const char *index = object_text(link, "parent_index");

	(void)context;
	edges_after(edges, link, table_find_part(catalog, "index", schema, table, index));
	edges_after(edges, link, table_find_part(catalog, "constraint", schema, table, index));
	edges_after(edges, link,
	            table_find_part(catalog, "partition", object_schema(link), object_text(link, "table"), "partition"));
}

/* Production may have attached another index of this table, under a name of its own: one can be. */
static const char *
refuse(const struct kind_context *context, const struct object *link)
{
	const struct object *other;
	uint32_t count = catalog_kind_range(context->current, kind_find("index_partition"), &other);

	for (; count > 0; count--, other++)
		if (strcmp(object_schema(other), object_schema(link)) == 0 &&
		    strcmp(object_text(other, "table"), object_text(link, "table")) == 0 &&
		    strcmp(object_text(other, "parent_schema"), object_text(link, "parent_schema")) == 0 &&
		    strcmp(object_text(other, "parent_index"), object_text(link, "parent_index")) == 0)
			return arena_printf(context->arena, "production has %s attached in its place",
			                    object_value(other, 2));
	return NULL;
}

const struct kind kind_index_partition = {
	.name = "index_partition",
	.plural = "index partitions",
	.catalog = "pg_inherits",
	.query = index_partition_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 4,
	.parents = parents,
	.traits = KIND_OF_PARENT | KIND_AFTER_DATA | KIND_SURVIVES_ALTER,
	.address = address,
	.create = create,
	.drop = drop,
	.relate = relate,
	.refuse = refuse,
};
