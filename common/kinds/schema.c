/*
 * schema.c - schemas.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/schema.h"
#include "kinds/schema.sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "owner", ATTRIBUTE_TEXT, ROLE_OWNER, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* Whom initdb gives the schema "public" to; NULL: the first superuser, whose name differs (up to 14). */
static const char *
initial_owner(int version)
{
	return version >= 150000 ? "pg_database_owner" : NULL;
}

bool
schema_keeps_owner(const struct kind_context *context, const struct object *current, const struct object *wanted)
{
	const char *of_current = initial_owner(context->version);
	const char *of_wanted = initial_owner(context->wanted->info.server_version);

	if (wanted->kind != &kind_schema || strcmp(object_name(wanted), "public") != 0)
		return false;
	return (of_current != NULL && of_wanted == NULL && object_says(current, "owner", of_current)) ||
	       (of_current == NULL && of_wanted != NULL && object_says(wanted, "owner", of_wanted));
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_PRIVILEGE, NULL };

	(void)attribute;
	if (schema_keeps_owner(context, change->current, change->wanted))
		verdict = (struct verdict){ CHANGE_IGNORE, 0, NULL };
	return verdict;
}

/* Every new database has "public": what creates a schema from nothing meets it there. */
static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const char *name = object_name(object);
	bool preinstalled = strcmp(name, "public") == 0;

	(void)context;
	steps_add(steps, object, STEP_CREATE, LOCK_NONE, 0,
	          preinstalled ? "CREATE SCHEMA IF NOT EXISTS %I" : "CREATE SCHEMA %I", name);
}

static const char *
initial_comment(const struct object *object)
{
	return strcmp(object_name(object), "public") == 0 ? "standard public schema" : NULL;
}

const struct kind kind_schema = {
	.name = "schema",
	.plural = "schemas",
	.sql = "SCHEMA",
	.catalog = "pg_namespace",
	.query = schema_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.grant_class = "SCHEMA",
	.initial_comment = initial_comment,
	.create = create,
	.judge = judge,
};
