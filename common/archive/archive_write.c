#include "build.h"

#include "archive/writer.h"

#include <errno.h>
#include <jansson.h>
#include <unistd.h>

#include "archive/data.h"
#include "archive/tar.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/map.h"

/* Level 1 is a third of level 6's time for archives a fifth larger: exports are many, archives are small. */
#define LEVEL_DEFAULT 1

int
archive_writer_open(const char *path, unsigned mode, int level, struct archive_writer **result, struct error *error)
{
	struct archive_writer *writer;
	char *temporary;
	int fd;

	*result = NULL;
	if (file_open_temporary(path, mode, &fd, &temporary, error))
		return -1;
	writer = xcalloc(1, sizeof(*writer));
	writer->arena = arena_new();
	writer->path = xstrdup(path);
	writer->temporary = temporary;
	writer->fd = fd;
	writer->pool = gzip_pool_new(level != 0 ? level : LEVEL_DEFAULT);
	writer->names = map_new(64);
	writer->data_digest = digest_new();
	*result = writer;
	return 0;
}

static void
free_blocks(struct archive_writer *writer, struct writer_member *member)
{
	for (size_t i = 0; i < member->blocks.count; i++)
		gzip_block_free(writer->pool, member->blocks.items[i]);
	vector_fini(&member->blocks);
}

void
archive_writer_free(struct archive_writer *writer)
{
	if (writer == NULL)
		return;
	for (size_t i = 0; i < writer->members.count; i++)
		free_blocks(writer, writer->members.items[i]);
	if (writer->manifest_member != NULL)
		free_blocks(writer, writer->manifest_member);
	member_stream_abandon(&writer->open);
	gzip_pool_free(writer->pool);
	if (writer->temporary != NULL) {
		if (writer->fd >= 0)
			close(writer->fd);
		unlink(writer->temporary);
	}
	free(writer->temporary);
	free(writer->path);
	digest_free(writer->data_digest);
	map_free(writer->names);
	vector_fini(&writer->members);
	arena_free(writer->arena);
	free(writer);
}

/* ---- storing ---- */

static int
store_bytes(struct archive_writer *writer, const void *data, size_t length, struct error *error)
{
	if (fault_point("archive.write")) {
		errno = ENOSPC;
		error_set_system(error, "could not write file \"%s\"", writer->temporary);
	} else if (file_write_all(writer->fd, writer->temporary, data, length, error) == 0) {
		writer->offset += length;
		return 0;
	}
	error_prefix(error, "archive \"%s\"", writer->path);
	return error_hint(error, "Make room on that file system; nothing was published and the temporary file is removed.");
}

static int
store_member(struct archive_writer *writer, struct writer_member *member, struct error *error)
{
	member->offset = writer->offset;
	member->length_count = member->blocks.count;
	member->lengths = arena_alloc(writer->arena, member->length_count * sizeof(*member->lengths));
	for (size_t i = 0; i < member->blocks.count; i++) {
		struct gzip_block *block = member->blocks.items[i];

		gzip_block_wait(writer->pool, block);
		if (store_bytes(writer, block->data, block->length, error))
			return -1;
		member->lengths[i] = (uint32_t)block->length;
	}
	free_blocks(writer, member);
	return 0;
}

/* All but the last `keep` members, whose blocks may still be in the threads' hands. */
static int
store_members(struct archive_writer *writer, size_t keep, struct error *error)
{
	while (writer->stored + keep < writer->members.count) {
		if (store_member(writer, writer->members.items[writer->stored], error))
			return -1;
		writer->stored++;
	}
	return 0;
}

/* ---- members ---- */

static struct gzip_block *
submit_buffer(struct archive_writer *writer, struct buffer *raw)
{
	size_t length = raw->length;

	return gzip_pool_submit(writer->pool, buffer_steal(raw), length);
}

static void
submit_block(struct member_stream *stream)
{
	struct gzip_block *block = gzip_pool_submit(stream->writer->pool, stream->block, stream->block_length);

	vector_add(&stream->member->blocks, block);
	stream->block = NULL;
	stream->block_length = 0;
}

static int
check_name(struct archive_writer *writer, const char *name, struct error *error)
{
	bool is_data = strncmp(name, ARCHIVE_DATA_PREFIX, strlen(ARCHIVE_DATA_PREFIX)) == 0;

	if (!archive_name_is_safe(name))
		return error_set(error, ERROR_FAILED, "\"%s\" cannot be the name of an archive member", name);
	if (is_data != (writer->state == WRITER_DATA) || data_name_is_reserved(name) || strcmp(name, MANIFEST_NAME) == 0)
		return error_set(error, ERROR_FAILED, "archive member \"%s\" is not allowed in this part", name);
	if (map_get(writer->names, name, strlen(name)) != NULL)
		return error_set(error, ERROR_FAILED, "archive member \"%s\" is there already", name);
	return 0;
}

