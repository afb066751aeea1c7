#include "build.h"

#include "import/group.h"

#include <time.h>

#include "base/fault.h"
#include "base/log.h"
#include "catalog/object.h"
#include "import/interrupt.h"
#include "import/journal.h"
#include "import/target.h"
#include "postgres/sql.h"

#define TRIES 6
#define LONGEST_PAUSE_MS 10000

/* What a try leaves behind. */
struct group_try {
	struct group_run *run;
	const struct plan_group *group;
	size_t first;
	struct journal_record *records;       /* one a step */
	size_t reached;                       /* steps begun */
	struct journal_record *failed;        /* NULL: it was not a step: the begin, the recording, the commit */
	struct error refused;                 /* the first refusal, where the rest was tried all the same, */
	struct journal_record *first_refused; /* and its step */
};

static int
set_number(struct connection *connection, const char *scope, const char *name, long value, struct error *error)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "SET %K %K = %ld", scope, name, value);
	int failed = connection_execute(connection, buffer_text(&sql), error);
	buffer_fini(&sql);
	return failed;
}

/* A function's body may name what does not exist yet, so bodies are not checked while they are made. */
static int
set_up(struct group_run *run, const char *scope, struct error *error)
{
	if (set_number(run->connection, scope, "lock_timeout", run->lock_timeout, error) < 0 ||
	    set_number(run->connection, scope, "statement_timeout", run->statement_timeout, error) < 0)
		return -1;
	if (set_number(run->connection, scope, "check_function_bodies", 0, error) < 0)
		return -1;
	/* A default or an index may run a function that counts on its application's search path. */
	return connection_use_search_path(run->connection, strcmp(scope, "LOCAL") == 0, error);
}

static void
log_step(const struct group_try *try, size_t index)
{
	const struct journal_record *record = &try->records[index];
	struct buffer object = BUFFER_INIT;
	char seq[32];
	char duration[32];

	if (record->step->object != NULL)
		object_describe(&object, record->step->object);
	snprintf(seq, sizeof(seq), "%zu", record->seq);
	snprintf(duration, sizeof(duration), "%.0f", record->duration * 1000);
	/* The line for people says it all. */
	const char *fields[] = { "run",         try->run->run, "seq", seq, "object", buffer_text(&object),
		                     "duration_ms", duration,      NULL };
	log_event_fields(LOG_INFO, "step.done", try->run->machine_log ? fields : NULL, "%s of %zu: %s %s (%s ms)", seq,
	                 try->run->step_count, step_action_name(record->step->action), buffer_text(&object), duration);
	buffer_fini(&object);
}

static int
run_step(struct group_try *try, size_t index, struct error *error)
{
	struct journal_record *record = &try->records[index];

	record->seq = try->first + index;
	record->step = try->group->steps[index];
	record->outcome = "running";
	record->started = journal_clock();
	try->reached = index + 1;
	target_fault(try->run->connection, "step");
	int failed = interrupt_check(error);
	if (failed == 0)
		failed = statement_run(&try->run->watch, record->step->sql, error);
	record->duration = journal_clock() - record->started;
	record->outcome = failed < 0 ? "failed" : "done";
	try->failed = failed < 0 ? record : NULL;
	return failed;
}

/* --- what the server refuses --- */

/* Tells the caller of a refusal; false where the failure is none. */
static bool
note_refusal(const struct group_try *try, const struct error *problem)
{
	struct group_run *run = try->run;

	if (try->failed == NULL || run->refusals == NULL || !connection_is_alive(run->connection) || interrupt_pending() ||
	    !refusal_is(try->failed->step, problem))
		return false;
	vector_add(run->refusals, refusal_new(run->arena, try->failed->step, problem));
	return true;
}

/* Lack of rights is mostly a failure.  After the rollback: there the server answers again. */
static void
drop_mere_rights(struct group_run *run, size_t known)
{
	struct error ignored = { 0 };
	size_t kept = known;

	for (size_t i = known; run->refusals != NULL && i < run->refusals->count; i++) {
		const struct refusal *refusal = run->refusals->items[i];
		bool is = true;

		if (refusal->on_rights && refusal_of_rights(run->connection, refusal, &is, &ignored) < 0)
			is = false;
		if (is)
			run->refusals->items[kept++] = run->refusals->items[i];
	}
	if (run->refusals != NULL)
		run->refusals->count = kept;
	error_clear(&ignored);
}

/*
 * The step is refused and its transaction will be rolled back, but what follows in it may show other refusals: one by
 * one they would each need the whole transaction.  What may only be a consequence is left to the next plan.
 */
