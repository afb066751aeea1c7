/*
 * apply.c - the run as a state machine.
 *
 *   CONNECTED --history and stamp say it is in--------------------------------------> DONE
 *       |
 *     LOCKED ---waited: look again----------------------------------------------> DONE
 *       |
 *    PLANNED ---nothing to do: remember the stamp------------------------------------> DONE
 *       |
 *   BACKED_UP
 *       |
 *   RECORDED -> RUNNING(group 1) -> … -> RUNNING(group n) -> VALIDATED -> DONE
 *                       |
 *                       refused: plan anew -> RUNNING(group 1 of the new plan) -> …
 *
 * Production is the last to be asked: what its server refuses, in a transaction that is then rolled back, is withheld
 * like what was known before, and the plan made anew from what production is by then (running.c).  Nobody has reviewed
 * that one, so with --plan a refusal is a failure, as it is with --strict.
 *
 * A failure leaves from any state; apply_run tells how, and journal_end tells the history.
 *
 * What holds:
 *  1. Before RECORDED nothing in the database has been written.
 *  2. RECORDED is entered only with a published, read-back backup (unless none was asked for), with the plan still
 *     made from production as it is (the stamp, or else the fingerprint, has not moved), and by a
 *     role that may write the history.
 *  3. Between LOCKED and DONE this session holds the run lock, so no other run writes.
 *  4. The history's rows of a group's steps are committed by the group's own transaction: after
 *     any crash, exactly the steps with outcome "done" are in (but see 5).
 *  5. A step outside a transaction has an intent row before and an outcome after; "running" or "interrupted"
 *     means that only production can tell.
 *  6. A run row that is "running" when another session gets the lock belongs to a session that is gone.
 *  7. Success is reported only if a catalog read under the lock left nothing to apply, or the history says
 *     that this content is in and the stamp is the one that run left.
 *  8. The stamp in the history is that of the very read that found the state reached, never a later one.
 *  9. The exit status is PARTIAL exactly if a group was committed and the run then failed.
 * 10. What the server refused in a good run is in the history with it: "refused" steps of the run that found it, or,
 * where it was found before there was a run to record, of the run that is recorded then.
 */
#include "build.h"

#include "import/apply.h"

#include <limits.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "import/backup.h"
#include "import/interrupt.h"
#include "import/render.h"
#include "import/running.h"
#include "import/validate.h"
#include "postgres/lock.h"
#include "reader/reader.h"

static const char *
number_text(const struct apply *apply, size_t number)
{
	return arena_printf(apply->target->arena, "%zu", number);
}

/* --- CONNECTED: is it in already? --- */

static int
load_newest_good(struct apply *apply, struct error *error)
{
	apply->newest_good = NULL;
	if (journal_look(apply->target->connection, &apply->place, error) < 0)
		return -1;
	if (!apply->place.readable)
		return 0;
	return journal_newest_good(apply->target->connection, apply->target->arena, &apply->newest_good, error);
}

