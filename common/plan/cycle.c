/*
 * cycle.c - taking cycles apart.
 *
 * A cycle is broken by splitting: a child that was merged into its parent's CREATE and waits
 * for somebody else in the cycle gets a statement of its own after both (a default, a
 * check).  Columns are split off only if nothing else helps.  A cycle without such a
 * child (two functions with bodies that are not looked into) loses its soft edges.
 */
#include "build.h"

#include "plan/planning.h"

/* Splits off merged children that wait for another group of the tangle; returns how many. */
static uint32_t
split_children(struct planning *planning, struct graph *graph, const bool *cyclic, bool ordered_ones)
{
	uint32_t split = 0;
	uint32_t *old_leader = xmalloc((graph->node_count + 1) * sizeof(*old_leader));
	for (uint32_t i = 0; i < graph->node_count; i++)
		old_leader[i] = graph_leader(graph, i);
	for (size_t i = 0; i < graph->edge_count; i++) {
		uint32_t before = graph->edges[i].before;
		uint32_t after = graph->edges[i].after;
		if (graph->group[after] == after || old_leader[before] == old_leader[after] || !cyclic[old_leader[before]] ||
		    !cyclic[old_leader[after]] || (kind_ordinal(graph->nodes[after].object->kind) >= 0) != ordered_ones)
			continue;
		graph->group[after] = after;
		planning->inlined[graph->nodes[after].change] = false;
		split++;
	}
	free(old_leader);
	return split;
}

/* Order between objects that do not change matters to nobody: such edges go first, all at once. */
static bool
cut_passing_edges(struct graph *graph, const bool *cyclic)
{
	size_t kept = 0;
	for (size_t i = 0; i < graph->edge_count; i++) {
		const struct graph_edge edge = graph->edges[i];
		uint32_t before = graph_leader(graph, edge.before);
		uint32_t after = graph_leader(graph, edge.after);
		if (!(cyclic[before] && cyclic[after] && before != after && graph_passes_through(graph, before) &&
		      graph_passes_through(graph, after)))
			graph->edges[kept++] = edge;
	}
	bool any = kept < graph->edge_count;
	graph->edge_count = kept;
	return any;
}

/* Removes the soft edges that lead to the first of the tangled groups that has any. */
static bool
cut_soft_edges(struct graph *graph, const bool *cyclic)
{
	uint32_t victim = NO_NODE;
	for (size_t i = 0; i < graph->edge_count; i++) {
		uint32_t before = graph_leader(graph, graph->edges[i].before);
		uint32_t after = graph_leader(graph, graph->edges[i].after);
		if (!graph->edges[i].hard && before != after && cyclic[before] && cyclic[after] && after < victim)
			victim = after;
	}
	size_t kept = 0;
	for (size_t i = 0; i < graph->edge_count; i++) {
		const struct graph_edge edge = graph->edges[i];
		bool cut = victim != NO_NODE && !edge.hard && graph_leader(graph, edge.after) == victim &&
		           cyclic[graph_leader(graph, edge.before)] && graph_leader(graph, edge.before) != victim;
		if (!cut)
			graph->edges[kept++] = edge;
	}
	bool any = kept < graph->edge_count;
	graph->edge_count = kept;
	return any;
}

/* The members of each group, leader first, as ranges. */
static void
list_members(struct graph *graph)
{
	uint32_t nodes = graph->node_count;
	graph->members_start = xcalloc(nodes + 2, sizeof(uint32_t));
	graph->members = xmalloc((nodes + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < nodes; i++)
		graph->members_start[graph_leader(graph, i) + 2]++;
	for (uint32_t i = 2; i < nodes + 2; i++)
		graph->members_start[i] += graph->members_start[i - 1];
	for (uint32_t i = 0; i < nodes; i++)
		if (graph->group[i] == i)
			graph->members[graph->members_start[i + 1]++] = i;
	for (uint32_t i = 0; i < nodes; i++)
		if (graph->group[i] != i)
			graph->members[graph->members_start[graph_leader(graph, i) + 1]++] = i;
}

void
graph_order(struct planning *planning, struct graph *graph)
{
	bool *cyclic = xcalloc(graph->node_count + 1, sizeof(bool));
	while (graph_sort(graph, cyclic) > 0)
		if (!cut_passing_edges(graph, cyclic) && split_children(planning, graph, cyclic, false) == 0 &&
		    split_children(planning, graph, cyclic, true) == 0 && !cut_soft_edges(graph, cyclic))
			break; /* only containment is left, which cannot be cyclic */
	free(cyclic);
	list_members(graph);
}
