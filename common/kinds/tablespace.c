/*
 * tablespace.c - see tablespace.h.
 */
#include "build.h"

#include "kinds/tablespace.h"

#include "kinds/partition_index.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static bool
is_partitioned(const struct kind_context *context, const struct object *object)
{
	return object->kind->parents != NULL ? table_of_part_is_partitioned(context, object) : table_is_partitioned(object);
}

/* What the snapshot's object is a part of: a partition, or a partition's index or key. */
static const struct object *
level_above(const struct kind_context *context, const struct object *object)
{
	const struct object *link;

	/* A double lies in no catalog. */
	if (!catalog_holds(context->wanted, object))
		return NULL;
	if (object->kind->parents != NULL)
		return partition_index_above(context->wanted, object);
	if (object->kind != kind_find("table") ||
	    catalog_children(context->wanted, object, kind_find("partition"), &link) == 0)
		return NULL;
	return table_find(context->wanted, object_text(link, "parent_schema"), object_text(link, "parent"));
}

/* Where the server would put a new part (PARTITION OF), unless the snapshot has tablespaces of its own there. */
static const char *
of_levels_above(const struct kind_context *context, const struct object *object)
{
	const struct object *above = level_above(context, object);
	const struct object *present = NULL;

	while (above != NULL && present == NULL) {
		if (object_get(above, "tablespace") != NULL)
			return NULL;
		present = catalog_counterpart(context->current, above);
		above = level_above(context, above);
	}
	const char *name = present != NULL ? object_get(present, "tablespace") : NULL;

	return name != NULL && !text_list_has(context->tablespaces.barred, name) ? name : NULL;
}

static bool
is_own(const struct tablespaces *tablespaces, const char *name)
{
	return tablespaces->database != NULL && strcmp(name, tablespaces->database) == 0;
}

const char *
tablespace_for(const struct kind_context *context, const struct object *object, const struct object *former)
{
	const struct tablespaces *tablespaces = &context->tablespaces;
	const struct object *present = catalog_counterpart(context->current, object);
	const char *name;

	if (present == NULL)
		present = former;
	name = object_get(present != NULL ? present : object, "tablespace");
	if (name == NULL)
		name = present != NULL ? tablespaces->database : of_levels_above(context, object);
	else if (present == NULL && !is_own(tablespaces, name) && !text_list_has(tablespaces->usable, name))
		return NULL;
	/* What is partitioned must not name the database's own. */
	if (name != NULL && is_own(tablespaces, name))
		return tablespaces->elsewhere && !is_partitioned(context, object) ? name : NULL;
	return name;
}

void
write_tablespace(struct buffer *out, const char *before, const char *tablespace)
{
	if (tablespace == NULL)
		return;
	buffer_append_text(out, before);
	sql_append(out, " TABLESPACE %I", tablespace);
}
