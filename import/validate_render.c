#include "build.h"

#include "import/render.h"
#include "import/validate.h"

static void
append_lines(struct buffer *out, const char *heading, const struct vector *lines)
{
	if (lines->count == 0)
		return;
	buffer_printf(out, "\n%s\n", heading);
	for (size_t i = 0; i < lines->count; i++) {
		buffer_append_text(out, "  - ");
		render_clean(out, lines->items[i], false);
		buffer_append_char(out, '\n');
	}
}

void
validation_text(const struct target *target, const struct validation *validation, struct buffer *out)
{
	buffer_printf(out, "%-12s %10s %10s %10s %10s\n", "", "snapshot", "production", "only there", "missing");
	for (size_t i = 0; i < validation->count_count; i++) {
		const struct validate_count *count = &validation->counts[i];

		buffer_printf(out, "%-12s %10ld %10ld %10ld %10ld%s\n", count->what, count->snapshot, count->production,
		              count->only_in_production, count->missing, count->agrees ? "" : "  does not add up");
	}
	if (validation->required > 0)
		buffer_printf(out, "\n%zu required columns looked for.\n", validation->required);
	append_lines(out, "Differences", &validation->issues);
	append_lines(out, "Worth knowing", &validation->notes);
	render_remains(target, out);
	buffer_printf(out, "\n%s\n",
	              validation->issues.count == 0 ? "Production holds what the snapshot says."
	                                            : "Production does not hold what the snapshot says.");
}

static json_t *
lines_json(const struct vector *lines)
{
	json_t *array = json_array();

	for (size_t i = 0; i < lines->count; i++)
		json_array_append_new(array, render_json_string(lines->items[i]));
	return array;
}

void
validation_json(const struct target *target, const struct validation *validation, struct buffer *out)
{
	json_t *root = render_json(target);
	json_t *counts = json_object();

	/* Of the plan, what remains; the statements are plan's business. */
	json_object_del(root, "groups");
	for (size_t i = 0; i < validation->count_count; i++) {
		const struct validate_count *count = &validation->counts[i];
		json_t *entry = json_object();

		json_object_set_new(entry, "snapshot", json_integer(count->snapshot));
		json_object_set_new(entry, "production", json_integer(count->production));
		json_object_set_new(entry, "only_in_production", json_integer(count->only_in_production));
		json_object_set_new(entry, "missing", json_integer(count->missing));
		json_object_set_new(entry, "agrees", json_boolean(count->agrees));
		json_object_set_new(counts, count->what, entry);
	}
	json_object_set_new(root, "counts", counts);
	json_object_set_new(root, "required", json_integer((json_int_t)validation->required));
	json_object_set_new(root, "issues", lines_json(&validation->issues));
	json_object_set_new(root, "notes", lines_json(&validation->notes));
	json_object_set_new(root, "valid", json_boolean(validation->issues.count == 0));
	render_json_dump(root, out);
}
