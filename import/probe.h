/*
 * probe.h - looking at production's rows before something is tightened.
 *
 * A NOT NULL, check, key or foreign key that rows violate is withheld with their number and an
 * example, instead of failing half-way through the plan; so is what cannot be computed of some row, with the server's
 * message (an index over a cast).
 */
#ifndef IMPORT_PROBE_H
#define IMPORT_PROBE_H

#include "plan/plan.h"
#include "postgres/connection.h"

/* *withheld counts the changes that rows stand in the way of.  A probe that cannot be run is a warning:
 * the statement itself will tell.  Only a lost connection is an error. */
int probe_plan(struct connection *connection, struct plan *plan, size_t *withheld, struct error *error);

#endif
