/*
 * settings.h - what the command line and the environment tell pgkeel-export.
 *
 * One struct filled by options_parse from one table; strings point into argv or the
 * environment.
 */
#ifndef EXPORT_SETTINGS_H
#define EXPORT_SETTINGS_H

#include "base/options.h"
#include "postgres/connection.h"
#include "reader/reader.h"

struct settings {
	struct connection_options connection;
	long statement_timeout; /* milliseconds, 0: none */
	struct reader_options filters;

	const char *output_dir;
	const char *label;
	bool if_changed;
	long keep;     /* 0: all */
	long compress; /* gzip's level */

	const char *hints;     /* file, or NULL */
	const char *hooks;     /* folder, or NULL */
	struct vector require; /* const char * */

	bool dry_run;
	bool strict;
	const char *log_format; /* "text" or "json" */
	bool quiet;
	bool verbose;
};

extern const struct program_spec settings_program;

void settings_fini(struct settings *settings);

#endif
