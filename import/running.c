/*
 * running.c - RUNNING (see apply.c), with what is done about refusals.
 *
 * The server is asked much before (roles, rows, deparsed text, another version's syntax), but it alone knows all its
 * reasons.  A refused transaction was rolled back, so what is refused can still be withheld, as if it had been known:
 * the plan is made anew from what production is by then, as the next run would, and what needs the refused thing goes
 * with it.  Each new plan withholds more than the one before, so there is an end to it; ROUNDS_MOST is for an end in
 * time.
 */
#include "build.h"

#include "import/running.h"

#include "base/log.h"
#include "import/group.h"
#include "import/interrupt.h"

/* Plans made for one run.  From the one numbered THOROUGH_FROM on, the rest of a refused transaction is tried too. */
#define ROUNDS_MOST 100
#define THOROUGH_FROM 3

static bool
may_withhold(const struct apply *apply)
{
	return apply->options->plan_file == NULL && !apply->settings->strict;
}

static void
tell_refusals(const struct apply *apply, size_t known)
{
	const struct vector *refusals = &apply->target->refusals;

	for (size_t i = known; i < refusals->count; i++) {
		const struct refusal *refusal = refusals->items[i];
		const char *fields[] = { "run",    apply->result->run != NULL ? apply->result->run : "",
			                     "object", refusal->object,
			                     "error",  refusal->message,
			                     NULL };

		log_event_fields(LOG_WARNING, "step.refused", apply_is_machine_log(apply) ? fields : NULL,
		                 refusal_is_parted(apply->target, refusal)
		                     ? "production's server refused %s in one piece, and its parts are tried one by one: %s"
		                     : "production's server refused %s, which is withheld: %s",
		                 refusal->object, refusal->message);
	}
}

/* What has been refused belongs to the history of the run that found it. */
int
running_record_refusals(struct apply *apply, size_t known, struct error *error)
{
	const struct target *target = apply->target;

	if (apply->result->run == NULL)
		return 0;
	if (refusals_record(target, known, apply->result->run, apply->seq, error) < 0)
		return error_prefix(error, "recording what was refused");
	apply->seq += target->refusals.count - known;
	return 0;
}

static int
plan_again(struct apply *apply, size_t known, struct error *error)
{
	struct target *target = apply->target;

	if (running_record_refusals(apply, known, error) < 0 || target_read(target, error) < 0 ||
	    target_plan(target, error) < 0)
		return -1;
	apply->result->withheld = (long)target->plan->withheld_count;
	return 0;
}

/* Whoever was asked about another plan is asked again. */
static int
confirm_again(const struct apply *apply, struct error *error)
{
	bool asked = apply->result->run != NULL && apply->options->confirm != NULL;

	return asked && !plan_is_empty(apply->target->plan) ? apply->options->confirm(apply->target, error) : 0;
}

/*
 * A group failed, and *failure says how.  If it was refused, its transaction was rolled back and nothing of it is in:
 * then a plan without what was refused is made, and *failure is forgotten.  -1 where that cannot be.
 */
static int
plan_without_refused(struct apply *apply, size_t known, struct error *failure)
{
	struct error problem = { 0 };

	if (apply->target->refusals.count == known)
		return -1;
	int failed = plan_again(apply, known, &problem);
	if (failed == 0) {
		if (++apply->rounds >= ROUNDS_MOST || interrupt_pending() || refusals_are_planned(apply->target, known))
			return -1;
		tell_refusals(apply, known);
		failed = confirm_again(apply, &problem);
	}
	/* Empty where nothing is wrong. */
	error_move(failure, &problem);
	return failed;
}

static void
prepare_groups(const struct apply *apply, struct group_run *run)
{
	struct target *target = apply->target;

	*run = (struct group_run){
		.connection = target->connection,
		.run = apply->result->run,
		.step_count = target->plan->step_count,
		.machine_log = apply_is_machine_log(apply),
		.lock_timeout = apply->settings->lock_timeout,
		.statement_timeout = apply->settings->statement_timeout,
		.refusals = may_withhold(apply) ? &target->refusals : NULL,
		.arena = target->arena,
	};
	statement_watch_init(&run->watch, run->connection, target->backend, run->lock_timeout);
}

