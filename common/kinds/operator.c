/*
 * operator.c - operators.
 *
 * A commutator or negator that is not there yet is made as a shell by the server, so pairs need no order.  A link that
 * only one of the two has is read as both's (operator.sql).
 */
#include "build.h"

#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/operator.sql.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "arguments", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "restrict", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "join", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

/* The name is no identifier and is never quoted: it may hold nothing but operator characters. */
static void
write_name(struct buffer *out, const struct object *operator)
{
	const char *name = object_get(operator, "name");
	size_t length = strspn(name, "+-*/<>=~!@#%^&|`?");

	sql_append(out, "%I.", object_schema(operator));
	buffer_append(out, name, length);
}

static void
operator_address(struct buffer *out, const struct object *operator)
{
	buffer_append_text(out, "OPERATOR ");
	write_name(out, operator);
	sql_append(out, " (%X)", object_get(operator, "arguments"));
}

static void
operator_create(const struct kind_context *context, const struct object *operator, struct steps * steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	buffer_append_text(&sql, "CREATE OPERATOR ");
	write_name(&sql, operator);
	sql_append(&sql, " (%X", object_get(operator, "definition"));
	if (object_get(operator, "restrict") != NULL)
		sql_append(&sql, ", RESTRICT = %X", object_get(operator, "restrict"));
	if (object_get(operator, "join") != NULL)
		sql_append(&sql, ", JOIN = %X", object_get(operator, "join"));
	buffer_append_char(&sql, ')');
	steps_take(steps, operator, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
operator_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const char *estimate = change_value(change, "restrict");
	const char *join = change_value(change, "join");
	struct buffer sql = BUFFER_INIT;

	(void)context; /* the two estimators are all that is altered */
	if (!change_allows(change, "restrict") && !change_allows(change, "join"))
		return;
	buffer_append_text(&sql, "ALTER ");
	operator_address(&sql, change->wanted);
	sql_append(&sql, " SET (RESTRICT = %X, JOIN = %X)", estimate == NULL ? "NONE" : estimate,
	           join == NULL ? "NONE" : join);
	steps_take(steps, change->wanted, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

static const char *const shaping[] = { "definition", NULL };

const struct kind kind_operator = {
	.name = "operator",
	.plural = "operators",
	.catalog = "pg_operator",
	.query = operator_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA,
	.shaping = shaping,
	.address = operator_address,
	.create = operator_create,
	.alter = operator_alter,
};
