/*
 * schema.c - schemas.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
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

/* "public" as each of two versions made it is no difference. */
static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_PRIVILEGE, NULL };
	const char *of_current = initial_owner(context->version);
	const char *of_wanted = initial_owner(context->wanted->info.server_version);
	const char *owner = object_value(change->current, attribute);
	const char *wish = object_value(change->wanted, attribute);

	if (strcmp(object_name(change->wanted), "public") != 0 || owner == NULL || wish == NULL)
		return verdict;
	if ((of_current != NULL && of_wanted == NULL && strcmp(owner, of_current) == 0) ||
	    (of_current == NULL && of_wanted != NULL && strcmp(wish, of_wanted) == 0))
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
