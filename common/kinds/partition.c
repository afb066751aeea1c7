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
#include "kinds/partition_bound.h"
#include "kinds/partition_index.h"
#include "kinds/partition_rebind.h"
#include "kinds/table_link.h"
#include "kinds/table_parts.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "parent_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "parent", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "bound", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_MAY_FAIL, 0, NULL },
};

static const char *const parents[] = { "table", "foreign_table", NULL };

static void
address(struct buffer *out, const struct object *link)
{
	sql_append(out, "PARTITION %Q", object_schema(link), object_text(link, "table"));
}

static void
drop(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	(void)context;
	steps_add(steps, link, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
	          "ALTER TABLE ONLY %Q DETACH PARTITION %Q", object_text(link, "parent_schema"),
	          object_text(link, "parent"), object_schema(link), object_text(link, "table"));
}

/* ---- indexes ---- */

/* What is attached to a new index waits for it, and so comes after the link. */
static bool
waits_for_index_above(const struct kind_context *context, const struct catalog *catalog, const struct object *index)
{
	const struct object *above = partition_index_above(catalog, index);

	return above != NULL && catalog_counterpart(context->current, above) == NULL;
}

struct making {
	const struct kind_context *context;
	const struct object *link;
	const struct object *table;
	struct steps *steps;
};

/*
 * One that attaching the table would ask for, and that the snapshot does not have, gets a name that is free: the
 * server's own choice might be that of something the plan makes later.
 */
static bool
make_missing(void *argument, const struct object *above)
{
	const struct making *making = argument;
	const struct kind_context *context = making->context;
	const struct object *present = catalog_counterpart(context->current, making->table);

	if (partition_index_wanted(context, making->table, above) == NULL &&
	    partition_index_free(context->wanted, making->table, above) == NULL &&
	    (present == NULL || partition_index_free(context->current, present, above) == NULL))
		partition_index_make(context, making->link, above, making->table, making->steps);
	return false;
}

static void
make_missing_indexes(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	const struct object *parent = partition_index_parent(context, link);
	const struct object *table = table_find(context->wanted, object_schema(link), object_text(link, "table"));
	struct making making = { context, link, table, steps };

	/* A foreign table has none. */
	if (parent != NULL && table != NULL)
		partition_index_search(context->current, parent, make_missing, &making);
}

static void
create(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	bool exists = table_exists(context, link);

	make_missing_indexes(context, link, steps);
	steps_add(steps, link, STEP_CREATE, exists ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_UPDATE_EXCLUSIVE,
	          exists ? HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL | HAZARD_BEHAVIOUR : 0,
	          "ALTER TABLE ONLY %Q ATTACH PARTITION %Q %X", object_text(link, "parent_schema"),
	          object_text(link, "parent"), object_schema(link), object_text(link, "table"), object_text(link, "bound"));
}

/* ---- what stands in the way ---- */

static bool
is_primary_key(void *argument, const struct object *index)
{
	(void)argument;
	return strcmp(index->kind->name, "constraint") == 0 && object_says(index, "type", "p");
}

/* The table would get the parent's primary key, and has another. */
static const char *
refuse_for_primary_key(const struct kind_context *context, const struct object *link)
{
	const struct object *parent = partition_index_parent(context, link);
	const struct object *above = partition_index_search(context->current, parent, is_primary_key, NULL);
	const struct catalog *const sides[] = { context->current, context->wanted };

	for (size_t i = 0; above != NULL && i < COUNT_OF(sides); i++) {
		const struct object *table = table_find(sides[i], object_schema(link), object_text(link, "table"));
		const struct object *own = partition_index_search(sides[i], table, is_primary_key, NULL);

		if (own != NULL && !partition_index_matches(above, own))
			return arena_printf(context->arena, "production's parent has %s, the table %s",
			                    object_description(context->arena, above), object_description(context->arena, own));
	}
	return NULL;
}

/* A column that only production has in the table, and that its parent will not have. */
static const char *
refuse_for_columns(const struct kind_context *context, const struct object *link)
{
	const char *schema = object_text(link, "parent_schema");
	const char *parent = object_text(link, "parent");
	const struct object *table = table_find(context->current, object_schema(link), object_text(link, "table"));
	const struct object *column;
	uint32_t count = table != NULL ? catalog_children(context->current, table, kind_find("column"), &column) : 0;

	for (; count > 0; count--, column++)
		if (table_find_part(context->wanted, "column", schema, parent, object_name(column)) == NULL &&
		    table_find_part(context->current, "column", schema, parent, object_name(column)) == NULL)
			return arena_printf(context->arena, "production's table has a column %s, which its parent lacks",
			                    object_name(column));
	return NULL;
}

