/*
 * column_form.c - whether a column can get another type or collation, and who minds if it does not.
 */
#include "build.h"

#include "kinds/column_form.h"

#include "kinds/table_link.h"
#include "kinds/table_parts.h"
#include "kinds/typed_table.h"
#include "kinds/writing.h"

static struct verdict
refuse(const char *reason)
{
	struct verdict verdict = { CHANGE_REFUSE, 0, reason };

	return verdict;
}

/* Something that stands on the column and that the server will not carry over to another type: a view, a policy … */
static bool
has_obstinate_dependants(const struct kind_context *context, const struct object *current)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, current, &list);

	for (uint32_t i = 0; i < count; i++)
		if (!(context->current->objects[list[i]].kind->traits & KIND_SURVIVES_ALTER))
			return true;
	return false;
}

static bool
feeds_generated_column(const struct kind_context *context, const struct object *table, const char *name)
{
	const struct object *column;
	uint32_t count = catalog_children(context->current, table, kind_find("column"), &column);

	for (; count > 0; count--, column++)
		if (table_text_mentions(object_get(column, "expression"), name))
			return true;
	return false;
}

/* Whether the server can make the index again over another type: nothing in it was written for this one. */
static bool
is_plain_index(const struct object *index)
{
	return object_says(index, "method", "btree") && object_get(index, "predicate") == NULL &&
	       strpbrk(object_text(index, "keys"), "(") == NULL && strstr(object_text(index, "keys"), "_ops") == NULL;
}

static bool
is_key(const struct object *constraint)
{
	return object_says(constraint, "type", "p") || object_says(constraint, "type", "u");
}

/* Of the table's parts of one kind, one that names the column and does not bear that its values mean something else. */
static const struct object *
part_for_type(const struct kind_context *context, const struct object *table, const char *kind,
              bool (*bears)(const struct object *part), const char *name)
{
	const struct object *part;
	uint32_t count = catalog_children(context->current, table, kind_find(kind), &part);

	for (; count > 0; count--, part++) {
		if (bears(part))
			continue;
		for (unsigned i = part->kind->identity_count; i < part->kind->attribute_count; i++)
			if (table_text_mentions(object_value(part, i), name))
				return part;
	}
	return NULL;
}

/* Whether the column can mean something else below it: it is dropped for that and made again as the snapshot has it. */
static bool
bears_meaning(const struct kind_context *context, const struct object *dependant)
{
	if (dependant->kind == kind_find("constraint"))
		return is_key(dependant);
	return (dependant->kind->traits & KIND_SURVIVES_ALTER) || dependant->kind == kind_find("sequence_ownership") ||
	       catalog_counterpart(context->wanted, dependant) != NULL;
}

static const struct object *
dependant_for_type(const struct kind_context *context, const struct object *column)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, column, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *dependant = &context->current->objects[list[i]];

		if (!bears_meaning(context, dependant))
			return dependant;
	}
	return NULL;
}

/* Why the column's values cannot begin to mean something else: what was written for the type as it is, or NULL. */
static const char *
written_for_type(const struct kind_context *context, const struct object *table, const struct object *column)
{
	const struct object *found = part_for_type(context, table, "constraint", is_key, object_name(column));

	if (object_get(column, "identity") != NULL)
		return "production's is an identity column";
	if (found == NULL)
		found = part_for_type(context, table, "index", is_plain_index, object_name(column));
	if (found == NULL)
		found = dependant_for_type(context, column);
	return found != NULL ? arena_printf(context->arena, "production's %s was written for %s",
	                                    object_description(context->arena, found), object_text(column, "type"))
	                     : NULL;
}

/* Why production's table, or one that has the column from it, needs the column as it is; or NULL. */
static const char *
obstacle(const struct kind_context *context, const struct object *table, const char *name, bool changes_meaning)
{
	const struct object *own =
		table_find_part(context->current, "column", object_schema(table), object_name(table), name);
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, table, &list);
	const char *reason = NULL;

	if (table_is_partitioned(table) && table_text_mentions(object_get(table, "partition_by"), name))
		return arena_printf(context->arena, "production's %s is partitioned by it",
		                    object_description(context->arena, table));
	if (feeds_generated_column(context, table, name))
		return "a generated column is computed from it";
	if (changes_meaning && own != NULL)
		reason = written_for_type(context, table, own);
	for (uint32_t i = 0; i < count && reason == NULL; i++) {
		const struct object *child = &context->current->objects[list[i]];
		const struct object *column =
			child->kind == table->kind
				? table_find_part(context->current, "column", object_schema(child), object_name(child), name)
				: NULL;

		if (column != NULL && object_is(column, "inherited"))
			reason = obstacle(context, child, name, changes_meaning);
	}
	return reason;
}

