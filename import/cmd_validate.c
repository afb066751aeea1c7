/*
 * cmd_validate.c - checks production against a snapshot, also on its own after a deploy.  Changes nothing.
 */
#include "build.h"

#include "import/commands.h"
#include "import/validate.h"

static int
report(struct target *target, bool json, struct error *error)
{
	struct validation validation;
	struct buffer out = BUFFER_INIT;

	int failed = validate_target(target, &validation, error);
	if (failed == 0) {
		target_fingerprints(target);
		if (json)
			validation_json(target, &validation, &out);
		else
			validation_text(target, &validation, &out);
		fwrite(buffer_text(&out), 1, out.length, stdout);
		failed = validation_verdict(&validation, error);
	}
	buffer_fini(&out);
	validation_fini(&validation);
	if (failed == 0 && target->settings->strict && target->plan->withheld_count > 0)
		return error_set(error, ERROR_WITHHELD, "%zu changes are withheld", target->plan->withheld_count);
	return failed;
}

int
cmd_validate(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct target target;
	bool json = false;

	target_init(&target, settings);
	int failed = settings_check_report_format(settings, &json, error);
	if (failed == 0)
		failed = target_prepare(&target, count > 0 ? operands[0] : NULL, error);
	if (failed == 0)
		failed = report(&target, json, error);
	target_fini(&target);
	return failed;
}
