/*
 * base_type.c - base types, made of functions over their own shell (shell_type.c).
 *
 * Columns hold its values: what ALTER TYPE cannot change is withheld.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/base_type.sql.h"
#include "kinds/facet.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_LOSES_DATA, 0, NULL },
	{ "receive", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "send", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "typmod_in", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "typmod_out", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "analyze", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "subscript", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 140000, NULL },
	{ "storage", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "plain" },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* What ALTER TYPE … SET takes (typecmds.c, AlterType). */
static const struct {
	const char *attribute;
	const char *keyword;
	int since;
} properties[] = {
	{ "receive", "RECEIVE", 0 },       { "send", "SEND", 0 },       { "typmod_in", "TYPMOD_IN", 0 },
	{ "typmod_out", "TYPMOD_OUT", 0 }, { "analyze", "ANALYZE", 0 }, { "subscript", "SUBSCRIPT", 140000 },
	{ "storage", "STORAGE", 0 },
};

static void
create(const struct kind_context *context, const struct object *type, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "CREATE TYPE %Q (%X", object_schema(type), object_name(type), object_get(type, "definition"));
	for (size_t i = 0; i < COUNT_OF(properties); i++) {
		const char *value = object_get(type, properties[i].attribute);

		if (value != NULL && context->version >= properties[i].since)
			sql_append(&sql, ", %K = %X", properties[i].keyword, value);
	}
	buffer_append_char(&sql, ')');
	steps_take(steps, type, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;
	bool any = false;

	sql_append(&sql, "ALTER TYPE %Q SET (", object_schema(change->wanted), object_name(change->wanted));
	for (size_t i = 0; i < COUNT_OF(properties); i++) {
		const char *value = object_get(change->wanted, properties[i].attribute);

		if (!change_allows(change, properties[i].attribute) || context->version < properties[i].since)
			continue;
		sql_append(&sql, any ? ", %K = %X" : "%K = %X", properties[i].keyword, value != NULL ? value : "NONE");
		any = true;
	}
	buffer_append_char(&sql, ')');
	if (any)
		steps_take(steps, change->wanted, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

/* Input and output functions cannot be dropped before the type, nor the type before them. */
static void
drop(const struct kind_context *context, const struct object *type, struct steps *steps)
{
	(void)context;
	steps_add(steps, type, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_LOSES_DATA, "DROP TYPE %Q CASCADE",
	          object_schema(type), object_name(type));
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };
	const char *storage = object_value(change->wanted, attribute);

	(void)context;
	if (storage != NULL && strcmp(storage, "plain") == 0) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = "values that were stored out of line would be in the way of plain storage";
	}
	return verdict;
}

static void
relate(const struct kind_context *context, const struct object *type, struct edges *edges)
{
	const char *identity[] = { object_schema(type), object_name(type), "shell" };

	(void)context;
	edges_after(edges, catalog_find(edges_catalog(edges), kind_find("shell_type"), identity));
}

const struct kind kind_base_type = {
	.name = "base_type",
	.plural = "base types",
	.sql = "TYPE",
	.catalog = "pg_type",
	.query = base_type_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.grant_class = "TYPE",
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.relate = relate,
};
