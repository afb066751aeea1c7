/*
 * cmd_history.c - lists the runs recorded in production, newest first.
 */
#include "build.h"

#include "base/log.h"
#include "import/commands.h"
#include "import/history_render.h"
#include "import/render.h"

static void
print_runs(const struct vector *runs, bool json)
{
	struct buffer out = BUFFER_INIT;
	json_t *array = json ? json_array() : NULL;

	for (size_t i = 0; i < runs->count; i++) {
		if (json)
			json_array_append_new(array, history_run_json(runs->items[i]));
		else
			history_run_line(runs->items[i], &out);
	}
	if (json)
		render_json_dump(array, &out);
	fwrite(buffer_text(&out), 1, out.length, stdout);
	buffer_fini(&out);
}

static int
list(struct target *target, bool json, struct error *error)
{
	struct journal_place place;
	struct vector runs = { 0 };
	int failed = 0;

	if (target_connect(target, error) < 0 || journal_look(target->connection, &place, error) < 0)
		return -1;
	if (place.readable)
		failed = journal_list(target->connection, target->arena, target->settings->limit, &runs, error);
	else
		log_event(LOG_INFO, "history.none", "no history that this role can read is in this database");
	if (failed == 0)
		print_runs(&runs, json);
	vector_fini(&runs);
	return failed;
}

int
cmd_history(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct target target;
	bool json = false;

	(void)operands;
	(void)count;
	target_init(&target, settings);
	int failed = settings_check_report_format(settings, &json, error);
	if (failed == 0)
		failed = list(&target, json, error);
	target_fini(&target);
	return failed;
}
