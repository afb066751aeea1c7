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

/* Whether the statement is there for the sake of these attributes. */
static bool
is_of_attributes(const struct planning *planning, const struct plan_change *change, uint64_t attributes,
                 const char *sql)
{
	struct change some = change->change;
	struct kind_context context;
	struct steps steps;

	some.allowed = attributes;
	planning_context(planning, &context);
	steps_init(&steps, planning->plan.arena);
	if (some.current != NULL)
		planning_write_alter(planning, &some, 0, &steps);
	else
		for (unsigned i = 0; i < some.wanted->kind->attribute_count; i++)
			if (attributes >> i & 1)
				facet_steps(&context, NULL, some.wanted, i, &steps);
	return holds_statement(&steps, sql);
}

/* Of what is new, only its comment: without its owner, privileges or labels it might be open to whom it is not meant
 * for. */
static bool
can_be_missing(const struct plan_change *change, unsigned attribute)
{
	enum attribute_role role = change->change.wanted->kind->attributes[attribute].role;

	if (change->decision == DECISION_CREATE)
		return role == ROLE_COMMENT;
	return facet_is(role) && (change->change.allowed >> attribute & 1) != 0;
}

/*
 * The attributes that cannot be done without the statement: one that has statements of its own, or else all that the
 * kind writes, since it writes one with a view to the others.  0: it is for none of those.
 */
static uint64_t
attributes_of(const struct planning *planning, const struct plan_change *change, const char *sql)
{
	const struct kind *kind = change->change.wanted->kind;
	uint64_t own = change->change.allowed & planning_own_attributes(kind);
	bool alters = change->decision == DECISION_ALTER || change->decision == DECISION_REPLACE;

	if (!alters && change->decision != DECISION_CREATE)
		return 0;
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (can_be_missing(change, i) && is_of_attributes(planning, change, UINT64_C(1) << i, sql))
			return UINT64_C(1) << i;
	return alters && is_of_attributes(planning, change, own, sql) ? own : 0;
}

bool
planning_can_be_apart(const struct kind *kind)
{
	return (kind->traits & KIND_INLINE) && kind_ordinal(kind) < 0;
}

static bool
inlines_ordered(const struct kind_context *context, const struct object *part)
{
	return !planning_can_be_apart(part->kind) && (part->kind->inlines == NULL || part->kind->inlines(context, part));
}

/* Whether the statement is one that a new object has even without any part that could have its own. */
static bool
is_of_bare(const struct planning *planning, const struct object *wanted, const char *sql)
{
	struct kind_context context;
	struct steps steps;

	planning_context(planning, &context);
	context.inlined = inlines_ordered;
	steps_init(&steps, planning->plan.arena);
	if (wanted->kind->create != NULL)
		wanted->kind->create(&context, wanted, &steps);
	for (unsigned i = 0; i < wanted->kind->attribute_count; i++)
		if (facet_is(wanted->kind->attributes[i].role))
			facet_steps(&context, NULL, wanted, i, &steps);
	return holds_statement(&steps, sql);
}

/* Whether something new has a part that could have a statement of its own as well. */
static bool
has_such_parts(const struct planning *planning, const struct object *wanted)
{
	const struct plan *plan = &planning->plan;

	for (size_t i = 0; i < plan->change_count; i++) {
		const struct object *part = plan->changes[i].change.wanted;

		if (part == NULL || !planning_can_be_apart(part->kind) || plan->changes[i].decision != DECISION_CREATE)
			continue;
		for (const struct object *above = part; above != NULL; above = catalog_parent(plan->wanted, above))
			if (above == wanted)
				return true;
	}
	return false;
}

/* It was only to be made anew for the sake of something else: so it stays, and that with it. */
static void
let_stay(struct planning *planning, const struct object *object, const char *reason)
{
	const struct object *current =
		catalog_holds(planning->plan.current, object) ? object : catalog_counterpart(planning->plan.current, object);
	struct plan_change *change;

	if (current == NULL)
		return;
	change = planning_change_of(planning, current);
	if (change == NULL)
		change = planning_add(planning, current, catalog_counterpart(planning->plan.wanted, current));
	change->stays = arena_strdup(planning->plan.arena, reason);
}

void
plan_let_stay(struct plan *plan, const struct object *current, const char *reason)
{
	struct planning *planning = planning_of(plan);
	struct plan_change *change = planning_change_of(planning, current);

	if (change != NULL && change->decision == DECISION_REBUILD)
		judge_withhold(planning, change, change->change.allowed, reason);
	let_stay(planning, current, reason);
}

void
refusal_withhold_undone(struct planning *planning)
{
	for (size_t i = 0; i < planning->plan.change_count; i++) {
		struct plan_change *change = &planning->plan.changes[i];

		if (planning_acts(change) && change->change.wanted != NULL)
			judge_withhold(planning, change, change->change.current != NULL ? change->change.allowed : UINT64_MAX,
			               "what would make it so is withheld");
	}
}

void
plan_withhold_statement(struct plan *plan, const struct object *object, const char *sql, const char *reason)
{
	struct planning *planning = planning_of(plan);
	struct plan_change *change = planning_change_of(planning, object);

	planning->refused = true;
	if (change == NULL || change->change.wanted == NULL || !planning_acts(change)) {
		let_stay(planning, object, reason);
		return;
	}
	uint64_t attributes = attributes_of(planning, change, sql);
	if (attributes != 0) {
		judge_withhold(planning, change, attributes, reason);
		return;
	}
	if (change->decision == DECISION_CREATE && !change->in_parts && has_such_parts(planning, change->change.wanted) &&
	    !is_of_bare(planning, change->change.wanted, sql)) {
		change->in_parts = true;
		return;
	}
	bool is_there = change->change.current != NULL;
	judge_withhold(planning, change, is_there ? change->change.allowed : UINT64_MAX, reason);
	if (is_there)
		let_stay(planning, object, reason);
}
