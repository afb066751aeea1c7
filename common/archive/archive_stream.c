#include "build.h"

#include "archive/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <archive.h>
#include <archive_entry.h>

#include "archive/tar.h"

/* The CRC and length that end a gzip member, least byte first (RFC 1952). */
#define GZIP_TRAILER 8

#define DAMAGED_HINT "It is damaged or was not written by pgkeel; copy it again, or name another one."

int
archive_refuse(struct archive_reader *reader, struct error *error, const char *clause, ...)
{
	const char *problem = reader->gunzip != NULL ? gunzip_problem(reader->gunzip) : NULL;
	struct buffer text = BUFFER_INIT;
	va_list arguments;

	va_start(arguments, clause);
	buffer_vprintf(&text, clause, arguments);
	va_end(arguments);
	reader->state = READER_FAILED;
	/* A broken stream is the cause of whatever else looks wrong. */
	error_set(error, ERROR_ARCHIVE, "archive \"%s\" is refused: %s", reader->path,
	          problem != NULL ? problem : buffer_text(&text));
	buffer_fini(&text);
	return error_hint(error, DAMAGED_HINT);
}

int
archive_refuse_content(struct archive_reader *reader, const char *member, struct error *error)
{
	reader->state = READER_FAILED;
	if (member != NULL)
		error_prefix(error, "archive \"%s\", member \"%s\"", reader->path, member);
	else
		error_prefix(error, "archive \"%s\"", reader->path);
	return error->hint != NULL ? -1 : error_hint(error, DAMAGED_HINT);
}

/* ---- opening ---- */

static la_ssize_t
next_piece(struct archive *tar, void *context, const void **data)
{
	struct archive_reader *reader = context;
	ptrdiff_t length = gunzip_next(reader->gunzip, data);

	if (length < 0)
		archive_set_error(tar, EINVAL, "%s", gunzip_problem(reader->gunzip));
	return length;
}

static void
set_limits(struct archive_limits *limits, const struct archive_limits *given)
{
	if (given != NULL)
		*limits = *given;
	if (limits->member_count == 0)
		limits->member_count = ARCHIVE_MEMBER_COUNT_MOST;
	if (limits->member_size == 0)
		limits->member_size = ARCHIVE_MEMBER_SIZE_MOST;
	if (limits->total_size == 0)
		limits->total_size = ARCHIVE_TOTAL_SIZE_MOST;
	if (limits->ratio == 0)
		limits->ratio = ARCHIVE_RATIO_MOST;
}

static int
check_file(struct archive_reader *reader, struct error *error)
{
	unsigned char magic[2] = { 0 };
	struct stat status;

	if (fstat(reader->fd, &status) != 0)
		return archive_refuse(reader, error, "%s", strerror(errno));
	if (S_ISDIR(status.st_mode)) {
		archive_refuse(reader, error, "it is a folder");
		return error_hint(error, "Name an archive in it (schema_….tar.gz).");
	}
	if (!S_ISREG(status.st_mode))
		return archive_refuse(reader, error, "it is not a plain file");
	if (status.st_size == 0)
		return archive_refuse(reader, error, "it is empty");
	if (pread(reader->fd, magic, sizeof(magic), 0) != sizeof(magic) || magic[0] != 0x1f || magic[1] != 0x8b)
		return archive_refuse(reader, error, "it is not a gzip file");
	return 0;
}

/*
 * The last gzip member holds the zeros that end a tar archive and nothing else, so its
 * trailer is known: a file cut short anywhere, even between two members, shows at once.
 */
static int
check_trailer(struct archive_reader *reader, struct error *error)
{
	static const unsigned char zeros[TAR_END_SIZE];
	uint32_t crc = (uint32_t)crc32(0, zeros, TAR_END_SIZE);
	unsigned char trailer[GZIP_TRAILER] = { 0 };
	unsigned char expected[GZIP_TRAILER];
	struct stat status;

	for (unsigned i = 0; i < 4; i++) {
		expected[i] = (unsigned char)(crc >> (8 * i));
		expected[4 + i] = (unsigned char)((uint32_t)TAR_END_SIZE >> (8 * i));
	}
	if (fstat(reader->fd, &status) != 0 || status.st_size < GZIP_TRAILER ||
	    pread(reader->fd, trailer, GZIP_TRAILER, status.st_size - GZIP_TRAILER) != GZIP_TRAILER ||
	    memcmp(trailer, expected, GZIP_TRAILER) != 0)
		return archive_refuse(reader, error, "it does not end as an archive does; it was cut short or packed again");
	return 0;
}

static int
open_tar(struct archive_reader *reader, struct error *error)
{
	reader->gunzip = gunzip_new(reader->fd, reader->limits.ratio);
	reader->tar = archive_read_new();
	if (reader->tar == NULL || archive_read_support_format_tar(reader->tar) != ARCHIVE_OK ||
	    archive_read_open(reader->tar, reader, NULL, next_piece, NULL) != ARCHIVE_OK)
		return archive_refuse(reader, error, "it is not a tar archive in gzip");
	return 0;
}

