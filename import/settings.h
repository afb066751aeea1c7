/*
 * settings.h - what the command line and the environment say, for every command.
 *
 * One struct filled by options_parse from one table (settings.c); its strings point into
 * argv or the environment.  The commands are listed in commands.h.
 */
#ifndef IMPORT_SETTINGS_H
#define IMPORT_SETTINGS_H

#include "base/options.h"
#include "postgres/connection.h"

struct settings {
	struct connection_options connection;

	const char *format; /* NULL: text */
	const char *output;
	bool exit_code;

	const char *plan_file;
	const char *hints;  /* file, or NULL: hints.json of the archive */
	const char *backup; /* "full", "touched", "schema" or "none" */
	const char *backup_dir;
	long keep_backups;
	const char *on_failure; /* "stop" or "continue" */
	bool yes;
	bool dry_run;
	bool strict;
	bool retry_refused;
	bool with_owner;
	bool with_privileges;
	bool with_database_settings;
	struct vector require;  /* const char *: schema.table.column */
	long lock_timeout;      /* milliseconds, of one statement */
	long statement_timeout; /* milliseconds, 0: none */
	long wait;              /* seconds for the lock of another run */
	long limit;             /* of history's lines */

	struct vector tables; /* restore: const char *: schema.table */
	const char *into;     /* restore: the database to make */
	bool swap;            /* restore: swap the names afterwards */
	bool terminate;       /* restore: end the sessions that are in the way of that */
	bool owner;           /* restore: owners too, where the role can give them */
	bool privileges;      /* restore: privileges too, where the role can give them */

	const char *log_format; /* "text" or "json" */
	bool quiet;
	bool verbose;
};

extern const struct program_spec settings_program;

/* The kinds' options that --with-owner, --with-privileges and --with-database-settings stand for. */
unsigned settings_kind_options(const struct settings *settings);
/* USAGE error where --format is none of text and json (only plan has more). */
int settings_check_report_format(const struct settings *settings, bool *json, struct error *error);

#endif
