#include "build.h"

#include "import/history_render.h"

#include "import/render.h"

/* Columns that are numbers in JSON. */
static const char *const numbers[] = { "id",         "options",     "steps_planned",
	                                   "steps_done", "withheld",    "withheld_on_rows",
	                                   "kept",       "duration_ms", "seq" };

static void
set_column(json_t *object, const char *name, const char *value)
{
	for (size_t i = 0; value != NULL && i < COUNT_OF(numbers); i++)
		if (strcmp(name, numbers[i]) == 0) {
			json_object_set_new(object, name, json_integer(strtoll(value, NULL, 10)));
			return;
		}
	json_object_set_new(object, name, render_json_string(value));
}

json_t *
history_run_json(const struct journal_run *run)
{
	json_t *object = json_object();

#define COLUMN(name, sql) set_column(object, #name, run->name);
	JOURNAL_RUN_COLUMNS(COLUMN)
#undef COLUMN
	return object;
}

json_t *
history_step_json(const struct journal_step *step)
{
	json_t *object = json_object();

#define COLUMN(name, sql) set_column(object, #name, step->name);
	JOURNAL_STEP_COLUMNS(COLUMN)
#undef COLUMN
	return object;
}

static const char *
shown(const char *text)
{
	return text != NULL ? text : "-";
}

static const char *
file_name(const char *path)
{
	const char *slash = path != NULL ? strrchr(path, '/') : NULL;

	return slash != NULL ? slash + 1 : shown(path);
}

void
history_run_line(const struct journal_run *run, struct buffer *out)
{
	buffer_printf(out, "%5s  %-20s  %-11s  %4s steps  %6s ms  %s  ", run->id, shown(run->started), run->outcome,
	              run->steps_done, shown(run->duration_ms), run->command);
	render_clean(out, run->role, false);
	buffer_append_text(out, "  ");
	render_clean(out, file_name(run->snapshot), false);
	if (run->backup != NULL) {
		buffer_append_text(out, "  backup ");
		render_clean(out, run->backup, false);
	}
	buffer_append_char(out, '\n');
}

static void
append_field(struct buffer *out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buffer_printf(out, "%-12s ", name);
	render_clean(out, value, false);
	buffer_append_char(out, '\n');
}

void
history_run_text(const struct journal_run *run, struct buffer *out)
{
	append_field(out, "run", run->id);
	append_field(out, "command", run->command);
	append_field(out, "outcome", run->outcome);
	append_field(out, "error", run->error);
	append_field(out, "snapshot", run->snapshot);
	append_field(out, "label", run->label);
	append_field(out, "fingerprint", run->fingerprint);
	append_field(out, "by role", run->role);
	append_field(out, "from host", run->host);
	append_field(out, "pgkeel", run->tool);
	append_field(out, "started", run->started);
	append_field(out, "finished", run->finished);
	append_field(out, "backup", run->backup);
	buffer_printf(out, "%-12s %s of %s done, %s changes withheld, %s objects only in production\n", "statements",
	              run->steps_done, run->steps_planned, run->withheld, run->kept);
}

void
history_step_text(const struct journal_step *step, struct buffer *out)
{
	buffer_printf(out, "%5s  %-11s %7s ms  %s ", step->seq, step->outcome, shown(step->duration_ms), step->action);
	render_clean(out, shown(step->object), false);
	buffer_append_text(out, "\n       ");
	for (const char *c = step->sql; *c != '\0'; c++) {
		char one[2] = { *c, '\0' };

		render_clean(out, one, true);
		if (*c == '\n')
			buffer_append_text(out, "       ");
	}
	buffer_append_char(out, '\n');
	if (step->error == NULL)
		return;
	buffer_append_text(out, "       error: ");
	render_clean(out, step->error, false);
	buffer_append_char(out, '\n');
}
