/*
 * cmd_drift.c - tells what was changed in production since the last run, by hand or by another tool.
 *
 * Whether: the fingerprint of production now against the one that the run left.  What: the plan back to
 * the snapshot of that run, if it is at hand; objects only in production are part of the answer.
 */
#include "build.h"

#include "import/commands.h"
#include "import/history_render.h"
#include "import/render.h"
#include "reader/reader.h"

struct drift {
	struct journal_run *run;
	char fingerprint[DIGEST_TEXT_SIZE];
	bool drifted;
	bool comparable; /* the snapshot of that run is at hand, and compared */
};

static int
find_last_run(struct target *target, struct drift *drift, struct error *error)
{
	struct journal_place place;

	if (journal_look(target->connection, &place, error) < 0)
		return -1;
	if (place.readable && journal_newest_good(target->connection, target->arena, &drift->run, error) < 0)
		return -1;
	if (drift->run != NULL)
		return 0;
	error_set(error, ERROR_FAILED, "the history of this database has no run that ended well");
	return error_hint(error, "Drift is told from what a run left; \"pgkeel-import plan\" compares with a snapshot.");
}

/* The snapshot named, else the one of the run, where its file still is. */
static int
open_snapshot(struct target *target, const struct drift *drift, const char *named, struct error *error)
{
	struct error absent = { 0 };

	if (named != NULL)
		return target_open_snapshot(target, named, error);
	if (drift->run->snapshot != NULL)
		target_open_snapshot(target, drift->run->snapshot, &absent);
	error_clear(&absent);
	return 0;
}

static int
compare(struct target *target, struct drift *drift, const char *named, struct error *error)
{
	if (target_connect(target, error) < 0 || find_last_run(target, drift, error) < 0 ||
	    open_snapshot(target, drift, named, error) < 0 || target_read(target, error) < 0)
		return -1;
	catalog_fingerprint(target->current, drift->fingerprint);
	drift->drifted =
		drift->run->fingerprint_after == NULL || strcmp(drift->run->fingerprint_after, drift->fingerprint) != 0;
	drift->comparable = drift->drifted && target->manifest != NULL &&
	                    (named != NULL || strcmp(target->manifest->content, drift->run->content) == 0);
	return drift->comparable ? target_plan(target, error) : 0;
}

static void
append_changes(const struct target *target, struct buffer *out)
{
	const struct plan *plan = target->plan;
	struct buffer name = BUFFER_INIT;

	buffer_append_text(out, "\nDiffers from the snapshot\n");
	for (size_t i = 0; i < plan->change_count; i++) {
		const struct plan_change *change = &plan->changes[i];

		if (change->decision == DECISION_NONE || change->decision == DECISION_KEEP || change->change.wanted == NULL)
			continue;
		buffer_clear(&name);
		object_describe(&name, change->change.wanted);
		buffer_append_text(out, "  - ");
		render_clean(out, buffer_text(&name), false);
		buffer_append_text(out, change->change.current == NULL ? ": missing\n" : ": changed\n");
	}
	buffer_fini(&name);
	render_remains(target, out);
}

static void
text_drift(const struct target *target, const struct drift *drift, struct buffer *out)
{
	if (!drift->drifted) {
		buffer_printf(out, "The schema is as run %s left it.\n", drift->run->id);
		return;
	}
	buffer_printf(out, "The schema was changed since run %s ended at %s.\n", drift->run->id,
	              drift->run->finished != NULL ? drift->run->finished : "an unknown time");
	if (drift->comparable)
		append_changes(target, out);
	else
		buffer_append_text(out, "The snapshot of that run is not at hand: name it to see what differs.\n");
}

static void
json_drift(struct target *target, const struct drift *drift, struct buffer *out)
{
	json_t *root;

	if (drift->comparable)
		target_fingerprints(target);
	root = drift->comparable ? render_json(target) : json_object();
	json_object_set_new(root, "run", history_run_json(drift->run));
	json_object_set_new(root, "drifted", json_boolean(drift->drifted));
	json_object_set_new(root, "fingerprint", json_string(drift->fingerprint));
	render_json_dump(root, out);
}

int
cmd_drift(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct target target;
	struct drift drift = { 0 };
	struct buffer out = BUFFER_INIT;
	bool json = false;

	target_init(&target, settings);
	int failed = settings_check_report_format(settings, &json, error);
	if (failed == 0)
		failed = compare(&target, &drift, count > 0 ? operands[0] : NULL, error);
	if (failed == 0) {
		if (json)
			json_drift(&target, &drift, &out);
		else
			text_drift(&target, &drift, &out);
		fwrite(buffer_text(&out), 1, out.length, stdout);
		if (drift.drifted)
			failed = error_set(error, ERROR_PENDING, "the schema was changed since run %s", drift.run->id);
	}
	buffer_fini(&out);
	target_fini(&target);
	return failed;
}
