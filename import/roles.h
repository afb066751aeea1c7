/*
 * roles.h - roles that the snapshot names and production lacks.
 *
 * Roles belong to the cluster and differ between machines, so a missing one is a reason to
 * withhold (an owner, a grant, a policy for it), never a failed run.
 */
#ifndef IMPORT_ROLES_H
#define IMPORT_ROLES_H

#include "plan/plan.h"
#include "postgres/connection.h"

int roles_check_plan(struct connection *connection, struct plan *plan, struct error *error);

#endif