static int
read_manifest(struct archive_reader *reader, struct error *error)
{
	uint64_t size = 0;
	int result = archive_next_entry(reader, &size, error);

	if (result < 0)
		return -1;
	if (result == 0 || strcmp(buffer_text(&reader->name), MANIFEST_NAME) != 0)
		return archive_refuse(reader, error, "it does not begin with " MANIFEST_NAME);
	if (size > MANIFEST_MOST)
		return archive_refuse(reader, error, MANIFEST_NAME " is too large");
	if (archive_read_body(reader, size, error))
		return -1;
	return manifest_decode(&reader->text, buffer_text(&reader->body), reader->body.length, reader->path,
	                       &reader->limits, error);
}

int
archive_reader_open_fd(int fd, const char *path, const struct archive_limits *limits, struct archive_reader **result,
                       struct error *error)
{
	struct archive_reader *reader = xcalloc(1, sizeof(*reader));
	char *real = realpath(path, NULL);

	*result = NULL;
	reader->fd = fd;
	reader->path = xstrdup(real != NULL ? real : path);
	free(real);
	reader->data_digest = digest_new();
	set_limits(&reader->limits, limits);
	if (check_file(reader, error) || open_tar(reader, error) || read_manifest(reader, error) ||
	    check_trailer(reader, error)) {
		archive_reader_free(reader);
		return -1;
	}
	*result = reader;
	return 0;
}

int
archive_reader_open(const char *path, const struct archive_limits *limits, struct archive_reader **reader,
                    struct error *error)
{
	/* Not blocking: a FIFO would wait for a writer. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	*reader = NULL;
	if (fd >= 0)
		return archive_reader_open_fd(fd, path, limits, reader, error);
	if (errno == ENOENT || errno == ENOTDIR) {
		error_set(error, ERROR_ARCHIVE, "archive \"%s\" does not exist", path);
		return error_hint(error, "Name a snapshot that is there, or make one with pgkeel-export.");
	}
	error_set(error, ERROR_ARCHIVE, "archive \"%s\" cannot be opened: %s", path, strerror(errno));
	return error_hint(error, "Check the file's owner and mode.");
}

void
archive_reader_free(struct archive_reader *reader)
{
	if (reader == NULL)
		return;
	for (size_t i = 0; i < reader->kept.count; i++) {
		struct reader_member *member = reader->kept.items[i];

		buffer_fini(&member->body);
		free(member);
	}
	vector_fini(&reader->kept);
	archive_read_free(reader->tar);
	gunzip_free(reader->gunzip);
	close(reader->fd);
	arena_free(reader->text.manifest.arena);
	digest_free(reader->data_digest);
	buffer_fini(&reader->tables);
	buffer_fini(&reader->name);
	buffer_fini(&reader->body);
	free(reader->path);
	free(reader);
}

const struct manifest *
archive_reader_manifest(const struct archive_reader *reader)
{
	return &reader->text.manifest;
}

const char *
archive_reader_path(const struct archive_reader *reader)
{
	return reader->path;
}

/* ---- entries ---- */

static int
check_entry(struct archive_reader *reader, struct archive_entry *entry, struct error *error)
{
	const char *name = archive_entry_pathname(entry);

	if (name == NULL || !archive_name_is_safe(name))
		return archive_refuse(reader, error, "the name of one of its members is not safe");
	if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != NULL ||
	    archive_entry_symlink(entry) != NULL)
		return archive_refuse(reader, error, "member \"%s\" is not a plain file", name);
	if (archive_entry_sparse_count(entry) > 0)
		return archive_refuse(reader, error, "member \"%s\" is a sparse file", name);
	if (!archive_entry_size_is_set(entry) || archive_entry_size(entry) < 0)
		return archive_refuse(reader, error, "member \"%s\" has no size", name);
	return 0;
}

int
archive_next_entry(struct archive_reader *reader, uint64_t *size, struct error *error)
{
	struct archive_entry *entry;
	int result = archive_read_next_header(reader->tar, &entry);

	if (result == ARCHIVE_EOF)
		return 0;
	if (result != ARCHIVE_OK)
		return archive_refuse(reader, error, "its tar headers are malformed");
	if (check_entry(reader, entry, error))
		return -1;
	*size = (uint64_t)archive_entry_size(entry);
	buffer_clear(&reader->name);
	buffer_append_text(&reader->name, archive_entry_pathname(entry));
	return 1;
}

int
archive_read_body(struct archive_reader *reader, uint64_t size, struct error *error)
{
	const char *name = buffer_text(&reader->name);
	const void *data;
	la_int64_t offset;
	size_t length;
	int result;

	buffer_clear(&reader->body);
	for (;;) {
		result = archive_read_data_block(reader->tar, &data, &length, &offset);
		if (result != ARCHIVE_OK)
			break;
		if ((uint64_t)offset != reader->body.length || length > size - reader->body.length)
			return archive_refuse(reader, error, "member \"%s\" has holes", name);
		buffer_append(&reader->body, data, length);
	}
	if (result != ARCHIVE_EOF || reader->body.length != size)
		return archive_refuse(reader, error, "member \"%s\" is not whole", name);
	return 0;
}

int
archive_expect_end(struct archive_reader *reader, struct error *error)
{
	const void *data;

	/* libarchive stops at the zeros; what is behind them is read here. */
	if (gunzip_next(reader->gunzip, &data) != 0)
		return archive_refuse(reader, error, "something follows the end of the archive");
	reader->state = READER_ENDED;
	return 0;
}
