/*
 * pipeline.c - libpq's pipeline mode with single-row results.
 *
 * Queries are sent without blocking while answers are read: a server that cannot get rid
 * of its rows stops reading, and a client that only writes would wait for it for ever.
 * Once everything is sent, PQgetResult alone is enough, so no call but that one is spent
 * on a row.
 */
#include "build.h"

#include "postgres/pipeline.h"

#include <errno.h>
#include <poll.h>

#include "base/fault.h"

struct run {
	struct connection *connection;
	PGconn *handle;
	const struct pipeline_query *queries;
	size_t count;
	size_t current;
	bool unsent; /* libpq still holds bytes to send */
	bool begun;  /* the current query's begin was called */
	bool failed; /* error is filled; what follows is only drained */
	struct error *error;
};

static void
fail(struct run *run, const PGresult *result)
{
	if (run->failed)
		return;
	connection_error(run->connection, result, run->error);
	if (run->current < run->count)
		error_prefix(run->error, "%s", run->queries[run->current].name);
	run->failed = true;
}

/* A callback refused a row: the error is its own. */
static void
refuse(struct run *run)
{
	error_prefix(run->error, "%s", run->queries[run->current].name);
	run->failed = true;
}

static int
send_queries(struct run *run)
{
	for (size_t i = 0; i < run->count; i++) {
		const struct pipeline_query *query = &run->queries[i];

		if (PQsendQueryParams(run->handle, query->sql, query->parameter_count, NULL, query->parameters, NULL, NULL,
		                      0) != 1) {
			run->current = i;
			fail(run, NULL);
			return -1;
		}
		/* Whoever waits for the end does not want to wait for the queries behind it. */
		if (query->end != NULL && PQsendFlushRequest(run->handle) != 1) {
			fail(run, NULL);
			return -1;
		}
	}
	if (PQpipelineSync(run->handle) != 1) {
		fail(run, NULL);
		return -1;
	}
	return 0;
}

/* Waits until the socket allows something, and does it. */
static int
exchange(struct run *run)
{
	struct pollfd socket = { .fd = PQsocket(run->handle), .events = POLLIN | POLLOUT };
	int flushed;

	if (poll(&socket, 1, -1) < 0)
		return errno == EINTR ? 0 : -1; /* a cancel from a signal handler comes back as the query's error */
	if ((socket.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(run->handle) != 1)
		return -1;
	flushed = PQflush(run->handle);
	run->unsent = flushed > 0;
	return flushed < 0 ? -1 : 0;
}

/* The next result, or NULL between two queries; -1 where the session is lost. */
static int
next_result(struct run *run, PGresult **result)
{
	while (run->unsent && PQisBusy(run->handle)) {
		if (exchange(run) != 0)
			return -1;
	}
	*result = PQgetResult(run->handle);
	return 0;
}

static void
take_rows(struct run *run, const PGresult *result)
{
	const struct pipeline_query *query = &run->queries[run->current];

	if (run->failed)
		return;
	if (!run->begun) {
		run->begun = true;
		if (query->begin != NULL && query->begin(query->context, result, run->error) != 0) {
			refuse(run);
			return;
		}
	}
	if (PQntuples(result) == 1 && query->row != NULL && query->row(query->context, result, run->error) != 0)
		refuse(run);
}

static void
end_rows(struct run *run)
{
	const struct pipeline_query *query = &run->queries[run->current];

	if (!run->failed && query->end != NULL && query->end(query->context, run->error) != 0)
		refuse(run);
}

/* Takes one result; false when it was the end of the pipeline. */
static bool
take_result(struct run *run, const PGresult *result)
{
	switch (PQresultStatus(result)) {
	case PGRES_SINGLE_TUPLE:
		take_rows(run, result);
		return true;
	case PGRES_TUPLES_OK:
		take_rows(run, result);
		end_rows(run);
		return true;
	case PGRES_COMMAND_OK:
	case PGRES_EMPTY_QUERY:
	case PGRES_PIPELINE_ABORTED:
		return true;
	case PGRES_PIPELINE_SYNC:
		return false;
	default:
		fail(run, result);
		return true;
	}
}

/* Reads one query's results up to the NULL behind them; *done at the end of the pipeline. */
static int
drain_query(struct run *run, bool *done)
{
	PGresult *result;

	run->begun = false;
	/* Refused only behind the last query, where the next result is the sync. */
	PQsetSingleRowMode(run->handle);
	for (;;) {
		if (next_result(run, &result) != 0 || (result == NULL && PQstatus(run->handle) != CONNECTION_OK)) {
			fail(run, NULL);
			return -1;
		}
		if (result == NULL)
			return 0;
		*done = !take_result(run, result);
		PQclear(result);
		if (*done)
			return 0;
	}
}

static void
run_pipeline(struct run *run)
{
	bool done = false;

	if (send_queries(run) != 0)
		return;
	run->unsent = PQflush(run->handle) > 0;
	while (!done) {
		if (drain_query(run, &done) != 0)
			return;
		run->current++;
	}
}

int
pipeline_run(struct connection *connection, const struct pipeline_query *queries, size_t count, struct error *error)
{
	PGconn *handle = connection_handle(connection);
	struct run run = {
		.connection = connection,
		.handle = handle,
		.queries = queries,
		.count = count,
		.error = error,
	};

	if (count == 0)
		return 0;
	if (fault_point("statement"))
		return error_set(error, ERROR_SQL, "%s: a fault was injected", queries[0].name);
	if (PQsetnonblocking(handle, 1) != 0 || PQenterPipelineMode(handle) != 1)
		return connection_error(connection, NULL, error);
	run_pipeline(&run);
	if (PQexitPipelineMode(handle) != 1)
		fail(&run, NULL);
	PQsetnonblocking(handle, 0);
	return run.failed ? -1 : 0;
}
