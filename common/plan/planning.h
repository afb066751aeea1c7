/*
 * planning.h - what the parts of the planner share (internal to plan/).
 *
 * diff.c fills the changes, judge.c decides each, closure.c spreads rebuilds and withholding
 * over dependants, graph.c orders, plan.c writes the steps.
 */
#ifndef COMMON_PLAN_PLANNING_H
#define COMMON_PLAN_PLANNING_H

#include "base/vector.h"
#include "plan/plan.h"

#define NO_CHANGE UINT32_MAX
#define NO_NODE UINT32_MAX

/* Production's object must be gone while the wanted one is made, and comes again after it; one of the snapshot that is
 * still to be made comes after it. */
struct displacement {
	const struct object *displaced; /* of the current catalog and rebuilt, or of the wanted one */
	const struct object *by;        /* of the wanted catalog; created */
};

/* A change that is a rebuild for the sake of another one, and what it was before. */
struct rebuilt {
	uint32_t change;
	struct plan_change before;
};

struct planning {
	struct plan plan; /* first: struct plan * is struct planning * */
	size_t change_capacity;
	uint32_t *wanted_change;            /* by index in the wanted catalog: number of the object's change */
	uint32_t *current_change;           /* by index in the current catalog */
	bool *inlined;                      /* by change: written inside its parent's create */
	struct displacement *displacements; /* malloced; order that no dependency says */
	size_t displacement_count;
	struct rebuilt *rebuilt; /* malloced */
	size_t rebuilt_count;
	bool refused;                   /* statements of an earlier plan were refused */
	const struct kind *schema_kind; /* whose objects KIND_IN_SCHEMA means */
	uint64_t *newer;                /* by kind: attributes that are looked at and production's version lacks */
};

static inline struct planning *
planning_of(const struct plan *plan)
{
	return (struct planning *)(uintptr_t)plan;
}

/* The change of an object of either catalog, or NULL. */
struct plan_change *planning_change_of(const struct planning *planning, const struct object *object);
/* Adds a change (diff, closure).  Pointers to changes stay valid only until the next call. */
struct plan_change *planning_add(struct planning *planning, const struct object *current, const struct object *wanted);
/* What a change will make: the wanted object, or production's own where it is only rebuilt. */
const struct object *planning_target(const struct plan_change *change);
bool planning_creates(const struct plan_change *change); /* CREATE or REBUILD */
bool planning_drops(const struct plan_change *change);   /* DROP or REBUILD */
bool planning_acts(const struct plan_change *change);
/* Whether the parts of the kind may as well have statements of their own: such as have no place among their siblings,
 * which what is made one by one would lose (a column's, a parent's). */
bool planning_can_be_apart(const struct kind *kind);
/* Bits of the attributes that the kind's own statements write: all but identity, owner, privileges and comment. */
uint64_t planning_own_attributes(const struct kind *kind);
/* Whether dropping production's object loses data.  A part of what holds none (a view's column) holds none either. */
bool planning_holds_data(const struct planning *planning, const struct object *current);
void planning_context(const struct planning *planning, struct kind_context *context);
/* The statements of the attributes in change->allowed. */
void planning_write_alter(const struct planning *planning, const struct change *change, unsigned hazards,
                          struct steps *steps);

void diff_run(struct planning *planning);

/* Fills `newer`. */
void judge_prepare(struct planning *planning);
/* Decides from differs, less `settled` equalities already removed from it. */
void judge_change(struct planning *planning, struct plan_change *change);
/*
 * Whether an object of production is there for its facets or settings alone and its whole is in the snapshot too (the
 * column of a view with a comment): the snapshot says that they are not to be, and to drop it is to take them away.
 */
bool judge_only_adds(const struct planning *planning, const struct object *object);
/* Whether an object that only production has is to be dropped. */
bool judge_drops(const struct planning *planning, const struct object *object);
void judge_withhold(struct planning *planning, struct plan_change *change, uint64_t attributes, const char *reason);

/*
 * With nothing left to run: what statements of others would have done (the end of an identity, by its new sequence) is
 * withheld with them.
 */
void refusal_withhold_undone(struct planning *planning);

/* Rebuilds what stands on what is rebuilt; withholds what stands on what is withheld. */
void closure_run(struct planning *planning);
/* Whether the dependant of a present object was not made for it as it is without those attributes of the change. */
bool closure_misfits(const struct planning *planning, const struct change *change, uint64_t withheld,
                     const struct change *dependant, uint64_t *attributes);

/* Fills the plan's lookalikes. */
void lookalikes_find(struct planning *planning);

/* What an object stands on, in its own catalog: parent, schema, dependencies, `relate`; and what only comes before it,
 * if that is made (`order`, which may be NULL). */
typedef void graph_visit(void *context, const struct object *dependency);
void graph_each_dependency(const struct planning *planning, const struct object *object, graph_visit *visit,
                           graph_visit *order, void *context);

/* One anchor in the order. */
struct graph_node {
	const struct object *object; /* NULL for the barrier */
	uint32_t change;             /* NO_CHANGE for pass-through nodes and the barrier */
	bool gone;                   /* the "old gone" anchor; otherwise "new ready" */
};

struct graph_edge {
	uint32_t before;
	uint32_t after;
	bool hard; /* containment: never cut to break a cycle */
};

struct graph {
	struct graph_node *nodes;
	uint32_t node_count;
	uint32_t node_capacity;
	struct graph_edge *edges;
	size_t edge_count;
	size_t edge_capacity;
	uint32_t *group; /* by node: the node it is merged into (itself if not) */
	uint32_t *order; /* group leaders in order */
	uint32_t order_count;
	uint32_t barrier;        /* node, or NO_NODE */
	uint32_t *members_start; /* by node: its merged members (itself first), a range of `members` */
	uint32_t *members;
};

/* Edges between group leaders as ranges: per node those at its other end. */
struct graph_adjacency {
	uint32_t *start; /* node_count + 2 */
	uint32_t *others;
	uint32_t *waiting; /* per node: how many edges point at it */
};

/* With `among` (by node) only edges between two such leaders. */
void graph_adjacency_init(struct graph_adjacency *adjacency, const struct graph *graph, const bool *among,
                          bool reversed);
void graph_adjacency_fini(struct graph_adjacency *adjacency);
/* Nothing where either is NO_NODE: what is not there comes neither before nor after. */
void graph_add_edge(struct graph *graph, uint32_t before, uint32_t after, bool hard);
/* A node without an object, once children are merged. */
uint32_t graph_add_barrier(struct graph *graph);
/* Puts what runs functions after what their bodies may need. */
void graph_order_evaluation(const struct planning *planning, struct graph *graph);

/* Builds, merges inline children, breaks cycles, sorts.  The graph is freed by graph_free. */
struct graph *graph_new(struct planning *planning);
void graph_free(struct graph *graph);
uint32_t graph_leader(const struct graph *graph, uint32_t node);
/* Whether a node only hands order on: an unchanged object. */
bool graph_passes_through(const struct graph *graph, uint32_t node);
/* Kahn's sort over groups by node number.  Returns how many groups are left over; `cyclic` (by node) says which of them
 * lie on cycles or between two. */
uint32_t graph_sort(struct graph *graph, bool *cyclic);
/* Splits cycles until graph_sort succeeds. */
void graph_order(struct planning *planning, struct graph *graph);

#endif
