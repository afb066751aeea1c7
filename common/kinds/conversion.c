/*
 * conversion.c - conversions between encodings.  None can be altered, and nothing is built on one.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/conversion.sql.h"
#include "kinds/facet.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "is_default", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "f" },
	{ "source", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "target", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "function", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

static void
create(const struct kind_context *context, const struct object *conversion, struct steps *steps)
{
	(void)context;
	steps_add(steps, conversion, STEP_CREATE, LOCK_NONE, HAZARD_BEHAVIOUR,
	          "CREATE%K CONVERSION %Q FOR %L TO %L FROM %X", object_is(conversion, "is_default") ? " DEFAULT" : "",
	          object_schema(conversion), object_name(conversion), object_get(conversion, "source"),
	          object_get(conversion, "target"), object_get(conversion, "function"));
}

const struct kind kind_conversion = {
	.name = "conversion",
	.plural = "conversions",
	.sql = "CONVERSION",
	.catalog = "pg_conversion",
	.query = conversion_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.create = create,
};