static int
look_further(struct group_try *try, struct error *error)
{
	struct connection *connection = try->run->connection;
	struct error problem = { 0 };
	bool follows = try->refused.primary != NULL && refusal_may_follow(error);

	if (!connection_is_alive(connection) || !refusal_is(try->failed->step, error) ||
	    (!follows && !note_refusal(try, error)))
		return -1;
	if (try->refused.primary == NULL) {
		error_move(&try->refused, error);
		try->first_refused = try->failed;
	} else
		error_clear(error);
	if (connection_execute(connection, "ROLLBACK TO SAVEPOINT pgkeel", &problem) == 0)
		return 0;
	error_move(error, &problem);
	return -1;
}

static int
run_thoroughly(struct group_try *try, struct error *error)
{
	struct connection *connection = try->run->connection;

	for (size_t i = 0; i < try->group->count; i++) {
		if (connection_execute(connection, "SAVEPOINT pgkeel", error) < 0)
			return -1;
		if (run_step(try, i, error) < 0 && look_further(try, error) < 0)
			return -1;
		if (connection_execute(connection, "RELEASE SAVEPOINT pgkeel", error) < 0)
			return -1;
	}
	if (try->refused.primary == NULL)
		return 0;
	error_move(error, &try->refused);
	try->failed = try->first_refused;
	return -1;
}

static int
run_steps(struct group_try *try, struct error *error)
{
	for (size_t i = 0; i < try->group->count; i++) {
		if (run_step(try, i, error) == 0)
			continue;
		note_refusal(try, error);
		return -1;
	}
	return 0;
}

static int
run_transaction(struct group_try *try, struct error *error)
{
	struct connection *connection = try->run->connection;

	target_fault(connection, "group-begin");
	if (connection_execute(connection, "BEGIN READ WRITE", error) < 0 || set_up(try->run, "LOCAL", error) < 0)
		return -1;
	bool thorough = try->run->thorough && try->run->refusals != NULL;
	if ((thorough ? run_thoroughly(try, error) : run_steps(try, error)) < 0)
		return -1;
	if (try->run->trial)
		return connection_execute(connection, "ROLLBACK", error);
	if (journal_add_steps(connection, try->run->run, try->records, try->group->count, error) < 0)
		return error_prefix(error, "recording the steps");
	target_fault(connection, "group-commit");
	if (connection_execute(connection, "COMMIT", error) < 0)
		return error_prefix(error, "committing");
	return 0;
}

/* --- what went wrong --- */

static const char *
what_next(const struct group_run *run, const struct error *error)
{
	if (strcmp(error->sqlstate, "55P03") == 0)
		return "Let that session end, or give --lock-timeout more milliseconds, then run again.";
	if (strcmp(error->sqlstate, "57014") == 0 && run->statement_timeout > 0)
		return "Give --statement-timeout more milliseconds, or 0 for any time, then run again.";
	if (error->code == ERROR_PERMISSION)
		return "Run as the owner of the object, or have the right granted, then run again.";
	if (error->code == ERROR_CONNECTION)
		return "When the server is back, run again: the history tells what is in.";
	if (strncmp(error->sqlstate, "53", 2) == 0)
		return "The server is short of something; give it room, then run again.";
	if (strncmp(error->sqlstate, "23", 2) == 0)
		return "Rows stand in the way; mend them, then run again.";
	return "Its transaction was rolled back.  Mend the cause in production or in the snapshot, then run again.";
}

static void
describe(struct group_try *try, struct error *error)
{
	struct buffer what = BUFFER_INIT;

	if (try->run->watch.blocker != NULL && connection_error_is_transient(error))
		error_detail(error, "The lock was held by %s.", try->run->watch.blocker);
	if (error->hint == NULL)
		error_hint(error, "%s", what_next(try->run, error));
	const struct journal_record *record = try->failed;
	if (record == NULL) {
		error_prefix(error, "the transaction of statements %zu to %zu of %zu", try->first,
		             try->first + try->group->count - 1, try->run->step_count);
		return;
	}
	buffer_printf(&what, "statement %zu of %zu", record->seq, try->run->step_count);
	if (record->step->object != NULL) {
		buffer_append_text(&what, ", ");
		object_describe(&what, record->step->object);
	}
	error_prefix(error, "%s", buffer_text(&what));
	if (error->detail == NULL)
		error_detail(error, "The statement is: %s", record->step->sql);
	else
		error_detail(error, "%s\nThe statement is: %s", error->detail, record->step->sql);
	buffer_fini(&what);
}

static void
roll_back(struct group_run *run)
{
	struct error ignored = { 0 };

	if (connection_is_alive(run->connection) && connection_in_transaction(run->connection))
		connection_execute(run->connection, "ROLLBACK", &ignored);
	error_clear(&ignored);
}

