/*
 * table_link.c - what stands in the way of a table's link to a parent.
 *
 * INHERIT and ATTACH PARTITION add nothing to the table: it must have all that the parent hands down, in the same form
 * (tablecmds.c, MergeAttributesIntoExisting and MergeConstraintsIntoExisting).  In the snapshot that is so.  In the way
 * is what production has besides; that what is still to be changed is changed indeed, `relate` asks for.
 */
#include "build.h"

#include "kinds/table_link.h"

#include "kinds/column_form.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"

struct linking {
	const struct kind_context *context;
	const struct object *link;
	const char *reason;
};

static bool
is_check(const struct object *constraint)
{
	return object_says(constraint, "type", "c");
}

/* Foreign tables can be linked, too. */
static bool
table_is_there(const struct kind_context *context, const struct object *link)
{
	const struct object *table = catalog_parent(context->wanted, link);

	return table != NULL && catalog_counterpart(context->current, table) != NULL;
}

/* The part of the linked table as it will be: the snapshot's, else production's. */
static const struct object *
own_part(const struct linking *linking, const char *kind, const char *name)
{
	const char *schema = object_schema(linking->link);
	const char *table = object_value(linking->link, 1);
	const struct object *part = table_find_part(linking->context->wanted, kind, schema, table, name);

	return part != NULL ? part : table_find_part(linking->context->current, kind, schema, table, name);
}

/* ---- columns ---- */

static bool
same_attribute(const struct object *a, const struct object *b, const char *attribute)
{
	return same_text(object_get(a, attribute), object_get(b, attribute));
}

/* In what the table's column differs from the parent's, or NULL. */
static const char *
misfit_of_column(const struct linking *linking, const struct object *above, const struct object *below)
{
	static const char *const forms[] = { "type", "collation", "generated", "expression" };
	int version = linking->context->version;

	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (!same_attribute(above, below, forms[i]))
			return forms[i];
	if (object_is(above, "not_null") && !object_is(below, "not_null") &&
	    !(version >= 180000 && object_is(above, "not_null_no_inherit")))
		return "NOT NULL";
	/* A partition has its parent's. */
	return version >= 170000 && strcmp(linking->link->kind->name, "partition") == 0 &&
	               object_get(below, "identity") != NULL
	           ? "identity"
	           : NULL;
}

/* Columns that the parent has in production only. */
static void
refuse_for_kept_columns(struct linking *linking, const struct object *parent)
{
	const struct kind_context *context = linking->context;
	const struct object *column;
	uint32_t count = catalog_children(context->current, parent, kind_find("column"), &column);

	for (; count > 0 && linking->reason == NULL; count--, column++) {
		const char *name = object_name(column);
		const struct object *below = own_part(linking, "column", name);

		if (catalog_counterpart(context->wanted, column) != NULL)
			continue;
		if (below == NULL)
			linking->reason =
				arena_printf(context->arena, "production's %s has a column %s, which the table would lack",
			                 object_description(context->arena, parent), name);
		else if (misfit_of_column(linking, column, below) != NULL)
			linking->reason = arena_printf(
				context->arena, "production's %s has a column %s, whose %s is not the table's",
				object_description(context->arena, parent), name, misfit_of_column(linking, column, below));
	}
}

/* ---- checks ---- */

struct check_search {
	const struct kind_context *context;
	const struct catalog *catalog;
	const char *name;
	const struct object *found;
};

static void
search_check(void *argument, const struct object *table)
{
	struct check_search *search = argument;
	const struct object *check =
		table_find_part(search->catalog, "constraint", object_schema(table), object_name(table), search->name);

	if (check != NULL && is_check(check) && !object_is(check, "no_inherit"))
		search->found = check;
	else if (search->found == NULL)
		table_each_parent(search->context, search->catalog, table, false, search_check, argument);
}

/* One that a parent in production gets, and that comes down from there. */
static void
search_coming_check(void *argument, const struct object *parent)
{
	struct check_search *search = argument;
	const struct kind_context *context = search->context;
	const struct object *check =
		table_find_part(context->wanted, "constraint", object_schema(parent), object_name(parent), search->name);

	if (check != NULL && is_check(check) && !object_is(check, "no_inherit"))
		search->found = check;
	else if (search->found == NULL)
		table_each_parent(context, context->current, parent, false, search_coming_check, argument);
}

