/*
 * lookalike.c - what may have been renamed.
 *
 * A rename cannot be told from dropping one thing and adding another, so it is never guessed.  But where an object
 * that only production has and one that only the snapshot has are of the same kind, in the same place, and of the same
 * form down to their parts, and nothing else is, the plan says so.
 */
#include "build.h"

#include "plan/planning.h"

struct candidate {
	const struct object *object;
	uint64_t form;
	bool current;
};

static uint64_t
mix(uint64_t hash, const char *text)
{
	for (; text != NULL && *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return (hash ^ (text == NULL ? 257 : 256)) * UINT64_C(1099511628211);
}

/* What is compared: not facets, not what never counts, not text that the server deparsed, which holds names. */
static uint64_t
mix_values(uint64_t hash, const struct object *object)
{
	const struct kind *kind = object->kind;
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (kind->attributes[i].role == ROLE_PLAIN && kind->attributes[i].rule != CHANGE_IGNORE &&
		    kind->attributes[i].type != ATTRIBUTE_EXPRESSION)
			hash = mix(hash, object_value(object, i));
	return hash;
}

/* Own values, and those parts that hold data (columns) by name and values. */
static uint64_t
form_of(const struct catalog *catalog, const struct object *object)
{
	uint64_t hash = mix_values(mix(UINT64_C(14695981039346656037), object->kind->name), object);
	for (unsigned i = 0; i + 1 < object->kind->identity_count; i++)
		hash = mix(hash, object_value(object, i));
	for (unsigned k = 0; k < kind_count; k++) {
		const struct object *child;
		uint32_t count = kinds[k]->parents != NULL && (kinds[k]->traits & KIND_HOLDS_DATA)
		                     ? catalog_children(catalog, object, kinds[k], &child)
		                     : 0;
		for (uint32_t i = 0; i < count; i++)
			hash = mix_values(mix(hash, object_name(&child[i])), &child[i]);
	}
	return hash;
}

static int
compare_candidates(const void *a, const void *b)
{
	const struct candidate *left = a;
	const struct candidate *right = b;
	if (left->form != right->form)
		return left->form < right->form ? -1 : 1;
	if (left->current != right->current)
		return left->current ? -1 : 1;
	return object_compare_identity(left->object, right->object);
}

/* Only what would lose something by not being renamed is worth a question, and only at its top. */
static bool
is_worth_it(const struct planning *planning, const struct plan_change *change)
{
	const struct object *object = planning_target(change);
	const struct object *parent =
		catalog_parent(change->change.wanted != NULL ? planning->plan.wanted : planning->plan.current, object);
	if (!(object->kind->traits & KIND_HOLDS_DATA))
		return false;
	bool foreign = change->decision == DECISION_KEEP;
	bool fresh = change->change.current == NULL &&
	             (change->decision == DECISION_CREATE || change->decision == DECISION_WITHHOLD);
	if (!foreign && !fresh)
		return false;
	const struct plan_change *above = parent != NULL ? planning_change_of(planning, parent) : NULL;
	return above == NULL || (above->change.current != NULL && above->change.wanted != NULL);
}

/* A form that exactly one of each side has. */
static void
add_pairs(struct plan *plan, const struct candidate *candidates, size_t count)
{
	plan->lookalikes = arena_alloc(plan->arena, (count / 2 + 1) * sizeof(*plan->lookalikes));
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count && candidates[end].form == candidates[i].form; end++)
			;
		if (end - i == 2 && candidates[i].current && !candidates[i + 1].current)
			plan->lookalikes[plan->lookalike_count++] =
				(struct plan_lookalike){ candidates[i].object, candidates[i + 1].object };
	}
}

static int
compare_pairs(const void *a, const void *b)
{
	return object_compare_identity(((const struct plan_lookalike *)a)->current,
	                               ((const struct plan_lookalike *)b)->current);
}

void
lookalikes_find(struct planning *planning)
{
	struct plan *plan = &planning->plan;
	struct candidate *candidates = xmalloc((plan->change_count + 1) * sizeof(*candidates));
	size_t count = 0;
	bool any_kept = false;
	for (size_t i = 0; i < plan->change_count && !any_kept; i++)
		any_kept = plan->changes[i].decision == DECISION_KEEP;
	for (size_t i = 0; any_kept && i < plan->change_count; i++) {
		const struct plan_change *change = &plan->changes[i];
		bool current = change->change.wanted == NULL;
		if (!is_worth_it(planning, change))
			continue;
		const struct object *object = planning_target(change);
		candidates[count++] =
			(struct candidate){ object, form_of(current ? plan->current : plan->wanted, object), current };
	}
	if (count > 1)
		qsort(candidates, count, sizeof(*candidates), compare_candidates);
	add_pairs(plan, candidates, count);
	if (plan->lookalike_count > 1)
		qsort(plan->lookalikes, plan->lookalike_count, sizeof(*plan->lookalikes), compare_pairs);
	free(candidates);
}