/* Another failure than a refusal (a lock) changes nothing of what is known. */
static int
believe_history(struct apply *apply, struct error *error)
{
	struct vector *refusals = &apply->target->refusals;

	if (!connection_is_alive(apply->target->connection) || interrupt_pending())
		return -1;
	log_failure(error);
	log_event(LOG_WARNING, "refused.untried", "what run %s was refused could not be tried again",
	          apply->newest_good->id);
	error_clear(error);
	refusals->count = 0;
	for (size_t i = 0; i < apply->remembered.count; i++)
		vector_add(refusals, apply->remembered.items[i]);
	return plan_again(apply, 0, error);
}

/* With --retry-refused, since rows may have been mended: before the backup, in transactions that are rolled back. */
int
running_try_remembered(struct apply *apply, struct error *error)
{
	struct target *target = apply->target;
	struct group_run run;
	int failed = 0;

	for (size_t i = 0; i < target->refusals.count; i++)
		vector_add(&apply->remembered, target->refusals.items[i]);
	if (!apply->settings->retry_refused || !may_withhold(apply) || target->read_only || plan_is_empty(target->plan))
		return 0;
	if (refusals_recall(target, &apply->remembered, error) < 0)
		return -1;
	if (apply->remembered.count == 0)
		return 0;
	prepare_groups(apply, &run);
	run.trial = true;
	while (failed == 0 && !plan_is_empty(target->plan)) {
		size_t known = target->refusals.count;

		run.thorough = apply->rounds + 1 >= THOROUGH_FROM;
		if (group_execute(&run, &target->plan->groups[0], 1, error) == 0)
			break;
		if (target->refusals.count == known) {
			failed = believe_history(apply, error);
			break;
		}
		failed = plan_without_refused(apply, known, error);
	}
	statement_watch_fini(&run.watch);
	return failed;
}

/* --- RUNNING --- */

static int
run_group(struct apply *apply, struct group_run *run, size_t index, size_t first, struct error *error)
{
	const struct plan_group *group = &apply->target->plan->groups[index];
	size_t known = apply->target->refusals.count;

	if (group_execute(run, group, first, error) == 0) {
		apply->result->groups_done++;
		apply->result->steps_done += group->count;
		return 0;
	}
	bool go_on = strcmp(apply->settings->on_failure, "continue") == 0 && !interrupt_pending() &&
	             connection_is_alive(apply->target->connection) && apply->target->refusals.count == known;
	if (!go_on)
		return -1;
	log_failure(error);
	log_event(LOG_WARNING, "run.continue", "going on after the failure, as asked");
	run->refusals = NULL; /* what is refused from here on may be for want of what failed */
	if (apply->first_failure.primary == NULL)
		error_move(&apply->first_failure, error);
	else
		error_clear(error);
	return 0;
}

static int
run_plan(struct apply *apply, struct group_run *run, struct error *error)
{
	const struct plan *plan = apply->target->plan;

	run->step_count = apply->seq - 1 + plan->step_count;
	run->thorough = apply->rounds + 1 >= THOROUGH_FROM;
	for (size_t i = 0; i < plan->group_count; i++) {
		if (run_group(apply, run, i, apply->seq, error) < 0)
			return -1;
		apply->seq += plan->groups[i].count;
	}
	return 0;
}

int
running_run(struct apply *apply, struct error *error)
{
	struct group_run run;
	bool again;
	int failed;

	prepare_groups(apply, &run);
	do {
		size_t known = apply->target->refusals.count;

		failed = run_plan(apply, &run, error);
		again = failed < 0 && plan_without_refused(apply, known, error) == 0;
	} while (again);
	statement_watch_fini(&run.watch);
	if (failed == 0 && apply->first_failure.primary != NULL) {
		error_move(error, &apply->first_failure);
		return -1;
	}
	return failed;
}

bool
running_refused_the_same(const struct apply *apply)
{
	const struct vector *now = &apply->target->refusals;

	if (now->count != apply->remembered.count)
		return false;
	for (size_t i = 0; i < now->count; i++) {
		const struct refusal *a = now->items[i];
		const struct refusal *b = apply->remembered.items[i];

		if (strcmp(a->sql, b->sql) != 0)
			return false;
	}
	return true;
}
