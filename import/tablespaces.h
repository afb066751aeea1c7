/*
 * tablespaces.h - tablespaces that the snapshot or production names.
 *
 * They belong to the cluster and differ between machines.  A new object whose tablespace is missing goes where the
 * server puts what names none, which is told; one of production's that lies where the role may not create is not made
 * anew.
 */
#ifndef IMPORT_TABLESPACES_H
#define IMPORT_TABLESPACES_H

#include "plan/plan.h"
#include "postgres/connection.h"

/* What this server and role have; *tablespaces is of the arena. */
int tablespaces_ask(struct connection *connection, struct arena *arena, struct tablespaces *tablespaces,
                    struct error *error);
/* Lets stay what could not be put back.  Before plan_finish. */
void tablespaces_check_plan(struct plan *plan);
/* Tells of each tablespace that the plan's new objects do without. */
void tablespaces_tell(const struct plan *plan);

#endif
