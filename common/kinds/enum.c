/*
 * enum.c - enumerated types.
 *
 * Labels can only be added: rows may hold any label, and the server neither removes nor
 * moves one.  A type whose values no row can hold is made again.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "base/map.h"
#include "catalog/object.h"
#include "kinds/enum.sql.h"
#include "kinds/facet.h"
#include "kinds/typed_table.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "labels", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_IRREVERSIBLE, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* The labels of one side, in order, and where each is. */
struct labels {
	struct name_list list;
	struct map *places; /* by label: its place, counted from 1 */
};

static void
labels_init(struct labels *labels, const struct object *type)
{
	name_list_init(&labels->list, object_get(type, "labels"));
	labels->places = map_new(labels->list.count);
	for (size_t i = labels->list.count; i-- > 0;)
		map_put(labels->places, labels->list.items[i], strlen(labels->list.items[i]), (void *)(uintptr_t)(i + 1));
}

static void
labels_fini(struct labels *labels)
{
	name_list_fini(&labels->list);
	map_free(labels->places);
}

/* 0 where absent. */
static size_t
labels_find(const struct labels *labels, const char *label)
{
	return (size_t)(uintptr_t)map_get(labels->places, label, strlen(label));
}

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	struct name_list labels;
	struct buffer sql = BUFFER_INIT;

	(void)context;
	name_list_init(&labels, object_get(object, "labels"));
	sql_append(&sql, "CREATE TYPE %Q AS ENUM (", object_schema(object), object_name(object));
	for (size_t i = 0; i < labels.count; i++)
		sql_append(&sql, i == 0 ? "%L" : ", %L", labels.items[i]);
	buffer_append_char(&sql, ')');
	steps_add_text(steps, object, STEP_CREATE, LOCK_NONE, 0, buffer_text(&sql));
	buffer_fini(&sql);
	name_list_fini(&labels);
}

/*
 * Adds what is missing, in wanted order: each new label has its predecessor in place
 * already, only what stands before all others needs BEFORE.
 */
static void
add_labels(const struct change *change, const struct labels *current, const struct name_list *wanted,
           struct steps *steps)
{
	const struct object *type = change->wanted;
	const char *schema = object_schema(type);
	const char *name = object_name(type);

	for (size_t i = 0; i < wanted->count; i++) {
		const char *label = wanted->items[i];
		struct step *step;

		if (labels_find(current, label) != 0)
			continue;
		if (i > 0)
			step = steps_add(steps, type, STEP_ALTER, LOCK_NONE, HAZARD_IRREVERSIBLE,
			                 "ALTER TYPE %Q ADD VALUE %L AFTER %L", schema, name, label, wanted->items[i - 1]);
		else if (current->list.count > 0)
			step = steps_add(steps, type, STEP_ALTER, LOCK_NONE, HAZARD_IRREVERSIBLE,
			                 "ALTER TYPE %Q ADD VALUE %L BEFORE %L", schema, name, label, current->list.items[0]);
		else
			step = steps_add(steps, type, STEP_ALTER, LOCK_NONE, HAZARD_IRREVERSIBLE, "ALTER TYPE %Q ADD VALUE %L",
			                 schema, name, label);
		step->commit_after = true;
	}
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	struct labels current;
	struct name_list wanted;

	(void)context;
	if (!change_allows(change, "labels"))
		return;
	labels_init(&current, change->current);
	name_list_init(&wanted, object_get(change->wanted, "labels"));
	add_labels(change, &current, &wanted, steps);
	labels_fini(&current);
	name_list_fini(&wanted);
}

/* The labels of one list that the other lacks, as quoted literals; returns how many. */
static size_t
append_missing(struct buffer *out, const struct labels *of, const struct labels *in)
{
	size_t missing = 0;

	for (size_t i = 0; i < of->list.count; i++)
		if (labels_find(in, of->list.items[i]) == 0)
			sql_append(out, missing++ == 0 ? "%L" : ", %L", of->list.items[i]);
	return missing;
}

