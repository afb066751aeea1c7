#include "build.h"

#include "export/export.h"

#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "archive/snapshots.h"
#include "base/files.h"
#include "base/log.h"
#include "export/extras.h"
#include "export/interrupt.h"
#include "export/report.h"
#include "export/settings.h"

#define FOLDER_MODE 0777 /* less the umask */
#define ARCHIVE_MODE 0644
#define ATTEMPTS_MOST 1000

struct export
{
	const struct settings *settings;
	struct extras extras;
	struct connection *connection;
	struct catalog *catalog;
	struct archive_writer *writer;
	int64_t created;
	char *created_text; /* RFC 3339 */
	struct manifest manifest;
	struct manifest latest; /* strings not kept: only the digests are used */
	bool has_latest;
	unsigned attempt;
	char *path;
};

static bool
is_json(const struct export *export)
{
	return strcmp(export->settings->log_format, "json") == 0;
}

/* ---- reading ---- */

static int
check_version(const struct connection *connection, struct error *error)
{
	bool newer;

	if (connection_check_version(connection, &newer, error) < 0)
		return -1;
	if (newer)
		log_event(LOG_WARNING, "export.newer_server",
		          "the server (PostgreSQL %d) is newer than pgkeel knows; what is new in it is not exported",
		          connection_version(connection) / 10000);
	return 0;
}

/* A template is copied by CREATE DATABASE, and seldom what one wants to export. */
static int
check_template(struct connection *connection, struct error *error)
{
	static const char sql[] = "SELECT d.datistemplate FROM pg_catalog.pg_database d "
							  "WHERE d.datname = pg_catalog.current_database()";
	char *value;

	if (connection_query_value(connection, sql, 0, NULL, &value, error))
		return -1;
	if (value != NULL && strcmp(value, "t") == 0)
		log_event(LOG_WARNING, "export.template", "database \"%s\" is a template", connection_database(connection));
	free(value);
	return 0;
}

static int
connect_server(struct export *export, struct error *error)
{
	if (connection_open(&export->connection, &export->settings->connection, error))
		return -1;
	interrupt_defer();
	connection_arm_cancel(export->connection);
	log_event(LOG_DEBUG, "export.connected", "connected to %s as %s, PostgreSQL %d",
	          connection_label(export->connection), connection_user(export->connection),
	          connection_version(export->connection) / 10000);
	if (check_version(export->connection, error))
		return -1;
	if (connection_prepare_for_catalog(export->connection, 0, export->settings->statement_timeout, error))
		return -1;
	return check_template(export->connection, error);
}

static uint32_t
count_of(const struct catalog *catalog, const char *kind)
{
	const struct object *first;

	return catalog_kind_range(catalog, kind_find(kind), &first);
}

/* A mistyped pattern must not become an empty snapshot that latest names. */
static int
check_patterns(const struct export *export, struct error *error)
{
	const struct reader_options *filters = &export->settings->filters;
	const struct catalog *catalog = export->catalog;
	uint32_t relations = count_of(catalog, "table") + count_of(catalog, "view") +
	                     count_of(catalog, "materialized_view") + count_of(catalog, "sequence");

	if (filters->schemas.count > 0 && count_of(catalog, "schema") == 0)
		error_set(error, ERROR_USAGE, "no schema matches the patterns of --schema");
	else if (filters->tables.count > 0 && relations == 0)
		error_set(error, ERROR_USAGE, "no table matches the patterns of --table");
	else
		return 0;
	return error_hint(error, "Names are folded to lower case unless quoted: '\"Name\"*'.");
}

static int
read_catalog(struct export *export, struct error *error)
{
	log_event(LOG_INFO, "export.read", "reading the catalog of %s", connection_label(export->connection));
	if (reader_read(export->connection, &export->settings->filters, &export->catalog, error))
		return -1;
	report_counts(export->catalog, is_json(export));
	report_unmodelled(export->catalog, is_json(export));
	if (export->settings->strict && export->catalog->unmodelled_count > 0) {
		error_set(error, ERROR_WITHHELD, "the database holds objects that are not handled");
		return error_hint(error, "Nothing was written. Export without --strict to leave them out.");
	}
	if (check_patterns(export, error))
		return -1;
	return extras_check(&export->extras, export->catalog, error);
}

/* ---- the archive that is there ---- */

/* Only the digests of the latest archive matter here, and an archive that cannot be read is one to replace. */
static void
look_at_latest(struct export *export)
{
	struct archive_reader *reader = NULL;
	struct error error = { 0 };
	char *path = NULL;
	struct stat status;
	char *link = file_join(export->settings->output_dir, SNAPSHOTS_LATEST);

	if (lstat(link, &status) == 0) {
		if (snapshots_resolve(export->settings->output_dir, &path, &error) == 0 &&
		    archive_reader_open(path, NULL, &reader, &error) == 0) {
			export->latest = *archive_reader_manifest(reader);
			export->has_latest = true;
		} else {
			log_event(LOG_WARNING, "export.latest_unreadable", "the latest archive cannot be compared with: %s",
			          error.primary);
		}
	}
	archive_reader_free(reader);
	error_clear(&error);
	free(path);
	free(link);
}

static bool
is_unchanged(const struct export *export)
{
	return export->has_latest && strcmp(export->latest.content, export->manifest.content) == 0;
}

