/*
 * plan.c - the planner's front: changes in, groups of steps out.
 */
#include "build.h"

#include "kinds/facet.h"
#include "plan/planning.h"
#include "postgres/sql.h"

struct plan_change *
planning_change_of(const struct planning *planning, const struct object *object)
{
	uint32_t number = catalog_holds(planning->plan.wanted, object) ? planning->wanted_change[object->index]
	                                                               : planning->current_change[object->index];
	return number == NO_CHANGE ? NULL : &planning->plan.changes[number];
}

struct plan_change *
planning_add(struct planning *planning, const struct object *current, const struct object *wanted)
{
	struct plan *plan = &planning->plan;
	if (plan->change_count == planning->change_capacity) {
		planning->change_capacity = planning->change_capacity ? 2 * planning->change_capacity : 256;
		plan->changes = xrealloc(plan->changes, planning->change_capacity, sizeof(*plan->changes));
	}
	if (wanted != NULL)
		planning->wanted_change[wanted->index] = (uint32_t)plan->change_count;
	if (current != NULL)
		planning->current_change[current->index] = (uint32_t)plan->change_count;
	struct plan_change *change = &plan->changes[plan->change_count++];
	*change = (struct plan_change){ .change = { .current = current, .wanted = wanted }, .decision = DECISION_NONE };
	return change;
}

const struct object *
planning_target(const struct plan_change *change)
{
	return change->change.wanted != NULL ? change->change.wanted : change->change.current;
}

bool
planning_creates(const struct plan_change *change)
{
	return change->decision == DECISION_CREATE || change->decision == DECISION_REBUILD;
}

bool
planning_drops(const struct plan_change *change)
{
	return change->decision == DECISION_DROP || change->decision == DECISION_REBUILD;
}

bool
planning_acts(const struct plan_change *change)
{
	return planning_creates(change) || planning_drops(change) || change->decision == DECISION_ALTER ||
	       change->decision == DECISION_REPLACE;
}

/* A withheld creation with its parent: shown inside the parent's statement, as it would be written. */
static bool
is_withheld_with_parent(const struct kind_context *context, const struct planning *planning, const struct object *child)
{
	const struct object *parent = catalog_parent(planning->plan.wanted, child);
	const struct plan_change *own = planning_change_of(planning, child);
	const struct plan_change *above = parent != NULL ? planning_change_of(planning, parent) : NULL;

	return own != NULL && above != NULL && own->decision == DECISION_WITHHOLD && above->decision == DECISION_WITHHOLD &&
	       own->change.current == NULL && above->change.current == NULL && (child->kind->traits & KIND_INLINE) &&
	       (child->kind->inlines == NULL || child->kind->inlines(context, child));
}

static bool
context_inlined(const struct kind_context *context, const struct object *child)
{
	const struct planning *planning = context->planner;
	if (planning->inlined == NULL || !catalog_holds(planning->plan.wanted, child))
		return false;
	uint32_t number = planning->wanted_change[child->index];
	return number != NO_CHANGE && (planning->inlined[number] || is_withheld_with_parent(context, planning, child));
}

static bool
context_does(const struct kind_context *context, const struct object *wanted, const char *attribute)
{
	const struct plan_change *change = planning_change_of(context->planner, wanted);
	return change != NULL &&
	       (planning_creates(change) ||
	        (planning_acts(change) && change->change.allowed >> kind_attribute(wanted->kind, attribute) & 1));
}

static bool
context_drops(const struct kind_context *context, const struct object *current)
{
	return judge_drops(context->planner, current);
}

static bool
context_is_new(const struct kind_context *context, const struct object *object)
{
	const struct planning *planning = context->planner;
	return catalog_counterpart(planning->plan.current, object) == NULL;
}

uint64_t
planning_own_attributes(const struct kind *kind)
{
	uint64_t bits = 0;
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (kind->attributes[i].role == ROLE_PLAIN)
			bits |= UINT64_C(1) << i;
	return bits;
}

