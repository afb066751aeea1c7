/*
 * partition_rebind.c - see partition_rebind.h.
 *
 * One partition after the other is taken out and put back at once, so that at any time each but one is in its place: of
 * two that exchange values neither can be first.
 */
#include "build.h"

#include "kinds/partition_rebind.h"

#include "base/vector.h"
#include "kinds/partition_bound.h"
#include "kinds/partition_index.h"
#include "kinds/table_parts.h"
#include "kinds/trigger.h"
#include "kinds/writing.h"

static bool
same_parent(const struct object *one, const struct object *other)
{
	return object_says(one, "parent", object_text(other, "parent")) &&
	       object_says(one, "parent_schema", object_text(other, "parent_schema"));
}

static bool
are_rebinding(const struct object *one, const struct object *other)
{
	return one != NULL && other != NULL && same_parent(one, other) &&
	       !object_says(one, "bound", object_text(other, "bound"));
}

bool
partition_rebinds(const struct kind_context *context, const struct object *link)
{
	return are_rebinding(link, catalog_counterpart(context->current, link));
}

bool
partition_is_rebound(const struct kind_context *context, const struct object *link)
{
	return are_rebinding(link, catalog_counterpart(context->wanted, link));
}

static const struct object *
parent_of(const struct catalog *catalog, const struct object *link)
{
	return table_find(catalog, object_text(link, "parent_schema"), object_text(link, "parent"));
}

static const struct object *
table_of(const struct catalog *catalog, const struct object *link)
{
	return table_find(catalog, object_schema(link), object_text(link, "table"));
}

/* ---- the partition key ---- */

/* A bound is written for the key: production must have the same, over the same types. */
static const char *
refuse_for_key(const struct kind_context *context, const struct object *link)
{
	const struct object *present = parent_of(context->current, link);
	const struct object *parent = parent_of(context->wanted, link);
	const struct object *column;
	const char *by = object_text(parent, "partition_by");
	uint32_t count = catalog_children(context->wanted, parent, kind_find("column"), &column);

	if (!object_says(present, "partition_by", by))
		return "its parent keeps another partition key";
	for (; count > 0; count--, column++) {
		const struct object *own = catalog_counterpart(context->current, column);

		if (table_text_mentions(by, object_name(column)) &&
		    (own == NULL || !object_says(own, "type", object_text(column, "type")) ||
		     !same_text(object_get(own, "collation"), object_get(column, "collation"))))
			return arena_printf(context->arena, "its parent keeps another type of the partition key's %s",
			                    object_name(column));
	}
	return NULL;
}

/* ---- places ---- */

void
partition_each_in_place(const struct kind_context *context, const struct object *link,
                        void (*each)(void *argument, const struct object *link), void *argument)
{
	const struct object *parent = parent_of(context->current, link);
	const struct kind *kind = kind_find("partition");
	const char *bound = object_text(link, "bound");
	const uint32_t *list;
	uint32_t count = parent != NULL ? catalog_dependents(context->current, parent, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *table = &context->current->objects[list[i]];
		const struct object *other;

		if (catalog_children(context->current, table, kind, &other) > 0 && same_parent(link, other) &&
		    partition_bounds_overlap(bound, object_text(other, "bound")) && object_compare_identity(link, other) != 0 &&
		    partition_is_rebound(context, other))
			each(argument, catalog_counterpart(context->wanted, other));
	}
}

struct exchange {
	const struct kind_context *context;
	const struct object *first;
	const struct object *at;
	const struct object *found;
	struct vector visited; /* links of the snapshot */
};

static void
visit_place(void *argument, const struct object *other)
{
	struct exchange *exchange = argument;

	if (other == exchange->first && exchange->found == NULL)
		exchange->found = exchange->at;
	for (size_t i = 0; i < exchange->visited.count; i++)
		if (exchange->visited.items[i] == other)
			return;
	vector_add(&exchange->visited, (void *)(uintptr_t)other);
}

const struct object *
partition_in_exchange(const struct kind_context *context, const struct object *link)
{
	struct exchange exchange = { .context = context, .first = link };

	partition_each_in_place(context, link, visit_place, &exchange);
	for (size_t i = 0; i < exchange.visited.count && exchange.found == NULL; i++) {
		exchange.at = exchange.visited.items[i];
		partition_each_in_place(context, exchange.at, visit_place, &exchange);
	}
	vector_fini(&exchange.visited);
	return exchange.found != NULL ? catalog_parent(context->wanted, exchange.found) : NULL;
}

/* ---- indexes ---- */

struct matching {
	const struct kind_context *context;
	const struct object *table; /* of production */
	const struct object *above; /* of its parent */
	const struct object *part;
	const char *reason;
};

static bool
is_rival(void *argument, const struct object *index)
{
	const struct matching *matching = argument;

	return object_compare_identity(index, matching->part) != 0 && partition_index_matches(matching->above, index);
}

