/*
 * not_null.c - see not_null.h.
 */
#include "build.h"

#include "kinds/not_null.h"

#include "catalog/catalog.h"
#include "kinds/primary_key.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define NAMED_SINCE 180000

static const char *
table_name(const struct object *column)
{
	return object_value(column, 1);
}

/* Whether the server would choose another name.  (It shortens long ones: those are said, too.) */
static bool
has_name_of_its_own(const struct object *column)
{
	const char *name = object_get(column, "not_null_constraint");
	struct buffer usual = BUFFER_INIT;

	buffer_append_text(&usual, table_name(column));
	buffer_append_char(&usual, '_');
	buffer_append_text(&usual, object_name(column));
	buffer_append_text(&usual, "_not_null");
	bool other = name != NULL && strcmp(name, buffer_text(&usual)) != 0;
	buffer_fini(&usual);
	return other;
}

/* What has the constraint's name on production's table and is none of this column: one that is called as this column
 * was gives it to nobody.  NULL: the name is free. */
static const struct object *
holder_of_name(const struct kind_context *context, const struct object *column)
{
	const struct object *table = table_of_part(context, column);
	const struct object *current = table != NULL ? catalog_counterpart(context->current, table) : NULL;
	const char *name = object_get(column, "not_null_constraint");
	const struct object *other;

	if (current == NULL || name == NULL || context->version < NAMED_SINCE)
		return NULL;
	uint32_t count = catalog_children(context->current, current, column->kind, &other);

	for (; count > 0; count--, other++)
		if (object_compare_identity(other, column) != 0 && object_says(other, "not_null_constraint", name))
			return other;
	other = table_find_part(context->current, "constraint", object_schema(column), table_name(column), name);
	return other != NULL && not_null_column(context->current, other) == NULL ? other : NULL;
}

/* The snapshot's column that is without its NOT NULL, and so leaves its name; or NULL. */
static const struct object *
leaver_of_name(const struct kind_context *context, const struct object *column)
{
	const struct object *holder = holder_of_name(context, column);
	const struct object *wanted =
		holder != NULL && holder->kind == column->kind ? catalog_counterpart(context->wanted, holder) : NULL;

	return wanted != NULL && !object_is(wanted, "not_null") ? wanted : NULL;
}

static bool
name_is_free(const struct kind_context *context, const struct object *column)
{
	return holder_of_name(context, column) == NULL || leaver_of_name(context, column) != NULL;
}

static bool
is_written(const struct kind_context *context, const struct object *column)
{
	return object_is(column, "not_null") && (context->version < NAMED_SINCE || object_is(column, "not_null_valid"));
}

static void
write_element(struct buffer *out, const struct kind_context *context, const struct object *column, bool named)
{
	bool since = context->version >= NAMED_SINCE;

	if (since && named)
		sql_append(out, "CONSTRAINT %I ", object_get(column, "not_null_constraint"));
	buffer_append_text(out, "NOT NULL");
}

static void
write_no_inherit(struct buffer *out, const struct kind_context *context, const struct object *column)
{
	if (context->version >= NAMED_SINCE && object_is(column, "not_null_no_inherit"))
		buffer_append_text(out, " NO INHERIT");
}

void
write_not_null(struct buffer *out, const struct kind_context *context, const struct object *column)
{
	if (!is_written(context, column))
		return;
	buffer_append_char(out, ' ');
	write_element(out, context, column, has_name_of_its_own(column) && name_is_free(context, column));
	write_no_inherit(out, context, column);
}

void
write_not_null_of(struct buffer *out, const struct kind_context *context, const struct object *column)
{
	write_element(out, context, column, has_name_of_its_own(column));
	sql_append(out, " %I", object_name(column));
	write_no_inherit(out, context, column);
}

bool
not_null_comes_down(const struct kind_context *context, const struct object *parent)
{
	if (context->version < NAMED_SINCE)
		return object_is(parent, "not_null");
	return is_written(context, parent) && !object_is(parent, "not_null_no_inherit");
}

