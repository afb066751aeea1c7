/*
 * index_partition.c - the attachment of an index, or of a key's index, to that of the partitioned table.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/index_partition.sql.h"
#include "kinds/partition_index.h"
#include "kinds/partition_rebind.h"
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
	const struct object *above;

	edges_after(edges, table_find_part(catalog, "index", schema, table, index));
	edges_after(edges, table_find_part(catalog, "constraint", schema, table, index));
	above = table_find_part(catalog, "partition", object_schema(link), object_text(link, "table"), "partition");
	/* One that gets another bound is attached all the time. */
	if (above == NULL || catalog != context->wanted || !partition_rebinds(context, above))
		edges_after(edges, above);
}

struct rivalry {
	const struct object *above;
	const struct object *index;
};

/* Another index of the parent for which attaching the table might take this one. */
static bool
is_rival_above(void *argument, const struct object *above)
{
	const struct rivalry *rivalry = argument;

	/* A key looks for a key: what serves as both is made in the order that decides it (constraint.c). */
	return above != rivalry->above && above->kind == rivalry->above->kind &&
	       partition_index_matches(above, rivalry->index);
}

static bool
is_rival(void *argument, const struct object *other)
{
	const struct rivalry *rivalry = argument;

	return object_compare_identity(other, rivalry->index) != 0 && partition_index_matches(rivalry->above, other);
}

static const struct object *
find_index(const struct catalog *catalog, const char *schema, const char *table, const char *name)
{
	const struct object *index = table_find_part(catalog, "index", schema, table, name);

	return index != NULL ? index : table_find_part(catalog, "constraint", schema, table, name);
}

/*
 * Production may have attached another index of this table, under a name of its own, or attaching the table would
 * take another: one can be.
 */
static const char *
refuse(const struct kind_context *context, const struct object *link)
{
	const struct catalog *current = context->current;
	const char *parent_schema = object_text(link, "parent_schema");
	const char *parent_table = object_text(link, "parent_table");
	const struct object *parent = table_find(current, parent_schema, parent_table);
	const struct object *table = table_find(current, object_schema(link), object_text(link, "table"));
	struct rivalry rivalry = { find_index(current, parent_schema, parent_table, object_text(link, "parent_index")),
		                       catalog_parent(context->wanted, link) };
	const struct object *wanted_above =
		find_index(context->wanted, parent_schema, parent_table, object_text(link, "parent_index"));
	const char *reason = wanted_above != NULL ? partition_index_refuse(context, wanted_above) : NULL;
	const struct object *other;

	if (reason != NULL)
		return reason;
	/* Of one that is attached already it is asked when its index is built anew. */
	if (rivalry.above == NULL || rivalry.index == NULL || parent == NULL || catalog_counterpart(current, link) != NULL)
		return NULL;
	other = table != NULL ? partition_index_below(current, table, rivalry.above) : NULL;
	if (other != NULL && !partition_index_goes(context, other))
		return arena_printf(context->arena, "production has %s attached in its place", object_name(other));
	if (table_find_part(current, "partition", object_schema(link), object_text(link, "table"), "partition") != NULL)
		return NULL;
	other = partition_index_search(current, table, is_rival, &rivalry);
	if (other != NULL)
		return arena_printf(context->arena, "attaching the table takes production's %s in its place",
		                    object_name(other));
	other = partition_index_search(current, parent, is_rival_above, &rivalry);
	return other != NULL ? arena_printf(context->arena, "attaching the table may take it for production's %s instead",
	                                    object_name(other))
	                     : NULL;
}

static bool
goes_along(const struct kind_context *context, const struct object *link)
{
	return partition_index_goes(context, catalog_parent(context->current, link));
}

const struct kind kind_index_partition = {
	.name = "index_partition",
	.plural = "index partitions",
	.catalog = "pg_inherits",
	.query = index_partition_sql,
	.cost = 5,
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
	.goes_along = goes_along,
};
