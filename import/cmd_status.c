/*
 * cmd_status.c - says which snapshot production has, without reading the catalog.
 *
 * The snapshot is looked at where one is given, or where ./snapshots/latest is there: a server without the
 * folder can be asked too.
 */
#include "build.h"

#include "base/log.h"
#include "import/commands.h"
#include "import/history_render.h"
#include "import/render.h"
#include "postgres/lock.h"
#include "reader/reader.h"

struct status {
	struct journal_run *newest;
	struct journal_run *good;
	bool running; /* somebody holds the run lock */
	bool moved;   /* the schema was changed since the newest good run */
	const char *stamp;
};

static int
learn(struct target *target, struct status *status, struct error *error)
{
	static const char holder[] =
		"SELECT (pg_catalog.count(*) > 0)::text FROM pg_catalog.pg_locks l WHERE l.locktype = 'advisory' AND l.granted"
		" AND l.objsubid = 1 AND (l.classid::bigint << 32 | l.objid::bigint) = " LOCK_KEY_TEXT
		" AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d"
		" WHERE d.datname = pg_catalog.current_database())";
	struct journal_place place;
	char *text = NULL;

	if (journal_look(target->connection, &place, error) < 0)
		return -1;
	if (place.readable && (journal_newest(target->connection, target->arena, &status->newest, error) < 0 ||
	                       journal_newest_good(target->connection, target->arena, &status->good, error) < 0))
		return -1;
	if (connection_query_value(target->connection, holder, 0, NULL, &text, error) < 0)
		return -1;
	status->running = text != NULL && strcmp(text, "true") == 0;
	free(text);
	if (reader_stamp(target->connection, &text, error) < 0)
		return -1;
	status->moved = status->good != NULL &&
	                (status->good->stamp_after == NULL || text == NULL || strcmp(status->good->stamp_after, text) != 0);
	free(text);
	return 0;
}

/* Nobody holds the lock, so a run that says it is running is not. */
static const char *
true_outcome(const struct status *status)
{
	if (strcmp(status->newest->outcome, "running") == 0 && !status->running)
		return "interrupted";
	return status->newest->outcome;
}

static const char *
schema_words(const struct status *status)
{
	if (status->good == NULL)
		return "unknown: no run of the history ended well";
	if (status->moved)
		return "changed since that run (\"pgkeel-import drift\" tells how)";
	return "as that run left it";
}

/* "in", "not in", or NULL where no snapshot is at hand. */
static const char *
snapshot_words(const struct target *target, const struct status *status)
{
	if (target->manifest == NULL)
		return NULL;
	if (status->good == NULL || strcmp(status->good->content, target->manifest->content) != 0)
		return "not in";
	return status->moved ? "was brought in, and the schema changed since" : "in";
}

static void
text_status(const struct target *target, const struct status *status, struct buffer *out)
{
	buffer_printf(out, "%-12s ", "database");
	render_clean(out, connection_label(target->connection), false);
	buffer_printf(out, "\n%-12s %s\n", "run lock", status->running ? "held: a run is going on" : "free");
	if (status->newest == NULL) {
		buffer_printf(out, "%-12s none\n", "history");
	} else {
		status->newest->outcome = true_outcome(status);
		buffer_printf(out, "%-12s ", "newest run");
		history_run_line(status->newest, out);
	}
	if (status->good != NULL && status->good->snapshot != NULL) {
		buffer_printf(out, "%-12s run %s, ", "last good", status->good->id);
		render_clean(out, status->good->snapshot, false);
		buffer_append_char(out, '\n');
	}
	buffer_printf(out, "%-12s %s\n", "schema", schema_words(status));
	if (target->manifest != NULL) {
		buffer_printf(out, "%-12s ", "snapshot");
		render_clean(out, archive_reader_path(target->archive), false);
		buffer_printf(out, ": %s\n", snapshot_words(target, status));
	}
}

static void
json_status(const struct target *target, const struct status *status, struct buffer *out)
{
	json_t *root = json_object();
	const char *words = snapshot_words(target, status);

	if (status->newest != NULL)
		status->newest->outcome = true_outcome(status);
	json_object_set_new(root, "database", render_json_string(connection_database(target->connection)));
	json_object_set_new(root, "running", json_boolean(status->running));
	json_object_set_new(root, "newest", status->newest != NULL ? history_run_json(status->newest) : json_null());
	json_object_set_new(root, "last_good", status->good != NULL ? history_run_json(status->good) : json_null());
	json_object_set_new(root, "schema_changed_since", status->good != NULL ? json_boolean(status->moved) : json_null());
	json_object_set_new(root, "snapshot",
	                    words != NULL ? render_json_string(archive_reader_path(target->archive)) : json_null());
	json_object_set_new(root, "snapshot_is_in", words != NULL ? json_boolean(strcmp(words, "in") == 0) : json_null());
	render_json_dump(root, out);
}

/* Only a snapshot that was named must be there. */
static int
open_if_there(struct target *target, const char *named, struct error *error)
{
	struct error absent = { 0 };

	if (named != NULL)
		return target_open_snapshot(target, named, error);
	if (target_open_snapshot(target, NULL, &absent) < 0)
		log_event(LOG_DEBUG, "snapshot.none", "%s", absent.primary);
	error_clear(&absent);
	return 0;
}

static int
report(struct target *target, bool json, struct error *error)
{
	struct status status = { 0 };
	struct buffer out = BUFFER_INIT;

	if (target_connect(target, error) < 0 || learn(target, &status, error) < 0)
		return -1;
	if (json)
		json_status(target, &status, &out);
	else
		text_status(target, &status, &out);
	fwrite(buffer_text(&out), 1, out.length, stdout);
	buffer_fini(&out);
	return 0;
}

int
cmd_status(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct target target;
	bool json = false;

	target_init(&target, settings);
	int failed = settings_check_report_format(settings, &json, error);
	if (failed == 0)
		failed = open_if_there(&target, count > 0 ? operands[0] : NULL, error);
	if (failed == 0)
		failed = report(&target, json, error);
	target_fini(&target);
	return failed;
}
