/*
 * main.c - pgkeel-import: parses, runs one command, turns its failure into a message and
 * an exit status (errors.def).
 */
#include "build.h"

#include "base/log.h"
#include "import/interrupt.h"
#include "import/settings.h"

static enum log_level
level_of(const struct settings *settings)
{
	if (settings->verbose)
		return LOG_DEBUG;
	return settings->quiet ? LOG_WARNING : LOG_INFO;
}

/* Without a log format of its own yet: a usage error is told as text. */
static int
usage_failed(struct error *error)
{
	log_setup(settings_program.name, LOG_FORMAT_TEXT, LOG_INFO);
	log_failure(error);
	int status = error_status(error);
	error_clear(error);
	return status;
}

static int
run_command(const struct options_result *parsed, struct settings *settings)
{
	struct error error = { 0 };
	int status = 0;

	if (parsed->command->run(settings, parsed->operands, parsed->operand_count, &error) < 0) {
		/* Pending changes are the answer to a question, not a failure. */
		if (error.code != ERROR_PENDING)
			log_failure(&error);
		status = error_status(&error);
		error_clear(&error);
	}
	if (fflush(stdout) != 0 && status == 0) {
		error_set_system(&error, "could not write the result to standard output");
		log_failure(&error);
		status = error_status(&error);
		error_clear(&error);
	}
	return status;
}

int
main(int argc, char **argv)
{
	struct settings settings;
	struct options_result parsed;
	struct error error = { 0 };

	memset(&settings, 0, sizeof(settings));
	memset(&parsed, 0, sizeof(parsed));
	if (options_parse(&settings_program, argc, argv, &settings, &parsed, &error) < 0)
		return usage_failed(&error);
	if (parsed.done)
		return 0;
	log_setup(settings_program.name, strcmp(settings.log_format, "json") == 0 ? LOG_FORMAT_JSON : LOG_FORMAT_TEXT,
	          level_of(&settings));
	settings.connection.program = settings_program.name;
	interrupt_setup();
	int status = run_command(&parsed, &settings);
	vector_fini(&settings.require);
	vector_fini(&settings.tables);
	return status;
}
