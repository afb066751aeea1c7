/*
 * elaborate.h - letting production say whether two deparsed texts mean the same.
 *
 * Servers of different versions deparse one tree to different texts, so a difference of text
 * is not believed: both forms are made as something temporary on production, in a transaction that
 * is rolled back, and read back.  Where both read back the same, the difference is settled.
 */
#ifndef IMPORT_ELABORATE_H
#define IMPORT_ELABORATE_H

#include "plan/plan.h"
#include "postgres/connection.h"

/* Only a lost connection is an error: an attempt that fails leaves the difference standing. */
int elaborate_plan(struct connection *connection, struct plan *plan, struct error *error);

/*
 * Has the server make one object's text as something temporary and say how it reads it, inside a transaction; nothing
 * of it stays.  *answer (for PQclear) is NULL where there is nothing to ask, and where the server could not: then
 * *problem says why.  Only a lost connection is an error.
 */
int elaborate_object(struct connection *connection, const struct kind_context *context, const struct object *object,
                     PGresult **answer, struct error *problem, struct error *error);

#endif
