/*
 * schema.c - schemas.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/object.h"
#include "kinds/facet.h"
#include "kinds/schema.sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
};

/* Every new database has "public": what creates a schema from nothing meets it there. */
static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const char *name = object_name(object);
	bool preinstalled = strcmp(name, "public") == 0;

	(void)context;
	steps_add(steps, object, STEP_CREATE, LOCK_NONE, 0, preinstalled ? "CREATE SCHEMA IF NOT EXISTS %I" : "CREATE SCHEMA %I",
	          name);
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
	.create = create,
};
