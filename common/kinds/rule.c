/*
 * rule.c - rewrite rules of tables and views.
 */
#include "build.h"

#include "kinds/enabled_state.h"
#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/rule.sql.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "relation", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "enabled", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, "O" },
	FACET_COMMENT,
};

static const char *const parents[] = { "table", "view", NULL };

static const char start[] = "CREATE RULE ";

static void
rule_address(struct buffer *out, const struct object *rule)
{
	sql_append(out, "RULE %I ON %Q", object_name(rule), object_schema(rule), object_get(rule, "relation"));
}

static void
add_state(const struct object *rule, const char *enabled, struct steps *steps)
{
	const char *sql = enabled_state_sql(enabled);

	if (sql != NULL)
		steps_add(steps, rule, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, "ALTER TABLE %Q %K RULE %I",
		          object_schema(rule), object_get(rule, "relation"), sql, object_name(rule));
}

static void
rule_create(const struct kind_context *context, const struct object *rule, struct steps *steps)
{
	const char *enabled = object_get(rule, "enabled");

	steps_add(steps, rule, STEP_CREATE, LOCK_ACCESS_EXCLUSIVE,
	          parent_is_in_production(context, rule) ? HAZARD_BEHAVIOUR : 0, "%X", object_text(rule, "definition"));
	if (!enabled_state_is_initial(enabled))
		add_state(rule, enabled, steps);
}

static void
rule_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *rule = change->wanted;

	(void)context;
	/* A replaced rule keeps its state (rewriteDefine.c, InsertRule). */
	if (change_allows(change, "definition"))
		steps_add(steps, rule, STEP_REPLACE, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, "CREATE OR REPLACE RULE %X",
		          object_text(rule, "definition") + sizeof(start) - 1);
	if (change_allows(change, "enabled"))
		add_state(rule, object_get(rule, "enabled"), steps);
}

static struct verdict
rule_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	const char *definition = object_value(change->wanted, attribute);
	struct verdict verdict = { CHANGE_REPLACE, HAZARD_BEHAVIOUR, NULL };

	(void)context;
	if (definition == NULL || strncmp(definition, start, sizeof(start) - 1) != 0)
		verdict.rule = CHANGE_REBUILD;
	return verdict;
}

/* The rule is made on a temporary table of the same name and columns; what it does stays with the real tables. */
static bool
rule_elaborate(const struct kind_context *context, const struct object *rule, struct elaboration *elaboration)
{
	const char *definition = object_text(rule, "definition");
	const char *relation = object_get(rule, "relation");
	struct buffer sql = BUFFER_INIT;
	const char *found;

	sql_append(&sql, " TO %Q", object_schema(rule), relation);
	found = definition != NULL ? strstr(definition, buffer_text(&sql)) : NULL;
	if (found == NULL) {
		buffer_fini(&sql);
		return false;
	}
	const char *rest = found + sql.length;
	buffer_clear(&sql);
	add_temporary_likeness(context, elaboration->statements, rule, relation);
	buffer_append(&sql, definition, (size_t)(found - definition));
	sql_append(&sql, " TO %Q%X", "pg_temp", relation, rest);
	steps_take(elaboration->statements, rule, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_append_text(&sql, "SELECT true AS made");
	elaborate_tree(&sql, "definition", "pg_catalog.concat_ws(' ', r.ev_type, r.is_instead, r.ev_qual, r.ev_action)",
	               "c");
	sql_append(&sql,
	           " FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L AND r.rulename = %L",
	           relation, object_name(rule));
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

const struct kind kind_rule = {
	.name = "rule",
	.plural = "rewrite rules",
	.catalog = "pg_rewrite",
	.query = rule_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_OF_PARENT | KIND_AFTER_DATA,
	.address = rule_address,
	.create = rule_create,
	.alter = rule_alter,
	.judge = rule_judge,
	.elaborate = rule_elaborate,
};
