#include "build.h"

#include "archive/tar.h"

#include <archive.h>
#include <archive_entry.h>

/* 2000-01-01 UTC.  Not 0: some tar programs warn of a file that old. */
#define FIXED_TIME 946684800

struct capture {
	struct buffer *out;
	bool finished; /* what libarchive writes from here on is the padding of a body that it never got */
};

static la_ssize_t
capture_bytes(struct archive *archive, void *context, const void *data, size_t length)
{
	struct capture *capture = context;

	(void)archive;
	if (!capture->finished)
		buffer_append(capture->out, data, length);
	return (la_ssize_t)length;
}

static struct archive_entry *
new_entry(const char *name, uint64_t size)
{
	struct archive_entry *entry = archive_entry_new();

	if (entry == NULL)
		return NULL;
	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, (la_int64_t)size);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_mtime(entry, FIXED_TIME, 0);
	return entry;
}

int
tar_append_header(struct buffer *out, const char *name, uint64_t size, struct error *error)
{
	struct capture capture = { out, false };
	struct archive_entry *entry = new_entry(name, size);
	struct archive *archive = archive_write_new();
	int result = -1;

	if (entry == NULL || archive == NULL) {
		error_set(error, ERROR_FAILED, "could not start a tar header: out of memory");
	} else if (archive_write_set_format_pax_restricted(archive) != ARCHIVE_OK ||
	           archive_write_set_bytes_per_block(archive, 0) != ARCHIVE_OK ||
	           archive_write_open(archive, &capture, NULL, capture_bytes, NULL) != ARCHIVE_OK ||
	           archive_write_header(archive, entry) != ARCHIVE_OK) {
		error_set(error, ERROR_FAILED, "could not make the tar header of \"%s\": %s", name,
		          archive_error_string(archive));
	} else {
		result = 0;
	}
	capture.finished = true;
	archive_write_free(archive);
	archive_entry_free(entry);
	return result;
}

size_t
tar_padding(uint64_t size)
{
	return (size_t)((TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK);
}

int
tar_append_file(struct buffer *out, const char *name, const char *data, size_t length, struct error *error)
{
	static const char zeros[TAR_BLOCK];

	if (tar_append_header(out, name, length, error))
		return -1;
	buffer_append(out, data, length);
	buffer_append(out, zeros, tar_padding(length));
	return 0;
}
