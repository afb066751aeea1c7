/*
 * copy.c - COPY in and out, a bounded piece at a time.
 */
#include "build.h"

#include "postgres/copy.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"

#define PIECE_SIZE ((size_t)128 * 1024) /* rows are gathered up to about this much before the sink sees them */

/* Sends the COPY statement; leaves the session in that COPY. */
static int
start_copy(struct connection *connection, const char *sql, ExecStatusType wanted, struct error *error)
{
	PGresult *result;
	ExecStatusType status;

	if (fault_point("statement"))
		return error_set(error, ERROR_SQL, "a fault was injected before: %.60s", sql);
	result = PQexecParams(connection_handle(connection), sql, 0, NULL, NULL, NULL, NULL, 0);
	status = PQresultStatus(result);
	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		error_set(error, ERROR_FAILED, "not a COPY statement: %.60s", sql);
	else if (status != wanted)
		connection_error(connection, result, error);
	PQclear(result);
	return status == wanted ? 0 : -1;
}

/* Takes the results behind a COPY's data.  The first failure fills error, unless it is filled already. */
static int
finish_copy(struct connection *connection, uint64_t *rows, bool failed, struct error *error)
{
	PGresult *result;

	while ((result = PQgetResult(connection_handle(connection))) != NULL) {
		if (PQresultStatus(result) == PGRES_COMMAND_OK) {
			if (rows != NULL)
				*rows = strtoull(PQcmdTuples(result), NULL, 10);
		} else if (!failed) {
			failed = true;
			connection_error(connection, result, error);
		}
		PQclear(result);
		if (PQstatus(connection_handle(connection)) != CONNECTION_OK)
			break;
	}
	if (!failed && PQstatus(connection_handle(connection)) != CONNECTION_OK)
		return connection_error(connection, NULL, error);
	return failed ? -1 : 0;
}

/* The sink failed: no need to receive the rest of a large table. */
static void
cancel_copy_out(struct connection *connection)
{
	PGcancel *cancel = PQgetCancel(connection_handle(connection));
	char message[256];
	char *data;

	if (cancel != NULL)
		PQcancel(cancel, message, sizeof(message));
	PQfreeCancel(cancel);
	while (PQgetCopyData(connection_handle(connection), &data, 0) > 0)
		PQfreemem(data);
}

int
copy_out(struct connection *connection, const char *sql,
         int (*sink)(void *context, const char *data, size_t length, struct error *error), void *context,
         uint64_t *rows, struct error *error)
{
	struct buffer piece = BUFFER_INIT;
	uint64_t count = 0;
	bool failed = false;
	char *data;
	int length;

	if (start_copy(connection, sql, PGRES_COPY_OUT, error) != 0)
		return -1;
	while (!failed && (length = PQgetCopyData(connection_handle(connection), &data, 0)) > 0) {
		buffer_append(&piece, data, (size_t)length);
		PQfreemem(data);
		count++;
		if (piece.length >= PIECE_SIZE) {
			failed = sink(context, piece.data, piece.length, error) != 0;
			buffer_clear(&piece);
		}
	}
	if (!failed && piece.length > 0 && length == -1)
		failed = sink(context, piece.data, piece.length, error) != 0;
	buffer_fini(&piece);
	if (failed)
		cancel_copy_out(connection);
	if (rows != NULL)
		*rows = count;
	return finish_copy(connection, NULL, failed, error);
}

struct copy_in {
	struct connection *connection;
};

int
copy_in_begin(struct connection *connection, const char *sql, struct copy_in **copy, struct error *error)
{
	*copy = NULL;
	if (start_copy(connection, sql, PGRES_COPY_IN, error) != 0)
		return -1;
	*copy = xmalloc(sizeof(**copy));
	(*copy)->connection = connection;
	return 0;
}

int
copy_in_write(struct copy_in *copy, const char *data, size_t length, struct error *error)
{
	while (length > 0) {
		/* PQputCopyData takes an int; pieces also let libpq look for notices in between. */
		size_t piece = length < PIECE_SIZE ? length : PIECE_SIZE;

		if (PQputCopyData(connection_handle(copy->connection), data, (int)piece) != 1)
			return connection_error(copy->connection, NULL, error);
		data += piece;
		length -= piece;
	}
	return 0;
}

int
copy_in_end(struct copy_in *copy, uint64_t *rows, struct error *error)
{
	struct connection *connection = copy->connection;
	bool failed = PQputCopyEnd(connection_handle(connection), NULL) != 1;

	free(copy);
	if (failed)
		connection_error(connection, NULL, error);
	return finish_copy(connection, rows, failed, error);
}

void
copy_in_abort(struct copy_in *copy, const char *reason)
{
	struct error ignored = { 0 };

	if (PQputCopyEnd(connection_handle(copy->connection), reason) == 1)
		finish_copy(copy->connection, NULL, false, &ignored); /* it fails with the reason, as it should */
	error_clear(&ignored);
	free(copy);
}
