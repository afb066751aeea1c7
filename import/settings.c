#include "build.h"

#include "import/settings.h"

#include "catalog/kind.h"
#include "import/commands.h"
#include "postgres/connection_options.h"

#define AT(member) offsetof(struct settings, member)
#define IN(name) COMMAND_BIT_##name

#define EVERY (~0u)
#define PLANS (IN(plan) | IN(apply) | IN(validate) | IN(drift))
#define REPORTS (IN(plan) | IN(validate) | IN(status) | IN(history) | IN(show) | IN(drift))
#define RUNNING "Running"
#define SAFETY "Safety"
#define OUTPUT "Output"

/* name, letter, type, argument, fallback, choices, minimum, maximum, offset, commands, group, help */
static const struct option_spec options[] = {
	CONNECTION_OPTIONS(struct settings, connection)

		{ "plan", 0, OPTION_TEXT, "FILE", NULL, NULL, 0, 0, AT(plan_file), IN(apply), RUNNING,
	      "run exactly the plan in FILE (from plan --output); refused if either side has moved" },
	{ "hints", 0, OPTION_TEXT, "FILE", NULL, NULL, 0, 0, AT(hints), PLANS, RUNNING,
	  "a JSON file with renames that are confirmed, instead of the one in the archive" },
	{ "wait", 0, OPTION_NUMBER, "SECONDS", "600", NULL, 0, 604800, AT(wait), IN(apply) | IN(restore), RUNNING,
	  "how long to wait for another run to end" },
	{ "lock-timeout", 0, OPTION_NUMBER, "MS", "2000", NULL, 1, 3600000, AT(lock_timeout),
	  PLANS | IN(backup) | IN(restore), RUNNING,
	  "milliseconds that a statement waits for a lock before it is given up and tried again" },
	{ "statement-timeout", 0, OPTION_NUMBER, "MS", "0", NULL, 0, 2147483647, AT(statement_timeout),
	  PLANS | IN(backup) | IN(restore), RUNNING, "milliseconds that a statement may run; 0: any time" },
	{ "table", 't', OPTION_LIST, "TABLE", NULL, NULL, 0, 0, AT(tables), IN(restore), RUNNING,
	  "restore only this table (schema.table); may be given often" },
	{ "into", 0, OPTION_TEXT, "DBNAME", NULL, NULL, 0, 0, AT(into), IN(restore), RUNNING,
	  "restore into a new database of this name" },
	{ "swap", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(swap), IN(restore), RUNNING,
	  "when the restored database is proven equal, it takes the present one's name; that one is kept" },

	{ "terminate", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(terminate), IN(restore), RUNNING,
	  "end the sessions that stand in the way of swapping the names" },
	{ "owner", 0, OPTION_FLAG, NULL, "true", NULL, 0, 0, AT(owner), IN(restore), RUNNING,
	  "restore owners as they were, if the role is a superuser; --no-owner: all objects belong to the role" },
	{ "privileges", 0, OPTION_FLAG, NULL, "true", NULL, 0, 0, AT(privileges), IN(restore), RUNNING,
	  "restore privileges as they were, if the role is a superuser; --no-privileges: none are granted" },

	{ "backup", 0, OPTION_CHOICE, "WHAT", "full", "full|touched|schema|none", 0, 0, AT(backup), IN(apply), SAFETY,
	  "what to back up before changing anything: all rows, those of tables in the plan, no rows, nothing" },
	{ "backup-dir", 0, OPTION_TEXT, "DIR", "backups", NULL, 0, 0, AT(backup_dir), IN(apply) | IN(backup) | IN(restore),
	  SAFETY, "the folder for backups" },
	{ "keep-backups", 0, OPTION_NUMBER, "N", "3", NULL, 0, 1000000, AT(keep_backups), IN(apply) | IN(backup), SAFETY,
	  "how many backups to keep; 0: all" },
	{ "on-failure", 0, OPTION_CHOICE, "WHAT", "stop", "stop|continue", 0, 0, AT(on_failure), IN(apply), SAFETY,
	  "after a failed transaction, stop, or go on with the next one" },
	{ "yes", 'y', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(yes), IN(apply) | IN(restore), SAFETY,
	  "do not ask before changing production" },
	{ "dry-run", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(dry_run), IN(apply) | IN(restore), SAFETY,
	  "show what would be done and stop there" },
	{ "strict", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(strict), IN(plan) | IN(apply) | IN(validate), SAFETY,
	  "fail (exit status 9), before anything is changed, if the plan withholds a change" },
	{ "retry-refused", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(retry_refused), IN(apply), SAFETY,
	  "try again what production's server refused in an earlier run" },
	{ "with-owner", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(with_owner), PLANS | IN(restore), SAFETY,
	  "also make the owners those of the snapshot" },
	{ "with-privileges", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(with_privileges), PLANS | IN(restore), SAFETY,
	  "also make the privileges those of the snapshot" },
	{ "with-database-settings", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(with_database_settings), PLANS | IN(restore),
	  SAFETY,
	  "also make the settings of ALTER DATABASE ... SET and ALTER ROLE ... IN DATABASE ... SET those of the snapshot" },
	{ "require", 0, OPTION_LIST, "COLUMNS", NULL, NULL, 0, 0, AT(require), IN(apply) | IN(validate), SAFETY,
	  "columns (schema.table.column, comma between two) that production must have afterwards" },

	{ "format", 0, OPTION_CHOICE, "FORMAT", NULL, "text|sql|json|dot", 0, 0, AT(format), REPORTS, OUTPUT,
	  "the form of the result; sql and dot are for plan only" },
	{ "output", 'o', OPTION_TEXT, "FILE", NULL, NULL, 0, 0, AT(output), IN(plan), OUTPUT,
	  "write the result to FILE; without --format, a plan file for apply --plan, and the text to standard output" },
	{ "exit-code", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(exit_code), IN(plan), OUTPUT,
	  "end with status 8 if there is something to apply" },
	{ "limit", 0, OPTION_NUMBER, "N", "20", NULL, 1, 1000000, AT(limit), IN(history), OUTPUT, "how many runs to list" },
	{ "log-format", 0, OPTION_CHOICE, "FORMAT", "text", "text|json", 0, 0, AT(log_format), EVERY, OUTPUT,
	  "the form of messages on standard error" },
	{ "quiet", 'q', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(quiet), EVERY, OUTPUT, "only warnings and errors" },
	{ "verbose", 'v', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(verbose), EVERY, OUTPUT, "more messages" },
};

