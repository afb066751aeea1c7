/*
 * graph.c - the order of a plan.
 *
 * Every object of a change has up to two anchors: "gone" (the old one is dropped) and "ready" (the new
 * one is there).  Edges say which anchor comes before which.  Unchanged objects that
 * changed ones stand on are pass-through nodes, so order reaches through them.
 *
 * Children that can be written inside their parent's CREATE are merged into its node; where
 * that makes a cycle they are split off again, which is how cycles are broken (a default
 * that calls a function over the table's own row type).  Nodes are numbered in canonical order
 * and Kahn's sort takes the lowest number that is free, so equal input gives equal plans.
 */
#include "build.h"

#include "plan/planning.h"

/* Edges that `relate` collects for one object. */
struct edges {
	const struct planning *planning;
	const struct catalog *catalog;
	graph_visit *visit;
	graph_visit *order; /* for what it can do without; or NULL */
	void *context;
};

const struct catalog *
edges_catalog(const struct edges *edges)
{
	return edges->catalog;
}

void
edges_after(struct edges *edges, const struct object *must_be_ready_first)
{
	if (must_be_ready_first != NULL)
		edges->visit(edges->context, must_be_ready_first);
}

void
edges_behind(struct edges *edges, const struct object *is_ready_first)
{
	if (is_ready_first != NULL && edges->order != NULL)
		edges->order(edges->context, is_ready_first);
}

static const struct object *
schema_of(const struct kind *schema_kind, const struct catalog *catalog, const struct object *object)
{
	if (!(object->kind->traits & KIND_IN_SCHEMA) || schema_kind == NULL)
		return NULL;
	const char *identity[1] = { object_value(object, 0) };
	return catalog_find(catalog, schema_kind, identity);
}

void
graph_each_dependency(const struct planning *planning, const struct object *object, graph_visit *visit,
                      graph_visit *order, void *context)
{
	const struct catalog *catalog =
		catalog_holds(planning->plan.wanted, object) ? planning->plan.wanted : planning->plan.current;
	const struct object *parent = catalog_parent(catalog, object);
	if (parent != NULL)
		visit(context, parent);
	const struct object *schema = parent == NULL ? schema_of(planning->schema_kind, catalog, object) : NULL;
	if (schema != NULL)
		visit(context, schema);
	const uint32_t *list;
	uint32_t count = catalog_depends(catalog, object, &list);
	for (uint32_t i = 0; i < count; i++)
		visit(context, &catalog->objects[list[i]]);
	const struct plan_change *change = planning_change_of(planning, object);
	if (change != NULL && change->after != NULL && catalog == planning->plan.wanted)
		visit(context, change->after);
	if (object->kind->relate != NULL) {
		struct edges edges = { planning, catalog, visit, order, context };
		struct kind_context kind_context;
		planning_context(planning, &kind_context);
		object->kind->relate(&kind_context, object, &edges);
	}
}

/* While building: where each object's anchors are. */
struct building {
	struct planning *planning;
	struct graph *graph;
	uint32_t *ready;       /* by wanted index */
	uint32_t *gone;        /* by current index */
	uint32_t *ready_again; /* by current index: production-only objects that are rebuilt */
	uint32_t node;         /* whose dependencies are being visited */
};

static uint32_t
add_node(struct graph *graph, uint32_t change, const struct object *object, bool gone)
{
	if (graph->node_count == graph->node_capacity) {
		graph->node_capacity = graph->node_capacity ? 2 * graph->node_capacity : 64;
		graph->nodes = xrealloc(graph->nodes, graph->node_capacity, sizeof(*graph->nodes));
	}
	graph->nodes[graph->node_count] = (struct graph_node){ object, change, gone };
	return graph->node_count++;
}

void
graph_add_edge(struct graph *graph, uint32_t before, uint32_t after, bool hard)
{
	if (before == after || before == NO_NODE || after == NO_NODE)
		return;
	if (graph->edge_count == graph->edge_capacity) {
		graph->edge_capacity = graph->edge_capacity ? 2 * graph->edge_capacity : 256;
		graph->edges = xrealloc(graph->edges, graph->edge_capacity, sizeof(*graph->edges));
	}
	graph->edges[graph->edge_count++] = (struct graph_edge){ before, after, hard };
}

static uint32_t *
new_places(uint32_t count)
{
	uint32_t *places = xmalloc((count + 1) * sizeof(*places));
	for (uint32_t i = 0; i < count; i++)
		places[i] = NO_NODE;
	return places;
}