/* A check of that name that the table has, or gets, from others in production; or NULL. */
static const struct object *
inherited_check(const struct kind_context *context, const struct object *link, const char *name)
{
	struct check_search search = { context, context->current, name, NULL };
	const struct object *table = table_find(context->current, object_schema(link), object_value(link, 1));

	if (table == NULL)
		return NULL;
	table_each_parent(context, context->current, table, false, search_check, &search);
	if (search.found == NULL)
		table_each_parent(context, context->current, table, false, search_coming_check, &search);
	return search.found;
}

/* Whether what is below can be taken for the parent's: the same condition, as strong. */
static bool
check_serves(const struct object *above, const struct object *below)
{
	return !object_is(below, "no_inherit") && (object_is(below, "validated") || !object_is(above, "validated")) &&
	       (object_is(below, "enforced") || !object_is(above, "enforced")) &&
	       same_attribute(above, below, "expression");
}

/* What the snapshot has is made what it is there. */
static const struct object *
form_of(const struct kind_context *context, const struct object *check)
{
	const struct object *wanted = catalog_counterpart(context->wanted, check);

	return wanted != NULL ? wanted : check;
}

/* Where the snapshot has both, one is the other's. */
static bool
differs_for_good(const struct kind_context *context, const struct object *above, const struct object *below)
{
	return (catalog_counterpart(context->wanted, above) == NULL ||
	        catalog_counterpart(context->wanted, below) == NULL) &&
	       !check_serves(form_of(context, above), below);
}

static void
refuse_for_check(struct linking *linking, const struct object *check)
{
	const struct kind_context *context = linking->context;
	const struct object *below = own_part(linking, "constraint", object_name(check));

	if (below == NULL)
		below = inherited_check(context, linking->link, object_name(check));
	/* One that the snapshot has comes with the parent where the table is made with it; a new one, once it is linked. */
	if (below == NULL && table_catalog_of(context, check) == context->current &&
	    (table_is_there(context, linking->link) || catalog_counterpart(context->wanted, check) == NULL))
		linking->reason = arena_printf(context->arena, "production has %s, which the table would lack",
		                               object_description(context->arena, check));
	else if (below != NULL && differs_for_good(context, check, below))
		linking->reason =
			arena_printf(context->arena, "the table's %s differs from %s", object_description(context->arena, below),
		                 object_description(context->arena, check));
}

struct level {
	struct linking *linking;
	const struct catalog *catalog;
};

/* Those that the parent has from its own parents are theirs in the catalog. */
static void
refuse_for_checks(void *argument, const struct object *parent)
{
	const struct level *level = argument;
	struct linking *linking = level->linking;
	const struct object *check;
	uint32_t count = catalog_children(level->catalog, parent, kind_find("constraint"), &check);

	for (; count > 0 && linking->reason == NULL; count--, check++)
		if (is_check(check) && !object_is(form_of(linking->context, check), "no_inherit") &&
		    (level->catalog == linking->context->current ||
		     catalog_counterpart(linking->context->current, check) == NULL))
			refuse_for_check(linking, check);
	if (linking->reason == NULL)
		table_each_parent(linking->context, level->catalog, parent, false, refuse_for_checks, argument);
}

/* ---- tables that are linked already ---- */

/* An heir of production's table has something of its own by the name of what shall come down to it. */
struct rival_search {
	const struct kind_context *context;
	const struct object *part;
	bool (*is_rival)(const struct kind_context *context, const struct object *part, const struct object *current,
	                 const struct object *wanted);
	const struct object *found;
};

static void
search_rival(void *argument, const struct object *heir)
{
	struct rival_search *search = argument;
	const struct kind_context *context = search->context;
	const char *kind = search->part->kind->name;
	const char *name = object_name(search->part);
	const struct object *current =
		table_find_part(context->current, kind, object_schema(heir), object_name(heir), name);
	const struct object *wanted = table_find_part(context->wanted, kind, object_schema(heir), object_name(heir), name);

	if (search->found == NULL && (current != NULL || wanted != NULL) &&
	    search->is_rival(context, search->part, current, wanted))
		search->found = current != NULL ? current : wanted;
	if (search->found == NULL)
		table_each_heir(context->current, heir, search_rival, argument);
}

static const struct object *
rival_below(struct rival_search *search)
{
	const struct object *table =
		table_find(search->context->current, object_schema(search->part), object_value(search->part, 1));

	if (table != NULL)
		table_each_heir(search->context->current, table, search_rival, search);
	return search->found;
}