bool
not_null_is_own(const struct kind_context *context, const struct object *column)
{
	return is_written(context, column) && object_is(column, "not_null_local");
}

const struct object *
not_null_column(const struct catalog *catalog, const struct object *constraint)
{
	const struct object *column = NULL;
	struct name_list names;

	if (!object_says(constraint, "type", "n"))
		return NULL;
	name_list_init(&names, object_get(constraint, "columns"));
	if (names.count == 1)
		column = table_find_part(catalog, "column", object_schema(constraint), table_name(constraint), names.items[0]);
	name_list_fini(&names);
	return column;
}

/* ---- alter ---- */

static void
table_step(const struct object *column, bool only, struct steps *steps, enum lock_level lock, unsigned hazards,
           const struct buffer *clause)
{
	steps_add(steps, column, STEP_ALTER, lock, hazards, only ? "ALTER TABLE ONLY %Q %X" : "ALTER TABLE %Q %X",
	          object_schema(column), table_name(column), buffer_text(clause));
}

static void
set_not_null(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	unsigned hazards = HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL;
	bool named = context->version >= NAMED_SINCE && object_get(column, "not_null_constraint") != NULL &&
	             (object_get(column, "not_null_name") != NULL || object_get(column, "not_null_comment") != NULL) &&
	             name_is_free(context, column);
	struct buffer clause = BUFFER_INIT;

	/* One that is NOT VALID is a constraint's to add. */
	if (!is_written(context, column))
		return;
	if (named || (context->version >= NAMED_SINCE && object_is(column, "not_null_no_inherit"))) {
		buffer_append_text(&clause, "ADD ");
		write_element(&clause, context, column, named);
		sql_append(&clause, " %I", object_name(column));
		write_no_inherit(&clause, context, column);
	} else {
		sql_append(&clause, "ALTER COLUMN %I SET NOT NULL", object_name(column));
	}
	table_step(column, not_null_is_alone(context, column), steps, LOCK_ACCESS_EXCLUSIVE, hazards, &clause);
	buffer_fini(&clause);
}

static void
comment_step(const struct object *column, const char *name, struct steps *steps)
{
	steps_add(steps, column, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, "COMMENT ON CONSTRAINT %I ON %Q IS %L", name,
	          object_schema(column), table_name(column), object_get(column, "not_null_comment"));
}

void
not_null_comment_step(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	const char *name = object_get(column, "not_null_constraint");

	if (context->version >= NAMED_SINCE && object_get(column, "not_null_comment") != NULL && name != NULL &&
	    name_is_free(context, column))
		comment_step(column, name, steps);
}

/* What the constraint is called once the snapshot's name is given to it. */
static const char *
name_by_then(const struct change *change)
{
	bool stays = object_is(change->current, "not_null") && !change_allows(change, "not_null_name");

	return object_get(stays ? change->current : change->wanted, "not_null_constraint");
}

static void
alter_constraint(const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	const char *name = object_get(change->current, "not_null_constraint");
	const char *then = name_by_then(change);
	struct buffer clause = BUFFER_INIT;

	if (name == NULL || then == NULL)
		return;
	if (change_allows(change, "not_null_valid")) {
		sql_append(&clause, "VALIDATE CONSTRAINT %I", name);
		table_step(column, false, steps, LOCK_SHARE_UPDATE_EXCLUSIVE, HAZARD_SCANS | HAZARD_MAY_FAIL, &clause);
		buffer_clear(&clause);
	}
	if (change_allows(change, "not_null_no_inherit")) {
		bool alone = object_is(column, "not_null_no_inherit");

		sql_append(&clause, alone ? "ALTER CONSTRAINT %I NO INHERIT" : "ALTER CONSTRAINT %I INHERIT", name);
		table_step(column, false, steps, LOCK_ACCESS_EXCLUSIVE,
		           HAZARD_BEHAVIOUR | (alone ? 0 : HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL), &clause);
		buffer_clear(&clause);
	}
	if (change_allows(change, "not_null_name")) {
		sql_append(&clause, "RENAME CONSTRAINT %I TO %I", name, then);
		table_step(column, false, steps, LOCK_ACCESS_EXCLUSIVE, 0, &clause);
	}
	buffer_fini(&clause);
}

