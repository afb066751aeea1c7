#include "build.h"

#include "import/plan_file.h"

#include "base/files.h"
#include "import/render.h"

#define PLAN_FILE_MOST ((size_t)256 * 1024 * 1024)

int
plan_file_write(const struct target *target, const char *path, struct error *error)
{
	struct buffer text = BUFFER_INIT;

	render_json_text(target, &text);
	int failed = file_write(path, buffer_text(&text), text.length, 0644, error);
	buffer_fini(&text);
	return failed;
}

/* "" where a member is absent or no string: such a file is refused by the comparison. */
static const char *
text_at(const struct plan_file *file, const char *object, const char *name)
{
	const char *text = json_string_value(json_object_get(json_object_get(file->root, object), name));

	return text != NULL ? text : "";
}

int
plan_file_open(struct plan_file *file, const char *path, struct error *error)
{
	struct buffer text = BUFFER_INIT;
	json_error_t problem;

	file->path = path;
	file->root = NULL;
	if (file_read(path, PLAN_FILE_MOST, &text, error) < 0) {
		buffer_fini(&text);
		return -1;
	}
	file->root = json_loadb(buffer_text(&text), text.length, JSON_REJECT_DUPLICATES, &problem);
	buffer_fini(&text);
	if (file->root == NULL) {
		error_set(error, ERROR_ARCHIVE, "\"%s\" is not a plan file", path);
		return error_detail(error, "Line %d: %s.", problem.line, problem.text);
	}
	if (json_integer_value(json_object_get(file->root, "format")) == 1 &&
	    json_is_array(json_object_get(file->root, "groups")))
		return 0;
	plan_file_close(file);
	error_set(error, ERROR_ARCHIVE, "\"%s\" is not a plan file of format 1", path);
	return error_hint(error, "Make one with \"pgkeel-import plan --output FILE\".");
}

void
plan_file_close(struct plan_file *file)
{
	json_decref(file->root);
	file->root = NULL;
}

const char *
plan_file_snapshot(const struct plan_file *file)
{
	return text_at(file, "snapshot", "path");
}

void
plan_file_options(const struct plan_file *file, struct settings *settings)
{
	const json_t *options = json_object_get(file->root, "options");

	settings->with_owner = json_is_true(json_object_get(options, "with_owner"));
	settings->with_privileges = json_is_true(json_object_get(options, "with_privileges"));
	settings->with_database_settings = json_is_true(json_object_get(options, "with_database_settings"));
}

/* Number of the first statement that differs, 0 where all are the same. */
static size_t
first_difference(const json_t *groups, const struct plan *plan)
{
	size_t number = 0;
	size_t group_count = json_array_size(groups);

	for (size_t i = 0; i < group_count && i < plan->group_count; i++) {
		const json_t *steps = json_object_get(json_array_get(groups, i), "steps");
		size_t count = json_array_size(steps);

		for (size_t j = 0; j < count && j < plan->groups[i].count; j++) {
			const char *sql = json_string_value(json_object_get(json_array_get(steps, j), "sql"));
			json_t *present = render_json_string(plan->groups[i].steps[j]->sql);
			bool same = sql != NULL && strcmp(sql, json_string_value(present)) == 0;

			json_decref(present);
			number++;
			if (!same)
				return number;
		}
		if (count != plan->groups[i].count)
			return number + 1;
	}
	return group_count == plan->group_count ? 0 : number + 1;
}

static int
stale(const struct plan_file *file, struct error *error, const char *what)
{
	error_set(error, ERROR_FAILED, "the plan in \"%s\" no longer holds: %s", file->path, what);
	return error_hint(error, "Make a new plan with \"pgkeel-import plan --output FILE\", and review it.");
}

int
plan_file_compare(const struct plan_file *file, const struct target *target, struct error *error)
{
	if (strcmp(text_at(file, "production", "database"), connection_database(target->connection)) != 0 ||
	    strcmp(text_at(file, "production", "database_oid"), target->database_oid) != 0 ||
	    strcmp(text_at(file, "production", "system_identifier"), target->system_identifier) != 0)
		return stale(file, error, "it was made for another database");
	if (strcmp(text_at(file, "snapshot", "fingerprint"), target->plan->wanted_fingerprint) != 0 ||
	    strcmp(text_at(file, "snapshot", "content"), target->manifest->content) != 0)
		return stale(file, error, "the snapshot is another one");
	if (strcmp(text_at(file, "production", "fingerprint"), target->plan->current_fingerprint) != 0)
		return stale(file, error, "production's schema was changed since");
	size_t number = first_difference(json_object_get(file->root, "groups"), target->plan);
	if (number == 0)
		return 0;
	stale(file, error, "the same snapshot and schema now need other statements");
	return error_detail(error, "Statement %zu is the first that differs: rows, roles or sizes have changed.", number);
}
