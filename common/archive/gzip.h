/*
 * gzip.h - gzip members made by worker threads.  Internal to the archive folder.
 *
 * A block is one gzip member.  Blocks are compressed in the order in which they are
 * submitted and may be waited for in any.  Bytes depend on the text and the level only
 * (no time, no name, a fixed system).  One thread submits; blocks belong to it.
 */
#ifndef COMMON_ARCHIVE_GZIP_H
#define COMMON_ARCHIVE_GZIP_H

#include "build.h"

struct gzip_pool;

struct gzip_block {
	char *raw; /* heap memory, NULL once compressed */
	size_t raw_length;
	unsigned char *data; /* heap memory, once compressed */
	size_t length;
	bool done;
	struct gzip_block *next;
};

/* How many threads are worth while here: the processors, at most 4. */
unsigned gzip_thread_count(void);

struct gzip_pool *gzip_pool_new(int level);
void gzip_pool_free(struct gzip_pool *pool); /* after the last block was waited for or freed; NULL is allowed */
/* Takes over raw (heap memory).  Waits while too many blocks are still to be compressed. */
struct gzip_block *gzip_pool_submit(struct gzip_pool *pool, char *raw, size_t length);
void gzip_block_wait(struct gzip_pool *pool, struct gzip_block *block);
void gzip_block_free(struct gzip_pool *pool, struct gzip_block *block); /* waits first */

#endif
