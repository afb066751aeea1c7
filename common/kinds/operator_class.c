/*
 * operator_class.c - operator classes.
 *
 * One cannot be altered, and an index built by it would no longer be in its order: while anything stands on a class, it
 * stays.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/operator_class.h"
#include "kinds/operator_class.sql.h"
#include "kinds/standing.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "method", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "is_default", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "f" },
	{ "family", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "storage", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "items", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

static void
address(struct buffer *out, const struct object *opclass)
{
	sql_append(out, "OPERATOR CLASS %Q USING %I", object_schema(opclass), object_get(opclass, "name"),
	           object_text(opclass, "method"));
}

static void
create(const struct kind_context *context, const struct object *opclass, struct steps *steps)
{
	const char *type = object_text(opclass, "type");
	const char *storage = object_get(opclass, "storage");
	struct buffer sql = BUFFER_INIT;
	struct name_list items;

	(void)context;
	sql_append(&sql, "CREATE OPERATOR CLASS %Q%K FOR TYPE %X USING %I FAMILY %X AS", object_schema(opclass),
	           object_get(opclass, "name"), object_is(opclass, "is_default") ? " DEFAULT" : "", type,
	           object_text(opclass, "method"), object_text(opclass, "family"));
	name_list_init(&items, object_get(opclass, "items"));
	/* The list may not be empty; storing what is indexed says nothing. */
	if (storage != NULL || items.count == 0)
		sql_append(&sql, "\n    STORAGE %X%K", storage != NULL ? storage : type, items.count > 0 ? "," : "");
	for (size_t i = 0; i < items.count; i++)
		sql_append(&sql, i == 0 ? "\n    %X" : ",\n    %X", items.items[i]);
	name_list_fini(&items);
	steps_take(steps, opclass, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
relate_members(const struct catalog *catalog, const struct object *opclass, struct edges *edges)
{
	const struct object *member;
	uint32_t count = catalog_kind_range(catalog, kind_find("operator_family_member"), &member);
	struct buffer family = BUFFER_INIT;

	for (; count > 0; count--, member++) {
		buffer_clear(&family);
		sql_append(&family, "%Q", object_schema(member), object_text(member, "family"));
		if (object_says(opclass, "family", buffer_text(&family)) &&
		    object_says(opclass, "method", object_text(member, "method")))
			edges_after(edges, member);
	}
	buffer_fini(&family);
}

void
operator_class_relate(const struct object *index, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const uint32_t *list;
	uint32_t count = catalog_depends(catalog, index, &list);

	for (uint32_t i = 0; i < count; i++)
		if (catalog->objects[list[i]].kind == &kind_operator_class)
			relate_members(catalog, &catalog->objects[list[i]], edges);
}

static const char *const shaping[] = { "type", "family", "items", NULL };

const struct kind kind_operator_class = {
	.name = "operator_class",
	.plural = "operator classes",
	.catalog = "pg_opclass",
	.query = operator_class_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA,
	.shaping = shaping,
	.address = address,
	.create = create,
	.judge = standing_judge,
};
