/*
 * closure.c - what one decision means for the objects that stand on it.
 *
 * Rebuilding X drops it, so everything that depends on X is dropped before and made again
 * after, each with its own owner, privileges and comment.  If anything among that holds
 * data, X is withheld instead: the planner never drops data to change a view.
 * What needs something withheld is withheld with it.
 *
 * One leads to the other, so both are done until nothing more is withheld; rebuilds are taken back in between, so that
 * none is left whose root is withheld.
 */
#include "build.h"

#include "plan/planning.h"

/* Whether dependants of this change must be out of its way while it runs. */
static bool
displaces_dependants(const struct plan_change *change)
{
	return change->decision == DECISION_REBUILD ||
	       (change->decision == DECISION_ALTER && (change->hazards & HAZARD_REBUILDS));
}

/*
 * What rebuilding drops, found in time that grows with the objects and their dependencies, however many
 * roots there are: `leads` is kept up from below, and what one root has closed no other walks again.
 */
struct closure {
	struct planning *planning;
	uint32_t *leads; /* by current index: an object that must stay and would be dropped with this one, or OBJECT_NONE */
	bool *closed;    /* by current index: rebuilt, with all that stands on it */
	uint32_t *queue; /* room for every current object */
};

/* Whether this object must not be dropped for the sake of another. */
static bool
must_stay(const struct planning *planning, const struct object *object)
{
	const struct plan_change *change = planning_change_of(planning, object);
	bool gone_anyway = change != NULL && change->decision == DECISION_DROP;
	/* Owner, privileges and comment have statements of their own. */
	bool withheld = change != NULL && (change->withheld & planning_own_attributes(object->kind)) != 0;
	bool stays = change != NULL && change->stays != NULL;
	return withheld || stays || (!gone_anyway && planning_holds_data(planning, object));
}

/* Says to what an object stands on that it would drop `stays`; returns the new end of the queue. */
static uint32_t
lead_down(struct closure *closure, const struct object *object, uint32_t stays, uint32_t end)
{
	const struct catalog *current = closure->planning->plan.current;
	const uint32_t *list;
	uint32_t count = catalog_depends(current, object, &list);
	for (uint32_t i = 0; i <= count; i++) {
		uint32_t below = i < count ? list[i] : object->parent;
		if (below == OBJECT_NONE || closure->leads[below] != OBJECT_NONE)
			continue;
		closure->leads[below] = stays;
		closure->queue[end++] = below;
	}
	return end;
}

/* The queue holds objects whose `leads` is new: hands it on downwards. */
static void
spread(struct closure *closure, uint32_t end)
{
	for (uint32_t i = 0; i < end; i++) {
		uint32_t at = closure->queue[i];
		end = lead_down(closure, &closure->planning->plan.current->objects[at], closure->leads[at], end);
	}
}

static void
closure_init(struct closure *closure, struct planning *planning)
{
	const struct catalog *current = planning->plan.current;
	*closure = (struct closure){ .planning = planning,
		                         .leads = xmalloc((current->count + 1) * sizeof(uint32_t)),
		                         .closed = xcalloc(current->count + 1, sizeof(bool)),
		                         .queue = xmalloc((current->count + 1) * sizeof(uint32_t)) };
	memset(closure->leads, 0xff, (current->count + 1) * sizeof(uint32_t));
	uint32_t end = 0;
	for (uint32_t i = current->count; i-- > 0;)
		if (must_stay(planning, &current->objects[i]))
			end = lead_down(closure, &current->objects[i], i, end);
	spread(closure, end);
}

static void
closure_fini(struct closure *closure)
{
	free(closure->leads);
	free(closure->closed);
	free(closure->queue);
}

static void
rebuild(struct planning *planning, const struct object *object)
{
	struct plan_change *change = planning_change_of(planning, object);
	if (change == NULL) {
		change = planning_add(planning, object, catalog_counterpart(planning->plan.wanted, object));
		change->change.differs = 0;
	}
	if (change->decision == DECISION_DROP || change->decision == DECISION_REBUILD)
		return;
	planning->rebuilt = xrealloc(planning->rebuilt, planning->rebuilt_count + 1, sizeof(*planning->rebuilt));
	planning->rebuilt[planning->rebuilt_count++] =
		(struct rebuilt){ (uint32_t)(change - planning->plan.changes), *change };
	struct kind_context context;
	planning_context(planning, &context);
	bool goes =
		change->change.wanted == NULL && object->kind->goes_along != NULL && object->kind->goes_along(&context, object);
	change->decision = goes ? DECISION_DROP : DECISION_REBUILD;
	change->change.allowed = change->change.differs;
	change->hazards |= HAZARD_REBUILDS;
}

