/*
 * operator_family.c - operator families; what is in one is its classes and its loose members.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/operator_family.sql.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "method", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

static void
address(struct buffer *out, const struct object *family)
{
	sql_append(out, "OPERATOR FAMILY %Q USING %I", object_schema(family), object_get(family, "name"),
	           object_text(family, "method"));
}

static void
create(const struct kind_context *context, const struct object *family, struct steps *steps)
{
	(void)context;
	steps_add(steps, family, STEP_CREATE, LOCK_NONE, 0, "CREATE OPERATOR FAMILY %Q USING %I", object_schema(family),
	          object_get(family, "name"), object_text(family, "method"));
}

const struct kind kind_operator_family = {
	.name = "operator_family",
	.plural = "operator families",
	.catalog = "pg_opfamily",
	.query = operator_family_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA,
	.address = address,
	.create = create,
};
