#include "build.h"

#include "archive/reader.h"

#include "archive/data.h"
#include "catalog/codec.h"

#define CATALOG_PREFIX "catalog/"
#define CATALOG_SUFFIX ".tsv"
#define DEPENDENCY_NAME "catalog/dependency.tsv"
#define SCRIPT_NAME "schema.sql"

static void PRINTF_LIKE(2, 3)
add_note(struct vector *notes, const char *format, ...)
{
	struct buffer text = BUFFER_INIT;
	va_list arguments;

	if (notes == NULL)
		return;
	va_start(arguments, format);
	buffer_vprintf(&text, format, arguments);
	va_end(arguments);
	vector_add(notes, buffer_steal(&text));
}

static bool
digest_matches(const struct buffer *body, const char *sha256)
{
	char found[DIGEST_TEXT_SIZE];

	digest_of(buffer_text(body), body->length, found);
	return strcmp(found, sha256) == 0;
}

/* ---- the snapshot part ---- */

/* The kind's name of "catalog/<kind>.tsv" as heap memory; NULL for other members. */
static char *
kind_of_member(const char *name)
{
	size_t prefix = strlen(CATALOG_PREFIX);
	size_t suffix = strlen(CATALOG_SUFFIX);
	size_t length = strlen(name);
	char *kind;

	if (length <= prefix + suffix || strncmp(name, CATALOG_PREFIX, prefix) != 0 ||
	    strcmp(name + length - suffix, CATALOG_SUFFIX) != 0)
		return NULL;
	kind = xstrdup(name + prefix);
	kind[length - prefix - suffix] = '\0';
	return kind;
}

static void
keep_member(struct archive_reader *reader, const struct manifest_member *listed)
{
	struct reader_member *member = xcalloc(1, sizeof(*member));

	member->name = listed->name;
	member->body = reader->body;
	reader->body = (struct buffer)BUFFER_INIT;
	vector_add(&reader->kept, member);
}

static int
take_member(struct archive_reader *reader, const struct manifest_member *listed, struct codec_decoder *decoder,
            struct error *error)
{
	const char *data = buffer_text(&reader->body);
	size_t length = reader->body.length;
	char *kind;
	int result = 0;

	if (strcmp(listed->name, SCRIPT_NAME) == 0)
		return 0;
	if (strcmp(listed->name, DEPENDENCY_NAME) == 0)
		return decoder != NULL ? codec_decode_dependencies(decoder, data, length, error) : 0;
	kind = kind_of_member(listed->name);
	if (kind == NULL)
		keep_member(reader, listed);
	else if (decoder != NULL)
		result = codec_decode_kind(decoder, kind, data, length, error);
	free(kind);
	return result;
}

static int
read_listed(struct archive_reader *reader, const struct manifest_member *listed, struct error *error)
{
	uint64_t size;
	int found = archive_next_entry(reader, &size, error);

	if (found < 0)
		return -1;
	if (found == 0)
		return archive_refuse(reader, error, "member \"%s\" is missing", listed->name);
	if (strcmp(buffer_text(&reader->name), listed->name) != 0)
		return archive_refuse(reader, error, "it has member \"%s\" where its manifest lists \"%s\"",
		                      buffer_text(&reader->name), listed->name);
	if (size != listed->size)
		return archive_refuse(reader, error, "member \"%s\" is not of the size that the manifest lists", listed->name);
	if (archive_read_body(reader, size, error))
		return -1;
	if (!digest_matches(&reader->body, listed->sha256))
		return archive_refuse(reader, error, "member \"%s\" is not the one whose SHA-256 the manifest lists",
		                      listed->name);
	return 0;
}

static int
end_snapshot(struct archive_reader *reader, struct error *error)
{
	uint64_t size;
	int found;

	if (strcmp(reader->text.manifest.type, "backup") == 0) {
		gunzip_unbound(reader->gunzip); /* data members are bounded one by one */
		reader->state = READER_DATA;
		return 0;
	}
	found = archive_next_entry(reader, &size, error);
	if (found < 0)
		return -1;
	if (found > 0)
		return archive_refuse(reader, error, "it has member \"%s\", which its manifest does not list",
		                      buffer_text(&reader->name));
	return archive_expect_end(reader, error);
}