#define COMMAND(name, operands, least, most, summary, description) \
	{ #name, operands, least, most, summary, description, cmd_##name },
static const struct command_spec commands[] = { COMMANDS(COMMAND) };
#undef COMMAND

static const char *const examples[] = {
	"Show what would be done, and fail in CI if there is something",
	"pgkeel-import plan -d postgresql://app@db/shop --exit-code",
	"Review a plan, then run exactly that",
	"pgkeel-import plan -d shop --output shop.plan && pgkeel-import apply -d shop --plan shop.plan",
	"At container start, DATABASE_URL being set",
	"pgkeel-import apply --yes /app/snapshots",
	"Who changed what",
	"pgkeel-import history -d shop && pgkeel-import show -d shop 12",
	NULL,
};

const struct program_spec settings_program = {
	.name = "pgkeel-import",
	.summary = "bring a production database to a schema snapshot, destroying nothing",
	.description =
		"Compares production with a snapshot that pgkeel-export wrote, plans the statements that lead there, backs up, "
		"applies them in transactions, validates, and keeps a history in the schema pgkeel of the database.\n\n"
		"Nothing that production has and the snapshot lacks is dropped, narrowed or emptied: such changes are withheld "
		"and listed with their reason and their SQL.\n\n"
		"Nothing is moved to another tablespace: what is made anew stays in production's, and what is new goes to that "
		"of the snapshot where production has it and the role may create there, else to the default one.\n\n"
		"Results go to standard output, everything else to standard error.  Every option has an environment variable, "
		"PGKEEL_ and its name in upper case with _ for -.",
	.commands = commands,
	.command_count = COUNT_OF(commands),
	.options = options,
	.option_count = COUNT_OF(options),
	.examples = examples,
	.notes = NULL,
};

unsigned
settings_kind_options(const struct settings *settings)
{
	unsigned options_given = 0;

	if (settings->with_owner)
		options_given |= KIND_WITH_OWNER;
	if (settings->with_privileges)
		options_given |= KIND_WITH_PRIVILEGES;
	if (settings->with_database_settings)
		options_given |= KIND_WITH_SETTINGS;
	return options_given;
}

int
settings_check_report_format(const struct settings *settings, bool *json, struct error *error)
{
	*json = settings->format != NULL && strcmp(settings->format, "json") == 0;
	if (*json || settings->format == NULL || strcmp(settings->format, "text") == 0)
		return 0;
	error_set(error, ERROR_USAGE, "format \"%s\" is only for the command plan", settings->format);
	return error_hint(error, "Use --format text or --format json.");
}
