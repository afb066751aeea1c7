/*
 * pipeline.h - several queries sent together, rows consumed as they stream in.
 *
 * Uses libpq's pipeline mode (libpq 14+, any server) with single-row mode, so that a
 * remote catalog read costs a few round trips and one row of memory.
 */
#ifndef COMMON_POSTGRES_PIPELINE_H
#define COMMON_POSTGRES_PIPELINE_H

#include "postgres/connection.h"

struct pipeline_query {
	const char *name; /* for messages: "kind table" */
	const char *sql;
	int parameter_count;
	const char *const *parameters;
	/* Called once before the first row, also for no rows; may be NULL. */
	int (*begin)(void *context, const PGresult *shape, struct error *error);
	/* Called for each row: row 0 of result.  Values must be copied. */
	int (*row)(void *context, const PGresult *result, struct error *error);
	/* Called once after the last row, while the server may still be busy with later queries; may be NULL. */
	int (*end)(void *context, struct error *error);
	void *context;
};

/*
 * Runs all queries in order, in the transaction that is open.  On failure the rest of
 * the pipeline is drained, the session stays usable and the error names the query.
 */
int pipeline_run(struct connection *connection, const struct pipeline_query *queries, size_t count,
                 struct error *error);

#endif
