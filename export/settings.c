#include "build.h"

#include "export/settings.h"

#include "export/export.h"
#include "postgres/connection_options.h"

#define AT(member) offsetof(struct settings, member)
#define ALWAYS (~0u)
#define WHAT "Selection"
#define WHERE "Archive"
#define SENT "Attachment"
#define MESSAGES "Message"

/* name, letter, type, argument, fallback, choices, minimum, maximum, offset, commands, group, help */
static const struct option_spec options[] = {
	CONNECTION_OPTIONS(struct settings, connection){ "statement-timeout", 0, OPTION_NUMBER, "MS", "0", NULL, 0,
	                                                 2147483647, AT(statement_timeout), ALWAYS, "Connection",
	                                                 "milliseconds that one query may run; 0: any time" },

	{ "schema", 'n', OPTION_LIST, "PATTERN", NULL, NULL, 0, 0, AT(filters.schemas), ALWAYS, WHAT,
	  "only schemas whose name matches; may be given often" },
	{ "exclude-schema", 'N', OPTION_LIST, "PATTERN", NULL, NULL, 0, 0, AT(filters.exclude_schemas), ALWAYS, WHAT,
	  "no schema whose name matches; may be given often" },
	{ "table", 't', OPTION_LIST, "PATTERN", NULL, NULL, 0, 0, AT(filters.tables), ALWAYS, WHAT,
	  "only tables whose name matches; may be given often" },
	{ "exclude-table", 'T', OPTION_LIST, "PATTERN", NULL, NULL, 0, 0, AT(filters.exclude_tables), ALWAYS, WHAT,
	  "no table whose name matches; may be given often" },
	{ "strict", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(strict), ALWAYS, WHAT,
	  "write nothing and end with status 9 if the database holds objects that are not handled" },

	{ "output-dir", 'o', OPTION_TEXT, "DIR", "./snapshots", NULL, 0, 0, AT(output_dir), ALWAYS, WHERE,
	  "the folder for the archive and its \"latest\" link" },
	{ "label", 0, OPTION_TEXT, "TEXT", NULL, NULL, 0, 0, AT(label), ALWAYS, WHERE,
	  "a text to know the snapshot by: a release, a commit" },
	{ "if-changed", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(if_changed), ALWAYS, WHERE,
	  "write nothing if it would hold the same as the archive that \"latest\" names" },
	{ "keep", 0, OPTION_NUMBER, "N", "0", NULL, 0, 1000000, AT(keep), ALWAYS, WHERE,
	  "afterwards remove all but the N newest archives of the folder, never the one \"latest\" names; 0: keep all" },
	{ "compress", 'Z', OPTION_NUMBER, "LEVEL", "1", NULL, 1, 9, AT(compress), ALWAYS, WHERE,
	  "gzip's level, 1 (fast) to 9 (small)" },
	{ "dry-run", 0, OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(dry_run), ALWAYS, WHERE,
	  "read the database, tell what would be written, write nothing" },

	{ "hints", 0, OPTION_TEXT, "FILE", NULL, NULL, 0, 0, AT(hints), ALWAYS, SENT,
	  "a JSON file for the importer (renames, backfills), kept as hints.json" },
	{ "hooks", 0, OPTION_TEXT, "DIR", NULL, NULL, 0, 0, AT(hooks), ALWAYS, SENT,
	  "a folder whose *.sql files are kept as hooks/NAME" },
	{ "require", 0, OPTION_LIST, "COLUMNS", NULL, NULL, 0, 0, AT(require), ALWAYS, SENT,
	  "columns (schema.table.column, comma between two) that production must have after an import" },

	{ "log-format", 0, OPTION_CHOICE, "FORMAT", "text", "text|json", 0, 0, AT(log_format), ALWAYS, MESSAGES,
	  "messages as text, or as one JSON object a line" },
	{ "quiet", 'q', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(quiet), ALWAYS, MESSAGES, "only warnings and errors" },
	{ "verbose", 'v', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(verbose), ALWAYS, MESSAGES,
	  "also what is done and when" },
};

static const struct command_spec commands[] = {
	{ NULL, "", 0, 0, "write a snapshot of a database's schema", NULL, export_run },
};

static const char *const examples[] = {
	"Export the database \"dev\" into ./snapshots",
	"pgkeel-export -d dev",
	"Export only when something changed, and keep the ten newest archives",
	"pgkeel-export -d dev --if-changed --keep 10",
	"Export two schemas of a remote server, with a label",
	"pgkeel-export -d postgresql://reader@db.example.com/shop -n sales -n stock --label v2.4.0",
	"See what an export would hold",
	"pgkeel-export -d dev --dry-run",
	NULL,
};

const struct program_spec settings_program = {
	.name = "pgkeel-export",
	.summary = "write a snapshot of a PostgreSQL database's schema",
	.description =
		"Reads the catalog of a database in one consistent snapshot and writes it to DIR/schema_YYYYMMDD_HHMMSS.tar.gz "
		"(UTC), then moves the link DIR/latest to it. The archive is read back before the link moves, and is "
		"never seen half written.\n\n"
		"Needs no right but that to connect; works with a read-only role and on a hot standby; takes no lock stronger "
		"than a SELECT does.\n\n"
		"Standard output is the path of the archive written and nothing else.",
	.commands = commands,
	.command_count = COUNT_OF(commands),
	.options = options,
	.option_count = COUNT_OF(options),
	.examples = examples,
	.notes = "Objects of kinds that pgkeel does not handle are counted and named in the messages and in the archive's "
			 "manifest.json.",
};

void
settings_fini(struct settings *settings)
{
	vector_fini(&settings->filters.schemas);
	vector_fini(&settings->filters.exclude_schemas);
	vector_fini(&settings->filters.tables);
	vector_fini(&settings->filters.exclude_tables);
	vector_fini(&settings->require);
}
