/*
 * target.h - production, a snapshot, and the plan that leads from one to the other.
 *
 * The commands open what they need, in this order: target_init, target_open_snapshot (no server is
 * needed to find a broken archive), target_connect, target_read, target_plan.  target_fini closes all.
 */
#ifndef IMPORT_TARGET_H
#define IMPORT_TARGET_H

#include "archive/archive.h"
#include "import/settings.h"
#include "plan/plan.h"
#include "postgres/connection.h"

struct target {
	const struct settings *settings;
	struct arena *arena;

	struct archive_reader *archive; /* NULL: no snapshot opened */
	const struct manifest *manifest;
	struct catalog *wanted;

	struct connection *connection;
	bool stamped;                  /* what is read shall have the catalog stamp, which the history remembers */
	bool read_only;                /* a standby, or the role's transactions are read-only by default */
	const char *system_identifier; /* of the cluster; "" where the role may not see it */
	const char *database_oid;
	const char *backend; /* pid of the session's server process */
	long lock_places;    /* of the server's shared lock table: bounds how much one transaction can do */

	struct catalog *current; /* NULL before target_read */
	struct catalog *renamed; /* production after the renames that the plan begins with, or NULL: none */
	struct plan *plan;       /* NULL before target_plan */
	struct vector refusals;  /* struct refusal *: what production's server said no to, withheld from each plan */
	struct vector unrenamed; /* of hints.c: renames that it refused when the plan was made */
	bool recalls;            /* each plan takes them from the history */
	size_t withheld_on_rows; /* changes withheld because of what rows hold now, not of the schema */
};

void target_init(struct target *target, const struct settings *settings);
void target_fini(struct target *target);

/* named: a file, a folder, a link, or NULL for ./snapshots. */
int target_open_snapshot(struct target *target, const char *named, struct error *error);
/* Opens the session, sets it up for reading a catalog, and learns who and where it is. */
int target_connect(struct target *target, struct error *error);
/* Reads production's catalog; an earlier one and its plan are freed. */
int target_read(struct target *target, struct error *error);
/* Plans, asks the server about deparsed text, rows and roles, and finishes the plan. */
int target_plan(struct target *target, struct error *error);
/* plan_fingerprints; production's is of what it is now, whatever is renamed. */
void target_fingerprints(struct target *target);
/* target_open_snapshot (named may be NULL), connect, read and plan. */
int target_prepare(struct target *target, const char *named, struct error *error);

/* A warning for each thing that a person should know before going on. */
void target_warn(const struct target *target);

/* Test builds: at the fault point `name`, the connection is cut as by a broken network. */
void target_fault(struct connection *connection, const char *name);

#endif
