/*
 * view.c - views.
 *
 * CREATE OR REPLACE VIEW reaches any definition whose columns begin with the present ones, in name, type and
 * order; anything else needs a rebuild, with what stands on the view.  It also replaces the options as a whole, so they
 * are always written with it: a view that lost security_invoker or security_barrier on the way would show more
 * rows than before.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/view.sql.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "columns", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

static void
view_create(const struct kind_context *context, const struct object *view, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	sql_append(&sql, "CREATE VIEW %Q", object_schema(view), object_name(view));
	write_relation_options(&sql, object_get(view, "options"));
	sql_append(&sql, " AS\n%X", object_text(view, "definition"));
	steps_take(steps, view, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
view_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *view = change->wanted;
	struct buffer sql = BUFFER_INIT;

	(void)context;
	if (change_allows(change, "definition") || change_allows(change, "columns")) {
		sql_append(&sql, "CREATE OR REPLACE VIEW %Q", object_schema(view), object_name(view));
		write_relation_options(&sql, change_value(change, "options"));
		sql_append(&sql, " AS\n%X", change_value(change, "definition"));
		steps_take(steps, view, STEP_REPLACE, LOCK_ACCESS_EXCLUSIVE,
		           HAZARD_BEHAVIOUR | (change_allows(change, "options") ? HAZARD_PRIVILEGE : 0), &sql);
	} else if (change_allows(change, "options"))
		relation_options_steps(change, "ALTER VIEW", LOCK_ACCESS_EXCLUSIVE, HAZARD_PRIVILEGE, steps);
	buffer_fini(&sql);
}

static const char *
view_refuse(const struct kind_context *context, const struct object *view)
{
	if (context->version < 150000 && relation_options_have(object_get(view, "options"), "security_invoker"))
		return "security_invoker needs PostgreSQL 15";
	return NULL;
}

/* Something that only production has and that reads this view: it has to go on finding its columns. */
static const struct object *
foreign_reader(const struct kind_context *context, const struct object *view)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, view, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *dependant = &context->current->objects[list[i]];

		if (catalog_counterpart(context->wanted, dependant) == NULL)
			return dependant;
	}
	return NULL;
}

static struct verdict
view_judge_columns(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_REPLACE, HAZARD_BEHAVIOUR, NULL };
	struct name_list current;
	struct name_list wanted;

	/* Of one text the columns differ only by what it reads from: that change, if it is made, rebuilds the view. */
	if (!change_differs(change, "definition")) {
		verdict.rule = CHANGE_IGNORE;
		return verdict;
	}
	name_list_init(&current, object_get(change->current, "columns"));
	name_list_init(&wanted, object_get(change->wanted, "columns"));
	const struct object *reader =
		name_list_has_all(&wanted, &current) ? NULL : foreign_reader(context, change->current);
	if (reader != NULL) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = arena_printf(context->arena, "it loses columns, and %s, which only production has, reads it",
		                              object_description(context->arena, reader));
	} else if (!name_list_begins_with(&wanted, &current)) {
		verdict.rule = CHANGE_REBUILD;
		verdict.hazards |= HAZARD_REBUILDS | HAZARD_BLOCKS_READS;
	}
	name_list_fini(&current);
	name_list_fini(&wanted);
	return verdict;
}

static struct verdict
view_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_PRIVILEGE, NULL };

	if (strcmp(attributes[attribute].name, "columns") == 0)
		return view_judge_columns(context, change);
	verdict.reason = view_refuse(context, change->wanted);
	if (verdict.reason != NULL)
		verdict.rule = CHANGE_REFUSE;
	return verdict;
}

static const char *const shaping[] = { "columns", NULL };

const struct kind kind_view = {
	.name = "view",
	.plural = "views",
	.sql = "VIEW",
	.catalog = "pg_class",
	.query = view_sql,
	.cost = 10,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA | KIND_NAMES_RELATION,
	.shaping = shaping,
	.grant_class = "TABLE",
	.create = view_create,
	.alter = view_alter,
	.judge = view_judge,
	.refuse = view_refuse,
	.elaborate = elaborate_view_definition,
};