/* A direct dependant of what is only altered may survive that. */
static bool
is_in_the_way(const struct object *dependant, bool dropped)
{
	return dropped || !(dependant->kind->traits & KIND_SURVIVES_ALTER);
}

/* What would be dropped with the change's object and must stay; NULL: nothing. */
static const struct object *
find_blocker(const struct closure *closure, const struct object *root, bool dropped)
{
	const struct catalog *current = closure->planning->plan.current;
	uint32_t blocker = dropped ? closure->leads[root->index] : OBJECT_NONE;
	const uint32_t *list;
	uint32_t count = catalog_dependents(current, root, &list);
	for (uint32_t i = count; !dropped && blocker == OBJECT_NONE && i-- > 0;) {
		const struct object *dependant = &current->objects[list[i]];
		if (is_in_the_way(dependant, false))
			blocker = must_stay(closure->planning, dependant) ? list[i] : closure->leads[list[i]];
	}
	return blocker == OBJECT_NONE ? NULL : &current->objects[blocker];
}

static const char *
blocked_reason(const struct planning *planning, const struct object *blocker)
{
	const struct plan_change *change = planning_change_of(planning, blocker);
	const char *name = object_description(planning->plan.arena, blocker);
	if (change != NULL && change->stays != NULL)
		return arena_printf(planning->plan.arena, "%s depends on it and cannot be made anew: %s", name, change->stays);
	return arena_printf(planning->plan.arena, "%s depends on it and would have to be dropped", name);
}

static uint32_t
close_one(struct closure *closure, const struct object *object, uint32_t end)
{
	if (closure->closed[object->index])
		return end;
	closure->closed[object->index] = true;
	rebuild(closure->planning, object);
	closure->queue[end++] = object->index;
	return end;
}

/* The direct dependants of one object; children only where the object itself is dropped. */
static uint32_t
close_dependants(struct closure *closure, const struct object *object, bool dropped, uint32_t end)
{
	const struct catalog *current = closure->planning->plan.current;
	const uint32_t *list;
	uint32_t count = catalog_dependents(current, object, &list);
	for (uint32_t i = 0; i < count; i++)
		if (is_in_the_way(&current->objects[list[i]], dropped))
			end = close_one(closure, &current->objects[list[i]], end);
	for (unsigned k = 0; dropped && k < kind_count; k++) {
		const struct object *child;
		uint32_t children = kinds[k]->parents == NULL ? 0 : catalog_children(current, object, kinds[k], &child);
		for (uint32_t i = 0; i < children; i++)
			end = close_one(closure, &child[i], end);
	}
	return end;
}

/* As before anything was rebuilt for the sake of something else. */
static void
take_back_rebuilds(struct planning *planning)
{
	for (size_t i = 0; i < planning->rebuilt_count; i++) {
		struct plan_change *change = &planning->plan.changes[planning->rebuilt[i].change];
		if (change->decision != DECISION_WITHHOLD)
			*change = planning->rebuilt[i].before;
	}
	planning->rebuilt_count = 0;
	planning->displacement_count = 0;
}

/* Withholds that for whose sake the object was to be made anew; false where there is nothing. */
static bool
withhold_displacers(struct planning *planning, const struct object *displaced, const char *reason)
{
	bool any = false;
	for (size_t i = 0; i < planning->displacement_count; i++) {
		if (planning->displacements[i].displaced != displaced)
			continue;
		judge_withhold(planning, planning_change_of(planning, planning->displacements[i].by), 0,
		               arena_printf(planning->plan.arena, "%s would have to be made anew, and %s",
		                            object_description(planning->plan.arena, displaced), reason));
		any = true;
	}
	return any;
}

