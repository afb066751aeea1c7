/*
 * fuzz_archive.c - the archive reader against files from anywhere; exercises common/archive/
 * (gunzip.c, archive_stream.c, archive_read.c, manifest.c, data.c) and libarchive's tar reader.
 *
 * The first byte says what the rest is, since a changed byte seldom gets past gzip's CRC:
 *   'g'  the file as it is      't'  a tar archive, which is put into gzip members here
 *   'm'  a manifest's text      's'  a sidecar's text, its name and the member's, by NULs
 *   'a'  members as texts, each behind a line "=name": they are put into a tar archive whose manifest (the first of
 * them) is given their sizes and digests, so that damage within them is not found before the catalog is read
 */
#include "build.h"

#include <jansson.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "archive/data.h"
#include "archive/reader.h"
#include "archive/tar.h"
#include "base/files.h"

#include "tests/unit/stub_kinds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct archive_limits limits = {
	.member_count = 100, .member_size = 1 << 20, .total_size = 4 << 20, .ratio = 100
};

static void
require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_archive: %s\n", what);
	abort();
}

/* One gzip member, not compressed: the fuzzer should see its own bytes. */
static void
append_gzip(struct buffer *out, const void *data, size_t length)
{
	z_stream stream = { 0 };
	size_t bound;

	require(deflateInit2(&stream, 0, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "no memory");
	bound = deflateBound(&stream, length);
	buffer_reserve(out, bound);
	stream.next_in = (unsigned char *)(uintptr_t)data;
	stream.avail_in = (unsigned)length;
	stream.next_out = (unsigned char *)out->data + out->length;
	stream.avail_out = (unsigned)bound;
	require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "no room");
	out->length += bound - stream.avail_out;
	deflateEnd(&stream);
}

static int
see(void *context, const char *name, const char *data, size_t length, struct error *error)
{
	uint64_t *seen = context;

	(void)error;
	require(archive_name_is_safe(name), "an unsafe name was handed on");
	require(length <= ARCHIVE_DATA_MOST, "a data member that is too large was handed on");
	for (size_t i = 0; i < length; i++)
		*seen += (unsigned char)data[i];
	return 0;
}

static void
read_all(struct archive_reader *reader, struct error *error)
{
	struct catalog *catalog = NULL;
	struct vector notes = { 0 };
	const char *text;
	size_t length;
	uint64_t seen = 0;
	int result = archive_reader_catalog(reader, &catalog, &notes, error);

	require((result == 0) == (catalog != NULL), "a catalog without success, or the other way round");
	if (result == 0)
		result = archive_reader_data(reader, NULL, see, &seen, error);
	if (result == 0)
		result = archive_reader_data_manifest(reader, &text, &length, error);
	require((result == 0) == (error->primary == NULL), "a failure without an error, or the other way round");
	catalog_free(catalog);
	for (size_t i = 0; i < notes.count; i++)
		free(notes.items[i]);
	vector_fini(&notes);
}

static void
try_file(const void *data, size_t size)
{
	struct error error = { 0 };
	struct archive_reader *reader;
	int fd = memfd_create("archive", MFD_CLOEXEC);

	require(fd >= 0 && file_write_all(fd, "memory", data, size, &error) == 0, "no memory file");
	lseek(fd, 0, SEEK_SET);
	if (archive_reader_open_fd(fd, "fuzz.tar.gz", &limits, &reader, &error) == 0) {
		read_all(reader, &error);
		archive_reader_free(reader);
	}
	require(error.primary == NULL || error.code == ERROR_ARCHIVE, "an error of another class");
	require(error.primary == NULL || error.hint != NULL, "no hint");
	error_clear(&error);
}

static void
try_tar(const uint8_t *data, size_t size)
{
	static const char zeros[TAR_END_SIZE];
	struct buffer file = BUFFER_INIT;

	append_gzip(&file, data, size);
	append_gzip(&file, zeros, sizeof(zeros));
	try_file(file.data, file.length);
	buffer_fini(&file);
}

#define MOST_PARTS 64

struct part {
	char name[128];
	const char *text;
	size_t length;
};

/* "=name\ntext…" up to the next such line. */
static size_t
read_parts(const char *at, size_t size, struct part *parts)
{
	const char *end = at + size;
	size_t count = 0;

	while (at < end && *at == '=' && count < MOST_PARTS) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		struct part *part = &parts[count];

		if (line == NULL || (size_t)(line - at) > sizeof(part->name))
			break;
		memcpy(part->name, at + 1, (size_t)(line - at) - 1);
		part->name[line - at - 1] = '\0';
		part->text = at = line + 1;
		while (at < end && !(*at == '=' && at[-1] == '\n'))
			at++;
		part->length = (size_t)(at - part->text);
		count++;
	}
	return count;
}

