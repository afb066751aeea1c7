/*
 * restore.h - a backup brought back: into an empty database, beside one that is in use, or single tables.
 *
 * What holds:
 *  1. The whole archive is read and its digests are checked before anything is changed.
 *  2. Nothing that is there is dropped, emptied or overwritten: a database in use is restored beside, and
 *     afterwards kept under another name; a table with rows is restored beside under another name.
 *  3. Names are swapped only after counts, checksums, sequences and the schema of the copy were compared
 *     with the backup and found equal; both names change in one transaction.
 *  4. What a failure leaves behind (a database under its own new name, and only that) is named in the error.
 */
#ifndef IMPORT_RESTORE_H
#define IMPORT_RESTORE_H

#include "archive/archive.h"
#include "import/data_load.h"
#include "import/settings.h"
#include "plan/plan.h"

struct restore {
	const struct settings *settings;
	bool (*confirm)(const char *question); /* NULL: whoever asked for it meant it */

	struct arena *arena;
	const char *path; /* the archive's */
	struct archive_reader *archive;
	const struct manifest *manifest;
	struct catalog *wanted;
	struct data_list list;
	struct connection *target; /* the database named on the command line */
	const char *stamp;         /* for names: YYYYMMDD_HHMMSS, UTC */
	unsigned kind_options;     /* whether owners and privileges come back */
	struct buffer result;      /* for standard output */

	size_t tables_done;
	uint64_t rows_done;
};

void restore_init(struct restore *restore, const struct settings *settings);
void restore_fini(struct restore *restore);
int restore_run(struct restore *restore, const char *named, struct error *error);

/* --- between restore.c and restore_table.c --- */

/* Single tables into the target, in one transaction. */
int restore_tables(struct restore *restore, struct error *error);
/* Runs statements of a plan; errors name the object. */
int restore_run_step(struct connection *connection, const struct step *step, struct error *error);
/* Everything of the archive that the plan would not do, as warnings. */
void restore_warn_withheld(const struct plan *plan);
/* A load of this archive without targets yet. */
void restore_init_load(const struct restore *restore, struct connection *connection, struct data_load *load);
/* A row in the target's history; a failure to write it is a warning.  whole: the database now holds the backup's
 * schema, but for what was withheld. */
void restore_record(const struct restore *restore, struct connection *connection, bool whole, size_t withheld);

#endif