/* Rebuilds all that stands on the change, or withholds it and returns true. */
static bool
close_over(struct closure *closure, uint32_t number)
{
	struct planning *planning = closure->planning;
	struct plan_change *change = &planning->plan.changes[number];
	const struct object *root = change->change.current;
	bool dropped = change->decision == DECISION_REBUILD;
	if (closure->closed[root->index])
		return false;
	const struct object *blocker = find_blocker(closure, root, dropped);
	if (blocker != NULL) {
		const char *reason = blocked_reason(planning, blocker);
		if (withhold_displacers(planning, root, reason))
			return true;
		judge_withhold(planning, change, change->change.differs, reason);
		if (must_stay(planning, root))
			spread(closure, lead_down(closure, root, root->index, 0));
		return true;
	}
	closure->closed[root->index] = dropped;
	uint32_t end = close_dependants(closure, root, dropped, 0);
	for (uint32_t i = 0; i < end; i++)
		end = close_dependants(closure, &planning->plan.current->objects[closure->queue[i]], true, end);
	return false;
}

/* Makes way for every change that needs it; the closing of one may add others.  True if one was withheld. */
static bool
close_over_all(struct planning *planning)
{
	struct closure closure = { 0 };
	bool any = false;
	for (uint32_t i = 0; i < planning->plan.change_count; i++) {
		if (!displaces_dependants(&planning->plan.changes[i]))
			continue;
		if (closure.planning == NULL)
			closure_init(&closure, planning);
		any |= close_over(&closure, i);
	}
	closure_fini(&closure);
	return any;
}

/* Whether a new part brings values into rows that are there: something is written with it (a default). */
static bool
brings_values(const struct planning *planning, const struct plan_change *change)
{
	const struct object *part = change->change.wanted;
	if (change->decision != DECISION_CREATE || !(part->kind->traits & KIND_INLINE) ||
	    !(part->kind->traits & KIND_HOLDS_DATA))
		return false;
	const struct object *child;
	for (unsigned k = 0; k < kind_count; k++)
		if (kinds[k]->parents != NULL && catalog_children(planning->plan.wanted, part, kinds[k], &child) > 0)
			return true;
	return false;
}

static void
note_displacement(struct planning *planning, const struct object *displaced, const struct object *by)
{
	planning->displacements =
		xrealloc(planning->displacements, planning->displacement_count + 1, sizeof(*planning->displacements));
	planning->displacements[planning->displacement_count++] = (struct displacement){ displaced, by };
}

static void
displace(struct planning *planning, const struct object *displaced, const struct object *by)
{
	note_displacement(planning, displaced, by);
	rebuild(planning, displaced);
}

/* Withholds the new part where the object cannot be made anew; true if so. */
static bool
is_pinned_by(struct planning *planning, uint32_t number, const struct object *object)
{
	const struct plan_change *change = planning_change_of(planning, object);
	if (change == NULL || change->stays == NULL)
		return false;
	judge_withhold(planning, &planning->plan.changes[number], 0, blocked_reason(planning, object));
	return true;
}

/* Takes out of the way what pins the row type of the relation that a new part is given to: functions over a sibling. */
static bool
unpin_siblings(struct planning *planning, uint32_t number, const struct object *present)
{
	const struct catalog *current = planning->plan.current;
	const struct object *part = planning->plan.changes[number].change.wanted;
	const struct object *sibling;
	uint32_t siblings = catalog_children(current, present, part->kind, &sibling);
	for (; siblings > 0; siblings--, sibling++) {
		const uint32_t *list;
		uint32_t count = catalog_dependents(current, sibling, &list);
		for (uint32_t i = 0; i < count; i++) {
			const struct object *user = &current->objects[list[i]];
			if (!(user->kind->traits & KIND_PINS_ROW_TYPE))
				continue;
			if (is_pinned_by(planning, number, user))
				return true;
			displace(planning, user, part);
		}
	}
	return false;
}

/*
 * Values of the row type that are stored somewhere: what holds no data is made again, for the sake of other data the
 * new part is withheld.  True if it was.
 */
static bool
unpin_stored_rows(struct planning *planning, uint32_t number, const struct object *present)
{
	const struct catalog *current = planning->plan.current;
	const struct object *part = planning->plan.changes[number].change.wanted;
	const uint32_t *list;
	uint32_t count = catalog_dependents(current, present, &list);
	for (uint32_t i = 0; i < count; i++) {
		const struct object *user = &current->objects[list[i]];
		if (user->kind->stores_rows_of == NULL || !user->kind->stores_rows_of(user, present))
			continue;
		if (is_pinned_by(planning, number, user))
			return true;
		if (!planning_holds_data(planning, user)) {
			displace(planning, user, part);
			continue;
		}
		judge_withhold(planning, &planning->plan.changes[number], 0,
		               arena_printf(planning->plan.arena, "%s holds rows of the type, which cannot be given values",
		                            object_description(planning->plan.arena, user)));
		return true;
	}
	return false;
}

