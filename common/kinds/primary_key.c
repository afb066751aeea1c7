/*
 * primary_key.c - a table has one primary key: what becomes of production's when the snapshot's has another name.
 */
#include "build.h"

#include "kinds/primary_key.h"

#include "kinds/partition_index.h"
#include "kinds/table_parts.h"

static bool
is_primary(const struct object *constraint)
{
	return object_says(constraint, "type", "p");
}

const struct object *
primary_key_rival(const struct kind_context *context, const struct object *constraint)
{
	const struct object *table = is_primary(constraint) ? table_of_part(context, constraint) : NULL;
	const struct object *current = table != NULL ? catalog_counterpart(context->current, table) : NULL;
	const struct object *other;
	uint32_t count = current != NULL ? catalog_children(context->current, current, constraint->kind, &other) : 0;

	for (; count > 0; count--, other++)
		if (is_primary(other) && catalog_counterpart(context->wanted, other) == NULL)
			return other;
	return NULL;
}

bool
primary_key_is_renamed(const struct object *rival, const struct object *constraint)
{
	uint64_t differences = object_differences(rival, constraint);

	for (unsigned i = 0; i < constraint->kind->attribute_count; i++)
		if ((differences >> i & 1) && constraint->kind->attributes[i].role == ROLE_PLAIN)
			return false;
	return true;
}

/* Something stands on the key itself: a foreign key, a view that groups by it. */
static const struct object *
user_of(const struct kind_context *context, const struct object *key)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, key, &list);

	for (uint32_t i = 0; i < count; i++)
		if (catalog_parent(context->current, &context->current->objects[list[i]]) != key)
			return &context->current->objects[list[i]];
	return NULL;
}

struct key_search {
	const struct kind_context *context;
	const struct object *key;
	const struct object *found;
};

static void
search_another(void *argument, const struct object *partition)
{
	struct key_search *search = argument;
	const struct object *other;
	uint32_t count = catalog_children(search->context->current, partition, search->key->kind, &other);

	for (; count > 0; count--, other++)
		if (is_primary(other) && !partition_index_matches(search->key, other))
			search->found = other;
}

/* Those partitions that only production has would get it too: the key of one that has another, or NULL. */
static const struct object *
another_below(const struct kind_context *context, const struct object *constraint)
{
	struct key_search search = { context, constraint, NULL };

	if (is_primary(constraint))
		table_each_own_partition(context, table_of_part(context, constraint), search_another, &search);
	return search.found;
}

const char *
primary_key_refuse(const struct kind_context *context, const struct object *constraint)
{
	const struct object *below = another_below(context, constraint);
	const struct object *rival = primary_key_rival(context, constraint);
	const struct object *table = rival != NULL ? catalog_parent(context->current, rival) : NULL;
	const struct object *link;
	const struct object *user;

	if (below != NULL)
		return arena_printf(context->arena, "production has %s below it", object_description(context->arena, below));
	if (rival == NULL)
		return NULL;
	/* The keys of the levels are tied by name. */
	if (table_is_partitioned(table) || catalog_children(context->current, table, kind_find("partition"), &link) > 0)
		return arena_printf(context->arena, "production has the primary key %s", object_name(rival));
	user = primary_key_is_renamed(rival, constraint) ? NULL : user_of(context, rival);
	return user == NULL ? NULL
	                    : arena_printf(context->arena, "production has the primary key %s, which %s needs",
	                                   object_name(rival), object_description(context->arena, user));
}

bool
primary_key_replace(const struct kind_context *context, const struct object *constraint, struct steps *steps)
{
	const struct object *rival = primary_key_rival(context, constraint);
	const char *schema = object_schema(constraint);
	const char *table = object_value(constraint, 1);

	if (rival == NULL)
		return false;
	if (primary_key_is_renamed(rival, constraint)) {
		steps_add(steps, constraint, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          "ALTER TABLE %Q RENAME CONSTRAINT %I TO %I", schema, table, object_name(rival),
		          object_name(constraint));
		/* One of its own is written after this. */
		if (object_get(rival, "comment") != NULL && object_get(constraint, "comment") == NULL)
			steps_add(steps, constraint, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, 0,
			          "COMMENT ON CONSTRAINT %I ON %Q IS NULL", object_name(constraint), schema, table);
		return true;
	}
	steps_add(steps, constraint, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
	          "ALTER TABLE %Q DROP CONSTRAINT %I", schema, table, object_name(rival));
	return false;
}