static bool
same_text(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* The newest good run brought this very content, under the same options. */
static bool
newest_is_ours(const struct apply *apply)
{
	const struct journal_run *run = apply->newest_good;

	return run != NULL && same_text(run->content, apply->target->manifest->content) &&
	       same_text(run->options, number_text(apply, settings_kind_options(apply->settings)));
}

/*
 * Not the whole answer where rows stood in the way (they may have been mended, which no stamp shows), where the
 * withheld must be listed anew (--strict), and where columns are required by name.
 */
static bool
may_be_fast(const struct apply *apply)
{
	const struct journal_run *run = apply->newest_good;

	return newest_is_ours(apply) && same_text(run->withheld_on_rows, "0") && apply->options->plan_file == NULL &&
	       !apply->settings->retry_refused && apply->settings->hints == NULL &&
	       (!apply->settings->strict || same_text(run->withheld, "0")) && apply->settings->require.count == 0;
}

static int
look_whether_in(struct apply *apply, bool *in, struct error *error)
{
	char *stamp = NULL;

	*in = false;
	if (load_newest_good(apply, error) < 0)
		return -1;
	if (!may_be_fast(apply))
		return 0;
	if (reader_stamp(apply->target->connection, &stamp, error) < 0)
		return -1;
	*in = same_text(stamp, apply->newest_good->stamp_after);
	free(stamp);
	if (!*in)
		return 0;
	apply->result->already = true;
	apply->result->fast = true;
	apply->result->run = apply->newest_good->id;
	apply->result->since = apply->newest_good->finished;
	apply->result->withheld = strtol(apply->newest_good->withheld, NULL, 10);
	return 0;
}

static int
check_session(struct apply *apply, struct error *error)
{
	bool stable = false;

	if (lock_session_is_stable(apply->target->connection, &stable, error) < 0)
		return -1;
	if (stable)
		return 0;
	error_set(error, ERROR_CONNECTION, "the connection is by a pooler that changes sessions between transactions");
	error_detail(error, "The lock that keeps a second run out, and the time-outs, would be lost with the session.");
	return error_hint(error, "Connect to the server directly, or through the pooler in session mode.");
}

/* --- LOCKED, PLANNED --- */

static int
check_plan(struct apply *apply, struct error *error)
{
	const struct plan *plan = apply->target->plan;

	if (apply->options->plan_file != NULL) {
		target_fingerprints(apply->target);
		if (plan_file_compare(apply->options->plan_file, apply->target, error) < 0)
			return -1;
	}
	if (!apply->settings->strict || plan->withheld_count == 0)
		return 0;
	error_set(error, ERROR_WITHHELD, "%zu changes are withheld, so nothing was changed", plan->withheld_count);
	return error_hint(error, "\"pgkeel-import plan\" lists them with their reasons.");
}

static int
make_plan(struct apply *apply, struct error *error)
{
	if (target_read(apply->target, error) < 0 || target_plan(apply->target, error) < 0)
		return -1;
	/* Of the state in which the run began: what it changes, it adds to. */
	apply->target->recalls = false;
	target_warn(apply->target);
	apply->result->withheld = (long)apply->target->plan->withheld_count;
	return check_plan(apply, error);
}

/* The members of a run's row that are known once there is a plan. */
static void
describe_run(const struct apply *apply, struct journal_run *run)
{
	const struct target *target = apply->target;
	char host[HOST_NAME_MAX + 1] = "";

	memset(run, 0, sizeof(*run));
	if (gethostname(host, sizeof(host) - 1) == 0)
		run->host = arena_strdup(target->arena, host);
	run->command = "apply";
	run->snapshot = archive_reader_path(target->archive);
	run->fingerprint = target->manifest->fingerprint;
	run->content = target->manifest->content;
	run->label = target->manifest->label;
	run->options = number_text(apply, settings_kind_options(apply->settings));
	run->tool = PGKEEL_VERSION;
	run->backup = apply->result->backup;
	run->fingerprint_before = target->plan->current_fingerprint;
	run->steps_planned = number_text(apply, target->plan->step_count);
	run->withheld = number_text(apply, target->plan->withheld_count);
	run->withheld_on_rows = number_text(apply, target->withheld_on_rows);
	run->kept = number_text(apply, target->plan->kept_count);
}

/*
 * Nothing to do.  The stamp is remembered so that the next start need not read the catalog: in the newest good
 * run if it is of this content and left this schema, else as a run of its own with outcome "nothing".  A role that
 * may not write the history simply goes on without.
 */
static int
remember_nothing(struct apply *apply, struct error *error)
{
	struct target *target = apply->target;
	const char *stamp = target->current->info.stamp;
	struct journal_run run;

	apply->result->already = true;
	if (target->read_only || !apply->place.writable || stamp == NULL)
		return 0;
	target_fingerprints(target);
	describe_run(apply, &run);
	run.outcome = "nothing";
	run.stamp_after = stamp;
	run.fingerprint_after = target->plan->current_fingerprint;
	if (newest_is_ours(apply) && running_refused_the_same(apply) &&
	    same_text(apply->newest_good->fingerprint_after, run.fingerprint_after) &&
	    same_text(apply->newest_good->withheld, run.withheld) &&
	    same_text(apply->newest_good->withheld_on_rows, run.withheld_on_rows)) {
		apply->result->run = apply->newest_good->id;
		if (same_text(apply->newest_good->stamp_after, stamp))
			return 0;
		return journal_refresh_stamp(target->connection, apply->newest_good->id, stamp, error);
	}
	if (journal_begin(target->connection, target->arena, &run, &apply->result->run, error) < 0)
		return -1;
	return refusals_record(target, 0, apply->result->run, 1, error);
}

static int
check_required_now(struct apply *apply, struct error *error)
{
	struct validation validation;

	int failed = validate_target(apply->target, &validation, error);
	if (failed == 0)
		failed = validation_verdict(&validation, error);
	validation_fini(&validation);
	return failed;
}

/* --- BACKED_UP --- */

static enum backup_scope
backup_scope(const struct settings *settings)
{
	static const struct {
		const char *name;
		enum backup_scope scope;
	} scopes[] = { { "full", BACKUP_FULL }, { "touched", BACKUP_TOUCHED }, { "schema", BACKUP_SCHEMA } };

	for (size_t i = 0; i < COUNT_OF(scopes); i++)
		if (strcmp(settings->backup, scopes[i].name) == 0)
			return scopes[i].scope;
	return BACKUP_NONE;
}

static int
back_up(struct apply *apply, struct error *error)
{
	struct backup_options options = {
		.folder = apply->settings->backup_dir,
		.scope = backup_scope(apply->settings),
		.plan = apply->target->plan,
		.keep = (unsigned)apply->settings->keep_backups,
		.quiet = apply->settings->quiet,
	};

	if (options.scope == BACKUP_NONE)
		return 0;
	target_fault(apply->target->connection, "backup");
	if (backup_write(apply->target->connection, &options, &apply->result->backup, error) < 0)
		return error_prefix(error, "the backup before the run");
	log_event(LOG_INFO, "backup.done", "backup written to %s", apply->result->backup);
	return 0;
}

/* A backup takes time.  The plan holds if nobody changed the schema meanwhile. */
static int
check_unmoved(struct apply *apply, struct error *error)
{
	static const struct reader_options everything;
	struct target *target = apply->target;
	struct catalog *now = NULL;
	char *stamp = NULL;
	char fingerprint[DIGEST_TEXT_SIZE];

	if (reader_stamp(target->connection, &stamp, error) < 0)
		return -1;
	bool same = same_text(stamp, target->current->info.stamp);
	free(stamp);
	if (same)
		return 0;
	if (reader_read(target->connection, &everything, &now, error) < 0)
		return -1;
	catalog_fingerprint(now, fingerprint);
	catalog_free(now);
	if (strcmp(fingerprint, target->plan->current_fingerprint) == 0)
		return 0;
	error_set(error, ERROR_FAILED, "production's schema was changed while this run prepared; nothing was applied");
	return error_hint(error, "Run again: the plan is made anew.");
}

static void
tell_start(const struct apply *apply)
{
	struct buffer summary = BUFFER_INIT;
	const char *fields[] = { "run",      apply->result->run,
		                     "steps",    number_text(apply, apply->target->plan->step_count),
		                     "snapshot", archive_reader_path(apply->target->archive),
		                     NULL };

	render_summary(apply->target->plan, &summary);
	log_event_fields(LOG_INFO, "run.start", apply_is_machine_log(apply) ? fields : NULL, "run %s: %s",
	                 apply->result->run, buffer_text(&summary));
	buffer_fini(&summary);
}

/* --- VALIDATED, DONE --- */

static int
end_run(struct apply *apply, struct connection *connection, const char *outcome, const char *message, bool *partial,
        struct error *error)
{
	struct journal_run run;

	memset(&run, 0, sizeof(run));
	run.outcome = outcome;
	run.error = message;
	if (outcome != NULL) {
		target_fingerprints(apply->target);
		run.fingerprint_after = apply->target->plan->current_fingerprint;
		run.stamp_after = apply->target->current->info.stamp;
		run.withheld = number_text(apply, apply->target->plan->withheld_count);
		run.withheld_on_rows = number_text(apply, apply->target->withheld_on_rows);
		run.kept = number_text(apply, apply->target->plan->kept_count);
	}
	return journal_end(connection, apply->result->run, &run, partial, error);
}

static int
validate_run(struct apply *apply, struct error *error)
{
	struct validation validation;
	struct error difference = { 0 };

	if (target_read(apply->target, error) < 0 || target_plan(apply->target, error) < 0)
		return -1;
	apply->result->withheld = (long)apply->target->plan->withheld_count;
	int failed = validate_target(apply->target, &validation, error);
	if (failed == 0) {
		bool differs = validation_verdict(&validation, &difference) < 0;

		target_fault(apply->target->connection, "record");
		failed = end_run(apply, apply->target->connection, differs ? "differs" : "done",
		                 differs ? difference.primary : NULL, NULL, error);
		if (failed == 0 && differs) {
			error_move(error, &difference);
			failed = -1;
		}
	}
	error_clear(&difference);
	validation_fini(&validation);
	return failed;
}

/*
 * A server process whose client is gone may still be committing.  Only when it has ended does the
 * history tell what is in.
 */
static int
await_end_of_session(struct apply *apply, struct connection *other, struct error *error)
{
	static const char sql[] =
		"SELECT pg_catalog.count(*)::text FROM pg_catalog.pg_stat_activity WHERE pid = $1::integer";
	const char *values[] = { apply->target->backend };

	for (int tries = 0; tries < 50; tries++) {
		char *count = NULL;

		if (connection_query_value(other, sql, COUNT_OF(values), values, &count, error) < 0)
			return -1;
		bool gone = same_text(count, "0");
		free(count);
		if (gone)
			return 0;
		struct timespec pause = { .tv_sec = 0, .tv_nsec = 100000000 };
		nanosleep(&pause, NULL);
	}
	return error_set(error, ERROR_CONNECTION, "the lost session is still at work on the server");
}

static int
record_by_new_session(struct apply *apply, const char *message, bool *partial, struct error *error)
{
	struct connection *other = NULL;

	if (connection_clone(apply->target->connection, &other, error) < 0)
		return -1;
	int failed = await_end_of_session(apply, other, error);
	if (failed == 0)
		failed = end_run(apply, other, NULL, message, partial, error);
	connection_close(other);
	return failed;
}

/* The run has begun and failed: the history is told, by a new session if this one is lost. */
static void
record_failure(struct apply *apply, const struct error *failure)
{
	struct connection *connection = apply->target->connection;
	struct error problem = { 0 };
	bool partial = false;
	int failed;

	if (failure->code == ERROR_VALIDATION)
		return; /* recorded */
	if (connection_is_alive(connection))
		failed = end_run(apply, connection, NULL, failure->primary, &partial, &problem);
	else
		failed = record_by_new_session(apply, failure->primary, &partial, &problem);
	if (failed < 0)
		log_event(LOG_WARNING, "history.failed",
		          "the end of run %s could not be recorded (%s); the next run will mark it as interrupted",
		          apply->result->run, problem.primary);
	apply->partial = partial || apply->result->groups_done > 0;
	error_clear(&problem);
}

/* Invariant 9: whatever went wrong, part of it is in. */
static void
judge_failure(const struct apply *apply, struct error *error)
{
	if (error->code == ERROR_VALIDATION)
		return;
	if (interrupt_pending())
		error->code = ERROR_INTERRUPTED;
	if (!apply->partial)
		return;
	error->code = ERROR_PARTIAL;
	error_prefix(error, "after part of the plan was applied");
}

/* From RECORDED on. */
static int
change_production(struct apply *apply, struct error *error)
{
	struct journal_run run;

	describe_run(apply, &run);
	run.outcome = "running";
	if (journal_begin(apply->target->connection, apply->target->arena, &run, &apply->result->run, error) < 0)
		return -1;
	tell_start(apply);
	apply->seq = 1;
	int failed = running_record_refusals(apply, 0, error);
	if (failed == 0)
		failed = running_run(apply, error);
	if (failed == 0)
		failed = validate_run(apply, error);
	if (failed < 0) {
		record_failure(apply, error);
		judge_failure(apply, error);
		return -1;
	}
	log_event(LOG_INFO, "run.done", "run %s: done, and production holds the snapshot", apply->result->run);
	return 0;
}

static int
check_read_only(const struct apply *apply, struct error *error)
{
	if (!apply->target->read_only)
		return 0;
	error_set(error, ERROR_FAILED, "production is read-only, and %zu statements are pending",
	          apply->target->plan->step_count);
	return error_hint(error, "Connect to the primary server, or with a role whose transactions may write.");
}

/* With the lock held (on a standby there is none to hold, and nothing can be written). */
static int
run_locked(struct apply *apply, struct error *error)
{
	if (make_plan(apply, error) < 0 || running_try_remembered(apply, error) < 0)
		return -1;
	if (plan_is_empty(apply->target->plan)) {
		if (check_required_now(apply, error) < 0)
			return -1;
		return remember_nothing(apply, error);
	}
	target_fingerprints(apply->target);
	if (check_read_only(apply, error) < 0 ||
	    journal_check_writable(apply->target->connection, &apply->place, error) < 0)
		return -1;
	if (apply->options->confirm != NULL && apply->options->confirm(apply->target, error) < 0)
		return -1;
	if (interrupt_check(error) < 0 || back_up(apply, error) < 0 || check_unmoved(apply, error) < 0 ||
	    interrupt_check(error) < 0)
		return -1;
	return change_production(apply, error);
}

static int
run_with_lock(struct apply *apply, struct error *error)
{
	struct connection *connection = apply->target->connection;
	struct error ignored = { 0 };
	bool waited = false;
	bool in = false;

	target_fault(connection, "lock");
	if (interrupt_lock_acquire(connection, apply->settings->wait, &waited, error) < 0)
		return -1;
	/* Also without a wait: between the first look and the lock another run may have ended. */
	int failed = look_whether_in(apply, &in, error);
	if (failed == 0 && !in)
		failed = run_locked(apply, error);
	if (connection_is_alive(connection))
		lock_release(connection, &ignored);
	error_clear(&ignored);
	return failed;
}

int
apply_run(struct target *target, const struct apply_options *options, struct apply_result *result, struct error *error)
{
	struct apply apply = { .target = target, .settings = target->settings, .options = options, .result = result };
	double begun = journal_clock();
	bool in = false;
	int failed;

	memset(result, 0, sizeof(*result));
	target->stamped = true;
	if (target_connect(target, error) < 0)
		return -1;
	target->recalls = !target->settings->retry_refused || target->read_only || options->plan_file != NULL;
	failed = look_whether_in(&apply, &in, error);
	if (failed == 0 && !in) {
		failed = target->read_only ? 0 : check_session(&apply, error);
		if (failed == 0)
			failed = target->read_only ? run_locked(&apply, error) : run_with_lock(&apply, error);
	}
	error_clear(&apply.first_failure);
	vector_fini(&apply.remembered);
	if (failed < 0 && interrupt_pending() && error->code == ERROR_SQL)
		error->code = ERROR_INTERRUPTED;
	result->seconds = journal_clock() - begun;
	return failed;
}