static int
tell_dry_run(const struct export *export)
{
	char fingerprint[DIGEST_TEXT_SIZE];
	const char *compared = "there is no latest archive to compare with";

	catalog_fingerprint(export->catalog, fingerprint);
	if (export->has_latest)
		compared = strcmp(fingerprint, export->latest.fingerprint) == 0 ? "the latest archive has the same"
		                                                                : "the latest archive has another one";
	for (size_t i = 0; i < export->extras.members.count; i++) {
		const struct extra *extra = export->extras.members.items[i];

		log_event(LOG_INFO, "export.would_send", "would send %s (%zu bytes)", extra->name, extra->body.length);
	}
	log_event(LOG_INFO, "export.dry_run", "would write an archive to %s; fingerprint %s (%s)",
	          export->settings->output_dir, fingerprint, compared);
	return 0;
}

/* ---- writing ---- */

static void
fill_manifest(struct export *export)
{
	export->manifest = (struct manifest){
		.type = "snapshot",
		.created = export->created_text,
		.label = export->settings->label,
		.source = export->catalog->info,
	};
}

/* The next name that is free. */
static int
choose_path(struct export *export, struct error *error)
{
	const char *folder = export->settings->output_dir;

	for (; export->attempt < ATTEMPTS_MOST; export->attempt++) {
		free(export->path);
		export->path = snapshots_path(folder, SNAPSHOTS_PREFIX, export->created, export->attempt);
		if (access(export->path, F_OK) != 0)
			return 0;
	}
	return error_set(error, ERROR_FAILED, "folder \"%s\" holds too many archives of this second", folder);
}

static int
write_archive(struct export *export, struct error *error)
{
	archive_writer_free(export->writer);
	export->writer = NULL;
	if (choose_path(export, error))
		return -1;
	if (archive_writer_open(export->path, ARCHIVE_MODE, (int)export->settings->compress, &export->writer, error))
		return error_hint(error, "Check the owner and mode of the folder, or name another with --output-dir.");
	if (archive_writer_add_catalog(export->writer, export->catalog, error) ||
	    extras_write(&export->extras, export->writer, error))
		return -1;
	fill_manifest(export);
	return archive_writer_finish_snapshot(export->writer, &export->manifest, error);
}

/* Another export may take the name between the look and the publishing; then it is written again under the next. */
static int
publish_archive(struct export *export, struct error *error)
{
	bool exists = false;

	while (archive_writer_publish(export->writer, export->path, &exists, error)) {
		if (!exists)
			return -1;
		error_clear(error);
		export->attempt++;
		if (write_archive(export, error))
			return -1;
	}
	return 0;
}

static int
move_latest(struct export *export, struct error *error)
{
	const char *folder = export->settings->output_dir;
	unsigned removed = 0;

	if (snapshots_move_latest(folder, export->path, error)) {
		error_prefix(error, "archive \"%s\" is whole, but \"" SNAPSHOTS_LATEST "\" still names the one before",
		             export->path);
		return -1;
	}
	if (export->settings->keep == 0)
		return 0;
	if (snapshots_prune(folder, SNAPSHOTS_PREFIX, (unsigned)export->settings->keep, &removed, error)) {
		/* The export itself is done; old archives are only in the way. */
		log_event(LOG_WARNING, "export.not_pruned", "%s", error->primary);
		error_clear(error);
	}
	if (removed > 0)
		log_event(LOG_INFO, "export.pruned", "removed %u old archive%s", removed, removed == 1 ? "" : "s");
	return 0;
}

static void
tell_result(const struct export *export)
{
	struct stat status;
	struct buffer size = BUFFER_INIT;

	buffer_printf(&size, "%lld", stat(export->path, &status) == 0 ? (long long)status.st_size : 0);
	const char *fields[] = { "path",        export->path,
		                     "bytes",       size.data,
		                     "fingerprint", export->manifest.fingerprint,
		                     "content",     export->manifest.content,
		                     NULL };
	if (is_json(export))
		log_event_fields(LOG_INFO, "export.done", fields, "wrote %s", export->path);
	else
		log_event(LOG_INFO, "export.done", "wrote %s (%s bytes), fingerprint %s", export->path, size.data,
		          export->manifest.fingerprint);
	buffer_fini(&size);
	printf("%s\n", export->path);
}

static int
write_and_publish(struct export *export, struct error *error)
{
	if (file_make_folder(export->settings->output_dir, FOLDER_MODE, error))
		return error_hint(error, "Name a folder that can be written with --output-dir.");
	if (write_archive(export, error) || interrupt_check(error))
		return -1;
	if (export->settings->if_changed && is_unchanged(export)) {
		log_event(LOG_INFO, "export.unchanged", "nothing changed since the latest archive; nothing was written");
		return 0;
	}
	if (publish_archive(export, error) || move_latest(export, error))
		return -1;
	tell_result(export);
	return 0;
}

static int
run(struct export *export, struct error *error)
{
	if (extras_read(&export->extras, export->settings, error) || connect_server(export, error) ||
	    read_catalog(export, error) || interrupt_check(error))
		return -1;
	if (export->settings->if_changed || export->settings->dry_run)
		look_at_latest(export);
	return export->settings->dry_run ? tell_dry_run(export) : write_and_publish(export, error);
}

static void
take_time(struct export *export)
{
	time_t now = time(NULL);
	struct buffer text = BUFFER_INIT;
	struct tm utc;

	export->created = (int64_t)now;
	gmtime_r(&now, &utc);
	buffer_printf(&text, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
	              utc.tm_min, utc.tm_sec);
	export->created_text = buffer_steal(&text);
}

int
export_run(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct export export = { .settings = settings };
	int result;

	(void)operands;
	(void)count;
	take_time(&export);
	result = run(&export, error);
	if (result)
		interrupt_check(error);
	archive_writer_free(export.writer);
	catalog_free(export.catalog);
	connection_close(export.connection);
	extras_fini(&export.extras);
	free(export.created_text);
	free(export.path);
	return result;
}
