/*
 * group.h - running one group of a plan.
 *
 * A group is one transaction together with the history's rows of its steps, or one step that must
 * run outside a transaction, between an intent row and its outcome.  A transaction that met a lock
 * time-out, a deadlock or a serialization failure is rolled back and tried again, a bounded number of
 * times with jittered pauses.  What is refused is told to the caller, who plans anew without it.
 */
#ifndef IMPORT_GROUP_H
#define IMPORT_GROUP_H

#include "import/refusal.h"
#include "import/statement.h"
#include "plan/plan.h"

struct group_run {
	struct connection *connection;
	struct statement_watch watch;
	const char *run;   /* its id in the history */
	size_t step_count; /* of the whole plan, for messages */
	bool machine_log;  /* the log is for machines: with fields */
	long lock_timeout;
	long statement_timeout;
	/*
	 * Where the failure is a refusal, it is put here (struct refusal *, of the arena) instead of being recorded.  NULL:
	 * a refusal is a failure like any other.
	 */
	struct vector *refusals;
	struct arena *arena;
	bool thorough; /* tries the rest of a transaction that met a refusal, to learn of the others in it */
	bool trial;    /* transactions are rolled back in the end and not recorded; nothing runs outside one */
};

/* first is the number of the group's first step in the plan, from 1. */
int group_execute(struct group_run *run, const struct plan_group *group, size_t first, struct error *error);

#endif