/* ATTACH takes the oldest of those that look the same: there must be one only, now and in the end. */
static const struct object *
find_rival(struct matching *matching)
{
	const struct object *wanted = catalog_counterpart(matching->context->wanted, matching->table);
	const struct object *rival =
		partition_index_search(matching->context->current, matching->table, is_rival, matching);

	return rival != NULL ? rival : partition_index_search(matching->context->wanted, wanted, is_rival, matching);
}

/* Left so by an interrupted CREATE INDEX CONCURRENTLY; the snapshot's is built anew before. */
static bool
is_broken(const struct kind_context *context, const struct object *index)
{
	return strcmp(index->kind->name, "index") == 0 && !object_is(index, "valid") &&
	       catalog_counterpart(context->wanted, index) == NULL;
}

struct whole {
	const struct kind_context *context;
	const struct object *index; /* of production */
	bool lacks;
};

/* An index of a level between is taken only where all partitions below have their parts of it. */
static void
look_below(void *argument, const struct object *partition)
{
	struct whole *whole = argument;
	const struct kind_context *context = whole->context;
	struct whole below = { context, partition_index_below(context->current, partition, whole->index), false };

	if (below.index != NULL)
		partition_each_below(context->current, partition, look_below, &below);
	/* What the snapshot has in its place is attached first. */
	if (below.index != NULL ? below.lacks || is_broken(context, below.index)
	                        : partition_index_wanted(context, partition, whole->index) == NULL)
		whole->lacks = true;
}

static bool
is_whole(const struct matching *matching)
{
	struct whole whole = { matching->context, matching->part, false };

	if (catalog_holds(matching->context->current, matching->part))
		partition_each_below(matching->context->current, matching->table, look_below, &whole);
	return !whole.lacks && !is_broken(matching->context, matching->part);
}

static bool
match_index(void *argument, const struct object *above)
{
	struct matching *matching = argument;
	const struct kind_context *context = matching->context;
	const struct object *rival;

	matching->above = above;
	matching->part = partition_index_below(context->current, matching->table, above);
	matching->reason = partition_index_refuse(context, above);
	if (matching->reason != NULL)
		return true;
	if (matching->part == NULL)
		matching->part = partition_index_wanted(context, matching->table, above);
	if (matching->part == NULL || !partition_index_matches(above, matching->part) || !is_whole(matching)) {
		matching->reason = arena_printf(context->arena, "attaching it would make another part of production's %s",
		                                object_description(context->arena, above));
		return true;
	}
	rival = find_rival(matching);
	if (rival != NULL)
		matching->reason =
			arena_printf(context->arena, "attaching it might take %s for the part of %s",
		                 object_description(context->arena, rival), object_description(context->arena, above));
	return rival != NULL;
}

static const char *
refuse_for_indexes(const struct kind_context *context, const struct object *link)
{
	struct matching matching = { .context = context, .table = table_of(context->current, link) };

	/* A foreign table has none. */
	if (matching.table != NULL && strcmp(matching.table->kind->name, "table") == 0)
		partition_index_search(context->current, parent_of(context->current, link), match_index, &matching);
	return matching.reason;
}

/* ---- foreign keys ---- */

/* Before these, keys to a partitioned table lose what checks them when the partition is detached (release notes of
 * 17.1 and its companions). */
static bool
keeps_references(int version)
{
	static const int since[] = { 130017, 140014, 150009, 160005, 170001 };

	for (size_t i = 0; i < COUNT_OF(since); i++)
		if (version / 10000 == since[i] / 10000)
			return version >= since[i];
	return version >= 180000;
}

static bool
refers_to(const struct object *key, const struct object *table)
{
	return object_says(key, "referenced_schema", object_schema(table)) &&
	       object_says(key, "referenced_table", object_name(table));
}

/* Whether the table's own key could be taken for that of a level above. */
static bool
is_same_key(const struct object *above, const struct object *own)
{
	return object_says(own, "type", "f") && same_text(object_get(above, "columns"), object_get(own, "columns")) &&
	       same_text(object_get(above, "referenced_schema"), object_get(own, "referenced_schema")) &&
	       same_text(object_get(above, "referenced_table"), object_get(own, "referenced_table"));
}

static const char *
refuse_for_key_above(const struct kind_context *context, const struct object *link, const struct object *level,
                     const struct object *key)
{
	const struct object *referenced =
		table_find(context->current, object_text(key, "referenced_schema"), object_text(key, "referenced_table"));
	const struct object *own;
	uint32_t count =
		catalog_children(context->current, catalog_parent(context->current, link), kind_find("constraint"), &own);

	if (refers_to(key, level))
		return arena_printf(context->arena, "the table refers to itself by %s",
		                    object_description(context->arena, key));
	if ((referenced == NULL || table_is_partitioned(referenced)) && !keeps_references(context->version))
		return arena_printf(context->arena, "this server's version may lose what checks %s when it is detached",
		                    object_description(context->arena, key));
	for (; count > 0; count--, own++)
		if (is_same_key(key, own))
			return arena_printf(context->arena, "attaching it might take %s for its part of %s",
			                    object_description(context->arena, own), object_description(context->arena, key));
	return NULL;
}

