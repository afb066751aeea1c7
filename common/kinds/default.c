/*
 * default.c - default values of columns, those of views too.
 */
#include "build.h"

#include "kinds/counter.h"
#include "kinds/generated.h"
#include "kinds/identity.h"
#include "kinds/kinds.h"

#include "kinds/default.sql.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "relation", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "column", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "expression", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
};

static const char *const parents[] = { "column", NULL };

static void
address(struct buffer *out, const struct object *object)
{
	sql_append(out, "DEFAULT OF %Q.%I", object_schema(object), object_get(object, "relation"),
	           object_get(object, "column"));
}

static void
set_default(const struct object *object, enum step_action action, unsigned hazards, struct steps *steps)
{
	steps_add(steps, object, action, LOCK_ACCESS_EXCLUSIVE, hazards,
	          "ALTER TABLE ONLY %Q ALTER COLUMN %I SET DEFAULT %X", object_schema(object),
	          object_get(object, "relation"), object_get(object, "column"), object_text(object, "expression"));
}

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	set_default(object, STEP_CREATE, table_exists(context, object) ? HAZARD_BEHAVIOUR : 0, steps);
	counter_go_on(context, object, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	if (!change_allows(change, "expression"))
		return;
	set_default(change->wanted, STEP_ALTER, HAZARD_BEHAVIOUR, steps);
	counter_go_on(context, change->wanted, steps);
}

static void
drop(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	(void)context;
	steps_add(steps, object, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
	          "ALTER TABLE ONLY %Q ALTER COLUMN %I DROP DEFAULT", object_schema(object), object_get(object, "relation"),
	          object_get(object, "column"));
}

/* Production's column has its values from elsewhere, and will have. */
static const char *
refuse_for_column(const struct kind_context *context, const struct object *object)
{
	const struct object *wanted = catalog_parent(context->wanted, object);
	const struct object *current = wanted != NULL ? catalog_counterpart(context->current, wanted) : NULL;
	struct change change;

	if (current == NULL)
		return NULL;
	change = (struct change){ .current = current, .wanted = wanted };
	if (object_get(current, "generated") != NULL && generated_judge(context, &change).rule == CHANGE_REFUSE)
		return "production computes the column";
	if (object_get(current, "identity") != NULL && identity_heir(context, wanted) == NULL)
		return "production's column is an identity";
	return NULL;
}

static const char *
refuse(const struct kind_context *context, const struct object *object)
{
	char *names = NULL;
	const char *reason = refuse_for_column(context, object);
	struct buffer list = BUFFER_INIT;

	if (reason != NULL)
		return reason;

	buffer_append_char(&list, '{');
	sql_array_append(&list, object_get(object, "column"), true);
	buffer_append_char(&list, '}');
	names = buffer_steal(&list);
	reason = table_refuse_for_columns(context, object, names, NULL);
	free(names);
	return reason != NULL ? reason : table_refuse_for_columns(context, object, NULL, object_text(object, "expression"));
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };

	verdict.reason = refuse(context, change->wanted);
	if (verdict.reason != NULL)
		verdict.rule = CHANGE_REFUSE;
	return verdict;
}

/* CREATE VIEW has no place for one. */
static bool
inlines(const struct kind_context *context, const struct object *object)
{
	return table_find(context->wanted, object_schema(object), object_get(object, "relation")) != NULL;
}

static bool
elaborate(const struct kind_context *context, const struct object *object, struct elaboration *elaboration)
{
	const char *relation = object_get(object, "relation");
	struct buffer sql = BUFFER_INIT;

	add_temporary_likeness(context, elaboration->statements, object, relation);
	steps_add(elaboration->statements, object, STEP_ALTER, LOCK_NONE, 0,
	          "ALTER TABLE %Q ALTER COLUMN %I SET DEFAULT %X", "pg_temp", relation, object_get(object, "column"),
	          object_text(object, "expression"));
	sql_append(&sql, "SELECT pg_catalog.pg_get_expr(d.adbin, 0) AS expression");
	elaborate_tree(&sql, "expression", "CAST(d.adbin AS pg_catalog.text)", "c");
	sql_append(&sql,
	           " FROM pg_catalog.pg_attrdef d"
	           " JOIN pg_catalog.pg_class c ON c.oid = d.adrelid"
	           " JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L AND a.attname = %L",
	           relation, object_get(object, "column"));
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

const struct kind kind_default = {
	.name = "default",
	.plural = "defaults",
	.catalog = "pg_attrdef",
	.query = default_sql,
	.cost = 15,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 4,
	.parents = parents,
	.traits = KIND_INLINE | KIND_OF_PARENT | KIND_SURVIVES_ALTER | KIND_EVALUATES,
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.refuse = refuse,
	.inlines = inlines,
	.elaborate = elaborate,
};
