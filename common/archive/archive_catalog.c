#include "build.h"

#include "archive/writer.h"

#include <pthread.h>
#include <signal.h>

#include "catalog/codec.h"
#include "plan/plan.h"

static int
write_piece(void *context, const char *data, size_t length, struct error *error)
{
	return archive_writer_write(context, data, length, error);
}

static int
add_kind(struct archive_writer *writer, const struct catalog *catalog, const struct kind *kind, struct error *error)
{
	struct manifest_text *text = &writer->text;
	struct buffer name = BUFFER_INIT;
	const struct object *first;
	uint32_t count = catalog_kind_range(catalog, kind, &first);
	int result;

	if (count == 0)
		return 0;
	text->counts[text->count_count].kind = kind->name;
	text->counts[text->count_count].count = count;
	text->count_count++;
	buffer_printf(&name, "catalog/%s.tsv", kind->name);
	result = archive_writer_begin(writer, name.data, error);
	if (result == 0)
		result = codec_encode_kind(catalog, kind, write_piece, writer, error);
	if (result == 0)
		result = archive_writer_end(writer, error);
	buffer_fini(&name);
	return result;
}

static int
add_tables(struct archive_writer *writer, const struct catalog *catalog, struct error *error)
{
	writer->text.counts = arena_zalloc(writer->arena, (kind_count + 1) * sizeof(*writer->text.counts));
	for (unsigned i = 0; i < kind_count; i++)
		if (add_kind(writer, catalog, kinds[i], error))
			return -1;
	if (archive_writer_begin(writer, "catalog/dependency.tsv", error) ||
	    codec_encode_dependencies(catalog, write_piece, writer, error))
		return -1;
	return archive_writer_end(writer, error);
}

/*
 * schema.sql: the whole schema as the plan that makes it out of nothing, without
 * transactions (psql -1 makes it one).  Owners and privileges are in the tables only: roles
 * belong to a machine, and the script must load anywhere.  Planning takes about as long as all
 * else, and a finished catalog is only read, so it has a thread and a member stream of its own.
 */
struct script {
	const struct catalog *catalog;
	struct member_stream stream;
	struct buffer text;
	struct error error;
	int result;
	bool threaded;
	pthread_t thread;
};

static int
write_text(struct script *script, struct error *error)
{
	int result = member_stream_write(&script->stream, buffer_text(&script->text), script->text.length, error);

	buffer_clear(&script->text);
	return result;
}

static int
write_step(void *context, const struct step *step, struct error *error)
{
	struct script *script = context;

	plan_script_step(step, &script->text);
	return write_text(script, error);
}

static void *
make_script(void *argument)
{
	struct script *script = argument;
	int version = script->catalog->info.server_version;
	struct catalog *empty = catalog_new_empty(version);
	struct plan_options options = { .version = version };
	struct plan *plan = plan_new(empty, script->catalog, &options);

	plan_script_head(&script->text);
	script->result = write_text(script, &script->error);
	if (script->result == 0)
		script->result = plan_finish_into(plan, write_step, script, &script->error);
	plan_free(plan);
	catalog_free(empty);
	return NULL;
}

static int
start_script(struct script *script, struct archive_writer *writer, const struct catalog *catalog, struct error *error)
{
	sigset_t all;
	sigset_t before;

	*script = (struct script){ .catalog = catalog };
	if (member_stream_begin(&script->stream, writer, "schema.sql", error))
		return -1;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	script->threaded = pthread_create(&script->thread, NULL, make_script, script) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!script->threaded)
		make_script(script);
	return 0;
}

/* Waits for it, also where the archive has failed meanwhile. */
static int
end_script(struct script *script, int result, struct error *error)
{
	if (script->threaded)
		pthread_join(script->thread, NULL);
	if (result == 0 && script->result) {
		error_move(error, &script->error);
		error_prefix(error, "could not write schema.sql");
		result = -1;
	}
	if (result == 0)
		result = member_stream_end(&script->stream, error);
	member_stream_abandon(&script->stream);
	error_clear(&script->error);
	buffer_fini(&script->text);
	return result;
}

static void
keep_unmodelled(struct archive_writer *writer, const struct catalog *catalog)
{
	struct manifest_text *text = &writer->text;

	text->unmodelled_count = catalog->unmodelled_count;
	text->unmodelled = arena_zalloc(writer->arena, (text->unmodelled_count + 1) * sizeof(*text->unmodelled));
	for (size_t i = 0; i < text->unmodelled_count; i++) {
		text->unmodelled[i].what = arena_strdup(writer->arena, catalog->unmodelled[i].what);
		text->unmodelled[i].count = catalog->unmodelled[i].count;
		text->unmodelled[i].example = arena_strdup(writer->arena, catalog->unmodelled[i].example);
	}
}

int
archive_writer_add_catalog(struct archive_writer *writer, const struct catalog *catalog, struct error *error)
{
	struct script script;
	int result;

	if (start_script(&script, writer, catalog, error))
		return -1;
	keep_unmodelled(writer, catalog);
	result = add_tables(writer, catalog, error);
	if (result == 0)
		catalog_fingerprint(catalog, writer->text.manifest.fingerprint);
	return end_script(&script, result, error);
}
