/*
 * shell_type.c - the name of a type whose functions must be there before the type itself.
 *
 * A base type needs its input function, which gives the type: CREATE TYPE by name alone breaks the circle.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/object.h"
#include "kinds/facet.h"
#include "kinds/shell_type.sql.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "stage", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, "shell" },
	/* Of a shell that never became more; else they are the type's. */
	{ "owner", ATTRIBUTE_TEXT, ROLE_OWNER, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	/* GRANT refused shells before 18. */
	{ "acl", ATTRIBUTE_LIST, ROLE_ACL, CHANGE_JUDGE, HAZARD_PRIVILEGE, 180000, NULL },
	{ "comment", ATTRIBUTE_TEXT, ROLE_COMMENT, CHANGE_JUDGE, 0, 0, NULL },
	{ "security_labels", ATTRIBUTE_LIST, ROLE_LABELS, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
};

static void
address(struct buffer *out, const struct object *shell)
{
	sql_append(out, "TYPE %Q", object_schema(shell), object_get(shell, "name"));
}

static void
create(const struct kind_context *context, const struct object *shell, struct steps *steps)
{
	(void)context;
	steps_add(steps, shell, STEP_CREATE, LOCK_NONE, 0, "CREATE TYPE %Q", object_schema(shell),
	          object_get(shell, "name"));
}

/* The type itself may have taken it away. */
static void
drop(const struct kind_context *context, const struct object *shell, struct steps *steps)
{
	(void)context;
	steps_add(steps, shell, STEP_DROP, LOCK_NONE, 0, "DROP TYPE IF EXISTS %Q", object_schema(shell),
	          object_get(shell, "name"));
}

/* Where one side's shell became a type, what is said of it is said of that: such a shell has no owner. */
static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };

	(void)context;
	if (object_get(change->current, "owner") == NULL || object_get(change->wanted, "owner") == NULL)
		verdict = (struct verdict){ CHANGE_IGNORE, 0, NULL };
	return verdict;
}

const struct kind kind_shell_type = {
	.name = "shell_type",
	.plural = "shell types",
	.catalog = "pg_type",
	.query = shell_type_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA,
	.grant_class = "TYPE",
	.address = address,
	.create = create,
	.drop = drop,
	.judge = judge,
};
