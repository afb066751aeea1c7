/*
 * partition.c - the attachment of a partition to its parent, with its bound.
 *
 * New indexes and keys of the parent are made after it: they are made ON ONLY the parent, and those of the
 * partitions attached to them.  Where the parent has some in production, the partition's own come before, so that
 * attaching finds them rather than making others under other names.
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
	sql_append(out, "PARTITION %Q", object_schema(link), object_text(link, "table"));
}

static void
create(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	bool exists = table_exists(context, link);

	steps_add(steps, link, STEP_CREATE, exists ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_UPDATE_EXCLUSIVE,
			  exists ? HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL | HAZARD_BEHAVIOUR : 0,
			  "ALTER TABLE ONLY %Q ATTACH PARTITION %Q %X", object_text(link, "parent_schema"),
			  object_text(link, "parent"), object_schema(link), object_text(link, "table"), object_text(link, "bound"));
}

static void
drop(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	(void)context;
	steps_add(steps, link, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
			  "ALTER TABLE ONLY %Q DETACH PARTITION %Q", object_text(link, "parent_schema"),
			  object_text(link, "parent"), object_schema(link), object_text(link, "table"));
}

static bool
is_key(const struct object *constraint)
{
	const char *type = object_text(constraint, "type");

	return strcmp(type, "p") == 0 || strcmp(type, "u") == 0 || strcmp(type, "x") == 0;
}

static bool
has_indexes_in_production(const struct kind_context *context, const struct catalog *catalog,
                          const struct object *parent)
{
	const struct object *part;
	uint32_t count = catalog_children(catalog, parent, kind_find("index"), &part);

	for (; count > 0; count--, part++)
		if (catalog_counterpart(context->current, part) != NULL)
			return true;
	count = catalog_children(catalog, parent, kind_find("constraint"), &part);
	for (; count > 0; count--, part++)
		if (is_key(part) && catalog_counterpart(context->current, part) != NULL)
			return true;
	return false;
}

/* The index of the level above that an index or a key is attached to, or NULL. */
static const struct object *
index_above(const struct catalog *catalog, const struct object *index)
{
	const struct object *attachment;
	const struct object *above;

	if (catalog_children(catalog, index, kind_find("index_partition"), &attachment) == 0)
		return NULL;
	above = table_find_part(catalog, "index", object_text(attachment, "parent_schema"),
	                        object_text(attachment, "parent_table"), object_text(attachment, "parent_index"));
	if (above != NULL)
		return above;
	return table_find_part(catalog, "constraint", object_text(attachment, "parent_schema"),
	                       object_text(attachment, "parent_table"), object_text(attachment, "parent_index"));
}

/* What is attached to a new index waits for it, and so comes after the link. */
static bool
waits_for_index_above(const struct kind_context *context, const struct catalog *catalog, const struct object *index)
{
	const struct object *above = index_above(catalog, index);

	return above != NULL && catalog_counterpart(context->current, above) == NULL;
}

/* After the attachments of the indexes of one table to those of the level above. */
static void
relate_attachments(const struct kind_context *context, const struct object *link, const struct object *table,
                   const char *kind, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *index;
	uint32_t count = catalog_children(catalog, table, kind_find(kind), &index);

	for (; count > 0; count--, index++) {
		const struct object *above = index_above(catalog, index);
		const struct object *attachment;

		if (above != NULL && !waits_for_index_above(context, catalog, above) &&
		    catalog_children(catalog, index, kind_find("index_partition"), &attachment) > 0)
			edges_after(edges, link, attachment);
	}
}

/* An index of a level between is whole, and found by attaching its table, only when those of its partitions are in. */
static void
relate_levels_below(const struct kind_context *context, const struct object *link, const struct object *table,
                    struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const uint32_t *list;
	uint32_t count = table_is_partitioned(table) ? catalog_dependents(catalog, table, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *partition = &catalog->objects[list[i]];

		if (partition->kind != table->kind)
			continue;
		relate_attachments(context, link, partition, "index", edges);
		relate_attachments(context, link, partition, "constraint", edges);
	}
}

/* The partition's own: checks, which attaching asks for, and what its parent's indexes could be matched with.
 * Foreign keys come down later. */
static void
relate_own(const struct kind_context *context, const struct object *link, const struct object *table, bool indexes,
           struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *own;
	uint32_t count = indexes ? catalog_children(catalog, table, kind_find("index"), &own) : 0;

	for (; count > 0; count--, own++)
		if (!waits_for_index_above(context, catalog, own))
			edges_after(edges, link, own);
	count = catalog_children(catalog, table, kind_find("constraint"), &own);
	for (; count > 0; count--, own++)
		if (is_key(own) ? indexes && !waits_for_index_above(context, catalog, own)
		                : !object_says(own, "type", "f"))
			edges_after(edges, link, own);
	if (indexes)
		relate_levels_below(context, link, table, edges);
}

static void
relate(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *parent = table_find(catalog, object_text(link, "parent_schema"), object_text(link, "parent"));
	const struct object *table = table_find(catalog, object_schema(link), object_text(link, "table"));

	edges_after(edges, link, parent);
	table_relate_all_new_columns(context, link, parent, edges);
	table_relate_all_new_columns(context, link, table, edges);
	if (table == NULL || parent == NULL)
		return;
	relate_own(context, link, table, has_indexes_in_production(context, catalog, parent), edges);
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
	.traits = KIND_OF_PARENT | KIND_EVALUATES,
	.address = address,
	.create = create,
	.drop = drop,
	.refuse = table_refuse_link,
	.relate = relate,
};