/* decoder NULL: the members are only checked. */
static int
read_snapshot(struct archive_reader *reader, struct codec_decoder *decoder, struct error *error)
{
	for (size_t i = 0; i < reader->text.member_count; i++) {
		const struct manifest_member *listed = &reader->text.members[i];

		if (read_listed(reader, listed, error))
			return -1;
		if (take_member(reader, listed, decoder, error))
			return archive_refuse_content(reader, listed->name, error);
	}
	return end_snapshot(reader, error);
}

/*
 * The digests have vouched for the bytes; the fingerprint vouches for our understanding of
 * them.  Another version of pgkeel may know other attributes and come to another one.
 */
static int
check_fingerprint(struct archive_reader *reader, const struct catalog *catalog, bool strict, struct vector *notes,
                  struct error *error)
{
	char fingerprint[DIGEST_TEXT_SIZE];

	catalog_fingerprint(catalog, fingerprint);
	if (strcmp(fingerprint, reader->text.manifest.fingerprint) == 0)
		return 0;
	if (strict)
		return archive_refuse(reader, error, "its fingerprint is not that of its catalog");
	add_note(notes, "the fingerprint differs as this version reads it: written by pgkeel %s, read by pgkeel %s",
	         reader->text.manifest.tool_version, PGKEEL_VERSION);
	return 0;
}

static int
finish_catalog(struct archive_reader *reader, struct codec_decoder *decoder, struct catalog **catalog,
               struct vector *notes, struct error *error)
{
	const struct manifest *manifest = &reader->text.manifest;
	struct vector own_notes = { 0 };
	bool strict = strcmp(manifest->tool_version, PGKEEL_VERSION) == 0;
	int result;

	result = codec_decoder_finish(decoder, &manifest->source, catalog, &own_notes, error);
	strict = strict && own_notes.count == 0;
	for (size_t i = 0; i < own_notes.count; i++) {
		if (notes != NULL)
			vector_add(notes, own_notes.items[i]);
		else
			free(own_notes.items[i]);
	}
	vector_fini(&own_notes);
	if (result)
		return archive_refuse_content(reader, NULL, error);
	for (size_t i = 0; i < reader->text.unmodelled_count; i++) {
		const struct unmodelled *unmodelled = &reader->text.unmodelled[i];

		catalog_add_unmodelled(*catalog, unmodelled->what, unmodelled->count, unmodelled->example);
	}
	return check_fingerprint(reader, *catalog, strict, notes, error);
}

int
archive_reader_catalog(struct archive_reader *reader, struct catalog **catalog, struct vector *notes,
                       struct error *error)
{
	const struct manifest *manifest = &reader->text.manifest;
	struct codec_decoder *decoder;
	int result;

	*catalog = NULL;
	if (reader->state != READER_SNAPSHOT)
		return error_set(error, ERROR_FAILED, "the catalog of archive \"%s\" was read already", reader->path);
	if (manifest->format_minor > ARCHIVE_FORMAT_MINOR)
		add_note(notes, "format %d.%d is newer than this program's %d.%d: what it does not know is left out",
		         manifest->format_major, manifest->format_minor, ARCHIVE_FORMAT_MAJOR, ARCHIVE_FORMAT_MINOR);
	decoder = codec_decoder_new();
	result = read_snapshot(reader, decoder, error);
	if (result == 0)
		result = finish_catalog(reader, decoder, catalog, notes, error);
	codec_decoder_free(decoder);
	if (result) {
		catalog_free(*catalog);
		*catalog = NULL;
	}
	return result;
}

bool
archive_reader_member(struct archive_reader *reader, const char *name, const char **data, size_t *length)
{
	for (size_t i = 0; i < reader->kept.count; i++) {
		const struct reader_member *member = reader->kept.items[i];

		if (strcmp(member->name, name) == 0) {
			*data = buffer_text(&member->body);
			*length = member->body.length;
			return true;
		}
	}
	return false;
}

size_t
archive_reader_member_count(const struct archive_reader *reader)
{
	return reader->kept.count;
}

const char *
archive_reader_member_name(const struct archive_reader *reader, size_t number)
{
	const struct reader_member *member = reader->kept.items[number];

	return member->name;
}

/* ---- the data part ---- */

