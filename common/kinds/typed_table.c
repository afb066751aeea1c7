/*
 * typed_table.c - see typed_table.h.
 */
#include "build.h"

#include "kinds/typed_table.h"

#include "kinds/table_parts.h"

/* The composite type that a table is made of, or NULL. */
static const struct object *
type_of(const struct catalog *catalog, const struct object *table)
{
	const struct kind *composite = kind_find("composite");
	const uint32_t *list;
	uint32_t count = object_get(table, "of_type") != NULL ? catalog_depends(catalog, table, &list) : 0;

	for (uint32_t i = 0; i < count; i++)
		if (catalog->objects[list[i]].kind == composite)
			return &catalog->objects[list[i]];
	return NULL;
}

static bool
is_typed_table(const struct object *object)
{
	return strcmp(object->kind->name, "table") == 0 && object_get(object, "of_type") != NULL;
}

bool
typed_tables_exist(const struct kind_context *context, const struct object *composite)
{
	const struct catalog *current = context->current;
	const struct object *type = composite != NULL ? catalog_counterpart(current, composite) : NULL;
	const uint32_t *list;
	uint32_t count = type != NULL ? catalog_dependents(current, type, &list) : 0;

	for (uint32_t i = 0; i < count; i++)
		if (is_typed_table(&current->objects[list[i]]))
			return true;
	return false;
}

/* Types are made of types that are there, so this ends. */
bool
typed_values_exist(const struct kind_context *context, const struct object *type)
{
	static const char *const types[] = { "composite", "domain", "range" };
	const struct catalog *current = context->current;
	const uint32_t *list;
	uint32_t count = catalog_dependents(current, type, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *user = &current->objects[list[i]];
		const struct object *whole = strcmp(user->kind->name, "column") == 0 ? catalog_parent(current, user) : NULL;

		if (whole != NULL)
			user = whole;
		if ((user->kind->traits & KIND_HOLDS_DATA) || strcmp(user->kind->name, "materialized_view") == 0 ||
		    strcmp(user->kind->name, "index") == 0)
			return true;
		for (size_t k = 0; k < COUNT_OF(types); k++)
			if (strcmp(user->kind->name, types[k]) == 0 && typed_values_exist(context, user))
				return true;
	}
	return false;
}

const struct object *
typed_table_attribute(const struct kind_context *context, const struct object *column)
{
	const struct object *table = table_of_part(context, column);
	const struct object *current = table != NULL ? catalog_counterpart(context->current, table) : NULL;
	const struct object *type = table != NULL ? type_of(context->wanted, table) : NULL;

	if (type == NULL || current == NULL || !object_says(current, "of_type", object_text(table, "of_type")))
		return NULL;
	return table_find_part(context->wanted, "column", object_schema(type), object_name(type), object_name(column));
}

/* Whether both have the same columns, by name and type and in the same order. */
static bool
has_columns_of(const struct kind_context *context, const struct object *table, const struct catalog *catalog,
               const struct object *type)
{
	const struct kind *column = kind_find("column");
	const struct object **has;
	const struct object **needs;
	uint32_t count = catalog_children_in_order(context->current, table, column, context->arena, &has);

	if (catalog_children_in_order(catalog, type, column, context->arena, &needs) != count)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (strcmp(object_name(has[i]), object_name(needs[i])) != 0 ||
		    strcmp(object_text(has[i], "type"), object_text(needs[i], "type")) != 0)
			return false;
	return true;
}

struct verdict
typed_table_judge(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BEHAVIOUR, NULL };
	const struct object *type = type_of(context->wanted, change->wanted);
	const struct object *current = type != NULL ? catalog_counterpart(context->current, type) : NULL;
	const struct object *link;

	if (type == NULL)
		return verdict;
	if (!has_columns_of(context, change->current, context->wanted, type) ||
	    (current != NULL && !has_columns_of(context, change->current, context->current, current)))
		verdict.reason = "production's table has other columns than the type";
	else if (catalog_children(context->current, change->current, kind_find("inheritance"), &link) > 0)
		verdict.reason = "production's table inherits, and a typed one cannot";
	else if (catalog_children(context->current, change->current, kind_find("partition"), &link) > 0)
		verdict.reason = "production's table is a partition, and a typed one cannot be";
	if (verdict.reason != NULL)
		verdict.rule = CHANGE_REFUSE;
	return verdict;
}
