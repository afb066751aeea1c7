/*
 * running.h - RUNNING (see apply.c): the groups of the plan one after another, and a new plan where the server refuses.
 */
#ifndef IMPORT_RUNNING_H
#define IMPORT_RUNNING_H

#include "import/apply.h"
#include "import/journal.h"
#include "import/refusal.h"

struct apply {
	struct target *target;
	const struct settings *settings;
	const struct apply_options *options;
	struct apply_result *result;
	struct journal_place place;
	struct journal_run *newest_good; /* NULL: none */
	struct error first_failure;      /* of a group, with --on-failure continue */
	struct vector remembered;        /* struct refusal *: what that run was refused, where that may hold still */
	bool partial;                    /* the run failed, and steps of it are in */
	unsigned rounds;                 /* plans made because of refusals */
	size_t seq;                      /* of the next step in the history, from 1 */
};

static inline bool
apply_is_machine_log(const struct apply *apply)
{
	return strcmp(apply->settings->log_format, "json") == 0;
}

/*
 * Before a run is recorded: with --retry-refused, tries what the newest run was refused again, in transactions that are
 * rolled back.  Fills apply->remembered; the plan is then one without what was refused again.
 */
int running_try_remembered(struct apply *apply, struct error *error);
/* Whether what was refused now is what the newest run was refused. */
bool running_refused_the_same(const struct apply *apply);
/* Adds what was refused, from number `known` on, to the recorded run's steps.  Nothing where none is recorded. */
int running_record_refusals(struct apply *apply, size_t known, struct error *error);
/* Runs the plan, and those that are made in its place.  With an error, groups of it may have been committed. */
int running_run(struct apply *apply, struct error *error);

#endif
