/*
 * rehearse.h - trying a plan out on a production of another version.
 *
 * A snapshot holds text: what one PostgreSQL reads in it another may not, be it syntax, a function, a type of an
 * argument, a column of a system catalog or a setting, and in either direction.  So production is given the plan's
 * statements inside a transaction that is rolled back, and what it refuses is withheld with its own words.  What would
 * be in the way of others (a lock on a table that is there, a scan of its rows) is not run: of that, only the text is
 * tried, on something temporary.
 */
#ifndef IMPORT_REHEARSE_H
#define IMPORT_REHEARSE_H

#include "plan/plan.h"
#include "postgres/connection.h"

/* Does nothing where the snapshot is of production's major version.  Before plan_finish. */
int rehearse_plan(struct connection *connection, struct plan *plan, struct error *error);

#endif
