/*
 * cmd_plan.c - shows what apply would do.  Changes nothing.
 *
 * --output without --format writes a plan file and still prints the text, since that is what a
 * person who keeps a plan for later wants to see.
 */
#include "build.h"

#include "base/files.h"
#include "base/log.h"
#include "import/commands.h"
#include "import/plan_file.h"
#include "import/render.h"

static void
render_as(const struct target *target, const char *format, struct buffer *out)
{
	if (format == NULL || strcmp(format, "text") == 0)
		render_text(target, out);
	else if (strcmp(format, "json") == 0)
		render_json_text(target, out);
	else if (strcmp(format, "sql") == 0)
		plan_script(target->plan, out);
	else
		plan_dot(target->plan, out);
}

static int
write_result(struct target *target, struct error *error)
{
	const struct settings *settings = target->settings;
	struct buffer out = BUFFER_INIT;
	int failed = 0;

	target_fingerprints(target);
	render_as(target, settings->format, &out);
	if (settings->output != NULL && settings->format != NULL)
		failed = file_write(settings->output, buffer_text(&out), out.length, 0644, error);
	else
		fwrite(buffer_text(&out), 1, out.length, stdout);
	buffer_fini(&out);
	if (failed == 0 && settings->output != NULL && settings->format == NULL)
		failed = plan_file_write(target, settings->output, error);
	if (failed == 0 && settings->output != NULL)
		log_event(LOG_INFO, "plan.written", "wrote %s", settings->output);
	return failed;
}

static int
answer(const struct target *target, struct error *error)
{
	const struct settings *settings = target->settings;

	if (settings->strict && target->plan->withheld_count > 0)
		return error_set(error, ERROR_WITHHELD, "%zu changes are withheld", target->plan->withheld_count);
	if (settings->exit_code && !plan_is_empty(target->plan))
		return error_set(error, ERROR_PENDING, "%zu statements are pending", target->plan->step_count);
	return 0;
}

int
cmd_plan(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct target target;

	target_init(&target, settings);
	int failed = target_prepare(&target, count > 0 ? operands[0] : NULL, error);
	if (failed == 0)
		failed = write_result(&target, error);
	if (failed == 0)
		failed = answer(&target, error);
	target_fini(&target);
	return failed;
}