/* Parts that are added to something that is there already keep the snapshot's order among themselves. */
static int
compare_places(const struct planning *planning, const struct object *a, const struct object *b)
{
	const struct catalog *wanted = planning->plan.wanted;
	int ordinal = a->kind == b->kind ? kind_ordinal(a->kind) : -1;
	if (ordinal < 0 || !catalog_holds(wanted, a) || !catalog_holds(wanted, b))
		return 0;
	const struct object *parent = catalog_parent(wanted, a);
	if (parent == NULL || parent != catalog_parent(wanted, b) ||
	    catalog_counterpart(planning->plan.current, parent) == NULL)
		return 0;
	const char *place_a = object_value(a, (unsigned)ordinal);
	const char *place_b = object_value(b, (unsigned)ordinal);
	long difference =
		(place_a != NULL ? strtol(place_a, NULL, 10) : 0) - (place_b != NULL ? strtol(place_b, NULL, 10) : 0);
	return difference < 0 ? -1 : difference > 0;
}

static int
compare_targets(const void *a, const void *b, void *context)
{
	const struct planning *planning = context;
	const struct object *target_a = planning_target(&planning->plan.changes[*(const uint32_t *)a]);
	const struct object *target_b = planning_target(&planning->plan.changes[*(const uint32_t *)b]);
	int places = compare_places(planning, target_a, target_b);
	return places != 0 ? places : object_compare_identity(target_a, target_b);
}

/* The changes in canonical order; those the closure added stand at the end of the list. */
static uint32_t *
canonical_order(const struct planning *planning)
{
	uint32_t count = (uint32_t)planning->plan.change_count;
	uint32_t *order = xmalloc((count + 1) * sizeof(*order));
	bool sorted = true;
	for (uint32_t i = 0; i < count; i++) {
		order[i] = i;
		sorted = sorted && (i == 0 || compare_targets(&order[i - 1], &order[i], (void *)(uintptr_t)planning) < 0);
	}
	if (!sorted)
		qsort_r(order, count, sizeof(*order), compare_targets, (void *)(uintptr_t)planning);
	return order;
}

static void
add_ready_anchor(struct building *building, uint32_t number)
{
	const struct plan_change *change = &building->planning->plan.changes[number];
	const struct object *target = planning_target(change);
	uint32_t node = add_node(building->graph, number, target, false);
	if (change->change.wanted != NULL)
		building->ready[target->index] = node;
	else
		building->ready_again[target->index] = node;
}

/* What cannot be taken back has to be committed before it is used (a new label of an enum). */
static bool
needs_a_commit(const struct plan_change *change)
{
	return change->decision == DECISION_ALTER && (change->hazards & HAZARD_IRREVERSIBLE);
}

/*
 * First what needs a commit, so that no commit falls between dropping something and making it again; then old things go
 * in reverse canonical order, then new ones come in canonical order.
 */
static void
add_anchors(struct building *building)
{
	struct planning *planning = building->planning;
	struct graph *graph = building->graph;
	const struct plan_change *changes = planning->plan.changes;
	uint32_t *order = canonical_order(planning);
	for (uint32_t i = 0; i < planning->plan.change_count; i++)
		if (needs_a_commit(&changes[order[i]]))
			add_ready_anchor(building, order[i]);
	for (uint32_t i = (uint32_t)planning->plan.change_count; i-- > 0;)
		if (planning_drops(&changes[order[i]])) {
			const struct object *current = changes[order[i]].change.current;
			building->gone[current->index] = add_node(graph, order[i], current, true);
		}
	for (uint32_t i = 0; i < planning->plan.change_count; i++) {
		const struct plan_change *change = &changes[order[i]];
		if (planning_acts(change) && change->decision != DECISION_DROP && !needs_a_commit(change))
			add_ready_anchor(building, order[i]);
	}
	free(order);
}

/* The node of a dependency's ready anchor; unchanged objects get a pass-through node. */
static uint32_t
ready_node_of(struct building *building, const struct object *dependency)
{
	const struct plan *plan = &building->planning->plan;
	if (catalog_holds(plan->current, dependency)) {
		if (building->ready_again[dependency->index] != NO_NODE)
			return building->ready_again[dependency->index];
		dependency = catalog_counterpart(plan->wanted, dependency);
		if (dependency == NULL)
			return NO_NODE;
	}
	uint32_t *place = &building->ready[dependency->index];
	if (*place == NO_NODE)
		*place = add_node(building->graph, NO_CHANGE, dependency, false);
	return *place;
}