/* After the rollback, by itself.  Where that cannot be written either, the run's outcome still is. */
static void
record_failure(struct group_try *try, const struct error *error)
{
	struct error ignored = { 0 };

	struct journal_record *record = try->failed;
	if (record == NULL || try->run->trial || !connection_is_alive(try->run->connection))
		return;
	record->error = error->primary;
	if (journal_add_steps(try->run->connection, try->run->run, record, 1, &ignored) < 0)
		log_event(LOG_WARNING, "history.failed", "the failed statement could not be recorded: %s", ignored.primary);
	error_clear(&ignored);
}

/* --- trying again --- */

/* A pause that doubles with each try, of which a random half is left out so that rivals fall out of step. */
static void
pause_before(unsigned try, long lock_timeout)
{
	static unsigned seed;
	struct timespec now;
	long most = lock_timeout > 50 ? lock_timeout : 50;

	for (unsigned i = 1; i < try && most < LONGEST_PAUSE_MS; i++)
		most *= 2;
	if (most > LONGEST_PAUSE_MS)
		most = LONGEST_PAUSE_MS;
	clock_gettime(CLOCK_MONOTONIC, &now);
	seed ^= (unsigned)now.tv_nsec;
	long ms = most / 2 + (long)(rand_r(&seed) % (unsigned)(most / 2 + 1));
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
	nanosleep(&pause, NULL);
}

static bool
try_again(const struct group_try *try, unsigned number, struct error *error)
{
	const char *blocker = try->run->watch.blocker;

	if (!connection_error_is_transient(error) || number >= TRIES || try->run->trial || interrupt_pending() ||
	    !connection_is_alive(try->run->connection))
		return false;
	log_event(LOG_WARNING, "group.retry", "try %u of %u of statement %zu: %s%s%s", number, TRIES,
	          try->first + (try->reached > 0 ? try->reached - 1 : 0), error->primary,
	          blocker != NULL ? "; held by " : "", blocker != NULL ? blocker : "");
	error_clear(error);
	pause_before(number, try->run->lock_timeout);
	return !interrupt_pending() || interrupt_check(error) == 0;
}

static int
run_with_retries(struct group_try *try, struct error *error)
{
	size_t known = try->run->refusals != NULL ? try->run->refusals->count : 0;

	for (unsigned number = 1;; number++) {
		try->reached = 0;
		try->failed = NULL;
		error_clear(&try->refused);
		if (try->run->refusals != NULL)
			try->run->refusals->count = known;
		if (run_transaction(try, error) == 0)
			return 0;
		roll_back(try->run);
		drop_mere_rights(try->run, known);
		if (!try_again(try, number, error))
			return -1;
	}
}

/*
 * Never tried again blindly: an interrupted CREATE INDEX CONCURRENTLY leaves an index behind that a new plan
 * must see.
 */
static int
run_outside(struct group_try *try, struct error *error)
{
	struct group_run *run = try->run;
	struct journal_record *record = &try->records[0];

	target_fault(run->connection, "group-begin");
	record->seq = try->first;
	record->step = try->group->steps[0];
	record->outcome = "running";
	record->started = journal_clock();
	if (journal_add_steps(run->connection, run->run, record, 1, error) < 0 || set_up(run, "SESSION", error) < 0)
		return -1;
	if (run_step(try, 0, error) < 0) {
		struct error ignored = { 0 };

		size_t known = run->refusals != NULL ? run->refusals->count : 0;
		if (note_refusal(try, error) && connection_clear_search_path(run->connection, &ignored) < 0)
			error_clear(&ignored);
		drop_mere_rights(run, known);
		return -1;
	}
	if (connection_clear_search_path(run->connection, error) < 0)
		return -1;
	target_fault(run->connection, "group-commit");
	return journal_add_steps(run->connection, run->run, record, 1, error);
}

int
group_execute(struct group_run *run, const struct plan_group *group, size_t first, struct error *error)
{
	struct group_try try = { .run = run, .group = group, .first = first };
	size_t known = run->refusals != NULL ? run->refusals->count : 0;

	if (run->trial && group->outside_transaction)
		return 0;
	try.records = xcalloc(group->count, sizeof(*try.records));
	int failed = group->outside_transaction ? run_outside(&try, error) : run_with_retries(&try, error);
	if (failed < 0) {
		if (run->refusals == NULL || run->refusals->count == known)
			record_failure(&try, error);
		describe(&try, error);
	} else if (!run->trial) {
		for (size_t i = 0; i < group->count; i++)
			log_step(&try, i);
	}
	error_clear(&try.refused);
	free(try.records);
	return failed;
}