/* A trigger of the table's own whose name the parent's part of it would need. */
static const char *
refuse_for_triggers(const struct kind_context *context, const struct object *link)
{
	const struct object *table = table_find(context->current, object_schema(link), object_text(link, "table"));
	const struct object *trigger;
	uint32_t count = table != NULL ? catalog_children(context->current, table, kind_find("trigger"), &trigger) : 0;

	for (; count > 0; count--, trigger++)
		if (partition_trigger_above(context->wanted, link, object_name(trigger)) != NULL ||
		    partition_trigger_above(context->current, link, object_name(trigger)) != NULL)
			return arena_printf(context->arena, "production's table and its parent have each a trigger %s",
			                    object_name(trigger));
	return NULL;
}

struct neighbours {
	const struct kind_context *context;
	const struct object *link;
	const struct object *own; /* production's link of the same table, or NULL */
	const struct object *found;
};

static void
find_overlap(struct neighbours *neighbours, const struct object *table)
{
	const struct kind_context *context = neighbours->context;
	const struct object *link = neighbours->link;
	const struct object *other =
		table_find_part(context->current, "partition", object_schema(table), object_name(table), "partition");
	bool beside = other != NULL && object_says(other, "parent", object_text(link, "parent")) &&
	              object_says(other, "parent_schema", object_text(link, "parent_schema")) && other != neighbours->own;

	/* One that both sides have keeps its bound as well as one that only production has; or it gets another first. */
	if (beside && partition_bounds_overlap(object_text(link, "bound"), object_text(other, "bound")) &&
	    (catalog_counterpart(context->wanted, other) != NULL ? !partition_is_rebound(context, other)
	                                                         : !context->drops(context, other)))
		neighbours->found = table;
}

/* Another partition that stays where it is, so that this one has no place. */
static const char *
refuse_for_bound(const struct kind_context *context, const struct object *link)
{
	const struct object *parent =
		table_find(context->current, object_text(link, "parent_schema"), object_text(link, "parent"));
	struct neighbours neighbours = { context, link, catalog_counterpart(context->current, link), NULL };
	const uint32_t *list;
	uint32_t count = parent != NULL ? catalog_dependents(context->current, parent, &list) : 0;

	for (uint32_t i = 0; i < count && neighbours.found == NULL; i++)
		find_overlap(&neighbours, &context->current->objects[list[i]]);
	return neighbours.found != NULL ? arena_printf(context->arena, "production keeps a partition that overlaps it, %s",
	                                               object_description(context->arena, neighbours.found))
	                                : NULL;
}

struct heir_search {
	const struct kind_context *context;
	const struct object *found;
};

static void
find_heir(void *argument, const struct object *heir)
{
	struct heir_search *search = argument;
	const struct object *link;

	if (catalog_children(search->context->current, heir, kind_find("inheritance"), &link) > 0)
		search->found = heir;
}

/* Production's table inherits from another, or others from it. */
static const char *
refuse_for_heirs(const struct kind_context *context, const struct object *link)
{
	const struct object *table = table_find(context->current, object_schema(link), object_text(link, "table"));
	struct heir_search search = { context, NULL };
	const struct object *other;

	if (table == NULL)
		return NULL;
	if (catalog_children(context->current, table, kind_find("inheritance"), &other) > 0)
		return arena_printf(context->arena, "production's table inherits from %s", object_text(other, "parent"));
	table_each_heir(context->current, table, find_heir, &search);
	return search.found != NULL ? arena_printf(context->arena, "production's %s inherits from the table",
	                                           object_description(context->arena, search.found))
	                            : NULL;
}

static const char *
refuse(const struct kind_context *context, const struct object *link)
{
	const char *reason = refuse_for_heirs(context, link);

	if (reason == NULL)
		reason = table_refuse_link(context, link);

	if (reason == NULL)
		reason = refuse_for_bound(context, link);
	if (reason == NULL)
		reason = refuse_for_columns(context, link);
	if (reason == NULL)
		reason = refuse_for_triggers(context, link);
	return reason != NULL ? reason : refuse_for_primary_key(context, link);
}

/* ---- another bound ---- */

static const struct object *
find_parent(const struct catalog *catalog, const struct object *link)
{
	return table_find(catalog, object_text(link, "parent_schema"), object_text(link, "parent"));
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	const struct object *link = change->wanted;
	struct verdict verdict = { CHANGE_REFUSE, HAZARD_MAY_FAIL, NULL };
	const struct object *other;

	(void)attribute;
	if (!partition_rebinds(context, link) || find_parent(context->wanted, link) == NULL ||
	    find_parent(context->current, link) == NULL)
		return verdict;
	verdict.reason = refuse_for_bound(context, link);
	if (verdict.reason == NULL)
		verdict.reason = partition_rebind_refuse(context, link);
	if (verdict.reason != NULL)
		return verdict;
	other = partition_in_exchange(context, link);
	if (other != NULL)
		verdict.reason = arena_printf(context->arena, "it would have to exchange its place with %s at once",
		                              object_description(context->arena, other));
	else
		verdict.rule = CHANGE_ALTER;
	return verdict;
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	/* What is like it for a trial is no partition of the parent, which is not to be locked for that. */
	if (change->allowed != 0 && catalog_holds(context->wanted, change->wanted))
		partition_rebind_steps(context, change, steps);
}