static bool
is_hard(const struct building *building, const struct object *object, const struct object *dependency)
{
	const struct plan *plan = &building->planning->plan;
	const struct catalog *catalog = catalog_holds(plan->wanted, object) ? plan->wanted : plan->current;
	return catalog_parent(catalog, object) == dependency;
}

static void
visit_ready(void *context, const struct object *dependency)
{
	struct building *building = context;
	uint32_t node = ready_node_of(building, dependency);
	const struct object *object = building->graph->nodes[building->node].object;
	graph_add_edge(building->graph, node, building->node, is_hard(building, object, dependency));
}

/* What is dropped goes before what it stands on is dropped, or altered under it. */
static void
visit_gone(void *context, const struct object *dependency)
{
	struct building *building = context;
	struct planning *planning = building->planning;
	uint32_t gone = building->gone[dependency->index];
	if (gone != NO_NODE) {
		graph_add_edge(building->graph, building->node, gone, false);
		return;
	}
	const struct plan_change *change = planning_change_of(planning, dependency);
	if (change != NULL && change->decision == DECISION_ALTER && change->change.wanted != NULL)
		graph_add_edge(building->graph, building->node, building->ready[change->change.wanted->index], false);
}

static void
add_edges(struct building *building)
{
	struct graph *graph = building->graph;
	/* node_count grows while pass-through nodes are found. */
	for (uint32_t i = 0; i < graph->node_count; i++) {
		struct graph_node node = graph->nodes[i];
		building->node = i;
		graph_visit *visit = node.gone ? visit_gone : visit_ready;
		graph_each_dependency(building->planning, node.object, visit, visit, building);
		if (!node.gone || node.change == NO_CHANGE)
			continue;
		const struct plan_change *change = &building->planning->plan.changes[node.change];
		if (change->decision == DECISION_REBUILD) {
			const struct object *target = planning_target(change);
			uint32_t ready =
				change->change.wanted != NULL ? building->ready[target->index] : building->ready_again[target->index];
			graph_add_edge(graph, i, ready, true);
		}
	}
}

static void
add_displacements(struct building *building)
{
	const struct planning *planning = building->planning;
	for (size_t i = 0; i < planning->displacement_count; i++) {
		const struct displacement *displacement = &planning->displacements[i];
		uint32_t made = building->ready[displacement->by->index];
		if (catalog_holds(planning->plan.wanted, displacement->displaced)) {
			graph_add_edge(building->graph, made, building->ready[displacement->displaced->index], false);
			continue;
		}
		uint32_t gone = building->gone[displacement->displaced->index];
		if (gone == NO_NODE || made == NO_NODE)
			continue;
		graph_add_edge(building->graph, gone, made, false);
		graph_add_edge(building->graph, made, ready_node_of(building, displacement->displaced), false);
	}
}

/* Whether an object, or what it is a part of, is made after rows are loaded (the columns of a materialized view). */
static bool
comes_after_data(const struct building *building, uint32_t number)
{
	const struct graph_node *node = &building->graph->nodes[number];
	const struct plan *plan = &building->planning->plan;
	const struct catalog *catalog = catalog_holds(plan->wanted, node->object) ? plan->wanted : plan->current;
	if ((node->object->kind->traits & KIND_AFTER_DATA) && !building->planning->inlined[node->change])
		return true;
	for (const struct object *above = catalog_parent(catalog, node->object); above != NULL;
	     above = catalog_parent(catalog, above))
		if (above->kind->traits & KIND_AFTER_DATA)
			return true;
	return false;
}

uint32_t
graph_add_barrier(struct graph *graph)
{
	uint32_t barrier = add_node(graph, NO_CHANGE, NULL, false);
	graph->group = xrealloc(graph->group, graph->node_count + 1, sizeof(*graph->group));
	graph->group[barrier] = barrier;
	return barrier;
}

/* Rows are loaded at the barrier: after what holds them, before what is faster or safer made afterwards. */
static void
add_barrier(struct building *building)
{
	struct graph *graph = building->graph;
	uint32_t nodes = graph->node_count;
	graph->barrier = graph_add_barrier(graph);
	for (uint32_t i = 0; i < nodes; i++) {
		const struct graph_node *node = &graph->nodes[i];
		if (node->change == NO_CHANGE || node->gone)
			continue;
		if (comes_after_data(building, i))
			graph_add_edge(graph, graph->barrier, i, true);
		else if (node->object->kind->traits & KIND_HOLDS_DATA)
			graph_add_edge(graph, i, graph->barrier, true);
	}
}