static bool
is_other_check(const struct kind_context *context, const struct object *check, const struct object *current,
               const struct object *wanted)
{
	(void)context;
	return !check_serves(check, wanted != NULL ? wanted : current);
}

/* Of a parent that production's table stays linked to. */
static void
search_rival_above(void *argument, const struct object *parent)
{
	struct rival_search *search = argument;
	const struct kind_context *context = search->context;
	const struct object *above = table_find_part(context->current, "constraint", object_schema(parent),
	                                             object_name(parent), object_name(search->part));

	if (search->found == NULL && above != NULL && is_check(above) &&
	    !object_is(form_of(context, above), "no_inherit") && !check_serves(form_of(context, above), search->part))
		search->found = above;
	if (search->found == NULL)
		table_each_parent(context, context->current, parent, false, search_rival_above, argument);
}

static const struct object *
rival_above(struct rival_search *search)
{
	const struct object *table =
		table_find(search->context->current, object_schema(search->part), object_value(search->part, 1));

	if (table != NULL)
		table_each_parent(search->context, search->context->current, table, false, search_rival_above, search);
	return search->found;
}

const char *
table_refuse_check(const struct kind_context *context, const struct object *check)
{
	struct rival_search search = { context, check, is_other_check, NULL };
	const struct object *rival = is_check(check) && !object_is(check, "no_inherit") ? rival_below(&search) : NULL;

	if (rival != NULL)
		return arena_printf(context->arena, "%s, whose table inherits it, differs",
		                    object_description(context->arena, rival));
	rival = is_check(check) ? rival_above(&search) : NULL;
	return rival != NULL ? arena_printf(context->arena, "production's table inherits %s, which differs",
	                                    object_description(context->arena, rival))
	                     : NULL;
}

/* The server makes one of the two where type and collation are the same (ATExecAddColumn). */
static bool
is_other_column(const struct kind_context *context, const struct object *column, const struct object *current,
                const struct object *wanted)
{
	struct change change = { .current = current, .wanted = wanted };
	bool stays = wanted == NULL || (current != NULL && !same_attribute(current, wanted, "type") &&
	                                column_judge_type(context, &change).rule == CHANGE_REFUSE);
	const struct object *own = stays ? current : wanted;

	/* From 18 on the parent's NOT NULL comes down to it. */
	if (context->version >= 180000 && object_is(column, "not_null") && !object_is(column, "not_null_no_inherit") &&
	    !object_is(own, "not_null"))
		return true;
	return !same_attribute(column, own, "type") ||
	       !same_attribute(column, current != NULL ? current : wanted, "collation");
}

const char *
table_refuse_column(const struct kind_context *context, const struct object *column)
{
	struct rival_search search = { context, column, is_other_column, NULL };
	const struct object *rival = rival_below(&search);

	return rival != NULL ? arena_printf(context->arena, "%s, whose table inherits it, differs",
	                                    object_description(context->arena, rival))
	                     : NULL;
}

/* It does not have the type that would come down to it. */
static bool
wants_other_type(const struct kind_context *context, const struct object *column, const struct object *current,
                 const struct object *wanted)
{
	(void)context;
	return current != NULL && wanted != NULL && !same_attribute(column, wanted, "type");
}

const char *
table_refuse_type(const struct kind_context *context, const struct object *column)
{
	struct rival_search search = { context, column, wants_other_type, NULL };
	const struct object *rival = rival_below(&search);

	return rival != NULL ? arena_printf(context->arena, "%s, whose table inherits it, has another type in the snapshot",
	                                    object_description(context->arena, rival))
	                     : NULL;
}

struct heirs {
	const struct kind_context *context;
	const struct object *column;
	struct edges *edges;
};

static void
relate_heir(void *argument, const struct object *heir)
{
	struct heirs *heirs = argument;
	const struct kind_context *context = heirs->context;
	const struct object *own =
		table_find_part(context->wanted, "column", object_schema(heir), object_name(heir), object_name(heirs->column));

	if (own != NULL && catalog_counterpart(context->current, own) != NULL && table_column_changes(context, own))
		edges_after(heirs->edges, own);
	else if (own != NULL && catalog_counterpart(context->current, own) == NULL && !object_is(own, "inherited"))
		edges_behind(heirs->edges, own);
	table_each_heir(context->current, heir, relate_heir, argument);
}

