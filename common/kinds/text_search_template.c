/*
 * text_search_template.c - text search templates: names for functions.  Only a superuser may create one.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/standing.h"
#include "kinds/text_search_template.sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL }, /* in parentheses */
	FACET_COMMENT,
};

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	(void)context;
	steps_add(steps, object, STEP_CREATE, LOCK_NONE, 0, "CREATE TEXT SEARCH TEMPLATE %Q (%X)", object_schema(object),
	          object_name(object), object_get(object, "definition"));
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	return standing_judge(context, change, attributes[attribute].hazards);
}

const struct kind kind_text_search_template = {
	.name = "text_search_template",
	.plural = "text search templates",
	.sql = "TEXT SEARCH TEMPLATE",
	.catalog = "pg_ts_template",
	.query = text_search_template_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.create = create,
	.judge = judge,
};
