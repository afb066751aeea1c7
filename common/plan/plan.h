/*
 * plan.h - from two catalogs to an ordered list of SQL.
 *
 *   diff    -> changes      every object that differs, in canonical order (names no kind)
 *   policy  -> decisions    what is done, what is withheld and why, what is left alone
 *   graph   -> order        two anchors an object (gone, ready), edges from both sides' dependencies
 *   plan    -> groups       steps in order; a group is one transaction, or one step outside any
 *
 * The same two catalogs and options give the same bytes.  Everything belongs to the
 * plan's arena; both catalogs must outlive it.
 */
#ifndef COMMON_PLAN_PLAN_H
#define COMMON_PLAN_PLAN_H

#include "base/error.h"
#include "catalog/catalog.h"

enum decision {
	DECISION_CREATE,
	DECISION_ALTER,
	DECISION_REPLACE, /* CREATE OR REPLACE */
	DECISION_REBUILD, /* drop and create; holds no data */
	DECISION_DROP,    /* only where plan_options.drops allows it (rollback) */
	DECISION_KEEP,    /* only in production: left alone and listed */
	DECISION_WITHHOLD,
	DECISION_NONE, /* found equal after all */
};

struct plan_change {
	struct change change;
	enum decision decision;
	unsigned hazards;
	uint64_t withheld;  /* attributes of it that are withheld; the whole object where decision is WITHHOLD */
	const char *reason; /* of what is withheld; NULL if nothing is */
	uint64_t kept;      /* attributes that production keeps: CHANGE_KEEP */
	bool in_parts;      /* of a new one: its parts have statements of their own, as with them inside it was refused */
	const char *stays;  /* why production's cannot be made anew for the sake of others; NULL: it can */
	/* The snapshot's with which what has the name of this new one in production leaves it; NULL: the name is free. */
	const struct object *after;
};

struct plan_options {
	unsigned kind_options; /* enum kind_option */
	int version;           /* of the server that will run it; 0: current's */
	struct tablespaces tablespaces; /* of that server */
	size_t group_limit;    /* most steps in one transaction, 0: no limit (locks of one transaction are finite) */
	bool data_barrier;     /* keep room to load rows before indexes, constraints and triggers (restore) */
	/* Whether an object that only production has may be dropped; NULL: never. */
	bool (*drops)(void *context, const struct object *object);
	void *drops_context;
};

struct plan_group {
	bool outside_transaction;
	struct step **steps;
	size_t count;
};

/* A change that is known and not made. */
struct plan_withheld {
	const struct plan_change *change;
	const char *reason;
	char *sql; /* what would be run, statements separated by ";\n"; may be "" where there is none */
};

/* One that only production has and one that only the snapshot has, which differ in nothing but the name. */
struct plan_lookalike {
	const struct object *current;
	const struct object *wanted;
};

/* What only production has. */
struct plan_kept {
	const struct object *object;
	const char *attribute; /* what of it, where both sides have the object; NULL: all of it */
};

struct plan {
	struct arena *arena;
	const struct catalog *current;
	const struct catalog *wanted;
	struct plan_options options;

	struct plan_change *changes;
	size_t change_count;

	struct step **first; /* plan_run_first */
	size_t first_count;
	struct plan_lookalike *lookalikes; /* by plan_finish: what may have been renamed */
	size_t lookalike_count;

	struct plan_group *groups;
	size_t group_count;
	size_t step_count;
	size_t barrier_group; /* with data_barrier: rows are loaded before this group */

	struct plan_withheld *withheld;
	size_t withheld_count;
	struct plan_kept *kept; /* only in production, top ones (no children of kept objects) */
	size_t kept_count;

	char current_fingerprint[DIGEST_TEXT_SIZE]; /* both by plan_fingerprints */
	char wanted_fingerprint[DIGEST_TEXT_SIZE];
	struct graph *graph; /* for --format dot */
};

/*
 * In steps, so that the importer can ask the server between them: plan_new diffs and judges;
 * then changes may be settled (plan_settle_equal) or withheld (plan_withhold); plan_finish
 * orders and writes the SQL.
 */
struct plan *plan_new(const struct catalog *current, const struct catalog *wanted, const struct plan_options *options);
/* These attributes turned out to mean the same: no difference. */
void plan_settle_equal(struct plan *plan, struct plan_change *change, uint64_t attributes);
void plan_withhold(struct plan *plan, struct plan_change *change, uint64_t attributes, const char *reason);
/* Production's object cannot be made anew: what would need that is withheld. */
void plan_let_stay(struct plan *plan, const struct object *current, const char *reason);
/*
 * The server refused this statement of an earlier plan, about an object of either catalog of this one: what it was for
 * is withheld, be it some attributes, the object, or what the object was to be made anew for.  Of something new with
 * parts inside nothing is withheld yet: its parts get statements of their own (in_parts).
 */
void plan_withhold_statement(struct plan *plan, const struct object *object, const char *sql, const char *reason);
/* Statements that come before all others (confirmed renames); the plan's current catalog is that after them.  Before
 * plan_finish. */
void plan_run_first(struct plan *plan, struct step **steps, size_t count);
int plan_finish(struct plan *plan, struct error *error);
/* The same for a plan that is only written out: each step is handed on and forgotten, so memory does not grow with it.
 * plan->groups stays empty. */
int plan_finish_into(struct plan *plan, int (*sink)(void *context, const struct step *step, struct error *error),
                     void *context, struct error *error);
/* Fills both fingerprints (SHA-256 over both catalogs: not free). */
void plan_fingerprints(struct plan *plan);
void plan_free(struct plan *plan); /* NULL is allowed */

/*
 * The same plan a second time, finished, so that its steps can be tried out before the first is: that one stays open to
 * what the trial teaches.  For plan_free.
 */
struct plan *plan_trial(const struct plan *plan, struct error *error);
/* The change of an object of either catalog, or NULL. */
struct plan_change *plan_change_of(const struct plan *plan, const struct object *object);
/* Whether what the plan does to a present object gives it another form, which the dependant is made for. */
bool plan_reshapes(const struct plan *plan, const struct plan_change *change, const struct plan_change *dependant);
/* What an object stands on in its own catalog: parent, schema, dependencies and what its kind relates it to. */
void plan_each_dependency(const struct plan *plan, const struct object *object,
                          void (*visit)(void *context, const struct object *dependency), void *context);

/* Whether there is anything to apply. */
bool plan_is_empty(const struct plan *plan);
/* The context that the kinds' functions get in this plan (for elaborate and probe). */
void plan_kind_context(const struct plan *plan, struct kind_context *context);
/* The graph as Graphviz text. */
void plan_dot(const struct plan *plan, struct buffer *out);
/* All statements as a script that psql runs: settings, transactions, comments, semicolons. */
void plan_script(const struct plan *plan, struct buffer *out);
/* The settings that such a script begins with. */
void plan_script_head(struct buffer *out);
/* One step as a line or more of a script. */
void plan_script_step(const struct step *step, struct buffer *out);

#endif