static bool
is_in_partition(const struct catalog *catalog, const struct object *column)
{
	const struct object *table = catalog_parent(catalog, column);
	const struct object *link;

	return table != NULL && catalog_children(catalog, table, kind_find("partition"), &link) > 0;
}

/* The server takes from a child what it has from the parent alone. */
static bool
keeps_its_own(const struct kind_context *context, const struct object *column)
{
	const struct object *current = catalog_counterpart(context->current, column);

	return context->version >= NAMED_SINCE && current != NULL && !object_is(column, "not_null") &&
	       object_is(current, "not_null_local");
}

/* A partition cannot be without its parent's, since 18 no child can: there the parent's statement brings it. */
static bool
comes_with_parent(const struct kind_context *context, const struct object *column)
{
	const struct object *parent = table_parent_part(context, column);

	return (context->version >= NAMED_SINCE || is_in_partition(context->wanted, column)) && parent != NULL &&
	       object_is(parent, "not_null") == object_is(column, "not_null") && !keeps_its_own(context, column) &&
	       table_parent_covers(context, column, "not_null");
}

bool
not_null_is_alone(const struct kind_context *context, const struct object *column)
{
	return context->version < NAMED_SINCE && !table_is_partitioned(table_of_part(context, column)) &&
	       table_has_heirs(context, column);
}

struct keeping {
	const struct kind_context *context;
	const struct object *column;
	struct steps *steps;
};

/* The parent's statement takes it from all below it, since 18 less those that have it for themselves. */
static void
keep_below(void *argument, const struct object *heir)
{
	struct keeping *keeping = argument;
	const struct kind_context *context = keeping->context;
	const char *name = object_name(keeping->column);
	const struct object *current =
		table_find_part(context->current, "column", object_schema(heir), object_name(heir), name);
	const struct object *wanted = current != NULL ? catalog_counterpart(context->wanted, current) : NULL;

	if (wanted == NULL || !object_is(current, "not_null") || !object_is(wanted, "not_null"))
		table_each_heir(context->current, heir, keep_below, argument);
	else if (context->version < NAMED_SINCE || !object_is(current, "not_null_local"))
		steps_add(keeping->steps, keeping->column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE,
		          HAZARD_SCANS | HAZARD_BLOCKS_READS, "ALTER TABLE %Q ALTER COLUMN %I SET NOT NULL",
		          object_schema(heir), object_name(heir), name);
}

static void
drop_not_null(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	const struct object *table = table_find(context->current, object_schema(column), table_name(column));
	struct keeping keeping = { context, column, steps };

	steps_add(steps, column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0,
	          not_null_is_alone(context, column) ? "ALTER TABLE ONLY %Q ALTER COLUMN %I DROP NOT NULL"
	                                             : "ALTER TABLE %Q ALTER COLUMN %I DROP NOT NULL",
	          object_schema(column), table_name(column), object_name(column));
	if (table != NULL && !not_null_is_alone(context, column))
		table_each_heir(context->current, table, keep_below, &keeping);
}

void
not_null_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	bool covered = change_allows(change, "not_null") && comes_with_parent(context, column);

	if (change_allows(change, "not_null") && !covered && object_is(column, "not_null"))
		set_not_null(context, column, steps);
	else if (change_allows(change, "not_null") && !covered)
		drop_not_null(context, column, steps);
	if (context->version < NAMED_SINCE)
		return;
	alter_constraint(change, steps);
	if (change_allows(change, "not_null_comment") && object_is(column, "not_null") && name_by_then(change) != NULL)
		comment_step(column, name_by_then(change), steps);
}

