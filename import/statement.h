/*
 * statement.h - one statement run with an eye on who is in its way.
 *
 * While it waits, a second session (opened only then) asks the server which session blocks it, so that
 * a lock time-out can name it.  Where the second session cannot be had, nothing is named.
 */
#ifndef IMPORT_STATEMENT_H
#define IMPORT_STATEMENT_H

#include "postgres/connection.h"

struct statement_watch {
	struct connection *connection;
	struct connection *side; /* NULL until needed */
	bool no_side;            /* it could not be opened */
	const char *backend;     /* pid of connection's server process */
	long patience;           /* milliseconds before anybody is asked */
	char *blocker;           /* heap: "pid 123 (app, idle in transaction): UPDATE …"; NULL: none seen */
};

void statement_watch_init(struct statement_watch *watch, struct connection *connection, const char *backend,
                          long lock_timeout);
void statement_watch_fini(struct statement_watch *watch);
/* As connection_execute; watch->blocker tells afterwards who was last seen in the way. */
int statement_run(struct statement_watch *watch, const char *sql, struct error *error);

#endif