static struct writer_member *
new_member(struct archive_writer *writer, const char *name)
{
	struct writer_member *member = arena_zalloc(writer->arena, sizeof(*member));

	member->name = arena_strdup(writer->arena, name);
	return member;
}

static void
start_member(struct member_stream *stream, struct archive_writer *writer, struct writer_member *member, uint64_t most)
{
	*stream = (struct member_stream){ .writer = writer, .member = member, .most = most, .digest = digest_new() };
	vector_add(&member->blocks, NULL); /* the header's place: it tells the size */
}

int
member_stream_begin(struct member_stream *stream, struct archive_writer *writer, const char *name, struct error *error)
{
	bool is_data = writer->state == WRITER_DATA;
	struct writer_member *member;

	if (writer->state > WRITER_DATA || stream->member != NULL)
		return error_set(error, ERROR_FAILED, "archive member \"%s\" cannot begin now", name);
	if (check_name(writer, name, error))
		return -1;
	member = new_member(writer, name);
	if (!is_data)
		map_put(writer->names, member->name, strlen(member->name), member);
	start_member(stream, writer, member, is_data ? ARCHIVE_DATA_MOST : ARCHIVE_MEMBER_SIZE_MOST);
	return 0;
}

static void
add_bytes(struct member_stream *stream, const char *data, size_t length)
{
	digest_add(stream->digest, data, length);
	stream->member->size += length;
	while (length > 0) {
		size_t part = ARCHIVE_BLOCK - stream->block_length;

		if (stream->block == NULL)
			stream->block = xmalloc(ARCHIVE_BLOCK);
		if (part > length)
			part = length;
		memcpy(stream->block + stream->block_length, data, part);
		stream->block_length += part;
		data += part;
		length -= part;
		if (stream->block_length == ARCHIVE_BLOCK)
			submit_block(stream);
	}
}

/* What the reader will refuse must not be written. */
static int
refuse_size(const struct member_stream *stream, struct error *error)
{
	error_set(error, ERROR_FAILED, "archive member \"%s\" is too large", stream->member->name);
	return error_hint(error, "Export fewer schemas at a time (--schema).");
}

int
member_stream_write(struct member_stream *stream, const char *data, size_t length, struct error *error)
{
	if (stream->member == NULL)
		return error_set(error, ERROR_FAILED, "no archive member was begun");
	if (length > stream->most - stream->member->size)
		return refuse_size(stream, error);
	add_bytes(stream, data, length);
	return 0;
}

/* The rest of the body with its zeros, then the header, now that the size is known. */
static int
finish_member(struct member_stream *stream, bool with_sidecar, struct error *error)
{
	struct writer_member *member = stream->member;
	size_t padding = tar_padding(member->size);
	struct buffer header = BUFFER_INIT;
	int result = 0;

	digest_finish(stream->digest, member->sha256);
	stream->digest = NULL;
	if (stream->block != NULL) {
		/* A full block is a multiple of the padding's unit, so there is room. */
		memset(stream->block + stream->block_length, 0, padding);
		stream->block_length += padding;
		submit_block(stream);
	}
	if (with_sidecar)
		result = data_append_sidecar(&header, member->name, member->sha256, error);
	if (result == 0)
		result = tar_append_header(&header, member->name, member->size, error);
	if (result == 0)
		member->blocks.items[0] = submit_buffer(stream->writer, &header);
	buffer_fini(&header);
	return result;
}

int
member_stream_end(struct member_stream *stream, struct error *error)
{
	struct archive_writer *writer = stream->writer;
	struct writer_member *member = stream->member;
	bool is_data;

	if (member == NULL)
		return error_set(error, ERROR_FAILED, "no archive member was begun");
	is_data = writer->state == WRITER_DATA;
	if (!is_data && member->size > ARCHIVE_TOTAL_SIZE_MOST - writer->total)
		return refuse_size(stream, error);
	if (finish_member(stream, is_data, error))
		return -1;
	stream->member = NULL;
	vector_add(&writer->members, member);
	if (!is_data) {
		writer->total += member->size;
		return 0;
	}
	data_digest_add(writer->data_digest, member->name, member->sha256);
	writer->data_count++;
	return store_members(writer, 1, error);
}

void
member_stream_abandon(struct member_stream *stream)
{
	if (stream->member != NULL)
		free_blocks(stream->writer, stream->member);
	stream->member = NULL;
	digest_free(stream->digest);
	stream->digest = NULL;
	free(stream->block);
	stream->block = NULL;
}

int
archive_writer_begin(struct archive_writer *writer, const char *name, struct error *error)
{
	return member_stream_begin(&writer->open, writer, name, error);
}

int
archive_writer_write(struct archive_writer *writer, const char *data, size_t length, struct error *error)
{
	return member_stream_write(&writer->open, data, length, error);
}

int
archive_writer_end(struct archive_writer *writer, struct error *error)
{
	return member_stream_end(&writer->open, error);
}