void
table_relate_heirs(const struct kind_context *context, const struct object *column, struct edges *edges)
{
	const struct object *table = table_find(context->current, object_schema(column), object_value(column, 1));

	if (table != NULL)
		table_each_heir(context->current, table, relate_heir, &(struct heirs){ context, column, edges });
}

/* ---- triggers ---- */

/* What a table that has a parent may not have (FindTriggerIncompatibleWithInheritance). */
static bool
takes_rows_together(const struct object *trigger)
{
	const char *definition = object_text(trigger, "definition");

	return strstr(definition, " REFERENCING ") != NULL && strstr(definition, " FOR EACH ROW") != NULL;
}

static void
each_incompatible_trigger(const struct kind_context *context, const struct object *link,
                          void (*each)(void *argument, const struct object *trigger), void *argument)
{
	const struct object *table = table_find(context->current, object_schema(link), object_value(link, 1));
	const struct object *trigger;
	uint32_t count = table != NULL ? catalog_children(context->current, table, kind_find("trigger"), &trigger) : 0;

	for (; count > 0; count--, trigger++)
		if (takes_rows_together(trigger))
			each(argument, trigger);
}

static void
refuse_for_trigger(void *argument, const struct object *trigger)
{
	struct linking *linking = argument;
	struct arena *arena = linking->context->arena;

	if (catalog_counterpart(linking->context->wanted, trigger) == NULL)
		linking->reason = arena_printf(arena, "production has %s, which a table with a parent cannot have",
		                               object_description(arena, trigger));
}

const char *
table_refuse_link(const struct kind_context *context, const struct object *link)
{
	const struct catalog *const sides[] = { context->current, context->wanted };
	struct linking linking = { context, link, NULL };

	for (size_t i = 0; i < COUNT_OF(sides); i++) {
		struct level level = { &linking, sides[i] };
		const struct object *parent =
			table_find(sides[i], object_text(link, "parent_schema"), object_text(link, "parent"));

		if (parent != NULL && sides[i] == context->current)
			refuse_for_kept_columns(&linking, parent);
		if (parent != NULL && linking.reason == NULL)
			refuse_for_checks(&level, parent);
	}
	if (linking.reason == NULL)
		each_incompatible_trigger(context, link, refuse_for_trigger, &linking);
	return linking.reason;
}

/* ---- order ---- */

/* Whether the link asks for a check of the table: a level above has it, or gets it. */
static bool
is_asked_for(const struct kind_context *context, const struct object *link, const struct object *own)
{
	const struct catalog *const sides[] = { context->current, context->wanted };
	bool asked = false;

	for (size_t i = 0; i < COUNT_OF(sides) && !asked; i++) {
		struct check_search search = { context, sides[i], object_name(own), NULL };
		const struct object *parent =
			table_find(sides[i], object_text(link, "parent_schema"), object_text(link, "parent"));

		if (parent != NULL)
			search_check(&search, parent);
		asked = search.found != NULL &&
		        (sides[i] == context->current || context->does(context, search.found, "expression"));
	}
	return asked;
}

static void
relate_checks(const struct kind_context *context, const struct object *link, const struct object *table,
              struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *own;
	uint32_t count = catalog_children(catalog, table, kind_find("constraint"), &own);

	for (; count > 0; count--, own++)
		if (is_check(own) && (catalog != context->wanted || is_asked_for(context, link, own) ||
		                      context->does(context, own, "expression")))
			edges_after(edges, own);
}

struct relating {
	const struct kind_context *context;
	const struct object *link;
	struct edges *edges;
};

/* What the parent has and the table is still to get from another comes first. */
static void
relate_coming_checks(void *argument, const struct object *parent)
{
	struct relating *relating = argument;
	const struct kind_context *context = relating->context;
	const struct object *check;
	uint32_t count = catalog_children(context->current, parent, kind_find("constraint"), &check);

	for (; count > 0; count--, check++) {
		const struct object *below =
			is_check(check) ? inherited_check(context, relating->link, object_name(check)) : NULL;

		if (below != NULL && table_catalog_of(context, below) == context->wanted)
			edges_after(relating->edges, below);
	}
	table_each_parent(context, context->current, parent, false, relate_coming_checks, argument);
}

