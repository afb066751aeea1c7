/*
 * backup.h - production's schema, and its rows where asked, in one archive.
 *
 * Written with mode 0600 under a temporary name, fsynced, read back, then published; all
 * from one consistent view of the database and in constant memory.
 */
#ifndef IMPORT_BACKUP_H
#define IMPORT_BACKUP_H

#include "plan/plan.h"
#include "postgres/connection.h"

enum backup_scope {
	BACKUP_NONE,
	BACKUP_SCHEMA,  /* no rows */
	BACKUP_TOUCHED, /* rows of the tables that the plan's steps touch */
	BACKUP_FULL,
};

struct backup_options {
	const char *folder;
	enum backup_scope scope;
	const struct plan *plan; /* for BACKUP_TOUCHED; may be NULL */
	unsigned keep;           /* older backups beyond this many are removed; 0: none are */
	bool quiet;              /* no progress */
};

/* *path is heap memory.  With BACKUP_NONE nothing is written and *path is NULL. */
int backup_write(struct connection *connection, const struct backup_options *options, char **path, struct error *error);

#endif