/* Size and digest of each member that the manifest names, as it is. */
static void
seal(json_t *manifest, const struct part *parts, size_t count)
{
	static struct manifest_member members[MOST_PARTS];
	char digest[DIGEST_TEXT_SIZE];
	json_t *entry;
	size_t sealed = 0;
	size_t i;

	json_array_foreach (json_object_get(manifest, "members"), i, entry)
		for (size_t p = 1; p < count && sealed < MOST_PARTS; p++) {
			const char *name = json_string_value(json_object_get(entry, "name"));

			if (name == NULL || strcmp(name, parts[p].name) != 0)
				continue;
			digest_of(parts[p].text, parts[p].length, digest);
			json_object_set_new(entry, "sha256", json_string(digest));
			json_object_set_new(entry, "size", json_integer((json_int_t)parts[p].length));
			members[sealed] = (struct manifest_member){ .name = parts[p].name, .size = parts[p].length };
			memcpy(members[sealed++].sha256, digest, sizeof(digest));
			break;
		}
	manifest_content(members, sealed, digest);
	json_object_set_new(manifest, "content", json_string(digest));
}

static void
try_sealed(const uint8_t *data, size_t size)
{
	struct part parts[MOST_PARTS];
	size_t count = read_parts((const char *)data, size, parts);
	json_t *manifest = count > 0 ? json_loadb(parts[0].text, parts[0].length, 0, NULL) : NULL;
	struct buffer tar = BUFFER_INIT;
	struct error error = { 0 };

	if (json_is_object(manifest)) {
		seal(manifest, parts, count);
		char *text = json_dumps(manifest, JSON_INDENT(1) | JSON_SORT_KEYS);
		int failed = tar_append_file(&tar, parts[0].name, text, strlen(text), &error);
		for (size_t i = 1; i < count && failed == 0; i++)
			failed = tar_append_file(&tar, parts[i].name, parts[i].text, parts[i].length, &error);
		if (failed == 0)
			try_tar((const uint8_t *)tar.data, tar.length);
		free(text);
	}
	error_clear(&error);
	json_decref(manifest);
	buffer_fini(&tar);
}

/* What is accepted must be the same after writing and reading it again. */
static void
try_manifest(const uint8_t *data, size_t size)
{
	struct manifest_text text;
	struct manifest_text again;
	struct buffer first = BUFFER_INIT;
	struct buffer second = BUFFER_INIT;
	struct error error = { 0 };

	if (manifest_decode(&text, (const char *)data, size, "fuzz", &limits, &error) == 0) {
		require(manifest_encode(&text, &first, &error) == 0, "what was decoded is not encoded");
		require(manifest_decode(&again, first.data, first.length, "fuzz", &limits, &error) == 0, "not decoded again");
		require(manifest_encode(&again, &second, &error) == 0, "not encoded again");
		require(strcmp(first.data, second.data) == 0, "decode and encode changed the manifest");
		arena_free(again.manifest.arena);
	}
	require(error.primary == NULL || error.code == ERROR_ARCHIVE, "an error of another class");
	error_clear(&error);
	arena_free(text.manifest.arena);
	buffer_fini(&first);
	buffer_fini(&second);
}

static void
try_sidecar(const uint8_t *data, size_t size)
{
	char *copy = xmalloc(size + 1);
	const char *sidecar;
	const char *name;
	char sha256[DIGEST_TEXT_SIZE];

	memcpy(copy, data, size);
	copy[size] = '\0';
	sidecar = memchr(copy, '\0', size);
	name = sidecar != NULL ? memchr(sidecar + 1, '\0', size - (size_t)(sidecar + 1 - copy)) : NULL;
	if (name != NULL && data_name_is_sidecar(sidecar + 1))
		data_parse_sidecar(copy, (size_t)(sidecar - copy), sidecar + 1, name + 1, sha256);
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	switch (data[0]) {
	case 'g':
		try_file(data + 1, size - 1);
		break;
	case 't':
		try_tar(data + 1, size - 1);
		break;
	case 'a':
		try_sealed(data + 1, size - 1);
		break;
	case 'm':
		try_manifest(data + 1, size - 1);
		break;
	case 's':
		try_sidecar(data + 1, size - 1);
		break;
	}
	return 0;
}

#ifdef FUZZ_REPLAY
#include "tests/fuzz/replay.h"
#endif