/* Of what stands on the object, what the plan makes or writes anew comes after the part, if it pins the row type. */
static void
put_users_behind(struct planning *planning, const struct object *part, const struct object *object, bool whole)
{
	const struct catalog *wanted = planning->plan.wanted;
	const uint32_t *list;
	uint32_t count = catalog_dependents(wanted, object, &list);
	for (uint32_t i = 0; i < count; i++) {
		const struct object *user = &wanted->objects[list[i]];
		const struct plan_change *change = planning_change_of(planning, user);
		bool pins = whole ? user->kind->stores_rows_of != NULL && user->kind->stores_rows_of(user, object)
		                  : user->kind->traits & KIND_PINS_ROW_TYPE;
		if (pins && change != NULL && (change->decision == DECISION_CREATE || change->decision == DECISION_REPLACE))
			note_displacement(planning, user, part);
	}
}

static void
put_pins_behind(struct planning *planning, const struct object *part, const struct object *parent)
{
	const struct object *sibling;
	uint32_t siblings = catalog_children(planning->plan.wanted, parent, part->kind, &sibling);
	put_users_behind(planning, part, parent, true);
	for (; siblings > 0; siblings--, sibling++)
		put_users_behind(planning, part, sibling, false);
}

static bool
unpin_row_type(struct planning *planning, uint32_t number)
{
	const struct object *part = planning->plan.changes[number].change.wanted;
	const struct object *parent = catalog_parent(planning->plan.wanted, part);
	const struct object *present = parent != NULL ? catalog_counterpart(planning->plan.current, parent) : NULL;
	if (present == NULL)
		return false;
	put_pins_behind(planning, part, parent);
	return unpin_siblings(planning, number, present) || unpin_stored_rows(planning, number, present);
}

/* Looks among what an object needs for something that will not be as wanted. */
struct need {
	const struct planning *planning;
	const struct plan_change *change; /* whose needs are looked at */
	uint64_t attributes;              /* of it that cannot be done */
	const struct object *missing;
};

/*
 * Attributes whose values are SQL: it names what the object needs.  With `judged` also those that had to be judged or
 * are refused: what else may name something (a column's type).  One whose change does no harm to anybody only says
 * where the object comes from.
 */
static uint64_t
naming_attributes(const struct kind *kind, bool judged)
{
	uint64_t bits = 0;
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const struct attribute *attribute = &kind->attributes[i];
		bool is_judged =
			attribute->hazards != 0 && (attribute->rule == CHANGE_JUDGE || attribute->rule == CHANGE_REFUSE);
		if (attribute->role == ROLE_PLAIN && (attribute->type == ATTRIBUTE_EXPRESSION || (judged && is_judged)))
			bits |= UINT64_C(1) << i;
	}
	return bits;
}

bool
closure_misfits(const struct planning *planning, const struct change *change, uint64_t withheld,
                const struct change *dependant, uint64_t *attributes)
{
	const struct kind *kind = change->wanted->kind;
	struct kind_context context;

	planning_context(planning, &context);
	if (kind->misfits != NULL)
		return kind->misfits(&context, change, withheld, dependant, attributes);
	for (const char *const *name = kind->shaping; name != NULL && *name != NULL; name++)
		if (withheld >> kind_attribute(kind, *name) & 1)
			return true;
	return false;
}

/* Whether a dependency stays in another form than the object was made for (a column whose retype is withheld). */
static bool
keeps_old_form(const struct need *need, const struct plan_change *dependency, uint64_t *attributes)
{
	return dependency->change.current != NULL && dependency->withheld != 0 &&
	       closure_misfits(need->planning, &dependency->change, dependency->withheld, &need->change->change,
	                       attributes);
}

