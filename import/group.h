/*
 * group.h - running one group of a plan.
 *
 * A group is one transaction together with the history's rows of its steps, or one step that must
 * run outside a transaction, between an intent row and its outcome.  A transaction that met a lock
 * time-out, a deadlock or a serialization failure is rolled back and tried again, a bounded number of
 * times with jittered pauses.
 */
#ifndef IMPORT_GROUP_H
#define IMPORT_GROUP_H

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
};

/* first is the number of the group's first step in the plan, from 1. */
int group_execute(struct group_run *run, const struct plan_group *group, size_t first, struct error *error);

#endif
