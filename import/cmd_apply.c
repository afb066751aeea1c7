/*
 * cmd_apply.c - brings production to a snapshot.
 *
 * On a terminal the plan is shown and a question asked, on standard error; without a terminal, or with
 * --yes, there is no question.  Standard output gets what was done and what remains.
 */
#include "build.h"

#include <unistd.h>

#include "base/log.h"
#include "import/apply.h"
#include "import/commands.h"
#include "import/render.h"

static int
confirm(const struct target *target, struct error *error)
{
	struct buffer text = BUFFER_INIT;
	char answer[16];

	render_text(target, &text);
	fputs(buffer_text(&text), stderr);
	buffer_fini(&text);
	fputs("Apply this plan? [y/N] ", stderr);
	fflush(stderr);
	if (fgets(answer, sizeof(answer), stdin) != NULL && (answer[0] == 'y' || answer[0] == 'Y'))
		return 0;
	return error_set(error, ERROR_FAILED, "not confirmed, so nothing was changed");
}

static void
tell_result(const struct target *target, const struct apply_result *result)
{
	struct buffer out = BUFFER_INIT;

	if (result->fast)
		buffer_printf(&out, "Already in, since run %s ended at %s", result->run, result->since);
	else if (result->already)
		buffer_append_text(&out, "Production already holds the snapshot");
	else
		buffer_printf(&out, "Run %s: %zu statement%s in %zu transaction%s, in %.2f s", result->run, result->steps_done,
		              result->steps_done == 1 ? "" : "s", result->groups_done, result->groups_done == 1 ? "" : "s",
		              result->seconds);
	if (result->withheld > 0)
		buffer_printf(&out, "; %ld withheld", result->withheld);
	buffer_append_text(&out, ".\n");
	if (result->backup != NULL)
		buffer_printf(&out, "Backup: %s\n", result->backup);
	if (target->plan != NULL)
		render_remains(target, &out);
	fwrite(buffer_text(&out), 1, out.length, stdout);
	buffer_fini(&out);
}

static int
dry_run(struct target *target, const struct apply_options *options, struct error *error)
{
	struct buffer out = BUFFER_INIT;

	if (target_connect(target, error) < 0 || target_read(target, error) < 0 || target_plan(target, error) < 0)
		return -1;
	target_warn(target);
	if (options->plan_file != NULL) {
		target_fingerprints(target);
		if (plan_file_compare(options->plan_file, target, error) < 0)
			return -1;
	}
	render_text(target, &out);
	fwrite(buffer_text(&out), 1, out.length, stdout);
	buffer_fini(&out);
	if (target->settings->strict && target->plan->withheld_count > 0)
		return error_set(error, ERROR_WITHHELD, "%zu changes are withheld", target->plan->withheld_count);
	return 0;
}

static int
run(struct target *target, const struct apply_options *options, struct error *error)
{
	struct apply_result result;

	int failed = apply_run(target, options, &result, error);
	if (failed == 0)
		tell_result(target, &result);
	else if (result.backup != NULL)
		log_event(LOG_INFO, "backup.kept", "the backup of this run is %s", result.backup);
	free(result.backup);
	return failed;
}

int
cmd_apply(void *given, const char *const *operands, size_t count, struct error *error)
{
	struct settings *settings = given;
	struct apply_options options = { NULL, NULL };
	struct plan_file file = { NULL, NULL };
	struct target target;
	const char *named = count > 0 ? operands[0] : NULL;

	if (settings->plan_file != NULL) {
		if (plan_file_open(&file, settings->plan_file, error) < 0)
			return -1;
		plan_file_options(&file, settings);
		options.plan_file = &file;
		named = named != NULL ? named : plan_file_snapshot(&file);
	}
	if (!settings->yes && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		options.confirm = confirm;
	target_init(&target, settings);
	int failed = target_open_snapshot(&target, named, error);
	if (failed == 0)
		failed = settings->dry_run ? dry_run(&target, &options, error) : run(&target, &options, error);
	target_fini(&target);
	plan_file_close(&file);
	return failed;
}