/* A check that the parent has in another form is compared with the table's once it is changed. */
static void
relate_changed_checks(void *argument, const struct object *parent)
{
	struct relating *relating = argument;
	const struct kind_context *context = relating->context;
	struct linking linking = { context, relating->link, NULL };
	const struct object *check;
	uint32_t count = catalog_children(context->wanted, parent, kind_find("constraint"), &check);

	for (; count > 0; count--, check++) {
		const struct object *current = is_check(check) ? catalog_counterpart(context->current, check) : NULL;

		if (current != NULL && object_differences(current, check) != 0 &&
		    (object_is(check, "no_inherit") || own_part(&linking, "constraint", object_name(check)) != NULL))
			edges_after(relating->edges, check);
	}
	table_each_parent(context, context->wanted, parent, false, relate_changed_checks, argument);
}

static void
relate_trigger(void *argument, const struct object *trigger)
{
	struct relating *relating = argument;

	edges_after(relating->edges, catalog_counterpart(relating->context->wanted, trigger));
}

void
table_relate_link(const struct kind_context *context, const struct object *link, const struct object *table,
                  struct edges *edges)
{
	struct relating relating = { context, link, edges };
	const struct object *parent =
		table_find(context->wanted, object_text(link, "parent_schema"), object_text(link, "parent"));

	relate_checks(context, link, table, edges);
	if (edges_catalog(edges) != context->wanted)
		return;
	each_incompatible_trigger(context, link, relate_trigger, &relating);
	if (parent != NULL)
		relate_changed_checks(&relating, parent);
	parent = table_find(context->current, object_text(link, "parent_schema"), object_text(link, "parent"));
	if (parent != NULL)
		relate_coming_checks(&relating, parent);
}

/* ---- a new check of a parent, and tables that are given the parent ---- */

struct descent {
	const struct kind_context *context;
	const struct object *check;
	const struct object *table;
	void (*each)(void *argument, const struct object *link);
	void *argument;
};

static void
descend_to(void *argument, const struct object *heir)
{
	struct descent descent = *(const struct descent *)argument;
	const struct kind_context *context = descent.context;
	const struct object *link;
	uint32_t count = catalog_children(context->wanted, heir, kind_find("inheritance"), &link);

	/* A partition has what it needs as its own. */
	if (count == 0)
		return;
	for (; count > 0; count--, link++) {
		struct linking linking = { context, link, NULL };

		if (object_says(link, "parent", object_name(descent.table)) &&
		    object_says(link, "parent_schema", object_schema(descent.table)) && table_is_there(context, link) &&
		    catalog_counterpart(context->current, link) == NULL &&
		    own_part(&linking, "constraint", object_name(descent.check)) == NULL)
			descent.each(descent.argument, link);
	}
	descent.table = heir;
	table_each_heir(context->wanted, heir, descend_to, &descent);
}

void
table_each_later_heir(const struct kind_context *context, const struct object *check,
                      void (*each)(void *argument, const struct object *link), void *argument)
{
	struct descent descent = { context, check, table_of_part(context, check), each, argument };

	/* Asked of every part, also where all is new. */
	if (context->current->count > 0 && is_check(check) && !object_is(check, "no_inherit") && descent.table != NULL &&
	    catalog_counterpart(context->current, check) == NULL)
		table_each_heir(context->wanted, descent.table, descend_to, &descent);
}

struct want {
	const struct kind_context *context;
	const struct catalog *catalog;
	const struct object *link;
	bool found;
};

static void
search_want(void *argument, const struct object *parent)
{
	struct want *want = argument;
	const struct object *check;
	uint32_t count = catalog_children(want->catalog, parent, kind_find("constraint"), &check);

	for (; count > 0 && !want->found; count--, check++)
		want->found = is_check(check) && !object_is(check, "no_inherit") &&
		              table_find_part(want->catalog, "constraint", object_schema(want->link),
		                              object_value(want->link, 1), object_name(check)) == NULL;
	if (!want->found)
		table_each_parent(want->context, want->catalog, parent, false, search_want, argument);
}

bool
table_lacks_check(const struct kind_context *context, const struct object *link)
{
	struct want want = { context, table_catalog_of(context, link), link, false };
	const struct object *parent =
		table_find(want.catalog, object_text(link, "parent_schema"), object_text(link, "parent"));

	if (parent != NULL)
		search_want(&want, parent);
	return want.found;
}