void
not_null_supersede(const struct kind_context *context, const struct change *change,
                   void (*each)(void *argument, const struct object *object), void *argument)
{
	const struct object *table = change->current != NULL ? catalog_parent(context->current, change->current) : NULL;
	const struct object *constraint;
	uint32_t count;

	if (table == NULL || object_is(change->current, "not_null_valid") ||
	    !(change_allows(change, "not_null") || change_allows(change, "not_null_valid") ||
	      change_allows(change, "not_null_name")))
		return;
	count = catalog_children(context->current, table, kind_find("constraint"), &constraint);
	for (; count > 0; count--, constraint++)
		if (not_null_column(context->current, constraint) == change->current)
			each(argument, constraint);
}

/* ---- judge ---- */

static struct verdict
refuse(const char *reason)
{
	struct verdict verdict = { CHANGE_REFUSE, 0, reason };

	return verdict;
}

/* Production's primary key over the column, or NULL. */
static const struct object *
primary_key_over(const struct kind_context *context, const struct object *current)
{
	const struct object *table = catalog_parent(context->current, current);
	const struct object *key;
	uint32_t count = table != NULL ? catalog_children(context->current, table, kind_find("constraint"), &key) : 0;

	for (; count > 0; count--, key++) {
		struct name_list names;
		bool holds = false;

		if (!object_says(key, "type", "p"))
			continue;
		name_list_init(&names, object_get(key, "columns"));
		for (size_t i = 0; i < names.count; i++)
			holds = holds || strcmp(names.items[i], object_name(current)) == 0;
		name_list_fini(&names);
		if (holds)
			return key;
	}
	return NULL;
}

/* The snapshot's key by another name that takes the place of production's, or NULL. */
static const struct object *
taking_its_place(const struct kind_context *context, const struct object *key)
{
	const struct object *table = catalog_counterpart(context->wanted, catalog_parent(context->current, key));
	const struct object *other;
	uint32_t count = table != NULL ? catalog_children(context->wanted, table, key->kind, &other) : 0;

	for (; count > 0; count--, other++)
		if (primary_key_rival(context, other) == key && !primary_key_is_renamed(key, other))
			return other;
	return NULL;
}

/* Whether production has a primary key over the column and, as far as is known yet, will have it then. */
static bool
stays_in_primary_key(const struct kind_context *context, const struct object *current)
{
	const struct object *key = primary_key_over(context, current);
	const struct object *wanted = key != NULL ? catalog_counterpart(context->wanted, key) : NULL;

	if (key != NULL && wanted == NULL)
		wanted = taking_its_place(context, key);
	return key != NULL &&
	       (wanted == NULL || object_differences(key, wanted) == 0 || wanted->kind->refuse(context, wanted) != NULL);
}

static void
behind_giver(void *edges, const struct object *column)
{
	edges_behind(edges, column);
}

void
not_null_relate(const struct kind_context *context, const struct object *column, struct edges *edges)
{
	const struct object *current = catalog_counterpart(context->current, column);
	const struct object *key;

	if (edges_catalog(edges) == context->wanted && object_is(column, "not_null"))
		edges_after(edges, leaver_of_name(context, column));
	if (edges_catalog(edges) != context->wanted || current == NULL || object_is(column, "not_null") ||
	    !object_is(current, "not_null"))
		return;
	table_each_giver(context, column, behind_giver, edges);
	key = primary_key_over(context, current);
	if (key != NULL && catalog_counterpart(context->wanted, key) == NULL)
		edges_after(edges, taking_its_place(context, key));
}

struct key_search {
	const struct kind_context *context;
	const struct object *column;
	const struct object *found;
};

/* Of one below it: the server would not take it from there. */
static void
search_key_below(void *argument, const struct object *heir)
{
	struct key_search *search = argument;
	const struct catalog *current = search->context->current;
	const struct object *column =
		table_find_part(current, "column", object_schema(heir), object_name(heir), object_name(search->column));

	if (column != NULL && stays_in_primary_key(search->context, column))
		search->found = primary_key_over(search->context, column);
	table_each_heir(current, heir, search_key_below, argument);
}

static const struct object *
primary_key_below(const struct kind_context *context, const struct object *current)
{
	struct key_search search = { context, current, NULL };
	const struct object *table = catalog_parent(context->current, current);

	if (table != NULL && !not_null_is_alone(context, current))
		table_each_heir(context->current, table, search_key_below, &search);
	return search.found;
}

