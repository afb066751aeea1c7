/*
 * main.c - pgkeel-export: parses, runs, turns a failure into a message and an exit status
 * (errors.def).
 */
#include "build.h"

#include "base/log.h"
#include "export/export.h"
#include "export/interrupt.h"
#include "export/settings.h"
#include "postgres/connection_options.h"

static void
set_up_log(const struct settings *settings)
{
	enum log_level level = settings->quiet ? LOG_WARNING : LOG_INFO;
	bool json = settings->log_format != NULL && strcmp(settings->log_format, "json") == 0;

	log_setup(settings_program.name, json ? LOG_FORMAT_JSON : LOG_FORMAT_TEXT, settings->verbose ? LOG_DEBUG : level);
}

static int
finish(struct error *error, int result)
{
	int status = 0;

	if (result == 0 && fflush(stdout) != 0)
		result = error_set_system(error, "could not write to standard output");
	if (result) {
		log_failure(error);
		status = error_status(error);
	}
	error_clear(error);
	return status;
}

int
main(int argc, char **argv)
{
	struct settings settings;
	struct options_result parsed;
	struct error error = { 0 };
	char *hidden;
	int result;

	memset(&settings, 0, sizeof(settings));
	memset(&parsed, 0, sizeof(parsed));
	interrupt_setup();
	result = options_parse(&settings_program, argc, argv, &settings, &parsed, &error);
	set_up_log(&settings);
	hidden = connection_options_hide(&settings.connection, argc, argv);
	settings.connection.program = settings_program.name;
	if (result == 0 && !parsed.done)
		result = export_run(&settings, NULL, 0, &error);
	result = finish(&error, result);
	settings_fini(&settings);
	free(hidden);
	return result;
}