bool
planning_holds_data(const struct planning *planning, const struct object *current)
{
	const struct object *parent = catalog_parent(planning->plan.current, current);

	return (current->kind->traits & KIND_HOLDS_DATA) && (parent == NULL || (parent->kind->traits & KIND_HOLDS_DATA));
}

void
planning_context(const struct planning *planning, struct kind_context *context)
{
	*context = (struct kind_context){ .arena = planning->plan.arena,
		                              .current = planning->plan.current,
		                              .wanted = planning->plan.wanted,
		                              .version = planning->plan.options.version,
		                              .options = planning->plan.options.kind_options,
		                              .tablespaces = planning->plan.options.tablespaces,
		                              .inlined = context_inlined,
		                              .does = context_does,
		                              .drops = context_drops,
		                              .is_new = context_is_new,
		                              .planner = (void *)(uintptr_t)planning };
}

void
plan_kind_context(const struct plan *plan, struct kind_context *context)
{
	planning_context(planning_of(plan), context);
}

static uint32_t *
no_changes(struct arena *arena, uint32_t count)
{
	uint32_t *places = arena_alloc(arena, (count + 1) * sizeof(*places));
	memset(places, 0xff, (count + 1) * sizeof(*places));
	return places;
}

struct plan *
plan_new(const struct catalog *current, const struct catalog *wanted, const struct plan_options *options)
{
	struct arena *arena = arena_new();
	struct planning *planning = arena_zalloc(arena, sizeof(*planning));
	struct plan *plan = &planning->plan;
	plan->arena = arena;
	plan->current = current;
	plan->wanted = wanted;
	plan->options = *options;
	if (plan->options.version == 0)
		plan->options.version = current->info.server_version;
	planning->wanted_change = no_changes(arena, wanted->count);
	planning->current_change = no_changes(arena, current->count);
	for (unsigned i = 0; i < kind_count && planning->schema_kind == NULL; i++)
		if (strcmp(kinds[i]->catalog, "pg_namespace") == 0)
			planning->schema_kind = kinds[i];
	judge_prepare(planning);
	diff_run(planning);
	for (size_t i = 0; i < plan->change_count; i++)
		judge_change(planning, &plan->changes[i]);
	return plan;
}

void
plan_free(struct plan *plan)
{
	if (plan == NULL)
		return;
	graph_free(plan->graph);
	free(planning_of(plan)->displacements);
	free(planning_of(plan)->rebuilt);
	free(plan->changes);
	arena_free(plan->arena);
}

void
plan_settle_equal(struct plan *plan, struct plan_change *change, uint64_t attributes)
{
	change->change.differs &= ~attributes;
	judge_change(planning_of(plan), change);
}

void
plan_withhold(struct plan *plan, struct plan_change *change, uint64_t attributes, const char *reason)
{
	judge_withhold(planning_of(plan), change, attributes, reason);
}

void
plan_fingerprints(struct plan *plan)
{
	catalog_fingerprint(plan->current, plan->current_fingerprint);
	catalog_fingerprint(plan->wanted, plan->wanted_fingerprint);
}

bool
plan_is_empty(const struct plan *plan)
{
	return plan->step_count == 0;
}

/* A new object's owner, privileges and comment; a rebuilt one keeps production's owner and privileges unless asked
 * otherwise. */
static void
write_new_facets(const struct planning *planning, const struct plan_change *change, struct steps *steps)
{
	const struct object *target = planning_target(change);
	const struct kind *kind = target->kind;
	unsigned options = planning->plan.options.kind_options;
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		enum attribute_role role = kind->attributes[i].role;
		if (!facet_is(role))
			continue;
		unsigned asked = facet_option(role);
		struct kind_context context;
		planning_context(planning, &context);
		const struct object *source = target;
		bool held_back = change->decision != DECISION_WITHHOLD && (change->withheld >> i & 1);
		if (held_back || (asked != 0 && !(options & asked))) {
			if (change->change.current == NULL)
				continue;
			source = change->change.current;
			context.options |= asked;
		}
		facet_steps(&context, NULL, source, i, steps);
	}
}

