/*
 * table_refuse.c - what stands in the way of a table's part: things that production keeps as they are.
 */
#include "build.h"

#include "kinds/table_parts.h"

#include "kinds/column_form.h"
#include "kinds/writing.h"

/* Whether the change of its type is withheld and leaves one for which the text was not written. */
static bool
keeps_another_type(const struct kind_context *context, const struct object *column, const char *text)
{
	const struct object *current = catalog_counterpart(context->current, column);
	const char *is = current != NULL ? object_get(current, "type") : NULL;
	const char *shall = object_get(column, "type");
	struct change change = { current, column, 0, 0 };

	return is != NULL && shall != NULL && strcmp(is, shall) != 0 &&
	       column_judge_type(context, &change).rule == CHANGE_REFUSE &&
	       !table_type_serves(context->arena, is, shall, &text, 1);
}

/* A label that the text says, that production's enum lacks and that it will not get, since others would have to go. */
static const char *
missing_label(const struct kind_context *context, const struct object *wanted, const char *text)
{
	const struct object *current = catalog_counterpart(context->current, wanted);
	struct name_list is;
	struct name_list shall;
	const char *missing = NULL;
	bool only_adds = true;

	if (current == NULL || strcmp(object_text(current, "labels"), object_text(wanted, "labels")) == 0)
		return NULL;
	name_list_init(&is, object_get(current, "labels"));
	name_list_init(&shall, object_get(wanted, "labels"));
	for (size_t i = 0; i < is.count; i++)
		only_adds = only_adds && name_list_has(&shall, is.items[i]);
	for (size_t i = 0; i < shall.count && !only_adds && missing == NULL; i++)
		if (!name_list_has(&is, shall.items[i]) && table_text_mentions(text, shall.items[i]))
			missing = arena_strdup(context->arena, shall.items[i]);
	name_list_fini(&is);
	name_list_fini(&shall);
	return missing;
}

static const char *
refuse_for_labels(const struct kind_context *context, const struct object *part, const char *text)
{
	const struct kind *kind = kind_find("enum");
	const uint32_t *list;
	uint32_t count = text != NULL ? catalog_depends(context->wanted, part, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *object = &context->wanted->objects[list[i]];
		const char *label = object->kind == kind ? missing_label(context, object, text) : NULL;

		if (label != NULL)
			return arena_printf(context->arena, "production's %s has no label '%s'",
			                    object_description(context->arena, object), label);
	}
	return NULL;
}

const char *
table_refuse_for_columns(const struct kind_context *context, const struct object *part, const char *names,
                         const char *text)
{
	const struct object *table;
	const struct object *column;
	const char *reason = NULL;
	struct name_list list;
	uint32_t count;

	/* Asked of every part, also where all is new. */
	if (context->current->count == 0)
		return NULL;
	table = table_find(context->wanted, object_schema(part), object_value(part, 1));
	if (table == NULL || catalog_counterpart(context->current, table) == NULL)
		return NULL;
	name_list_init(&list, names);
	count = catalog_children(context->wanted, table, kind_find("column"), &column);
	for (; count > 0 && reason == NULL; count--, column++)
		if ((name_list_has(&list, object_name(column)) || table_text_mentions(text, object_name(column))) &&
		    keeps_another_type(context, column, text))
			reason = arena_printf(context->arena, "column %s keeps its type %s", object_name(column),
			                      object_get(catalog_counterpart(context->current, column), "type"));
	name_list_fini(&list);
	return reason != NULL ? reason : refuse_for_labels(context, part, text);
}

const char *
table_refuse_for_partitioning(const struct kind_context *context, const struct object *part, const char *names,
                              const char *text)
{
	const struct object *table = table_find(context->current, object_schema(part), object_value(part, 1));
	const struct object *wanted = table_is_partitioned(table) ? catalog_counterpart(context->wanted, table) : NULL;
	const char *by = wanted != NULL ? object_text(table, "partition_by") : NULL;
	const struct object *column;
	bool all = true;
	struct name_list list;

	if (by == NULL || object_says(wanted, "partition_by", by))
		return NULL;
	name_list_init(&list, names);
	uint32_t count = catalog_children(context->current, table, kind_find("column"), &column);
	for (; count > 0; count--, column++)
		if (table_text_mentions(by, object_name(column)))
			all = all && (name_list_has(&list, object_name(column)) || table_text_mentions(text, object_name(column)));
	name_list_fini(&list);
	return all ? NULL
	           : arena_printf(context->arena, "production's table is partitioned by %s, which a unique key has to hold",
	                          by);
}