struct giver_search {
	const struct kind_context *context;
	const struct object *column; /* of the snapshot */
	const struct object *found;
};

static bool
has_form_of(const struct object *column, const struct object *other)
{
	return strcmp(object_text(column, "type"), object_text(other, "type")) == 0 &&
	       strcmp(object_text(column, "collation"), object_text(other, "collation")) == 0;
}

/* A parent that only production has follows its own parents. */
static void
search_giver(void *argument, const struct object *parent)
{
	struct giver_search *search = argument;
	const struct kind_context *context = search->context;
	const struct object *above = table_find_part(context->current, "column", object_schema(parent), object_name(parent),
	                                             object_name(search->column));
	const struct object *wanted = above != NULL ? catalog_counterpart(context->wanted, above) : NULL;

	if (above == NULL || (wanted != NULL && has_form_of(wanted, search->column)))
		return;
	if (wanted == NULL && table_parent_part(context, above) != NULL)
		table_each_parent(context, context->current, parent, true, search_giver, argument);
	else
		search->found = above;
}

/* The column of a parent in production that hands its form down and will keep it, or NULL. */
static const struct object *
giver_of_type(const struct kind_context *context, const struct change *change)
{
	struct giver_search search = { context, change->wanted, NULL };
	const struct object *table =
		table_find(context->current, object_schema(change->current), object_value(change->current, 1));

	if (table != NULL)
		table_each_parent(context, context->current, table, true, search_giver, &search);
	return search.found;
}

/* What both another type and another collation meet. */
static struct verdict
judge_form(const struct kind_context *context, const struct change *change, struct verdict verdict)
{
	const struct object *table = catalog_parent(context->current, change->current);
	const struct object *giver;
	const char *reason;
	bool changes_meaning;

	if (verdict.rule != CHANGE_ALTER)
		return verdict;
	giver = giver_of_type(context, change);
	if (giver != NULL)
		return refuse(arena_printf(context->arena,
		                           "production's table has it from %s, which keeps its type and collation",
		                           object_description(context->arena, giver)));
	changes_meaning = table_type_changes_meaning(context->arena, object_get(change->current, "type"),
	                                             object_get(change->wanted, "type"));
	reason = table != NULL ? obstacle(context, table, object_name(change->current), changes_meaning) : NULL;
	if (reason == NULL)
		reason = table_refuse_type(context, change->wanted);
	if (reason != NULL)
		return refuse(reason);
	if (has_obstinate_dependants(context, change->current))
		verdict.hazards |= HAZARD_REBUILDS;
	return verdict;
}

static bool
is_of_composite(const struct kind_context *context, const struct object *column)
{
	const struct object *parent = catalog_parent(context->wanted, column);

	return parent != NULL && parent->kind == kind_find("composite");
}

/* Where no value is stored none can be lost. */
static struct verdict
judge_attribute(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BEHAVIOUR, NULL };

	if (typed_values_exist(context, catalog_parent(context->current, change->current)))
		return refuse("the type of an attribute cannot be changed while a table uses the composite type");
	if (has_obstinate_dependants(context, change->current))
		verdict.hazards |= HAZARD_REBUILDS;
	return verdict;
}

struct verdict
column_judge_type(const struct kind_context *context, const struct change *change)
{
	if (is_of_composite(context, change->wanted))
		return judge_attribute(context, change);
	if (typed_table_attribute(context, change->wanted) != NULL)
		return refuse("the column's type is that of the table's type");
	return judge_form(context, change, table_judge_type(context, change->current, object_get(change->wanted, "type")));
}

/* Values stay, indexes are built anew in the other order. */
struct verdict
column_judge_collation(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BLOCKS_READS | HAZARD_SCANS | HAZARD_BEHAVIOUR, NULL };

	if (is_of_composite(context, change->wanted))
		return judge_attribute(context, change);
	if (typed_table_attribute(context, change->wanted) != NULL)
		return refuse("the column's type is that of the table's type");
	if (strcmp(object_text(change->current, "type"), object_text(change->wanted, "type")) != 0 &&
	    column_judge_type(context, change).rule == CHANGE_REFUSE)
		return refuse("the column keeps its type");
	return judge_form(context, change, verdict);
}

/* ---- who minds ---- */

static bool
is_withheld(const struct change *change, uint64_t withheld, const char *attribute)
{
	return withheld >> kind_attribute(change->wanted->kind, attribute) & 1;
}

/* The other end of the link may hold NULL, though the parent's column goes on not to. */
static bool
lacks_not_null(const struct kind_context *context, const struct change *change, const struct object *link)
{
	const struct object *below = table_find_part(context->wanted, "column", object_schema(link), object_value(link, 1),
	                                             object_name(change->wanted));

	return below != NULL && !object_is(below, "not_null");
}