static void
write_changed_facets(const struct planning *planning, const struct change *change, struct steps *steps)
{
	const struct kind *kind = change->wanted->kind;
	struct kind_context context;
	planning_context(planning, &context);
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		if (facet_is(kind->attributes[i].role) && (change->allowed >> i & 1))
			facet_steps(&context, change->current, change->wanted, i, steps);
	}
}

void
planning_write_alter(const struct planning *planning, const struct change *change, unsigned hazards,
                     struct steps *steps)
{
	const struct kind *kind = change->wanted->kind;
	struct kind_context context;
	planning_context(planning, &context);
	size_t first = steps->count;
	if ((change->allowed & planning_own_attributes(kind)) != 0 && kind->alter != NULL)
		kind->alter(&context, change, steps);
	for (size_t i = first; i < steps->count; i++)
		steps->items[i]->hazards |= hazards & HAZARD_IRREVERSIBLE;
	write_changed_facets(planning, change, steps);
}

/* Takes the facets and settings of something away that is nothing besides. */
static void
write_no_additions(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const struct kind *kind = object->kind;
	const char *values[OBJECT_ATTRIBUTES_MOST] = { NULL }; /* kind.h: attribute_count */
	struct object *bare = arena_alloc(context->arena, sizeof(*bare));
	size_t first = steps->count;
	for (unsigned i = 0; i < kind->attribute_count; i++)
		values[i] = i < kind->identity_count ? object_value(object, i) : kind->attributes[i].fallback;
	object_pack(bare, context->arena, kind, values);
	struct change change = { object, bare, object_differences(object, bare), 0 };
	change.allowed = change.differs & planning_own_attributes(kind);
	if (change.allowed != 0 && kind->alter != NULL)
		kind->alter(context, &change, steps);
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (facet_is(kind->attributes[i].role))
			facet_steps(context, object, bare, i, steps);
	for (size_t i = first; i < steps->count; i++)
		steps->items[i]->object = object;
}

static void
write_drop(const struct planning *planning, const struct object *object, struct steps *steps)
{
	struct kind_context context;
	planning_context(planning, &context);
	if (judge_only_adds(planning, object)) {
		write_no_additions(&context, object, steps);
		return;
	}
	if (object->kind->drop != NULL) {
		object->kind->drop(&context, object, steps);
		return;
	}
	struct buffer sql = BUFFER_INIT;
	buffer_append_text(&sql, "DROP ");
	kind_address(&sql, object);
	unsigned hazards = object->kind->traits & KIND_HOLDS_DATA ? HAZARD_LOSES_DATA : 0;
	steps_add_text(steps, object, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, hazards, sql.data);
	buffer_fini(&sql);
}

static void
write_create(const struct planning *planning, const struct plan_change *change, struct steps *steps)
{
	const struct object *target = planning_target(change);
	struct kind_context context;
	planning_context(planning, &context);
	size_t first = steps->count;
	if (target->kind->create != NULL)
		target->kind->create(&context, target, steps);
	if (change->decision == DECISION_REBUILD)
		for (size_t i = first; i < steps->count; i++)
			steps->items[i]->hazards |= HAZARD_REBUILDS;
}

/* Whether a dropped object goes with its parent, which is dropped too. */
static bool
goes_with_parent(const struct planning *planning, const struct object *object)
{
	const struct object *parent = catalog_parent(planning->plan.current, object);
	const struct plan_change *change = parent != NULL ? planning_change_of(planning, parent) : NULL;
	return change != NULL && (change->decision == DECISION_DROP || change->decision == DECISION_REBUILD) &&
	       (object->kind->traits & KIND_OF_PARENT);
}

/* All steps of one group of merged nodes. */
static void
write_node(const struct planning *planning, const struct graph *graph, uint32_t leader, struct steps *steps)
{
	const struct graph_node *node = &graph->nodes[leader];
	if (node->change == NO_CHANGE)
		return;
	const struct plan_change *change = &planning->plan.changes[node->change];
	if (node->gone) {
		if (!goes_with_parent(planning, node->object))
			write_drop(planning, node->object, steps);
		return;
	}
	if (!planning_creates(change)) {
		planning_write_alter(planning, &change->change, change->hazards, steps);
		return;
	}
	write_create(planning, change, steps);
	for (uint32_t i = graph->members_start[leader]; i < graph->members_start[leader + 1]; i++)
		write_new_facets(planning, &planning->plan.changes[graph->nodes[graph->members[i]].change], steps);
}

