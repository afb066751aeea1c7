/*
 * commands.h - every command of pgkeel-import, one cmd_*.c each.
 *
 * COMMAND(name, operands, least, most, summary, description).  The order is that of the help text and
 * gives each its bit in option_spec.commands.
 */
#ifndef IMPORT_COMMANDS_H
#define IMPORT_COMMANDS_H

#include "base/error.h"

#define COMMANDS(COMMAND)                                                                                             \
	COMMAND(plan, "[SNAPSHOT]", 0, 1, "show what apply would do, and change nothing",                                 \
	        "Compares production with the snapshot and prints the statements that would be run, each with "           \
	        "its lock and hazards, then what is withheld and why, and what only production has.  Nothing "            \
	        "is changed: what must be asked of the server is asked in transactions that are rolled back.\n\n"         \
	        "SNAPSHOT is an archive, or a folder that holds the link latest; without it ./snapshots is "              \
	        "taken.")                                                                                                 \
	COMMAND(apply, "[SNAPSHOT]", 0, 1, "bring production to the snapshot, without destroying anything",               \
	        "Locks out other runs, plans, writes a backup and reads it back, runs the plan in "                       \
	        "transactions in the order of dependencies, validates, and records the run in the schema "                \
	        "pgkeel of the database.  A second apply of the same snapshot does nothing.  What would "                 \
	        "destroy or narrow data is withheld and listed.\n\nOn a terminal the plan is shown and a "                \
	        "question is asked first, unless --yes is given.")                                                        \
	COMMAND(validate, "[SNAPSHOT]", 0, 1, "check that production holds what the snapshot says",                       \
	        "Compares the numbers of schemas, tables, columns, indexes, constraints, views, functions and "           \
	        "sequences on both sides, the structure by a new comparison, the required columns, and that "             \
	        "constraints are validated and indexes valid.  Exit status 6 where something is missing.")                \
	COMMAND(status, "[SNAPSHOT]", 0, 1, "say which snapshot production has",                                          \
	        "Tells the newest run, whether one is going on, and whether the schema was changed since.  "              \
	        "With a snapshot (or ./snapshots/latest), also whether that one is in.")                                  \
	COMMAND(history, "", 0, 0, "list the runs recorded in production",                                                \
	        "Who applied what, when, from which snapshot, with what outcome, and where the backup is; newest first.") \
	COMMAND(show, "[RUN]", 0, 1, "show one run with its statements",                                                  \
	        "Shows a run (the newest without RUN) and each statement of it: outcome and duration.")                   \
	COMMAND(drift, "[SNAPSHOT]", 0, 1, "list what was changed by hand since the last run",                            \
	        "Compares production with what the last run left.  Exit status 8 where it differs.  With the "            \
	        "snapshot of that run at hand, also lists the objects that differ from it.")                              \
	COMMAND(backup, "", 0, 0, "write schema and rows of production to an archive",                                    \
	        "Writes everything from one consistent view of the database to a file with mode 0600 and reads it back.") \
	COMMAND(restore, "ARCHIVE", 1, 1, "bring a backup back",                                                          \
	        "Restores into an empty database, beside an existing one, or single tables.  Nothing is "                 \
	        "destroyed before the copy is proven equal.")

#define COMMAND(name, operands, least, most, summary, description) \
	int cmd_##name(void *settings, const char *const *operands_given, size_t count, struct error *error);
COMMANDS(COMMAND)
#undef COMMAND

#define COMMAND(name, operands, least, most, summary, description) COMMAND_NUMBER_##name,
enum command_number { COMMANDS(COMMAND) COMMAND_COUNT };
#undef COMMAND

#define COMMAND(name, operands, least, most, summary, description) COMMAND_BIT_##name = 1u << COMMAND_NUMBER_##name,
enum command_bit { COMMANDS(COMMAND) COMMAND_BIT_END };
#undef COMMAND

#endif
