#include "build.h"

#include "import/statement.h"

#include <errno.h>
#include <poll.h>

#include "base/log.h"

void
statement_watch_init(struct statement_watch *watch, struct connection *connection, const char *backend,
                     long lock_timeout)
{
	memset(watch, 0, sizeof(*watch));
	watch->connection = connection;
	watch->backend = backend;
	watch->patience = lock_timeout / 2 > 0 ? lock_timeout / 2 : 1;
}

void
statement_watch_fini(struct statement_watch *watch)
{
	connection_close(watch->side);
	free(watch->blocker);
	memset(watch, 0, sizeof(*watch));
}

static int
ask_blocker(struct statement_watch *watch, char **blocker, struct error *error)
{
	/* A statement that mentions a password is not repeated. */
	static const char sql[] =
		"SELECT pg_catalog.concat('pid ', a.pid, ' (', a.usename, ', ', a.state, ', transaction open for ',"
		" pg_catalog.round(extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)), ' s): ',"
		" CASE WHEN a.query ~* 'password' THEN 'a statement that mentions a password'"
		" ELSE pg_catalog.left(pg_catalog.regexp_replace(a.query, '\\s+', ' ', 'g'), 200) END)"
		" FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::integer)) AS b (pid)"
		" JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid ORDER BY a.xact_start NULLS LAST LIMIT 1";
	const char *values[] = { watch->backend };

	if (watch->side == NULL && connection_clone(watch->connection, &watch->side, error) < 0)
		return -1;
	return connection_query_value(watch->side, sql, 1, values, blocker, error);
}

static void
look_for_blocker(struct statement_watch *watch)
{
	struct error problem = { 0 };
	char *blocker = NULL;

	if (watch->no_side)
		return;
	if (ask_blocker(watch, &blocker, &problem) < 0) {
		watch->no_side = true;
		error_clear(&problem);
	}
	if (blocker == NULL)
		return;
	if (watch->blocker == NULL || strcmp(watch->blocker, blocker) != 0)
		log_event(LOG_INFO, "lock.waiting", "waiting for a lock held by %s", blocker);
	free(watch->blocker);
	watch->blocker = blocker;
}

/* Until libpq has the whole answer.  A signal only wakes the poll: its handler has cancelled the statement. */
static bool
wait_for_answer(struct statement_watch *watch)
{
	PGconn *handle = connection_handle(watch->connection);

	while (PQflush(handle) >= 0 && PQisBusy(handle)) {
		struct pollfd ready = { .fd = PQsocket(handle), .events = POLLIN };
		int count = poll(&ready, 1, (int)(watch->patience < 60000 ? watch->patience : 60000));

		if (count < 0 && errno != EINTR)
			return false;
		if (count == 0)
			look_for_blocker(watch);
		if (count > 0 && !PQconsumeInput(handle))
			return false;
	}
	return true;
}

int
statement_run(struct statement_watch *watch, const char *sql, struct error *error)
{
	PGconn *handle = connection_handle(watch->connection);
	PGresult *result = NULL;
	int failed = 0;

	free(watch->blocker);
	watch->blocker = NULL;
	if (!PQsendQueryParams(handle, sql, 0, NULL, NULL, NULL, NULL, 0))
		return connection_error(watch->connection, NULL, error);
	if (!wait_for_answer(watch))
		failed = connection_error(watch->connection, NULL, error);
	for (result = PQgetResult(handle); result != NULL; result = PQgetResult(handle)) {
		ExecStatusType status = PQresultStatus(result);

		if (failed == 0 && status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
			failed = connection_error(watch->connection, result, error);
		PQclear(result);
	}
	return failed;
}