/* The groups under construction. */
struct grouping {
	struct planning *planning;
	size_t capacity;
	bool closed;  /* the last group takes no more steps */
	bool pending; /* the last group's last step has to be committed before what is not of its sort */
	bool joined;  /* the last group's last step may not be committed without the next */
};

static void
add_to_groups(struct grouping *grouping, struct step *step)
{
	struct plan *plan = &grouping->planning->plan;
	size_t limit = plan->options.group_limit;
	struct plan_group *last = plan->group_count > 0 ? &plan->groups[plan->group_count - 1] : NULL;
	bool full = last != NULL && limit > 0 && last->count >= limit && !grouping->joined;
	bool committed_first = grouping->pending && !step->commit_after;
	if (last == NULL || grouping->closed || full || committed_first || step->outside_transaction) {
		if (plan->groups == NULL || plan->group_count == grouping->capacity) {
			size_t capacity = grouping->capacity ? 2 * grouping->capacity : 8;
			struct plan_group *groups = arena_alloc(plan->arena, capacity * sizeof(*groups));
			if (grouping->capacity > 0)
				memcpy(groups, plan->groups, plan->group_count * sizeof(*groups));
			plan->groups = groups;
			grouping->capacity = capacity;
		}
		last = &plan->groups[plan->group_count++];
		*last = (struct plan_group){ .outside_transaction = step->outside_transaction };
	}
	if ((last->count & (last->count - 1)) == 0) {
		struct step **items = arena_alloc(plan->arena, (last->count ? 2 * last->count : 1) * sizeof(*items));
		if (last->count > 0)
			memcpy(items, last->steps, last->count * sizeof(*items));
		last->steps = items;
	}
	last->steps[last->count++] = step;
	grouping->closed = step->outside_transaction;
	grouping->pending = step->commit_after;
	grouping->joined = step->with_next;
	plan->step_count++;
}

/* Whether a child is listed by its parent already: the parent has the same decision and is as new or as foreign. */
static bool
is_told_by_parent(const struct planning *planning, const struct plan_change *change)
{
	const struct object *object = planning_target(change);
	const struct catalog *catalog = change->change.wanted != NULL ? planning->plan.wanted : planning->plan.current;
	const struct object *parent = catalog_parent(catalog, object);
	const struct plan_change *above = parent != NULL ? planning_change_of(planning, parent) : NULL;
	/* Of a part that both sides have the whole says nothing: each differs in its own way. */
	bool one_sided = change->change.current == NULL || change->change.wanted == NULL;
	return one_sided && above != NULL && above->decision == change->decision &&
	       (above->change.current == NULL) == (change->change.current == NULL) &&
	       (above->change.wanted == NULL) == (change->change.wanted == NULL);
}

/* The SQL that would make a withheld change. */
static char *
withheld_sql(const struct planning *planning, const struct plan_change *change)
{
	struct steps steps;
	struct kind_context context;
	struct change all = change->change;
	planning_context(planning, &context);
	steps_init(&steps, planning->plan.arena);
	all.allowed = change->withheld;
	if (all.current == NULL && change->decision == DECISION_WITHHOLD)
		write_create(planning, change, &steps);
	else if (all.current == NULL)
		write_changed_facets(planning, &all, &steps);
	else
		planning_write_alter(planning, &all, 0, &steps);
	struct buffer text = BUFFER_INIT;
	for (size_t i = 0; i < steps.count; i++)
		buffer_printf(&text, "%s%s", i > 0 ? ";\n" : "", steps.items[i]->sql);
	char *sql = arena_strdup(planning->plan.arena, buffer_text(&text));
	buffer_fini(&text);
	return sql;
}

