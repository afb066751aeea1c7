/*
 * writer.h - the inside of an archive writer.  Internal to the archive folder.
 *
 * Life of a member: begun -> its text goes in blocks to the compressing threads -> ended
 * (digest and size known) -> stored (in the file, blocks freed, only their places kept).
 */
#ifndef COMMON_ARCHIVE_WRITER_H
#define COMMON_ARCHIVE_WRITER_H

#include "archive/gzip.h"
#include "archive/manifest.h"

struct writer_member {
	const char *name;
	uint64_t size;
	char sha256[DIGEST_TEXT_SIZE];
	struct vector blocks; /* struct gzip_block *, header first once ended; empty once stored */
	uint64_t offset;      /* in the file, once stored */
	uint32_t *lengths;    /* of the stored gzip members */
	size_t length_count;
};

/* A member being written.  Two may be at once, each by its own thread; only the pool is shared. */
struct member_stream {
	struct archive_writer *writer;
	struct writer_member *member; /* NULL: none */
	uint64_t most;                /* bytes it may have */
	struct digest *digest;
	char *block;
	size_t block_length;
};

enum writer_state { WRITER_SNAPSHOT, WRITER_DATA, WRITER_ENDED, WRITER_PUBLISHED };

struct archive_writer {
	struct arena *arena;
	enum writer_state state;
	char *path;      /* for messages */
	char *temporary; /* heap memory; NULL once published */
	int fd;
	uint64_t offset; /* bytes written */
	struct gzip_pool *pool;

	struct vector members; /* struct writer_member *, in file order but for the manifest, which is manifest_member */
	struct map *names;     /* of snapshot members */
	uint64_t total;        /* raw bytes of the snapshot members */
	size_t stored;         /* how many of members are in the file */
	struct writer_member *manifest_member;

	struct member_stream open; /* between begin and end */

	uint64_t data_count;
	struct digest *data_digest; /* over "<digest>  <name>\n" of the data members */

	struct manifest_text text; /* counts and unmodelled, from the catalog */
};

/*
 * The same three as archive_writer_begin, _write and _end, on a stream of one's own.  Begin and
 * end (which gives the member its place behind those ended before) belong to the thread of
 * the writer, write to any one thread.
 */
int member_stream_begin(struct member_stream *stream, struct archive_writer *writer, const char *name,
                        struct error *error);
int member_stream_write(struct member_stream *stream, const char *data, size_t length, struct error *error);
int member_stream_end(struct member_stream *stream, struct error *error);
void member_stream_abandon(struct member_stream *stream);

/* Reads the temporary file back and compares every digest. */
int archive_verify(const struct archive_writer *writer, struct error *error);

#endif