/* It stays NOT VALID or NO INHERIT, which the parent's is not. */
static bool
keeps_not_null_loose(const struct change *change, uint64_t withheld)
{
	return is_withheld(change, withheld, "not_null_valid") ||
	       (is_withheld(change, withheld, "not_null_no_inherit") && !object_is(change->wanted, "not_null_no_inherit"));
}

/* A table can be attached only with the very columns of its parent. */
static bool
misfits_link(const struct kind_context *context, const struct change *change, uint64_t withheld,
             const struct object *link)
{
	bool of_child = strcmp(object_value(change->wanted, 1), object_value(link, 1)) == 0 &&
	                strcmp(object_schema(change->wanted), object_schema(link)) == 0;
	bool is_partition = strcmp(link->kind->name, "partition") == 0;

	if (is_withheld(change, withheld, "type") || is_withheld(change, withheld, "collation") ||
	    is_withheld(change, withheld, "generated") || is_withheld(change, withheld, "expression"))
		return true;
	if (!of_child)
		return is_withheld(change, withheld, "not_null") && !object_is(change->wanted, "not_null") &&
		       lacks_not_null(context, change, link);
	if (is_withheld(change, withheld, "not_null") && object_is(change->wanted, "not_null"))
		return true;
	if (context->version >= 180000 && keeps_not_null_loose(change, withheld))
		return true;
	/* From 17 on a partition's identity is its parent's. */
	return context->version >= 170000 && is_partition && is_withheld(change, withheld, "identity") &&
	       object_get(change->current, "identity") != NULL;
}

/* A parent's new column becomes one with the heir's, to which, from 18 on, its NOT NULL comes down. */
static bool
misfits_giver(const struct kind_context *context, const struct change *change, uint64_t withheld,
              const struct object *giver)
{
	return is_withheld(change, withheld, "type") || is_withheld(change, withheld, "collation") ||
	       (context->version >= 180000 && is_withheld(change, withheld, "not_null") && object_is(giver, "not_null"));
}

/* Rows are identified only by what cannot be NULL. */
static bool
becomes_replica_identity(const struct change *dependant)
{
	const struct kind *kind = dependant->wanted->kind;
	int number = kind_attribute(kind, "replica_identity");

	return number >= 0 && kind->attributes[number].type == ATTRIBUTE_BOOL &&
	       object_is(dependant->wanted, "replica_identity") &&
	       (dependant->current == NULL || change_allows(dependant, "replica_identity"));
}

/* What comes down from the parent's column stays with it. */
static uint64_t
inherited_form(const struct change *change, uint64_t withheld, const struct change *heir)
{
	static const char *const forms[] = { "type", "collation" };
	uint64_t attributes = 0;

	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (is_withheld(change, withheld, forms[i]) && change_allows(heir, forms[i]))
			attributes |= UINT64_C(1) << kind_attribute(change->wanted->kind, forms[i]);
	return attributes;
}

/* Whether the dependant is as good over the type that production keeps.  A relation hands the type on. */
static bool
type_serves(const struct kind_context *context, const struct change *change, const struct object *dependant)
{
	const struct kind *kind = dependant->kind;
	const char *texts[OBJECT_ATTRIBUTES_MOST + 1];
	size_t count = 0;

	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (kind->attributes[i].type == ATTRIBUTE_EXPRESSION)
			texts[count++] = object_value(dependant, i);
	if (!(kind->traits & KIND_OF_PARENT))
		texts[count++] = "any()";
	return table_type_serves(context->arena, object_get(change->current, "type"), object_get(change->wanted, "type"),
	                         texts, count);
}

bool
column_misfits(const struct kind_context *context, const struct change *change, uint64_t withheld,
               const struct change *dependant, uint64_t *attributes)
{
	const struct kind *kind = dependant->wanted->kind;

	if (becomes_replica_identity(dependant) && is_withheld(change, withheld, "not_null")) {
		*attributes |= UINT64_C(1) << kind_attribute(kind, "replica_identity");
		return true;
	}
	if (kind == change->wanted->kind && dependant->current != NULL && object_is(dependant->current, "inherited")) {
		*attributes = inherited_form(change, withheld, dependant);
		return *attributes != 0;
	}
	if (kind == change->wanted->kind && dependant->current == NULL &&
	    strcmp(object_name(change->wanted), object_name(dependant->wanted)) == 0)
		return misfits_giver(context, change, withheld, dependant->wanted);
	if (kind == kind_find("identity_sequence"))
		return dependant->current == NULL && is_withheld(change, withheld, "identity");
	if (kind == kind_find("partition") || kind == kind_find("inheritance"))
		return misfits_link(context, change, withheld, dependant->wanted);
	return is_withheld(change, withheld, "type") && !type_serves(context, change, dependant->wanted);
}
