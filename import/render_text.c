/*
 * render_text.c - the plan for people: statements in their transactions with lock and hazards, then
 * what is withheld and why, what only production has, what nobody handles, and one line of sums.
 */
#include "build.h"

#include "import/render.h"

void
render_clean(struct buffer *out, const char *text, bool keep_lines)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		bool kept = (c >= 0x20 && c != 0x7f) || (keep_lines && (c == '\n' || c == '\t'));

		buffer_append_char(out, kept ? (char)c : ' ');
	}
}

static void
append_object(struct buffer *out, const struct object *object)
{
	struct buffer description = BUFFER_INIT;

	object_describe(&description, object);
	render_clean(out, buffer_text(&description), false);
	buffer_fini(&description);
}

/* Each line of the SQL behind an indent. */
static void
append_sql(struct buffer *out, const char *sql, const char *indent)
{
	struct buffer clean = BUFFER_INIT;

	render_clean(&clean, sql, true);
	buffer_append_text(out, indent);
	for (const char *c = buffer_text(&clean); *c != '\0'; c++) {
		buffer_append_char(out, *c);
		if (*c == '\n')
			buffer_append_text(out, indent);
	}
	buffer_append_text(out, ";\n");
	buffer_fini(&clean);
}

static void
append_hazards(struct buffer *out, unsigned hazards)
{
	bool first = true;

	for (unsigned bit = 0; bit < HAZARD_COUNT; bit++) {
		if (!(hazards >> bit & 1))
			continue;
		buffer_printf(out, "%s%s", first ? "; " : ", ", hazard_meaning((enum hazard_bit)bit));
		first = false;
	}
}

static void
append_step(struct buffer *out, const struct step *step, size_t number)
{
	buffer_printf(out, "%4zu. %s ", number, step_action_name(step->action));
	if (step->object != NULL)
		append_object(out, step->object);
	buffer_append_char(out, '\n');
	append_sql(out, step->sql, "      ");
	if (step->lock == LOCK_NONE && step->hazards == 0)
		return;
	buffer_printf(out, "      -- lock: %s", lock_level_name(step->lock));
	append_hazards(out, step->hazards);
	buffer_append_char(out, '\n');
}

static void
append_groups(struct buffer *out, const struct plan *plan)
{
	size_t number = 0;

	for (size_t i = 0; i < plan->group_count; i++) {
		const struct plan_group *group = &plan->groups[i];

		buffer_printf(out, "\n%s %zu of %zu\n", group->outside_transaction ? "Outside a transaction," : "Transaction",
		              i + 1, plan->group_count);
		for (size_t j = 0; j < group->count; j++)
			append_step(out, group->steps[j], ++number);
	}
}

static void
append_withheld(struct buffer *out, const struct plan *plan)
{
	if (plan->withheld_count == 0)
		return;
	buffer_printf(out, "\nWithheld (%zu): known, and not done\n", plan->withheld_count);
	for (size_t i = 0; i < plan->withheld_count; i++) {
		const struct plan_withheld *withheld = &plan->withheld[i];
		const struct change *change = &withheld->change->change;

		buffer_append_text(out, "  - ");
		append_object(out, change->wanted != NULL ? change->wanted : change->current);
		buffer_append_text(out, ": ");
		render_clean(out, withheld->reason != NULL ? withheld->reason : "not judged", false);
		buffer_append_char(out, '\n');
		if (withheld->sql != NULL && withheld->sql[0] != '\0')
			append_sql(out, withheld->sql, "      ");
	}
}

static void
append_kept(struct buffer *out, const struct plan *plan)
{
	if (plan->kept_count == 0)
		return;
	buffer_printf(out, "\nOnly in production (%zu): left alone\n", plan->kept_count);
	for (size_t i = 0; i < plan->kept_count; i++) {
		buffer_append_text(out, "  - ");
		append_object(out, plan->kept[i].object);
		if (plan->kept[i].attribute != NULL)
			buffer_printf(out, ": %s", plan->kept[i].attribute);
		buffer_append_char(out, '\n');
	}
}

static void
append_lookalikes(struct buffer *out, const struct plan *plan)
{
	if (plan->lookalike_count == 0)
		return;
	buffer_printf(out, "\nPerhaps renamed (%zu): only a hints file can say so\n", plan->lookalike_count);
	for (size_t i = 0; i < plan->lookalike_count; i++) {
		buffer_append_text(out, "  - ");
		append_object(out, plan->lookalikes[i].current);
		buffer_append_text(out, ", only in production, looks like ");
		append_object(out, plan->lookalikes[i].wanted);
		buffer_append_text(out, " of the snapshot\n");
	}
}

static void
append_unmodelled(struct buffer *out, const char *side, const struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->unmodelled_count; i++) {
		const struct unmodelled *unmodelled = &catalog->unmodelled[i];

		buffer_printf(out, "  - %s: %llu %s", side, (unsigned long long)unmodelled->count, unmodelled->what);
		if (unmodelled->example != NULL) {
			buffer_append_text(out, " (for example ");
			render_clean(out, unmodelled->example, false);
			buffer_append_char(out, ')');
		}
		buffer_append_char(out, '\n');
	}
}

void
render_remains(const struct target *target, struct buffer *out)
{
	append_withheld(out, target->plan);
	append_kept(out, target->plan);
	append_lookalikes(out, target->plan);
	if (target->wanted->unmodelled_count + target->current->unmodelled_count == 0)
		return;
	buffer_append_text(out, "\nNot handled: neither compared nor changed\n");
	append_unmodelled(out, "snapshot", target->wanted);
	append_unmodelled(out, "production", target->current);
}

static const char *
plural(size_t count)
{
	return count == 1 ? "" : "s";
}

void
render_summary(const struct plan *plan, struct buffer *out)
{
	if (plan_is_empty(plan))
		buffer_append_text(out, "nothing to do");
	else
		buffer_printf(out, "%zu statement%s in %zu transaction%s", plan->step_count, plural(plan->step_count),
		              plan->group_count, plural(plan->group_count));
	if (plan->withheld_count > 0)
		buffer_printf(out, ", %zu withheld", plan->withheld_count);
	if (plan->kept_count > 0)
		buffer_printf(out, ", %zu only in production", plan->kept_count);
}

void
render_text(const struct target *target, struct buffer *out)
{
	const struct manifest *manifest = target->manifest;

	buffer_append_text(out, "Plan for ");
	render_clean(out, connection_label(target->connection), false);
	buffer_append_text(out, "\nfrom ");
	render_clean(out, archive_reader_path(target->archive), false);
	buffer_printf(out, " (%s", manifest->created);
	if (manifest->label != NULL) {
		buffer_append_text(out, ", ");
		render_clean(out, manifest->label, false);
	}
	buffer_append_text(out, ")\n");
	append_groups(out, target->plan);
	render_remains(target, out);
	buffer_append_char(out, '\n');
	render_summary(target->plan, out);
	buffer_append_text(out, ".\n");
}