static void
need_visit(void *context, const struct object *dependency)
{
	struct need *need = context;
	const struct catalog *wanted = need->planning->plan.wanted;
	const struct change *change = &need->change->change;
	const struct plan_change *other = planning_change_of(need->planning, dependency);
	if (!catalog_holds(wanted, dependency) || other == NULL)
		return;
	bool absent = other->decision == DECISION_WITHHOLD && other->change.current == NULL;
	/* What is there and only altered needs it for what names it; a part that is there, for all of it. */
	uint64_t attributes = change->differs;
	if (need->change->decision == DECISION_ALTER && catalog_parent(wanted, change->wanted) != dependency)
		attributes = change->allowed & naming_attributes(change->wanted->kind, absent);
	if (!absent && !keeps_old_form(need, other, &attributes))
		return;
	if (attributes != 0 || change->current == NULL)
		need->missing = dependency;
	need->attributes |= attributes;
}

static bool
withhold_if_needy(struct planning *planning, uint32_t number)
{
	struct plan_change *change = &planning->plan.changes[number];
	if (change->change.wanted == NULL || change->decision == DECISION_WITHHOLD || change->decision == DECISION_NONE)
		return false;
	struct need need = { .planning = planning, .change = change };
	graph_each_dependency(planning, change->change.wanted, need_visit, NULL, &need);
	if (need.missing == NULL)
		return false;
	judge_withhold(planning, change, need.attributes,
	               arena_printf(planning->plan.arena, "it needs %s, whose change is withheld",
	                            object_description(planning->plan.arena, need.missing)));
	return true;
}

/* A pass, and the changes that it withheld whose dependants have to be looked at again. */
struct pass {
	struct planning *planning;
	uint32_t at;            /* the change that it has come to */
	struct vector withheld; /* numbers of changes */
};

static void
look_at(struct pass *pass, uint32_t number)
{
	if (withhold_if_needy(pass->planning, number))
		vector_add(&pass->withheld, (void *)(uintptr_t)number);
}

/* What the pass has gone by already; what it has not, it will come to. */
static void
look_back_at(struct pass *pass, const struct object *object)
{
	uint32_t number = pass->planning->wanted_change[object->index];
	if (number != NO_CHANGE && number < pass->at)
		look_at(pass, number);
}

/* What only `relate` knows of waits for the next pass. */
static void
look_back_at_dependants(struct pass *pass, const struct object *object)
{
	const struct catalog *wanted = pass->planning->plan.wanted;
	const uint32_t *list;
	uint32_t count = catalog_dependents(wanted, object, &list);
	for (uint32_t i = 0; i < count; i++)
		look_back_at(pass, &wanted->objects[list[i]]);
	for (unsigned k = 0; k < kind_count; k++) {
		const struct object *child;
		count = kinds[k]->parents == NULL ? 0 : catalog_children(wanted, object, kinds[k], &child);
		for (uint32_t i = 0; i < count; i++)
			look_back_at(pass, &child[i]);
	}
}

/* One pass; true if anything was withheld by it. */
static bool
withhold_what_needs_the_withheld(struct planning *planning)
{
	struct pass pass = { .planning = planning };
	bool any = false;
	for (; pass.at < planning->plan.change_count; pass.at++) {
		look_at(&pass, pass.at);
		while (pass.withheld.count > 0) {
			uintptr_t number = (uintptr_t)pass.withheld.items[--pass.withheld.count];
			any = true;
			look_back_at_dependants(&pass, planning->plan.changes[number].change.wanted);
		}
	}
	vector_fini(&pass.withheld);
	return any;
}

/* A new table comes with all its columns or not at all: a part that is withheld withholds the whole, if it would hold
 * something. */
static bool
withhold_what_lacks_a_part(struct planning *planning)
{
	bool any = false;
	for (size_t i = 0; i < planning->plan.change_count; i++) {
		const struct plan_change *change = &planning->plan.changes[i];
		const struct object *part = change->change.wanted;
		if (change->decision != DECISION_WITHHOLD || change->change.current != NULL ||
		    !(part->kind->traits & KIND_INLINE) || !(part->kind->traits & KIND_HOLDS_DATA) ||
		    (part->kind->holds_nothing != NULL && part->kind->holds_nothing(part)))
			continue;
		const struct object *whole = catalog_parent(planning->plan.wanted, part);
		struct plan_change *above = whole != NULL ? planning_change_of(planning, whole) : NULL;
		if (above == NULL || above->decision != DECISION_CREATE)
			continue;
		judge_withhold(planning, above, 0,
		               arena_printf(planning->plan.arena, "%s cannot be made: %s",
		                            object_description(planning->plan.arena, part), change->reason));
		any = true;
	}
	return any;
}

