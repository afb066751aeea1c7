/*
 * refusal.c - what becomes of a change of which the server has refused a statement.
 */
#include "build.h"

#include "kinds/facet.h"
#include "plan/planning.h"

static bool
holds_statement(const struct steps *steps, const char *sql)
{
	for (size_t i = 0; i < steps->count; i++)
		if (strcmp(steps->items[i]->sql, sql) == 0)
			return true;
	return false;
}

/* Whether the statement is there for this attribute's sake. */
static bool
is_of_attribute(const struct planning *planning, const struct plan_change *change, unsigned attribute, const char *sql)
{
	struct change alone = change->change;
	struct steps steps;

	alone.allowed = UINT64_C(1) << attribute;
	steps_init(&steps, planning->plan.arena);
	if (alone.current != NULL) {
		planning_write_alter(planning, &alone, 0, &steps);
	} else {
		struct kind_context context;

		planning_context(planning, &context);
		facet_steps(&context, NULL, alone.wanted, attribute, &steps);
	}
	return holds_statement(&steps, sql);
}

/*
 * The attributes that the statement is for, where the others can do without them.  Of what is new that is only its
 * comment: without its owner, privileges or labels it might be open to whom it is not meant for.
 */
static uint64_t
attributes_of(const struct planning *planning, const struct plan_change *change, const char *sql)
{
	const struct kind *kind = change->change.wanted->kind;
	bool is_new = change->decision == DECISION_CREATE;
	uint64_t bits = 0;

	if (!is_new && change->decision != DECISION_ALTER && change->decision != DECISION_REPLACE)
		return 0;
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		bool looked_at = is_new ? kind->attributes[i].role == ROLE_COMMENT : (change->change.allowed >> i & 1) != 0;

		if (looked_at && is_of_attribute(planning, change, i, sql))
			bits |= UINT64_C(1) << i;
	}
	return bits;
}

/* It was only to be made anew for the sake of something else: so it stays, and that with it. */
static bool
let_stay(struct planning *planning, const struct object *object, const char *reason)
{
	const struct object *current = catalog_holds(planning->plan.current, object)
	                                   ? object
	                                   : catalog_counterpart(planning->plan.current, object);
	struct plan_change *change;

	if (current == NULL)
		return false;
	change = planning_change_of(planning, current);
	if (change == NULL)
		change = planning_add(planning, current, catalog_counterpart(planning->plan.wanted, current));
	change->stays = arena_strdup(planning->plan.arena, reason);
	return true;
}

bool
plan_withhold_statement(struct plan *plan, const struct object *object, const char *sql, const char *reason)
{
	struct planning *planning = planning_of(plan);
	struct plan_change *change = planning_change_of(planning, object);

	if (change == NULL || change->change.wanted == NULL || !planning_acts(change))
		return let_stay(planning, object, reason);
	uint64_t attributes = attributes_of(planning, change, sql);
	if (attributes != 0) {
		judge_withhold(planning, change, attributes, reason);
		return true;
	}
	bool is_there = change->change.current != NULL;
	judge_withhold(planning, change, is_there ? change->change.allowed : UINT64_MAX, reason);
	return !is_there || let_stay(planning, object, reason);
}
