/*
 * cmd_show.c - shows one run of the history with its statements.
 */
#include "build.h"

#include "import/commands.h"
#include "import/history_render.h"
#include "import/render.h"

static void
print_run(const struct journal_run *run, const struct vector *steps, bool json)
{
	struct buffer out = BUFFER_INIT;

	if (json) {
		json_t *root = history_run_json(run);
		json_t *array = json_array();

		for (size_t i = 0; i < steps->count; i++)
			json_array_append_new(array, history_step_json(steps->items[i]));
		json_object_set_new(root, "steps", array);
		render_json_dump(root, &out);
	} else {
		history_run_text(run, &out);
		for (size_t i = 0; i < steps->count; i++)
			history_step_text(steps->items[i], &out);
	}
	fwrite(buffer_text(&out), 1, out.length, stdout);
	buffer_fini(&out);
}

static int
find_run(struct target *target, const char *id, struct journal_run **run, struct error *error)
{
	struct journal_place place;
	int failed = 0;

	*run = NULL;
	if (journal_look(target->connection, &place, error) < 0)
		return -1;
	if (place.readable && id != NULL)
		failed = journal_find(target->connection, target->arena, id, run, error);
	else if (place.readable)
		failed = journal_newest(target->connection, target->arena, run, error);
	if (failed < 0 || *run != NULL)
		return failed;
	if (id == NULL)
		return error_set(error, ERROR_FAILED, "no history that this role can read is in this database");
	error_set(error, ERROR_FAILED, "the history has no run \"%s\"", id);
	return error_hint(error, "\"pgkeel-import history\" lists the runs.");
}

static int
show(struct target *target, const char *id, bool json, struct error *error)
{
	struct journal_run *run = NULL;
	struct vector steps = { 0 };

	if (target_connect(target, error) < 0 || find_run(target, id, &run, error) < 0)
		return -1;
	int failed = journal_steps(target->connection, target->arena, run->id, &steps, error);
	if (failed == 0)
		print_run(run, &steps, json);
	vector_fini(&steps);
	return failed;
}

int
cmd_show(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct target target;
	bool json = false;

	target_init(&target, settings);
	int failed = settings_check_report_format(settings, &json, error);
	if (failed == 0)
		failed = show(&target, count > 0 ? operands[0] : NULL, json, error);
	target_fini(&target);
	return failed;
}
