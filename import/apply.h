/*
 * apply.h - one run: from a snapshot to production holding it, with its history.  See apply.c for the
 * states and what holds in each.
 */
#ifndef IMPORT_APPLY_H
#define IMPORT_APPLY_H

#include "import/plan_file.h"
#include "import/target.h"

struct apply_result {
	bool already;      /* nothing was to be done */
	bool fast;         /* and the catalog was not even read: target->plan is NULL */
	const char *run;   /* id in the history; NULL: nothing was recorded */
	const char *since; /* fast: when that run ended */
	long withheld;     /* also where fast */
	size_t steps_done;
	size_t groups_done;
	char *backup; /* heap; NULL: none was written */
	double seconds;
};

struct apply_options {
	const struct plan_file *plan_file; /* NULL: whatever is planned */
	/* Shows the plan and asks; an error ends the run before anything is changed.  NULL: no question. */
	int (*confirm)(const struct target *target, struct error *error);
};

/* The target's snapshot must be open; all else is done here. */
int apply_run(struct target *target, const struct apply_options *options, struct apply_result *result,
              struct error *error);

#endif