static const char *
reason_removed(struct arena *arena, const struct labels *current, const struct labels *wanted)
{
	struct buffer removed = BUFFER_INIT;
	struct buffer added = BUFFER_INIT;
	size_t removals = append_missing(&removed, current, wanted);
	size_t additions = append_missing(&added, wanted, current);
	const char *reason = NULL;

	if (removals > 0 && additions > 0)
		reason = arena_printf(arena,
		                      "labels cannot be removed from an enum: %s; if renamed to %s,"
		                      " run ALTER TYPE … RENAME VALUE first",
		                      buffer_text(&removed), buffer_text(&added));
	else if (removals > 0)
		reason = arena_printf(arena, "labels cannot be removed from an enum: %s", buffer_text(&removed));
	buffer_fini(&removed);
	buffer_fini(&added);
	return reason;
}

/* The first label that would have to move; every current label is in wanted. */
static const char *
reason_moved(struct arena *arena, const struct name_list *current, const struct labels *wanted)
{
	for (size_t i = 1; i < current->count; i++) {
		if (labels_find(wanted, current->items[i]) < labels_find(wanted, current->items[i - 1])) {
			struct buffer label = BUFFER_INIT;
			const char *reason;

			sql_append(&label, "%L before %L", current->items[i], current->items[i - 1]);
			reason = arena_printf(arena, "labels of an enum cannot be reordered: %s", buffer_text(&label));
			buffer_fini(&label);
			return reason;
		}
	}
	return NULL;
}

/* Whether rows can hold a label, or something that only production has may name one. */
static bool
is_bound(const struct kind_context *context, const struct object *current)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, current, &list);

	for (uint32_t i = 0; i < count; i++)
		if (catalog_counterpart(context->wanted, &context->current->objects[list[i]]) == NULL)
			return true;
	return typed_values_exist(context, current);
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct labels current;
	struct labels wanted;
	struct verdict verdict = { CHANGE_ALTER, HAZARD_IRREVERSIBLE, NULL };

	(void)attribute; /* only "labels" is judged */
	labels_init(&current, change->current);
	labels_init(&wanted, change->wanted);
	verdict.reason = reason_removed(context->arena, &current, &wanted);
	if (verdict.reason == NULL)
		verdict.reason = reason_moved(context->arena, &current.list, &wanted);
	if (verdict.reason != NULL && is_bound(context, change->current))
		verdict.rule = CHANGE_REFUSE;
	else if (verdict.reason != NULL)
		verdict = (struct verdict){ CHANGE_REBUILD, HAZARD_REBUILDS, NULL };
	labels_fini(&current);
	labels_fini(&wanted);
	return verdict;
}

static bool
says(const struct object *object, const char *literal)
{
	for (unsigned i = object->kind->identity_count; i < object->kind->attribute_count; i++) {
		const char *text = object_value(object, i);

		if (text != NULL && strstr(text, literal) != NULL)
			return true;
	}
	return false;
}

/* The labels that production has will do, but not for what says one of the others. */
static bool
misfits(const struct kind_context *context, const struct change *change, uint64_t withheld,
        const struct change *dependant, uint64_t *attributes_then)
{
	struct labels current;
	struct name_list wanted;
	struct buffer literal = BUFFER_INIT;
	bool found = false;

	(void)context;
	(void)attributes_then;
	if (!(withheld >> kind_attribute(change->wanted->kind, "labels") & 1))
		return false;
	labels_init(&current, change->current);
	name_list_init(&wanted, object_get(change->wanted, "labels"));
	for (size_t i = 0; i < wanted.count && !found; i++) {
		buffer_clear(&literal);
		sql_append(&literal, "%L", wanted.items[i]);
		found = labels_find(&current, wanted.items[i]) == 0 && says(dependant->wanted, buffer_text(&literal));
	}
	buffer_fini(&literal);
	name_list_fini(&wanted);
	labels_fini(&current);
	return found;
}

const struct kind kind_enum = {
	.name = "enum",
	.plural = "enums",
	.sql = "TYPE",
	.catalog = "pg_type",
	.query = enum_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.grant_class = "TYPE",
	.create = create,
	.alter = alter,
	.judge = judge,
	.misfits = misfits,
};
