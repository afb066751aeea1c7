/*
 * extension.c - installed extensions.
 *
 * Their members are never read.  Versions differ between machines and are told, not
 * compared.  Whether an extension can be had on a server only that server knows.
 * An extension's owner cannot be changed, so it is not an attribute.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/extension.sql.h"
#include "kinds/facet.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "relocatable", ATTRIBUTE_BOOL, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "version", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	FACET_COMMENT,
};

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	(void)context;
	steps_add(steps, object, STEP_CREATE, LOCK_NONE, 0, "CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I",
	          object_name(object), object_get(object, "schema"));
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context;
	if (change_allows(change, "schema"))
		steps_add(steps, change->wanted, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER EXTENSION %I SET SCHEMA %I",
		          object_name(change->wanted), object_get(change->wanted, "schema"));
}

/* Another extension of production that requires this one: its functions may name the schema in their bodies, which the
 * server does not follow (earthdistance names cube's). */
static const struct object *
requiring_extension(const struct kind_context *context, const struct object *extension)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, extension, &list);

	for (uint32_t i = 0; i < count; i++)
		if (context->current->objects[list[i]].kind == extension->kind)
			return &context->current->objects[list[i]];
	return NULL;
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BEHAVIOUR, NULL };
	const struct object *requiring = requiring_extension(context, change->current);

	(void)attribute; /* only "schema" is judged */
	if (!object_is(change->current, "relocatable")) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = "the extension cannot be moved to another schema (it is not relocatable)";
	} else if (requiring != NULL) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = arena_printf(context->arena, "%s requires it and may count on its schema",
		                              object_description(context->arena, requiring));
	}
	return verdict;
}

/* Its files belong to the server, not to the database, and some need a superuser. */
static bool
probe(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	struct buffer sql = BUFFER_INIT;

	if (change->current != NULL)
		return false;
	sql_append(&sql,
	           "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_available_extension_versions AS v"
	           " WHERE v.name = %L AND (v.trusted OR NOT v.superuser"
	           " OR pg_catalog.current_setting('is_superuser') = 'on'))",
	           object_name(change->wanted));
	probe->query = arena_strdup(context->arena, buffer_text(&sql));
	probe->reason = arena_strdup(context->arena, "production's server lacks its files, or this role may not create it");
	buffer_fini(&sql);
	return true;
}

/* It is in a schema, but not under the schema's name. */
static void
relate(const struct kind_context *context, const struct object *object, struct edges *edges)
{
	const char *identity[] = { object_get(object, "schema") };
	const struct object *schema = catalog_find(edges_catalog(edges), kind_find("schema"), identity);

	(void)context;
	if (schema != NULL)
		edges_after(edges, schema);
}

/* What uses a member names its schema: it cannot be made while the extension stays in another. */
static const char *const shaping[] = { "schema", NULL };

const struct kind kind_extension = {
	.name = "extension",
	.plural = "extensions",
	.sql = "EXTENSION",
	.catalog = "pg_extension",
	.query = extension_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_HOLDS_DATA /* its members may be tables */ | KIND_LOADS_LIBRARY,
	.create = create,
	.alter = alter,
	.judge = judge,
	.relate = relate,
	.shaping = shaping,
	.probe = probe,
};