/* The sidecar that stands in front of each data member: its name and text. */
static int
read_sidecar(struct archive_reader *reader, struct buffer *name, struct buffer *text, struct error *error)
{
	uint64_t size;
	int found = archive_next_entry(reader, &size, error);

	if (found < 0)
		return -1;
	if (found == 0)
		return archive_refuse(reader, error, "member \"%s\" is missing", DATA_MANIFEST_NAME);
	buffer_append(name, reader->name.data, reader->name.length);
	if (strncmp(name->data, ARCHIVE_DATA_PREFIX, strlen(ARCHIVE_DATA_PREFIX)) != 0 ||
	    !data_name_is_sidecar(name->data) || size > DATA_SIDECAR_MOST)
		return archive_refuse(reader, error, "member \"%s\" has no digest in front of it", name->data);
	if (archive_read_body(reader, size, error))
		return -1;
	buffer_append(text, buffer_text(&reader->body), reader->body.length);
	return 0;
}

static int
read_beside_sidecar(struct archive_reader *reader, const struct buffer *sidecar, const struct buffer *text,
                    char sha256[DIGEST_TEXT_SIZE], struct error *error)
{
	const char *name;
	uint64_t most;
	uint64_t size;
	int found = archive_next_entry(reader, &size, error);

	if (found < 0)
		return -1;
	name = buffer_text(&reader->name);
	if (found == 0 || !data_parse_sidecar(buffer_text(text), text->length, buffer_text(sidecar), name, sha256))
		return archive_refuse(reader, error, "\"%s\" is not followed by its member", buffer_text(sidecar));
	most = strcmp(name, DATA_MANIFEST_NAME) == 0 ? MANIFEST_MOST : ARCHIVE_DATA_MOST;
	if (size > most)
		return archive_refuse(reader, error, "member \"%s\" is too large", name);
	if (archive_read_body(reader, size, error))
		return -1;
	if (!digest_matches(&reader->body, sha256))
		return archive_refuse(reader, error, "member \"%s\" is not the one whose SHA-256 stands in front of it", name);
	return 0;
}

/* A member with its sidecar: the name in reader->name, the checked body in reader->body. */
static int
read_data_member(struct archive_reader *reader, char sha256[DIGEST_TEXT_SIZE], struct error *error)
{
	struct buffer sidecar = BUFFER_INIT;
	struct buffer text = BUFFER_INIT;
	int result = read_sidecar(reader, &sidecar, &text, error);

	if (result == 0)
		result = read_beside_sidecar(reader, &sidecar, &text, sha256, error);
	buffer_fini(&text);
	buffer_fini(&sidecar);
	return result;
}

static int
end_data(struct archive_reader *reader, struct error *error)
{
	char digest[DIGEST_TEXT_SIZE];
	uint64_t size;
	int found;

	digest_finish(reader->data_digest, digest);
	reader->data_digest = NULL;
	if (!data_manifest_decode(buffer_text(&reader->body), reader->body.length, reader->data_count, digest,
	                          &reader->tables))
		return archive_refuse(reader, error, "its data members are not those that %s lists", DATA_MANIFEST_NAME);
	found = archive_next_entry(reader, &size, error);
	if (found < 0)
		return -1;
	if (found > 0)
		return archive_refuse(reader, error, "member \"%s\" follows " DATA_MANIFEST_NAME, buffer_text(&reader->name));
	return archive_expect_end(reader, error);
}

int
archive_reader_data(struct archive_reader *reader, bool (*wanted)(void *context, const char *name),
                    int (*each)(void *context, const char *name, const char *data, size_t length, struct error *error),
                    void *context, struct error *error)
{
	char sha256[DIGEST_TEXT_SIZE];

	if (reader->state == READER_SNAPSHOT && read_snapshot(reader, NULL, error))
		return -1;
	if (reader->state != READER_DATA)
		return reader->state == READER_ENDED ? 0 : archive_refuse(reader, error, "it could not be read before");
	for (;;) {
		if (read_data_member(reader, sha256, error))
			return -1;
		if (strcmp(buffer_text(&reader->name), DATA_MANIFEST_NAME) == 0)
			return end_data(reader, error);
		data_digest_add(reader->data_digest, buffer_text(&reader->name), sha256);
		reader->data_count++;
		if (each != NULL && (wanted == NULL || wanted(context, buffer_text(&reader->name))) &&
		    each(context, buffer_text(&reader->name), buffer_text(&reader->body), reader->body.length, error)) {
			reader->state = READER_FAILED;
			return -1;
		}
	}
}

int
archive_reader_data_manifest(struct archive_reader *reader, const char **data, size_t *length, struct error *error)
{
	if (archive_reader_data(reader, NULL, NULL, NULL, error))
		return -1;
	*data = buffer_text(&reader->tables);
	*length = reader->tables.length;
	return 0;
}