/* Whether a part is to have a statement of its own, so that the server may refuse it alone. */
static bool
is_tried_alone(const struct planning *planning, const struct object *part)
{
	const struct object *whole = part;
	if (!planning_can_be_apart(part->kind))
		return false;
	while (catalog_parent(planning->plan.wanted, whole) != NULL)
		whole = catalog_parent(planning->plan.wanted, whole);
	const struct plan_change *change = planning_change_of(planning, whole);
	return change != NULL && change->in_parts;
}

/* Merges inline children whose parent is created too. */
static void
merge_inline(struct building *building)
{
	struct planning *planning = building->planning;
	struct graph *graph = building->graph;
	struct kind_context context;
	planning_context(planning, &context);
	graph->group = xmalloc((graph->node_count + 1) * sizeof(*graph->group));
	for (uint32_t i = 0; i < graph->node_count; i++) {
		const struct graph_node *node = &graph->nodes[i];
		graph->group[i] = i;
		if (node->change == NO_CHANGE || node->gone || !(node->object->kind->traits & KIND_INLINE))
			continue;
		const struct plan_change *change = &planning->plan.changes[node->change];
		if (!planning_creates(change) || change->change.wanted == NULL)
			continue;
		const struct object *parent = catalog_parent(planning->plan.wanted, node->object);
		const struct plan_change *parent_change = parent ? planning_change_of(planning, parent) : NULL;
		if (parent_change == NULL || !planning_creates(parent_change))
			continue;
		planning->inlined[node->change] =
			!is_tried_alone(planning, node->object) &&
			(node->object->kind->inlines == NULL || node->object->kind->inlines(&context, node->object));
		if (planning->inlined[node->change])
			graph->group[i] = building->ready[parent->index];
	}
}

struct graph *
graph_new(struct planning *planning)
{
	struct graph *graph = xcalloc(1, sizeof(*graph));
	graph->barrier = NO_NODE;
	struct building building = { .planning = planning,
		                         .graph = graph,
		                         .ready = new_places(planning->plan.wanted->count),
		                         .gone = new_places(planning->plan.current->count),
		                         .ready_again = new_places(planning->plan.current->count) };
	planning->inlined = arena_zalloc(planning->plan.arena, planning->plan.change_count + 1);
	add_anchors(&building);
	add_edges(&building);
	add_displacements(&building);
	merge_inline(&building);
	graph_order_evaluation(planning, graph);
	if (planning->plan.options.data_barrier)
		add_barrier(&building);
	free(building.ready);
	free(building.gone);
	free(building.ready_again);
	graph_order(planning, graph);
	return graph;
}

void
graph_free(struct graph *graph)
{
	if (graph == NULL)
		return;
	free(graph->nodes);
	free(graph->edges);
	free(graph->group);
	free(graph->order);
	free(graph->members_start);
	free(graph->members);
	free(graph);
}

/* A binary heap of node numbers, lowest first. */
struct heap {
	uint32_t *items;
	uint32_t count;
};

static void
heap_push(struct heap *heap, uint32_t item)
{
	uint32_t i = heap->count++;
	for (; i > 0 && heap->items[(i - 1) / 2] > item; i = (i - 1) / 2)
		heap->items[i] = heap->items[(i - 1) / 2];
	heap->items[i] = item;
}

static uint32_t
heap_pop(struct heap *heap)
{
	uint32_t top = heap->items[0];
	uint32_t last = heap->items[--heap->count];
	uint32_t i = 0;
	for (;;) {
		uint32_t child = 2 * i + 1;
		if (child >= heap->count)
			break;
		if (child + 1 < heap->count && heap->items[child + 1] < heap->items[child])
			child++;
		if (heap->items[child] >= last)
			break;
		heap->items[i] = heap->items[child];
		i = child;
	}
	heap->items[i] = last;
	return top;
}