/* A change that makes the object anew makes it as it is wanted. */
static uint64_t
kept_attributes(const struct plan_change *change)
{
	return change->decision == DECISION_REBUILD || change->decision == DECISION_DROP ? 0 : change->kept;
}

static void
list_kept(struct planning *planning, const struct plan_change *change)
{
	struct plan *plan = &planning->plan;
	const struct object *object = change->change.current;
	if (change->decision == DECISION_KEEP && !is_told_by_parent(planning, change))
		plan->kept[plan->kept_count++] = (struct plan_kept){ object, NULL };
	for (unsigned i = 0; object != NULL && i < object->kind->attribute_count; i++)
		if (kept_attributes(change) >> i & 1)
			plan->kept[plan->kept_count++] = (struct plan_kept){ object, object->kind->attributes[i].name };
}

static void
list_the_rest(struct planning *planning)
{
	struct plan *plan = &planning->plan;
	size_t withheld = 0;
	size_t kept = 0;
	for (size_t i = 0; i < plan->change_count; i++) {
		withheld += plan->changes[i].reason != NULL;
		kept += plan->changes[i].decision == DECISION_KEEP;
		for (uint64_t bits = kept_attributes(&plan->changes[i]); bits != 0; bits &= bits - 1)
			kept++;
	}
	plan->withheld = arena_zalloc(plan->arena, (withheld + 1) * sizeof(*plan->withheld));
	plan->kept = arena_alloc(plan->arena, (kept + 1) * sizeof(*plan->kept));
	for (size_t i = 0; i < plan->change_count; i++) {
		const struct plan_change *change = &plan->changes[i];
		if (change->reason != NULL && !(change->decision == DECISION_WITHHOLD && is_told_by_parent(planning, change)))
			plan->withheld[plan->withheld_count++] = (struct plan_withheld){ .change = change,
				                                                             .reason = change->reason,
				                                                             .sql = withheld_sql(planning, change) };
		else
			list_kept(planning, change);
	}
}

static void
order_changes(struct planning *planning)
{
	closure_run(planning);
	planning->plan.graph = graph_new(planning);
}

void
plan_run_first(struct plan *plan, struct step **steps, size_t count)
{
	plan->first = steps;
	plan->first_count = count;
}

int
plan_finish(struct plan *plan, struct error *error)
{
	(void)error;
	struct planning *planning = planning_of(plan);
	order_changes(planning);
	struct graph *graph = plan->graph;
	struct grouping grouping = { .planning = planning };
	for (size_t i = 0; i < plan->first_count; i++)
		add_to_groups(&grouping, plan->first[i]);
	for (uint32_t i = 0; i < graph->order_count; i++) {
		struct steps steps;
		if (graph->order[i] == graph->barrier) {
			plan->barrier_group = plan->group_count;
			grouping.closed = true;
			continue;
		}
		steps_init(&steps, plan->arena);
		write_node(planning, graph, graph->order[i], &steps);
		for (size_t s = 0; s < steps.count; s++)
			add_to_groups(&grouping, steps.items[s]);
	}
	if (planning->refused && plan->step_count == 0)
		refusal_withhold_undone(planning);
	list_the_rest(planning);
	lookalikes_find(planning);
	return 0;
}

int
plan_finish_into(struct plan *plan, int (*sink)(void *context, const struct step *step, struct error *error),
                 void *context, struct error *error)
{
	struct planning *planning = planning_of(plan);
	order_changes(planning);
	struct graph *graph = plan->graph;
	struct arena *lasting = plan->arena;
	struct arena *scratch = arena_new();
	int failed = 0;
	plan->arena = scratch; /* what the kinds allocate while they write is forgotten with each node */
	for (uint32_t i = 0; i < graph->order_count && failed == 0; i++) {
		struct steps steps;
		steps_init(&steps, scratch);
		write_node(planning, graph, graph->order[i], &steps);
		for (size_t s = 0; s < steps.count && failed == 0; s++)
			failed = sink(context, steps.items[s], error);
		plan->step_count += steps.count;
		arena_reset(scratch);
	}
	plan->arena = lasting;
	arena_free(scratch);
	return failed;
}