/* What an object of production holds as it is stays so while the change of that object is withheld. */
static bool
withhold_what_is_held(struct planning *planning)
{
	struct kind_context context;
	bool any = false;
	planning_context(planning, &context);
	for (size_t i = 0; i < planning->plan.change_count; i++) {
		struct plan_change *change = &planning->plan.changes[i];
		if (change->decision != DECISION_ALTER || change->change.wanted->kind->held_by == NULL)
			continue;
		uint64_t attributes = 0;
		const struct object *holder = change->change.wanted->kind->held_by(&context, &change->change, &attributes);
		const struct plan_change *above = holder != NULL ? planning_change_of(planning, holder) : NULL;
		if (above == NULL || (above->withheld & planning_own_attributes(holder->kind)) == 0)
			continue;
		judge_withhold(planning, change, attributes,
		               arena_printf(planning->plan.arena, "%s, whose change is withheld, needs it as it is",
		                            object_description(planning->plan.arena, holder)));
		any = true;
	}
	return any;
}

static bool
any_withheld(const struct planning *planning)
{
	for (size_t i = 0; i < planning->plan.change_count; i++)
		if (planning->plan.changes[i].withheld != 0 || planning->plan.changes[i].decision == DECISION_WITHHOLD)
			return true;
	return false;
}

static void
settle_superseded(void *argument, const struct object *object)
{
	struct plan_change *change = planning_change_of(argument, object);
	if (change != NULL && (change->decision == DECISION_KEEP || change->decision == DECISION_DROP))
		change->decision = DECISION_NONE;
}

/* What a change's own statements take over is neither kept nor dropped by itself. */
static void
supersede(struct planning *planning)
{
	struct kind_context context;
	planning_context(planning, &context);
	for (size_t i = 0; i < planning->plan.change_count; i++) {
		const struct plan_change *change = &planning->plan.changes[i];
		const struct kind *kind = planning_target(change)->kind;
		if (kind->supersede != NULL && change->change.wanted != NULL && planning_acts(change))
			kind->supersede(&context, &change->change, settle_superseded, planning);
	}
}

/* What only follows from what is withheld is not told besides. */
static void
drop_what_follows(struct planning *planning)
{
	struct kind_context context;
	planning_context(planning, &context);
	for (size_t i = 0; i < planning->plan.change_count; i++) {
		struct plan_change *change = &planning->plan.changes[i];
		const struct kind *kind = planning_target(change)->kind;
		bool is_there = change->change.current != NULL;
		if (kind->follows == NULL || change->change.wanted == NULL || change->withheld == 0 ||
		    (!is_there && change->decision != DECISION_CREATE))
			continue;
		uint64_t follows = kind->follows(&context, &change->change);
		if ((change->withheld & ~follows) != 0)
			continue;
		change->change.differs &= ~follows;
		change->withheld = 0;
		change->reason = NULL;
		if (is_there && change->decision == DECISION_WITHHOLD)
			change->decision = DECISION_NONE;
	}
}

static void
withhold_what_cannot_be(struct planning *planning)
{
	while (any_withheld(planning) && (withhold_what_needs_the_withheld(planning) ||
	                                  withhold_what_lacks_a_part(planning) || withhold_what_is_held(planning)))
		;
}

/* True if something was withheld because what stands on it cannot be rebuilt. */
static bool
rebuild_what_stands_on(struct planning *planning)
{
	bool any = false;
	for (uint32_t i = 0; planning->plan.current->count > 0 && i < planning->plan.change_count; i++)
		if (brings_values(planning, &planning->plan.changes[i]))
			any |= unpin_row_type(planning, i);
	return close_over_all(planning) || any;
}

void
closure_run(struct planning *planning)
{
	/* Each round but the last withholds something, so there are no more than changes: a plan must come to an end. */
	size_t rounds = 0;
	do {
		take_back_rebuilds(planning);
		withhold_what_cannot_be(planning);
	} while (rebuild_what_stands_on(planning) && rounds++ <= planning->plan.change_count);
	drop_what_follows(planning);
	supersede(planning);
}
