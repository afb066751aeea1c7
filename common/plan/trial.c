/*
 * trial.c - a plan's double, whose steps somebody tries out while the plan itself can still be changed.
 */
#include "build.h"

#include "plan/planning.h"

static uint32_t *
copy_places(struct arena *arena, const uint32_t *places, uint32_t count)
{
	return arena_memdup(arena, places, (count + 1) * sizeof(*places));
}

struct plan *
plan_trial(const struct plan *plan, struct error *error)
{
	const struct planning *original = planning_of(plan);
	struct arena *arena = arena_new();
	struct planning *trial = arena_zalloc(arena, sizeof(*trial));
	trial->plan = (struct plan){ .arena = arena,
		                         .current = plan->current,
		                         .wanted = plan->wanted,
		                         .options = plan->options,
		                         .change_count = plan->change_count };
	trial->change_capacity = plan->change_count + 1;
	trial->plan.changes = xcalloc(trial->change_capacity, sizeof(*plan->changes));
	if (plan->change_count > 0)
		memcpy(trial->plan.changes, plan->changes, plan->change_count * sizeof(*plan->changes));
	trial->wanted_change = copy_places(arena, original->wanted_change, plan->wanted->count);
	trial->current_change = copy_places(arena, original->current_change, plan->current->count);
	trial->schema_kind = original->schema_kind;
	if (plan_finish(&trial->plan, error) == 0)
		return &trial->plan;
	plan_free(&trial->plan);
	return NULL;
}

struct plan_change *
plan_change_of(const struct plan *plan, const struct object *object)
{
	return planning_change_of(planning_of(plan), object);
}

bool
plan_reshapes(const struct plan *plan, const struct plan_change *change, const struct plan_change *dependant)
{
	uint64_t attributes = 0;

	return change->decision == DECISION_REBUILD ||
	       closure_misfits(planning_of(plan), &change->change, change->change.allowed, &dependant->change, &attributes);
}

void
plan_each_dependency(const struct plan *plan, const struct object *object,
                     void (*visit)(void *context, const struct object *dependency), void *context)
{
	graph_each_dependency(planning_of(plan), object, visit, NULL, context);
}
