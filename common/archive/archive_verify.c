#include "build.h"

#include "archive/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "archive/data.h"
#include "archive/tar.h"
#include "base/fault.h"

/*
 * What is on the disk is read again and compared, member by member, before anyone can see
 * it under its name.  Members are shared out among threads, largest first.
 */
struct verification {
	int fd;
	const struct writer_member **members;
	size_t count;
	pthread_mutex_t lock;
	size_t next;
	const struct writer_member *bad; /* the first found; NULL: none */
};

struct verifier {
	z_stream stream;
	unsigned char *packed;
	size_t packed_size;
	unsigned char *raw; /* of RAW_SIZE */
};

/* The most that one gzip member holds: a block, or the headers in front of a body. */
#define RAW_SIZE ((size_t)ARCHIVE_BLOCK + 64 * TAR_BLOCK)

static bool
read_exactly(int fd, unsigned char *data, size_t length, uint64_t offset)
{
	while (length > 0) {
		ssize_t got = pread(fd, data, length, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		data += got;
		length -= (size_t)got;
		offset += (uint64_t)got;
	}
	return true;
}

/* One gzip member, whole: zlib compares its CRC and length. */
static bool
read_block(struct verifier *verifier, int fd, uint64_t offset, size_t packed, size_t *length)
{
	z_stream *stream = &verifier->stream;

	if (packed > verifier->packed_size) {
		verifier->packed = xrealloc(verifier->packed, packed, 1);
		verifier->packed_size = packed;
	}
	if (!read_exactly(fd, verifier->packed, packed, offset))
		return false;
	inflateReset(stream);
	stream->next_in = verifier->packed;
	stream->avail_in = (unsigned)packed;
	stream->next_out = verifier->raw;
	stream->avail_out = (unsigned)RAW_SIZE;
	if (inflate(stream, Z_FINISH) != Z_STREAM_END || stream->avail_in != 0)
		return false;
	*length = RAW_SIZE - stream->avail_out;
	return true;
}

/* The header block must be byte for byte what tar wants in front of this member. */
static bool
same_header(const struct writer_member *member, const unsigned char *data, size_t length)
{
	bool is_data = strncmp(member->name, ARCHIVE_DATA_PREFIX, strlen(ARCHIVE_DATA_PREFIX)) == 0;
	struct buffer header = BUFFER_INIT;
	struct error ignored = { 0 };
	bool same = true;

	if (is_data)
		same = data_append_sidecar(&header, member->name, member->sha256, &ignored) == 0;
	same = same && tar_append_header(&header, member->name, member->size, &ignored) == 0 && header.length == length &&
	       memcmp(header.data, data, length) == 0;
	error_clear(&ignored);
	buffer_fini(&header);
	return same;
}

static bool
same_member(struct verifier *verifier, int fd, const struct writer_member *member)
{
	struct digest *digest = digest_new();
	char sha256[DIGEST_TEXT_SIZE];
	uint64_t offset = member->offset;
	uint64_t left = member->size;
	bool good = true;

	for (size_t i = 0; good && i < member->length_count; i++) {
		size_t length = 0;

		good = read_block(verifier, fd, offset, member->lengths[i], &length);
		if (good && i == 0) {
			good = same_header(member, verifier->raw, length);
		} else if (good) {
			size_t body = length < left ? length : (size_t)left;

			digest_add(digest, verifier->raw, body);
			left -= body;
			good = left > 0 ? body == ARCHIVE_BLOCK : length - body == tar_padding(member->size);
		}
		offset += member->lengths[i];
	}
	digest_finish(digest, sha256);
	return good && left == 0 && strcmp(sha256, member->sha256) == 0;
}

static const struct writer_member *
take_member(struct verification *verification, const struct writer_member *bad)
{
	const struct writer_member *member = NULL;

	pthread_mutex_lock(&verification->lock);
	if (verification->bad == NULL)
		verification->bad = bad;
	if (verification->bad == NULL && verification->next < verification->count)
		member = verification->members[verification->next++];
	pthread_mutex_unlock(&verification->lock);
	return member;
}

static void *
verify_members(void *argument)
{
	struct verification *verification = argument;
	struct verifier verifier = { .raw = xmalloc(RAW_SIZE) };
	const struct writer_member *member = NULL;
	bool started = inflateInit2(&verifier.stream, 15 + 16) == Z_OK;
	bool good = true;

	for (;;) {
		member = take_member(verification, good ? NULL : member);
		if (member == NULL)
			break;
		good = started && same_member(&verifier, verification->fd, member);
	}
	inflateEnd(&verifier.stream);
	free(verifier.packed);
	free(verifier.raw);
	return NULL;
}

static void
run_threads(struct verification *verification)
{
	pthread_t *threads = xcalloc(gzip_thread_count(), sizeof(*threads));
	unsigned count = 0;
	sigset_t all;
	sigset_t before;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	while (count + 1 < gzip_thread_count() && pthread_create(&threads[count], NULL, verify_members, verification) == 0)
		count++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	verify_members(verification); /* this thread works too */
	for (unsigned i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	free(threads);
}

static int
larger_first(const void *a, const void *b)
{
	const struct writer_member *left = *(const struct writer_member *const *)a;
	const struct writer_member *right = *(const struct writer_member *const *)b;

	return (left->size < right->size) - (left->size > right->size);
}

static bool
has_size(int fd, uint64_t size)
{
	struct stat status;

	return fstat(fd, &status) == 0 && (uint64_t)status.st_size == size;
}

int
archive_verify(const struct archive_writer *writer, struct error *error)
{
	struct verification verification = { .count = writer->members.count + 1 };
	const struct writer_member **members = xcalloc(verification.count, sizeof(*members));

	verification.fd = open(writer->temporary, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (verification.fd < 0) {
		free(members);
		return error_set_system(error, "could not read back archive \"%s\"", writer->temporary);
	}
	members[0] = writer->manifest_member;
	for (size_t i = 0; i < writer->members.count; i++)
		members[i + 1] = writer->members.items[i];
	qsort(members, verification.count, sizeof(*members), larger_first);
	verification.members = members;
	pthread_mutex_init(&verification.lock, NULL);
	run_threads(&verification);
	if (verification.bad == NULL && (!has_size(verification.fd, writer->offset) || fault_point("archive.verify")))
		verification.bad = writer->manifest_member;
	pthread_mutex_destroy(&verification.lock);
	close(verification.fd);
	free(members);
	if (verification.bad == NULL)
		return 0;
	error_set(error, ERROR_FAILED, "archive \"%s\": what was read back is not what was written", writer->path);
	error_detail(error, "Member \"%s\" differs.", verification.bad->name);
	return error_hint(error, "Check the disk; nothing was published.");
}