struct place_search {
	const struct object *link;
	bool found;
};

static void
search_place(void *argument, const struct object *other)
{
	struct place_search *search = argument;

	search->found = search->found || other == search->link;
}

/* One that keeps its bound is in the place of another. */
static bool
misfits(const struct kind_context *context, const struct change *change, uint64_t withheld,
        const struct change *dependant, uint64_t *unused)
{
	struct place_search search = { change->wanted, false };

	(void)withheld;
	(void)unused;
	if (dependant->wanted->kind == change->wanted->kind)
		partition_each_in_place(context, dependant->wanted, search_place, &search);
	return search.found;
}

/* ---- order ---- */

struct relating {
	const struct kind_context *context;
	const struct object *table; /* of the wanted catalog */
	struct edges *edges;
};

struct matching {
	struct relating *relating;
	const struct object *above;
};

/* The nearest indexes that will be taken for one that the snapshot does not have. */
static void
relate_taken(void *argument, const struct object *table)
{
	const struct matching *matching = argument;
	const struct catalog *wanted = matching->relating->context->wanted;
	const struct object *own = partition_index_free(wanted, table, matching->above);

	if (own != NULL)
		edges_after(matching->relating->edges, own);
	else
		partition_each_below(wanted, table, relate_taken, argument);
}

/* What shall be attached to the parent's index comes before, and what could be taken in its stead comes after. */
static bool
relate_index(void *argument, const struct object *above)
{
	struct relating *relating = argument;
	const struct object *below = partition_index_wanted(relating->context, relating->table, above);

	if (below != NULL)
		edges_after(relating->edges, below);
	else
		relate_taken(&(struct matching){ relating, above }, relating->table);
	return false;
}

struct attaching {
	struct relating *relating;
	const struct catalog *catalog;
};

static bool
relate_attachment(void *argument, const struct object *index)
{
	const struct attaching *attaching = argument;
	const struct object *above = partition_index_above(attaching->catalog, index);
	const struct object *attachment;

	if (above != NULL && !waits_for_index_above(attaching->relating->context, attaching->catalog, above) &&
	    catalog_children(attaching->catalog, index, kind_find("index_partition"), &attachment) > 0)
		edges_after(attaching->relating->edges, attachment);
	return false;
}

/* An index of a level between is whole, and found by attaching its table, only when those of its partitions are in. */
static void
relate_level(void *argument, const struct object *partition)
{
	struct relating *relating = argument;
	const struct catalog *catalog = edges_catalog(relating->edges);
	const struct object *below =
		table_find_part(catalog, "partition", object_schema(partition), object_name(partition), "partition");

	/* An order, not a need: where rows stand in the way below, this level can be attached all the same. */
	if (below != NULL && relating->context->does(relating->context, below, "bound"))
		edges_after(relating->edges, below);
	partition_index_search(catalog, partition, relate_attachment, &(struct attaching){ relating, catalog });
	partition_each_below(catalog, partition, relate_level, argument);
}

static void
relate_place(void *edges, const struct object *other)
{
	edges_after(edges, other);
}

/* Where the table comes from somewhere else. */
static void
relate_new(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *parent = find_parent(catalog, link);
	const struct object *table = table_find(catalog, object_schema(link), object_text(link, "table"));
	const struct object *present;

	table_relate_all_columns(context, parent, edges);
	table_relate_all_columns(context, table, edges);
	if (table == NULL || parent == NULL)
		return;
	table_relate_link(context, link, table, edges);
	present = catalog == context->wanted ? partition_index_parent(context, link) : NULL;
	if (present != NULL) {
		struct relating relating = { context, table, edges };

		partition_index_search(context->current, present, relate_index, &relating);
		partition_each_below(catalog, table, relate_level, &relating);
	}
}

static void
relate(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	bool wanted = edges_catalog(edges) == context->wanted;
	bool rebinds = wanted && partition_rebinds(context, link);

	edges_after(edges, find_parent(edges_catalog(edges), link));
	if (rebinds)
		partition_rebind_relate(context, link, edges);
	else
		relate_new(context, link, edges);
	if (rebinds || (wanted && catalog_counterpart(context->current, link) == NULL))
		partition_each_in_place(context, link, relate_place, edges);
}

const struct kind kind_partition = {
	.name = "partition",
	.plural = "partitions",
	.catalog = "pg_inherits",
	.query = partition_sql,
	.cost = 6,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_OF_PARENT | KIND_EVALUATES,
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.refuse = refuse,
	.misfits = misfits,
	.relate = relate,
	.probe = table_probe_partition,
};
