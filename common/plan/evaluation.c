/*
 * evaluation.c - order that the catalog does not tell: statements that run functions.
 *
 * What a function's quoted body refers to is in no catalog.  Storing a function needs none of it, but a new column with
 * a default, a check over rows, an index over an expression and a materialized view run the function at once.  So what
 * runs functions comes after everything else that is made, unless that stands on it in turn.
 */
#include "build.h"

#include "plan/planning.h"

/* Whether each wanted object is, or stands on, something whose needs the catalog does not know. */
static bool *
find_runners(const struct catalog *wanted)
{
	bool *runs = xcalloc(wanted->count + 1, sizeof(bool));
	uint32_t *stack = xmalloc((wanted->count + 1) * sizeof(*stack));
	uint32_t count = 0;
	for (uint32_t i = 0; i < wanted->count; i++)
		if (wanted->objects[i].kind->traits & KIND_OPAQUE) {
			runs[i] = true;
			stack[count++] = i;
		}
	while (count > 0) {
		const uint32_t *list;
		uint32_t dependents = catalog_dependents(wanted, &wanted->objects[stack[--count]], &list);
		for (uint32_t i = 0; i < dependents; i++)
			if (!runs[list[i]]) {
				runs[list[i]] = true;
				stack[count++] = list[i];
			}
	}
	free(stack);
	return runs;
}

/* Parts of what is only being made meet no rows. */
static bool
meets_rows(const struct planning *planning, const struct object *object)
{
	const struct catalog *wanted = planning->plan.wanted;
	const struct object *root = object;
	for (const struct object *above = object; above != NULL; above = catalog_parent(wanted, above))
		root = above;
	return root == object || catalog_counterpart(planning->plan.current, root) != NULL;
}

static bool
evaluates(const struct planning *planning, const struct graph_node *node, const bool *runs)
{
	return node->change != NO_CHANGE && !node->gone && (node->object->kind->traits & KIND_EVALUATES) &&
	       catalog_holds(planning->plan.wanted, node->object) && runs[node->object->index] &&
	       meets_rows(planning, node->object);
}

/* Marks the groups that evaluate; returns how many. */
static uint32_t
mark_evaluators(const struct planning *planning, const struct graph *graph, bool *marked, uint32_t *stack)
{
	uint32_t count = 0;
	bool any = false;
	for (uint32_t i = 0; i < graph->node_count && !any; i++)
		any = graph->nodes[i].change != NO_CHANGE && (graph->nodes[i].object->kind->traits & KIND_EVALUATES);
	if (!any)
		return 0;
	bool *runs = find_runners(planning->plan.wanted);
	for (uint32_t i = 0; i < graph->node_count; i++) {
		uint32_t leader = graph_leader(graph, i);
		if (!marked[leader] && evaluates(planning, &graph->nodes[i], runs)) {
			marked[leader] = true;
			stack[count++] = leader;
		}
	}
	free(runs);
	return count;
}

/* Marks also all groups that come after marked ones. */
static void
mark_followers(const struct graph *graph, bool *marked, uint32_t *stack, uint32_t count)
{
	struct graph_adjacency adjacency;
	graph_adjacency_init(&adjacency, graph, NULL, false);
	while (count > 0) {
		uint32_t node = stack[--count];
		for (uint32_t i = adjacency.start[node]; i < adjacency.start[node + 1]; i++)
			if (!marked[adjacency.others[i]]) {
				marked[adjacency.others[i]] = true;
				stack[count++] = adjacency.others[i];
			}
	}
	graph_adjacency_fini(&adjacency);
}

void
graph_order_evaluation(const struct planning *planning, struct graph *graph)
{
	uint32_t nodes = graph->node_count;
	bool *marked = xcalloc(nodes + 1, sizeof(bool));
	uint32_t *stack = xmalloc((nodes + 1) * sizeof(*stack));
	uint32_t *evaluators = xmalloc((nodes + 1) * sizeof(*evaluators));
	uint32_t count = mark_evaluators(planning, graph, marked, stack);
	if (count > 0) {
		memcpy(evaluators, stack, count * sizeof(*evaluators));
		mark_followers(graph, marked, stack, count);
		uint32_t barrier = graph_add_barrier(graph);
		for (uint32_t i = 0; i < nodes; i++) {
			const struct graph_node *node = &graph->nodes[i];
			if (node->change != NO_CHANGE && !node->gone && !marked[graph_leader(graph, i)] &&
			    !(node->object->kind->traits & KIND_AFTER_DATA))
				graph_add_edge(graph, i, barrier, false);
		}
		for (uint32_t i = 0; i < count; i++)
			graph_add_edge(graph, barrier, evaluators[i], false);
	}
	free(evaluators);
	free(stack);
	free(marked);
}
