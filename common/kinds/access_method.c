/*
 * access_method.c - access methods.  Only a superuser may create one; what is stored by one keeps it as it is.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/access_method.sql.h"
#include "kinds/facet.h"
#include "kinds/standing.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "handler", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_COMMENT,
};

static void
create(const struct kind_context *context, const struct object *method, struct steps *steps)
{
	(void)context;
	steps_add(steps, method, STEP_CREATE, LOCK_NONE, 0, "CREATE ACCESS METHOD %I TYPE %X HANDLER %X",
	          object_name(method), object_get(method, "type"), object_get(method, "handler"));
}

const struct kind kind_access_method = {
	.name = "access_method",
	.plural = "access methods",
	.sql = "ACCESS METHOD",
	.catalog = "pg_am",
	.query = access_method_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_OF_DATABASE,
	.create = create,
	.judge = standing_judge,
};
