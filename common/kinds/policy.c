/*
 * policy.c - row security policies.
 *
 * ALTER POLICY can change roles and expressions; it cannot take an expression away, nor change the command or
 * whether the policy permits or restricts.  Whether the table heeds its policies is the table's attribute.
 */
#include "build.h"

#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/policy.sql.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_PRIVILEGE | HAZARD_REBUILDS)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "permissive", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "t" },
	{ "command", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "ALL" },
	{ "roles", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, HAZARD_PRIVILEGE, 0, "{public}" },
	{ "using", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	{ "check", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	FACET_COMMENT,
};

static const char *const parents[] = { "table", NULL };

static const char *
policy_table(const struct object *policy)
{
	return object_text(policy, "table");
}

static void
policy_address(struct buffer *out, const struct object *policy)
{
	sql_append(out, "POLICY %I ON %Q", object_name(policy), object_schema(policy), policy_table(policy));
}

/* No role is called public: quoted or not, it means everyone (gram.y, RoleSpec). */
static void
write_roles(struct buffer *out, const char *roles)
{
	struct name_list list;

	name_list_init(&list, roles);
	for (size_t i = 0; i < list.count; i++)
		sql_append(out, i == 0 ? " TO %I" : ", %I", list.items[i]);
	name_list_fini(&list);
}

static void
write_expressions(struct buffer *out, const char *using, const char *check)
{
	if (using != NULL)
		sql_append(out, " USING (%X)", using);
	if (check != NULL)
		sql_append(out, " WITH CHECK (%X)", check);
}

static void
policy_create(const struct kind_context *context, const struct object *policy, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	buffer_append_text(&sql, "CREATE ");
	policy_address(&sql, policy);
	if (!object_is(policy, "permissive"))
		buffer_append_text(&sql, " AS RESTRICTIVE");
	sql_append(&sql, " FOR %X", object_text(policy, "command"));
	write_roles(&sql, object_get(policy, "roles"));
	write_expressions(&sql, object_get(policy, "using"), object_get(policy, "check"));
	steps_take(steps, policy, STEP_CREATE, LOCK_ACCESS_EXCLUSIVE,
	           parent_is_in_production(context, policy) ? HAZARD_PRIVILEGE : 0, &sql);
	buffer_fini(&sql);
}

static void
policy_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *policy = change->wanted;
	struct buffer sql = BUFFER_INIT;
	size_t start;

	(void)context;
	buffer_append_text(&sql, "ALTER ");
	policy_address(&sql, policy);
	start = sql.length;
	if (change_allows(change, "roles"))
		write_roles(&sql, object_get(policy, "roles"));
	write_expressions(&sql, change_allows(change, "using") ? object_get(policy, "using") : NULL,
	                  change_allows(change, "check") ? object_get(policy, "check") : NULL);
	if (sql.length > start)
		steps_take(steps, policy, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_PRIVILEGE, &sql);
	buffer_fini(&sql);
}

static struct verdict
policy_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_PRIVILEGE, NULL };

	(void)context;
	if (object_value(change->wanted, attribute) == NULL) {
		verdict.rule = CHANGE_REBUILD;
		verdict.hazards = REBUILD_HAZARDS;
	}
	return verdict;
}

/* A policy for all commands on a temporary table of the same name and columns.  Roles play no part in the
 * expressions, and the target may lack them. */
static bool
policy_elaborate(const struct kind_context *context, const struct object *policy, struct elaboration *elaboration)
{
	const char *table = policy_table(policy);
	struct buffer sql = BUFFER_INIT;

	add_temporary_likeness(context, elaboration->statements, policy, table);
	sql_append(&sql, "CREATE POLICY %I ON %Q", object_name(policy), "pg_temp", table);
	write_expressions(&sql, object_get(policy, "using"), object_get(policy, "check"));
	steps_take(elaboration->statements, policy, STEP_CREATE, LOCK_NONE, 0, &sql);
	sql_append(&sql, "SELECT pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS \"using\","
	                 " pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS \"check\"");
	elaborate_tree(&sql, "using", "CAST(p.polqual AS pg_catalog.text)", "c");
	elaborate_tree(&sql, "check", "CAST(p.polwithcheck AS pg_catalog.text)", "c");
	sql_append(&sql,
	           " FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L AND p.polname = %L",
	           table, object_name(policy));
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

const struct kind kind_policy = {
	.name = "policy",
	.plural = "policies",
	.catalog = "pg_policy",
	.query = policy_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_OF_PARENT,
	.address = policy_address,
	.create = policy_create,
	.alter = policy_alter,
	.judge = policy_judge,
	.elaborate = policy_elaborate,
};
