#include "build.h"

#include "archive/gunzip.h"

#include <errno.h>
#include <unistd.h>
#include <zlib.h>

#include "base/arena.h"

#define PACKED_SIZE (64 * 1024)
#define RAW_SIZE (256 * 1024)
/* Small archives may well have a high ratio (a thousand tables that are alike); memory for this much is no danger. */
#define RATIO_SLACK ((uint64_t)64 * 1024 * 1024)

struct gunzip {
	int fd;
	unsigned ratio;
	z_stream stream;
	gz_header header; /* of the member under way */
	bool inside;      /* a member has begun */
	bool end_of_file;
	const char *problem;
	uint64_t packed_total;
	uint64_t raw_total;
	unsigned char packed[PACKED_SIZE];
	unsigned char raw[RAW_SIZE];
};

struct gunzip *
gunzip_new(int fd, unsigned ratio)
{
	struct gunzip *gunzip = xmalloc(sizeof(*gunzip));

	memset(gunzip, 0, offsetof(struct gunzip, packed));
	gunzip->fd = fd;
	gunzip->ratio = ratio;
	if (inflateInit2(&gunzip->stream, 15 + 16) != Z_OK || inflateGetHeader(&gunzip->stream, &gunzip->header) != Z_OK)
		gunzip->problem = "out of memory";
	return gunzip;
}

void
gunzip_free(struct gunzip *gunzip)
{
	if (gunzip == NULL)
		return;
	inflateEnd(&gunzip->stream);
	free(gunzip);
}

void
gunzip_unbound(struct gunzip *gunzip)
{
	gunzip->ratio = 0;
}

const char *
gunzip_problem(const struct gunzip *gunzip)
{
	return gunzip->problem;
}

static void
fill(struct gunzip *gunzip)
{
	ssize_t got;

	do
		got = read(gunzip->fd, gunzip->packed, PACKED_SIZE);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		gunzip->problem = strerror(errno);
		return;
	}
	if (got == 0)
		gunzip->end_of_file = true;
	gunzip->packed_total += (uint64_t)got;
	gunzip->stream.next_in = gunzip->packed;
	gunzip->stream.avail_in = (unsigned)got;
}

/* What inflate said, as a clause; NULL: all is well. */
static const char *
judge(const struct gunzip *gunzip, int result)
{
	switch (result) {
	case Z_OK:
	case Z_BUF_ERROR: /* only: give it more input or room */
	case Z_STREAM_END:
		break;
	case Z_MEM_ERROR:
		return "out of memory";
	default:
		return gunzip->raw_total == 0 ? "it is not a gzip file" : "its compressed data is damaged";
	}
	if (gunzip->ratio != 0 && gunzip->raw_total > RATIO_SLACK &&
	    (gunzip->raw_total - RATIO_SLACK) / gunzip->ratio > gunzip->packed_total)
		return "it unpacks to far more than a snapshot can hold";
	return NULL;
}

#define GZIP_OS_UNIX 3 /* RFC 1952, what zlib writes here */

/* The one part of a member that no checksum covers is always written alike: anything else there is damage. */
static bool
is_our_header(const gz_header *header)
{
	bool known_level = header->xflags == 0 || header->xflags == 2 || header->xflags == 4;

	return header->text == 0 && header->time == 0 && header->os == GZIP_OS_UNIX && known_level;
}

/* Unpacks into raw until it is full or the member ends; returns the bytes made. */
static size_t
unpack(struct gunzip *gunzip)
{
	z_stream *stream = &gunzip->stream;
	int result = Z_OK;

	stream->next_out = gunzip->raw;
	stream->avail_out = RAW_SIZE;
	while (gunzip->problem == NULL && result != Z_STREAM_END && stream->avail_out > 0) {
		unsigned room = stream->avail_out;

		if (stream->avail_in == 0)
			fill(gunzip);
		if (gunzip->end_of_file && gunzip->inside)
			gunzip->problem = "it ends too early";
		if (gunzip->end_of_file || gunzip->problem != NULL)
			break;
		gunzip->inside = true;
		result = inflate(stream, Z_NO_FLUSH);
		gunzip->raw_total += room - stream->avail_out;
		gunzip->problem = judge(gunzip, result);
	}
	if (result == Z_STREAM_END) {
		gunzip->inside = false;
		if (!is_our_header(&gunzip->header))
			gunzip->problem = "its compressed data is damaged";
		inflateReset(stream);
		inflateGetHeader(stream, &gunzip->header);
	}
	return RAW_SIZE - stream->avail_out;
}

ptrdiff_t
gunzip_next(struct gunzip *gunzip, const void **data)
{
	size_t length = 0;

	/* A member may be empty; only the end of the file is the end. */
	while (length == 0 && gunzip->problem == NULL && !gunzip->end_of_file)
		length = unpack(gunzip);
	*data = gunzip->raw;
	return gunzip->problem != NULL ? -1 : (ptrdiff_t)length;
}
