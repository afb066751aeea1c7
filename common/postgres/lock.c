/*
 * lock.c - the lock that lets one run work at a time.
 */
#include "build.h"

#include "postgres/lock.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"

#define POLL_LEAST_MS 150
#define POLL_SPREAD_MS 250
#define ANSWER_MS 2000 /* how long a statement that needs no work may take before it counts as kept waiting */

/* Fits classid and objid of pg_locks, which hold a 64-bit key's halves, to our key. */
#define IS_OUR_LOCK                                                                       \
	"l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"                            \
	" AND (l.classid::pg_catalog.int8 << 32 | l.objid::pg_catalog.int8) = " LOCK_KEY_TEXT \
	" AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())"

static long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
sleep_ms(long milliseconds)
{
	struct timespec span = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

	nanosleep(&span, NULL); /* a signal ends it early */
}

/* Replicas that start together must not ask together. */
static long
jittered_interval(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return POLL_LEAST_MS + (long)(*state >> 16) % POLL_SPREAD_MS;
}

static int
query_bool(struct connection *connection, const char *sql, bool *answer, struct error *error)
{
	char *value;

	if (connection_query_value(connection, sql, 0, NULL, &value, error) != 0)
		return -1;
	*answer = value != NULL && value[0] == 't';
	free(value);
	return 0;
}

/* Names the holder; that it cannot be named (it has just gone) is no failure. */
static int
report_locked(struct connection *connection, struct error *error)
{
	static const char sql[] = "SELECT pg_catalog.format('Process %s (%s, role %s) has held it since %s.', l.pid,"
							  " NULLIF(a.application_name, ''), a.usename,"
							  " pg_catalog.date_trunc('second', COALESCE(a.xact_start, a.backend_start)))"
							  " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
							  " WHERE " IS_OUR_LOCK;
	struct error ignored = { 0 };
	char *holder = NULL;

	error_set(error, ERROR_LOCKED, "another run holds the lock of database \"%s\"", connection_database(connection));
	if (connection_query_value(connection, sql, 0, NULL, &holder, &ignored) == 0 && holder != NULL)
		error_detail(error, "%s", holder);
	error_clear(&ignored);
	free(holder);
	return -1;
}

int
lock_acquire(struct connection *connection, long timeout_ms, bool *waited, struct error *error)
{
	long deadline = now_ms() + timeout_ms;
	unsigned state = (unsigned)getpid() ^ (unsigned)now_ms();
	bool held = false;

	*waited = false;
	for (;;) {
		long left;
		long interval;

		if (query_bool(connection, "SELECT pg_catalog.pg_try_advisory_lock(" LOCK_KEY_TEXT ")", &held, error) != 0)
			return error_prefix(error, "could not ask for the lock");
		if (held)
			return 0;
		left = deadline - now_ms();
		if (timeout_ms <= 0 || left <= 0)
			return report_locked(connection, error);
		if (!*waited)
			log_event(LOG_INFO, "lock.wait", "another run is at work on database \"%s\", waiting for it",
			          connection_database(connection));
		*waited = true;
		interval = jittered_interval(&state);
		sleep_ms(interval < left ? interval : left);
	}
}

int
lock_release(struct connection *connection, struct error *error)
{
	bool released;

	if (query_bool(connection, "SELECT pg_catalog.pg_advisory_unlock(" LOCK_KEY_TEXT ")", &released, error) != 0)
		return error_prefix(error, "could not release the lock");
	return released ? 0 : error_set(error, ERROR_FAILED, "the lock was no longer held by this session");
}

int
lock_is_held(struct connection *connection, bool *held, struct error *error)
{
	return query_bool(connection,
	                  "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_locks l"
	                  " WHERE l.pid = pg_catalog.pg_backend_pid() AND " IS_OUR_LOCK ")",
	                  held, error);
}

/* Where the server's process is not the one libpq was told of at start, something stands between. */
static bool
is_pooled(struct connection *connection, const char *pid)
{
	return strtol(pid, NULL, 10) != (long)PQbackendPID(connection_handle(connection));
}

