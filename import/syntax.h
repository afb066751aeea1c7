/*
 * syntax.h - finding what an older production cannot even read.
 *
 * A snapshot of a newer PostgreSQL holds text of its grammar and its types.  Attributes know the versions that have
 * them; text does not.  So production is given each statement to parse, which changes nothing, and what it
 * calls a syntax error (or a built-in type it does not have) is withheld.
 */
#ifndef IMPORT_SYNTAX_H
#define IMPORT_SYNTAX_H

#include "plan/plan.h"
#include "postgres/connection.h"

/* Does nothing unless the snapshot's major version is above production's.  Outside any transaction. */
int syntax_check_plan(struct connection *connection, struct plan *plan, struct error *error);

#endif