void
graph_adjacency_init(struct graph_adjacency *adjacency, const struct graph *graph, const bool *among, bool reversed)
{
	uint32_t nodes = graph->node_count;
	adjacency->start = xcalloc(nodes + 2, sizeof(uint32_t));
	adjacency->waiting = xcalloc(nodes + 1, sizeof(uint32_t));
	adjacency->others = xmalloc((graph->edge_count + 1) * sizeof(uint32_t));
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 2; pass == 1 && i < nodes + 2; i++)
			adjacency->start[i] += adjacency->start[i - 1];
		for (size_t i = 0; i < graph->edge_count; i++) {
			uint32_t from = graph_leader(graph, reversed ? graph->edges[i].after : graph->edges[i].before);
			uint32_t to = graph_leader(graph, reversed ? graph->edges[i].before : graph->edges[i].after);
			if (from == to || (among != NULL && !(among[from] && among[to])))
				continue;
			if (pass == 0) {
				adjacency->start[from + 2]++;
				continue;
			}
			adjacency->others[adjacency->start[from + 1]++] = to;
			adjacency->waiting[to]++;
		}
	}
}

void
graph_adjacency_fini(struct graph_adjacency *adjacency)
{
	free(adjacency->start);
	free(adjacency->others);
	free(adjacency->waiting);
}

uint32_t
graph_leader(const struct graph *graph, uint32_t node)
{
	while (graph->group[node] != node)
		node = graph->group[node];
	return node;
}

bool
graph_passes_through(const struct graph *graph, uint32_t node)
{
	return graph->nodes[node].change == NO_CHANGE && node != graph->barrier;
}

/* Free nodes: those that do something by number, pass-through ones at once, so that they hold nobody up. */
struct free_nodes {
	struct heap heap;
	struct heap passing; /* used as a stack */
};

static void
release(struct free_nodes *free_nodes, const struct graph *graph, uint32_t node)
{
	if (graph_passes_through(graph, node))
		free_nodes->passing.items[free_nodes->passing.count++] = node;
	else
		heap_push(&free_nodes->heap, node);
}

/* Takes away from `cyclic` what only comes after a cycle and leads to none. */
static void
trim_followers(const struct graph *graph, bool *cyclic)
{
	struct graph_adjacency adjacency;
	graph_adjacency_init(&adjacency, graph, cyclic, true);
	uint32_t *stack = xmalloc((graph->node_count + 1) * sizeof(*stack));
	uint32_t count = 0;
	for (uint32_t i = 0; i < graph->node_count; i++)
		if (cyclic[i] && adjacency.waiting[i] == 0)
			stack[count++] = i;
	while (count > 0) {
		uint32_t node = stack[--count];
		cyclic[node] = false;
		for (uint32_t i = adjacency.start[node]; i < adjacency.start[node + 1]; i++)
			if (--adjacency.waiting[adjacency.others[i]] == 0)
				stack[count++] = adjacency.others[i];
	}
	free(stack);
	graph_adjacency_fini(&adjacency);
}

uint32_t
graph_sort(struct graph *graph, bool *cyclic)
{
	struct graph_adjacency adjacency;
	graph_adjacency_init(&adjacency, graph, NULL, false);
	struct free_nodes free_nodes = { .heap = { .items = xmalloc((graph->node_count + 1) * sizeof(uint32_t)) },
		                             .passing = { .items = xmalloc((graph->node_count + 1) * sizeof(uint32_t)) } };
	uint32_t leaders = 0;
	free(graph->order);
	graph->order = xmalloc((graph->node_count + 1) * sizeof(uint32_t));
	graph->order_count = 0;
	for (uint32_t i = 0; i < graph->node_count; i++) {
		cyclic[i] = graph->group[i] == i;
		leaders += cyclic[i];
		if (cyclic[i] && adjacency.waiting[i] == 0)
			release(&free_nodes, graph, i);
	}
	while (free_nodes.passing.count + free_nodes.heap.count > 0) {
		uint32_t node = free_nodes.passing.count > 0 ? free_nodes.passing.items[--free_nodes.passing.count]
		                                             : heap_pop(&free_nodes.heap);
		graph->order[graph->order_count++] = node;
		cyclic[node] = false;
		for (uint32_t i = adjacency.start[node]; i < adjacency.start[node + 1]; i++)
			if (--adjacency.waiting[adjacency.others[i]] == 0)
				release(&free_nodes, graph, adjacency.others[i]);
	}
	free(free_nodes.heap.items);
	free(free_nodes.passing.items);
	graph_adjacency_fini(&adjacency);
	if (graph->order_count < leaders)
		trim_followers(graph, cyclic);
	return leaders - graph->order_count;
}