struct parent_search {
	const struct kind_context *context;
	const struct object *column;
	bool found;
	bool follows; /* a parent loses it, and with it whatever has it from there */
};

static struct verdict judge_not_null(const struct kind_context *context, const struct change *change);
static bool follows_parents(const struct kind_context *context, const struct object *column);

static void
search_not_null(void *argument, const struct object *parent)
{
	struct parent_search *search = argument;
	const struct object *column = table_find_part(search->context->current, "column", object_schema(parent),
	                                              object_name(parent), object_name(search->column));
	const struct object *wanted = column != NULL ? catalog_counterpart(search->context->wanted, column) : NULL;

	/* It may be about to get it. */
	if (column == NULL || !(object_is(column, "not_null") || (wanted != NULL && object_is(wanted, "not_null"))))
		return;
	struct change above = { .current = column, .wanted = wanted };
	bool keeps = wanted == NULL
	                 ? !follows_parents(search->context, column)
	                 : object_is(wanted, "not_null") || judge_not_null(search->context, &above).rule == CHANGE_REFUSE;
	search->found = search->found || keeps;
	search->follows = search->follows || !keeps;
}

/* Whether a column that only production has loses it with its parents'. */
static bool
follows_parents(const struct kind_context *context, const struct object *column)
{
	const struct object *table = catalog_parent(context->current, column);
	struct parent_search search = { context, column, false, false };

	if (table == NULL || (context->version >= NAMED_SINCE && object_is(column, "not_null_local")))
		return false;
	table_each_parent(context, context->current, table, true, search_not_null, &search);
	return search.follows && !search.found;
}

/* A partition (since 18 any child) cannot lack what its parent has. */
static bool
comes_from_kept_parent(const struct kind_context *context, const struct object *current)
{
	const struct object *table = catalog_parent(context->current, current);
	const struct object *link;
	struct parent_search search = { context, current, false, false };

	if (table == NULL || strcmp(table->kind->name, "table") != 0)
		return false;
	if (context->version < 180000 && catalog_children(context->current, table, kind_find("partition"), &link) == 0)
		return false;
	table_each_parent(context, context->current, table, true, search_not_null, &search);
	return search.found;
}

static struct verdict
judge_not_null(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, 0, NULL };

	if (object_is(change->wanted, "not_null"))
		verdict.hazards = HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL;
	else if (object_get(change->current, "identity") != NULL)
		return refuse("production's identity has it");
	else if (comes_from_kept_parent(context, change->current))
		return refuse("production's table has it from a parent, to which it stays attached");
	else if (stays_in_primary_key(context, change->current))
		return refuse("production's primary key has it");
	else if (primary_key_below(context, change->current) != NULL)
		return refuse(arena_printf(context->arena, "%s of production has it",
		                           object_description(context->arena, primary_key_below(context, change->current))));
	return verdict;
}

struct naming {
	const struct kind_context *context;
	const struct object *column;
	const struct object *stranger; /* a child's column whose constraint has another name */
};

static void
search_stranger(struct naming *naming, const struct object *table)
{
	const struct catalog *current = naming->context->current;
	const char *name = object_get(naming->column, "not_null_constraint");
	const uint32_t *list;
	uint32_t count = catalog_dependents(current, table, &list);

	for (uint32_t i = 0; i < count && naming->stranger == NULL; i++) {
		const struct object *child = &current->objects[list[i]];
		const struct object *column = child->kind == table->kind
		                                  ? table_find_part(current, "column", object_schema(child), object_name(child),
		                                                    object_name(naming->column))
		                                  : NULL;

		if (column == NULL || !object_is(column, "not_null"))
			continue;
		if (!object_says(column, "not_null_constraint", name))
			naming->stranger = column;
		else
			search_stranger(naming, child);
	}
}

static const char *
name_taken(const struct kind_context *context, const struct object *column)
{
	return name_is_free(context, column)
	           ? NULL
	           : arena_printf(context->arena, "production's %s has the name of its NOT NULL",
	                          object_description(context->arena, holder_of_name(context, column)));
}

