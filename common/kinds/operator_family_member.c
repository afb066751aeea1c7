/*
 * operator_family_member.c - operators and support functions of a family that are in no class.
 *
 * The family may be the server's own, so it is no parent: what there is of it is a dependency.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/operator_family_member.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "family", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "method", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL }, /* "OPERATOR 1 (integer, bigint)" */
	{ "definition", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
};

static void
write_step(const struct object *member, enum step_action action, const char *verb, const char *what,
           struct steps *steps)
{
	unsigned hazards = action == STEP_DROP ? HAZARD_BEHAVIOUR : 0;

	steps_add(steps, member, action, LOCK_NONE, hazards, "ALTER OPERATOR FAMILY %Q USING %I %K %X",
	          object_schema(member), object_text(member, "family"), object_text(member, "method"), verb, what);
}

static void
address(struct buffer *out, const struct object *member)
{
	sql_append(out, "%X OF OPERATOR FAMILY %Q USING %I", object_name(member), object_schema(member),
	           object_text(member, "family"), object_text(member, "method"));
}

static void
create(const struct kind_context *context, const struct object *member, struct steps *steps)
{
	(void)context;
	write_step(member, STEP_CREATE, "ADD", object_text(member, "definition"), steps);
}

static void
drop(const struct kind_context *context, const struct object *member, struct steps *steps)
{
	(void)context;
	write_step(member, STEP_DROP, "DROP", object_name(member), steps);
}

const struct kind kind_operator_family_member = {
	.name = "operator_family_member",
	.plural = "operator family members",
	.catalog = "pg_amop",
	.query = operator_family_member_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 4,
	.traits = KIND_IN_SCHEMA | KIND_IS_PART, /* 13 ties all that a class names to it */
	.address = address,
	.create = create,
	.drop = drop,
};