/* Process and marker that a statement of its own sees, "pid marker". */
static int
read_marks(struct connection *connection, char **marks, struct error *error)
{
	return connection_query_value(connection,
	                              "SELECT pg_catalog.pg_backend_pid() || ' ' ||"
	                              " COALESCE(pg_catalog.current_setting('pgkeel.session', true), '')",
	                              0, NULL, marks, error);
}

static int
marks_stay(struct connection *connection, const char *first, int tries, bool *stable, struct error *error)
{
	for (int i = 0; i < tries && *stable; i++) {
		char *marks;

		if (read_marks(connection, &marks, error) != 0)
			return -1;
		*stable = marks != NULL && strcmp(marks, first) == 0;
		free(marks);
	}
	return 0;
}

/* Waits for the answer to what was sent; false where none came in time, and the statement is still under way. */
static bool
is_answered(struct connection *connection)
{
	PGconn *handle = connection_handle(connection);
	long deadline = now_ms() + ANSWER_MS;
	long left;

	while (PQisBusy(handle) && (left = deadline - now_ms()) > 0) {
		struct pollfd socket = { .fd = PQsocket(handle), .events = POLLIN };

		if (poll(&socket, 1, (int)left) > 0 && PQconsumeInput(handle) != 1)
			return true; /* the session is lost: PQgetResult says why */
	}
	return !PQisBusy(handle);
}

static int
send_statement(struct connection *connection, const char *sql, struct error *error)
{
	if (PQsendQueryParams(connection_handle(connection), sql, 0, NULL, NULL, NULL, NULL, 0) != 1)
		return connection_error(connection, NULL, error);
	return 0;
}

/* Takes the results of a statement sent; the failures matter only where the session is lost. */
static int
take_results(struct connection *connection, struct error *error)
{
	PGresult *result;

	while ((result = PQgetResult(connection_handle(connection))) != NULL)
		PQclear(result);
	if (PQstatus(connection_handle(connection)) != CONNECTION_OK)
		return connection_error(connection, NULL, error);
	return 0;
}

/*
 * Behind a pooler an idle pool gives the same process every time, so repeating proves
 * nothing.  While another session of ours is in a transaction on the process used last,
 * a pooler in transaction mode has to give us another one, or, in a pool of one, lets us
 * wait.  Where it is the other session that waits, the process is ours alone.
 */
static int
marks_stay_with_rival(struct connection *connection, const char *first, bool *stable, struct error *error)
{
	struct connection *rival;
	int status;

	if (connection_clone(connection, &rival, error) != 0)
		return -1;
	status = send_statement(rival, "BEGIN", error);
	if (status != 0 || !is_answered(rival)) {
		connection_close(rival);
		return status;
	}
	status = take_results(rival, error);
	if (status == 0)
		status = send_statement(connection, "SELECT 1", error);
	if (status == 0) {
		*stable = is_answered(connection);
		if (!*stable) {
			connection_close(rival); /* so that our answer can come */
			rival = NULL;
		}
		status = take_results(connection, error);
	}
	if (status == 0)
		status = marks_stay(connection, first, 2, stable, error);
	connection_close(rival);
	return status;
}

int
lock_session_is_stable(struct connection *connection, bool *stable, struct error *error)
{
	char *marker;
	char *first = NULL;
	int status;

	*stable = true;
	/* The marker must be new each time: an earlier run's may still be set on a pooled process. */
	if (connection_query_value(connection,
	                           "SELECT pg_catalog.set_config('pgkeel.session', pg_catalog.pg_backend_pid() || '.' ||"
	                           " pg_catalog.clock_timestamp(), false)",
	                           0, NULL, &marker, error) != 0)
		return -1;
	free(marker);
	status = read_marks(connection, &first, error);
	if (status == 0)
		status = marks_stay(connection, first, 3, stable, error);
	if (status == 0 && *stable && is_pooled(connection, first))
		status = marks_stay_with_rival(connection, first, stable, error);
	free(first);
	return status;
}