/* The server renames a table's constraint together with those of its children, which must have the same name. */
static struct verdict
judge_name(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, 0, NULL };
	const struct object *table = catalog_parent(context->current, change->current);
	struct naming naming = { context, change->current, NULL };

	if (comes_from_kept_parent(context, change->current)) {
		verdict.rule = CHANGE_IGNORE;
		return verdict;
	}
	if (object_get(change->current, "not_null_constraint") == NULL)
		return refuse("production's constraint has no name");
	if (table != NULL && !object_is(change->current, "not_null_no_inherit"))
		search_stranger(&naming, table);
	if (naming.stranger == NULL)
		return verdict;
	return refuse(arena_printf(context->arena, "it would be renamed together with that of %s, which has another name",
	                           object_description(context->arena, naming.stranger)));
}

/* It is told of the constraint of that name alone. */
static struct verdict
judge_comment(const struct kind_context *context, const struct change *change)
{
	bool has_comment = object_get(change->wanted, "not_null_comment") != NULL;
	const char *taken = has_comment ? name_taken(context, change->wanted) : NULL;

	return taken != NULL ? refuse(taken) : (struct verdict){ CHANGE_ALTER, 0, NULL };
}

static struct verdict
judge_no_inherit(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BEHAVIOUR, NULL };

	if (!object_is(change->wanted, "not_null_no_inherit"))
		verdict.hazards |= HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL;
	else if (comes_from_kept_parent(context, change->current))
		return refuse("production's table has its NOT NULL from a parent, to which it stays attached");
	return verdict;
}

struct verdict
not_null_judge(const struct kind_context *context, const struct change *change, const char *attribute)
{
	struct verdict verdict = { CHANGE_IGNORE, 0, NULL };

	if (strcmp(attribute, "not_null") == 0)
		return judge_not_null(context, change);
	/* On an older server they are withheld for that. */
	if (context->version < NAMED_SINCE)
		return (struct verdict){ CHANGE_ALTER, 0, NULL };
	if (strcmp(attribute, "not_null_comment") == 0)
		return judge_comment(context, change);
	if (strcmp(attribute, "not_null_name") == 0 && object_is(change->wanted, "not_null") &&
	    !comes_from_kept_parent(context, change->current) && name_taken(context, change->wanted) != NULL)
		return refuse(name_taken(context, change->wanted));
	/* Else `not_null` itself differs and says all. */
	if (!object_is(change->current, "not_null") || !object_is(change->wanted, "not_null"))
		return verdict;
	if (strcmp(attribute, "not_null_name") == 0)
		return judge_name(context, change);
	if (strcmp(attribute, "not_null_no_inherit") == 0)
		return judge_no_inherit(context, change);
	/* Already validated is better. */
	if (object_is(change->wanted, "not_null_valid"))
		verdict = (struct verdict){ CHANGE_ALTER, HAZARD_SCANS | HAZARD_MAY_FAIL, NULL };
	return verdict;
}

const char *
not_null_lacks(const struct kind_context *context, const struct object *column, const char *reason, uint64_t *missing)
{
	static const char *const lacking[] = { "not_null_name", "not_null_comment" };
	const char *taken = is_written(context, column) ? name_taken(context, column) : NULL;
	uint64_t attributes = 0;

	for (size_t i = 0; taken != NULL && i < COUNT_OF(lacking); i++)
		if (object_get(column, lacking[i]) != NULL)
			attributes |= UINT64_C(1) << kind_attribute(column->kind, lacking[i]);
	*missing |= attributes;
	if (attributes == 0 || reason == NULL)
		return attributes != 0 ? taken : reason;
	return arena_printf(context->arena, "%s; %s", reason, taken);
}

const struct object *
not_null_held_by(const struct kind_context *context, const struct change *change, uint64_t *held)
{
	if (!change_allows(change, "not_null") || object_is(change->wanted, "not_null"))
		return NULL;
	*held = UINT64_C(1) << kind_attribute(change->wanted->kind, "not_null");
	return primary_key_over(context, change->current);
}