int
archive_writer_add(struct archive_writer *writer, const char *name, const char *data, size_t length,
                   struct error *error)
{
	if (archive_writer_begin(writer, name, error) || archive_writer_write(writer, data, length, error))
		return -1;
	return archive_writer_end(writer, error);
}

/* ---- the ends of the parts ---- */

static void
list_members(struct archive_writer *writer)
{
	struct manifest_text *text = &writer->text;

	text->member_count = writer->members.count;
	text->members = arena_zalloc(writer->arena, (text->member_count + 1) * sizeof(*text->members));
	for (size_t i = 0; i < text->member_count; i++) {
		const struct writer_member *member = writer->members.items[i];

		text->members[i].name = member->name;
		text->members[i].size = member->size;
		memcpy(text->members[i].sha256, member->sha256, DIGEST_TEXT_SIZE);
	}
	manifest_content(text->members, text->member_count, text->manifest.content);
}

static int
store_manifest(struct archive_writer *writer, struct error *error)
{
	struct buffer json = BUFFER_INIT;
	struct member_stream stream;
	int result = manifest_encode(&writer->text, &json, error);

	if (result == 0) {
		writer->manifest_member = new_member(writer, MANIFEST_NAME);
		start_member(&stream, writer, writer->manifest_member, MANIFEST_MOST);
		add_bytes(&stream, json.data, json.length);
		result = finish_member(&stream, false, error);
	}
	buffer_fini(&json);
	return result == 0 ? store_member(writer, writer->manifest_member, error) : -1;
}

int
archive_writer_finish_snapshot(struct archive_writer *writer, struct manifest *manifest, struct error *error)
{
	if (writer->state != WRITER_SNAPSHOT || writer->open.member != NULL)
		return error_set(error, ERROR_FAILED, "the snapshot part of archive \"%s\" cannot end now", writer->path);
	manifest->tool_version = PGKEEL_VERSION;
	manifest->format_major = ARCHIVE_FORMAT_MAJOR;
	manifest->format_minor = ARCHIVE_FORMAT_MINOR;
	if (manifest->fingerprint[0] == '\0')
		memcpy(manifest->fingerprint, writer->text.manifest.fingerprint, DIGEST_TEXT_SIZE);
	writer->text.manifest = *manifest;
	list_members(writer);
	memcpy(manifest->content, writer->text.manifest.content, DIGEST_TEXT_SIZE);
	writer->state = WRITER_DATA;
	if (store_manifest(writer, error))
		return -1;
	return store_members(writer, 0, error);
}

static int
end_tar(struct archive_writer *writer, struct error *error)
{
	struct gzip_block *block;
	int result;

	if (store_members(writer, 0, error))
		return -1;
	writer->state = WRITER_ENDED;
	block = gzip_pool_submit(writer->pool, xcalloc(1, TAR_END_SIZE), TAR_END_SIZE);
	gzip_block_wait(writer->pool, block);
	result = store_bytes(writer, block->data, block->length, error);
	gzip_block_free(writer->pool, block);
	return result;
}

int
archive_writer_finish_data(struct archive_writer *writer, const char *tables, size_t length, struct error *error)
{
	char digest[DIGEST_TEXT_SIZE];
	struct buffer json = BUFFER_INIT;
	struct writer_member *member;
	int result;

	if (writer->state != WRITER_DATA || writer->open.member != NULL)
		return error_set(error, ERROR_FAILED, "the data part of archive \"%s\" cannot end now", writer->path);
	digest_finish(writer->data_digest, digest);
	writer->data_digest = NULL;
	result = data_manifest_encode(tables, length, writer->data_count, digest, &json, error);
	if (result == 0) {
		member = new_member(writer, DATA_MANIFEST_NAME);
		start_member(&writer->open, writer, member, MANIFEST_MOST);
		add_bytes(&writer->open, json.data, json.length);
		result = finish_member(&writer->open, true, error);
		if (result == 0) {
			writer->open.member = NULL;
			vector_add(&writer->members, member);
		}
	}
	buffer_fini(&json);
	return result == 0 ? end_tar(writer, error) : -1;
}

int
archive_writer_publish(struct archive_writer *writer, const char *path, bool *exists, struct error *error)
{
	int fd = writer->fd;
	int result;

	*exists = false;
	if (writer->state == WRITER_SNAPSHOT || writer->state == WRITER_PUBLISHED || writer->open.member != NULL)
		return error_set(error, ERROR_FAILED, "archive \"%s\" cannot be published now", path);
	if (writer->state == WRITER_DATA && writer->data_count > 0)
		return error_set(error, ERROR_FAILED, "the data part of archive \"%s\" was not finished", path);
	if (writer->state == WRITER_DATA && end_tar(writer, error))
		return -1;
	if (archive_verify(writer, error))
		return -1;
	/* From here on the temporary file is the callee's, whatever comes of it. */
	writer->fd = -1;
	writer->state = WRITER_PUBLISHED;
	result = file_publish_new(fd, writer->temporary, path, exists, error);
	free(writer->temporary);
	writer->temporary = NULL;
	return result;
}
