#include "build.h"

#include "archive/writer.h"

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

static int
write_step(void *context, const struct step *step, struct error *error)
{
	struct buffer text = BUFFER_INIT;
	plan_script_step(step, &text);
	int result = archive_writer_write(context, text.data, text.length, error);
	buffer_fini(&text);
	return result;
}

static int
write_head(struct archive_writer *writer, struct error *error)
{
	struct buffer head = BUFFER_INIT;
	plan_script_head(&head);
	int result = archive_writer_write(writer, head.data, head.length, error);
	buffer_fini(&head);
	return result;
}

/* The whole schema as the plan that makes it out of nothing, without transactions: psql -1 makes it one.  Owners and
 * privileges are in the tables only: roles belong to a machine, and the script must load anywhere. */
static int
add_script(struct archive_writer *writer, const struct catalog *catalog, struct error *error)
{
	struct catalog *empty = catalog_new_empty(catalog->info.server_version);
	struct plan_options options = { .version = catalog->info.server_version };
	struct plan *plan = plan_new(empty, catalog, &options);
	int result = archive_writer_begin(writer, "schema.sql", error);

	if (result == 0)
		result = write_head(writer, error);
	if (result == 0)
		result = plan_finish_into(plan, write_step, writer, error);
	if (result == 0)
		result = archive_writer_end(writer, error);
	else
		error_prefix(error, "could not write schema.sql");
	plan_free(plan);
	catalog_free(empty);
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
	keep_unmodelled(writer, catalog);
	if (add_tables(writer, catalog, error))
		return -1;
	catalog_fingerprint(catalog, writer->text.manifest.fingerprint);
	return add_script(writer, catalog, error);
}