/* Foreign keys of the levels above, which have parts in the table. */
static const char *
refuse_for_foreign_keys(const struct kind_context *context, const struct object *link)
{
	const struct object *present = catalog_counterpart(context->current, link);

	for (const struct object *at = present; at != NULL;) {
		const struct object *level = parent_of(context->current, at);
		const struct object *key;
		uint32_t count = level != NULL ? catalog_children(context->current, level, kind_find("constraint"), &key) : 0;

		for (; count > 0; count--, key++) {
			const char *reason =
				object_says(key, "type", "f") ? refuse_for_key_above(context, present, level, key) : NULL;

			if (reason != NULL)
				return reason;
		}
		if (level == NULL || catalog_children(context->current, level, kind_find("partition"), &at) == 0)
			at = NULL;
	}
	return NULL;
}

/* ---- identities ---- */

static void
note_partition(void *argument, const struct object *partition)
{
	bool *found = argument;

	*found = *found || partition != NULL;
}

/* From 17 on DETACH takes an identity from all levels below, and ATTACH gives it back to the first. */
static const char *
refuse_for_identity(const struct kind_context *context, const struct object *link)
{
	const struct object *root = table_of(context->current, link);
	const struct object *column;
	const struct object *at;
	bool has_partitions = false;

	if (context->version < 170000 || root == NULL)
		return NULL;
	partition_each_below(context->current, root, note_partition, &has_partitions);
	while (root != NULL && has_partitions && catalog_children(context->current, root, kind_find("partition"), &at) > 0)
		root = parent_of(context->current, at);
	uint32_t count =
		has_partitions && root != NULL ? catalog_children(context->current, root, kind_find("column"), &column) : 0;
	for (; count > 0; count--, column++)
		if (object_get(column, "identity") != NULL)
			return arena_printf(context->arena,
			                    "detaching it would take the identity %s from partitions below for good",
			                    object_name(column));
	return NULL;
}

const char *
partition_rebind_refuse(const struct kind_context *context, const struct object *link)
{
	const char *reason = refuse_for_key(context, link);

	if (reason == NULL)
		reason = refuse_for_indexes(context, link);
	if (reason == NULL)
		reason = refuse_for_identity(context, link);
	return reason != NULL ? reason : refuse_for_foreign_keys(context, link);
}

/* ---- steps ---- */

/* All that is attached to the index or key, at any level below the table. */
struct relating {
	const struct kind_context *context;
	struct edges *edges;
	const struct object *above;
};

static void
relate_below(void *argument, const struct object *partition)
{
	const struct relating *relating = argument;
	const struct catalog *catalog = edges_catalog(relating->edges);
	const struct object *part = partition_index_below(catalog, partition, relating->above);
	struct relating below = { relating->context, relating->edges, part };
	const struct object *attachment;

	if (part == NULL)
		return;
	if (catalog_children(catalog, part, kind_find("index_partition"), &attachment) > 0)
		edges_after(relating->edges, attachment);
	partition_each_below(catalog, partition, relate_below, &below);
}

struct relating_table {
	struct relating relating;
	const struct object *table;
};

static bool
relate_index(void *argument, const struct object *above)
{
	struct relating_table *table = argument;

	/* The parent's new ones come after it. */
	table->relating.above = above;
	if (catalog_counterpart(table->relating.context->current, above) != NULL)
		relate_below(&table->relating, table->table);
	return false;
}

void
partition_rebind_relate(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	struct relating_table table = { { context, edges, NULL }, table_of(catalog, link) };

	if (table.table != NULL)
		partition_index_search(catalog, parent_of(catalog, link), relate_index, &table);
}

void
partition_rebind_steps(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *link = change->wanted;
	const struct object *present = change->current;
	const char *table = object_text(link, "table");
	size_t first = steps->count;

	steps_add(steps, link, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BLOCKS_READS,
	          "ALTER TABLE ONLY %Q DETACH PARTITION %Q", object_text(present, "parent_schema"),
	          object_text(present, "parent"), object_schema(link), table);
	steps_add(steps, link, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE,
	          HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL | HAZARD_BEHAVIOUR,
	          "ALTER TABLE ONLY %Q ATTACH PARTITION %Q %X", object_text(link, "parent_schema"),
	          object_text(link, "parent"), object_schema(link), table, object_text(link, "bound"));
	trigger_restore_clones(context, present, link, steps);
	for (size_t i = first; i + 1 < steps->count; i++)
		steps->items[i]->with_next = true;
}
