/*
 * archive_fixture.h - a small catalog of stub kinds, archives of it, and archives that no
 * honest program writes.  For the tests of the archive layer; included once a program.
 */
#ifndef TESTS_UNIT_ARCHIVE_FIXTURE_H
#define TESTS_UNIT_ARCHIVE_FIXTURE_H

#include "unit.h"

#include "archive/archive.h"
#include "archive/manifest.h"
#include "archive/tar.h"
#include "base/arena.h"
#include "base/files.h"
#include "catalog/codec.h"

#include <zlib.h>

#include <archive.h>
#include <archive_entry.h>

#include "tests/unit/stub_kinds.h"

#define FIXTURE_CREATED "2024-02-29T12:00:00Z"
#define FIXTURE_ADD(catalog, kind, ...) catalog_add(catalog, kind, (const char *const[]){ __VA_ARGS__ })

static inline struct catalog *
fixture_catalog(void)
{
	struct catalog *catalog = catalog_new();
	struct error error = { 0 };

	catalog->info = (struct catalog_info){ .server_version = 150018,
		                                   .server_version_text = "15.18",
		                                   .database = "shop \"north\"",
		                                   .encoding = "UTF8",
		                                   .collate = "C",
		                                   .ctype = "C.UTF-8",
		                                   .stamp = "42:4711" };
	uint32_t schema = FIXTURE_ADD(catalog, &stub_schema, "sales");
	uint32_t table =
		FIXTURE_ADD(catalog, &stub_table, "sales", "a\tb\n\"c\"\\N", "owner", NULL, "sch\xc3\xb6n", "f", "heap", NULL);

	FIXTURE_ADD(catalog, &stub_column, "sales", "a\tb\n\"c\"\\N", "id", "1", "integer");
	uint32_t view = FIXTURE_ADD(catalog, &stub_view, "sales", "v", "SELECT 1");

	catalog_add_dependency(catalog, table, schema);
	catalog_add_dependency(catalog, view, table);
	assert_int_equal(catalog_finish(catalog, NULL, NULL, &error), 0);
	return catalog;
}

static inline int
fixture_append(void *context, const char *data, size_t length, struct error *error)
{
	(void)error;
	buffer_append(context, data, length);
	return 0;
}

/* ---- hostile archives: tar by libarchive, gzip by zlib ---- */

/* One gzip member. */
static inline void
fixture_gzip(struct buffer *out, const void *data, size_t length)
{
	z_stream stream = { 0 };
	size_t bound;

	assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	bound = deflateBound(&stream, length);
	buffer_reserve(out, bound);
	stream.next_in = (unsigned char *)(uintptr_t)data;
	stream.avail_in = (unsigned)length;
	stream.next_out = (unsigned char *)out->data + out->length;
	stream.avail_out = (unsigned)bound;
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	out->length += bound - stream.avail_out;
	deflateEnd(&stream);
}

static inline la_ssize_t
fixture_capture(struct archive *archive, void *context, const void *data, size_t length)
{
	(void)archive;
	buffer_append(context, data, length);
	return (la_ssize_t)length;
}

struct hostile {
	struct arena *arena;
	struct manifest_text text;
	struct manifest_member members[16]; /* what the manifest lists */
	struct buffer tar;                  /* entries behind the manifest */
	struct archive *writer;
};

static inline void
hostile_init(struct hostile *hostile)
{
	memset(hostile, 0, sizeof(*hostile));
	hostile->arena = arena_new();
	hostile->text.manifest = (struct manifest){ .tool_version = PGKEEL_VERSION,
		                                        .format_major = ARCHIVE_FORMAT_MAJOR,
		                                        .format_minor = ARCHIVE_FORMAT_MINOR,
		                                        .type = "snapshot",
		                                        .created = FIXTURE_CREATED };
	hostile->text.members = hostile->members;
	struct catalog *empty = catalog_new_empty(150018);

	catalog_fingerprint(empty, hostile->text.manifest.fingerprint);
	catalog_free(empty);
	hostile->writer = archive_write_new();
	archive_write_set_format_pax(hostile->writer);
	archive_write_set_bytes_per_block(hostile->writer, 0);
	assert_int_equal(archive_write_open(hostile->writer, &hostile->tar, NULL, fixture_capture, NULL), ARCHIVE_OK);
}

static inline void
hostile_list(struct hostile *hostile, const char *name, const char *body)
{
	struct manifest_member *member = &hostile->members[hostile->text.member_count++];

	member->name = name;
	member->size = strlen(body);
	digest_of(body, strlen(body), member->sha256);
}

/* Fills an entry; the caller may change it before hostile_put. */
static inline struct archive_entry *
hostile_entry(const char *name, size_t size)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, (la_int64_t)size);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	return entry;
}

static inline void
hostile_put(struct hostile *hostile, struct archive_entry *entry, const char *body)
{
	assert_int_equal(archive_write_header(hostile->writer, entry), ARCHIVE_OK);
	if (*body != '\0')
		assert_int_equal(archive_write_data(hostile->writer, body, strlen(body)), (la_ssize_t)strlen(body));
	assert_int_equal(archive_write_finish_entry(hostile->writer), ARCHIVE_OK);
	archive_entry_free(entry);
}

static inline void
hostile_add(struct hostile *hostile, const char *name, const char *body)
{
	hostile_put(hostile, hostile_entry(name, strlen(body)), body);
}

/* The manifest as it stands, the entries, the end; frees hostile. */
static inline void
hostile_finish(struct hostile *hostile, const char *path)
{
	struct buffer json = BUFFER_INIT;
	struct buffer head = BUFFER_INIT;
	struct buffer file = BUFFER_INIT;
	struct error error = { 0 };
	static const char zeros[TAR_END_SIZE];

	archive_write_free(hostile->writer);
	while (hostile->tar.length >= TAR_BLOCK &&
	       memcmp(hostile->tar.data + hostile->tar.length - TAR_BLOCK, zeros, TAR_BLOCK) == 0)
		hostile->tar.length -= TAR_BLOCK;
	manifest_content(hostile->members, hostile->text.member_count, hostile->text.manifest.content);
	assert_int_equal(manifest_encode(&hostile->text, &json, &error), 0);
	assert_int_equal(tar_append_file(&head, MANIFEST_NAME, json.data, json.length, &error), 0);
	fixture_gzip(&file, head.data, head.length);
	fixture_gzip(&file, hostile->tar.data, hostile->tar.length);
	fixture_gzip(&file, zeros, TAR_END_SIZE);
	assert_int_equal(file_write(path, file.data, file.length, 0600, &error), 0);
	buffer_fini(&json);
	buffer_fini(&head);
	buffer_fini(&file);
	buffer_fini(&hostile->tar);
	arena_free(hostile->arena);
}

#endif
