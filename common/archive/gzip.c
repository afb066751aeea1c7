#include "build.h"

#include "archive/gzip.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include <zlib.h>

#include "base/arena.h"

#define THREADS_MOST 4
#define WAITING_MOST 3        /* blocks not yet compressed: enough to keep the threads busy, bounded memory */
#define GZIP_WINDOW (15 + 16) /* zlib: a window of 32 KiB, in a gzip wrapper */

struct gzip_pool {
	pthread_mutex_t lock;
	pthread_cond_t work;     /* the queue is not empty, or stop */
	pthread_cond_t progress; /* a block is done */
	struct gzip_block *first;
	struct gzip_block *last;
	unsigned waiting;
	bool stop;
	int level;
	unsigned thread_count;
	pthread_t threads[THREADS_MOST];
};

unsigned
gzip_thread_count(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (processors < 1)
		return 1;
	return processors < THREADS_MOST ? (unsigned)processors : THREADS_MOST;
}

/* With memory that never runs out zlib fails only where it is called wrongly. */
static void *
allocate(void *context, unsigned count, unsigned size)
{
	(void)context;
	return xcalloc(count, size);
}

static void
release(void *context, void *memory)
{
	(void)context;
	free(memory);
}

static void
must_give(int expected, int result)
{
	if (result != expected)
		abort();
}

static void
start_stream(z_stream *stream, int level)
{
	*stream = (z_stream){ .zalloc = allocate, .zfree = release };
	must_give(Z_OK, deflateInit2(stream, level, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY));
}

static void
compress_block(z_stream *stream, struct gzip_block *block)
{
	size_t bound;

	deflateReset(stream);
	bound = deflateBound(stream, block->raw_length);
	block->data = xmalloc(bound);
	stream->next_in = (unsigned char *)block->raw;
	stream->avail_in = (unsigned)block->raw_length;
	stream->next_out = block->data;
	stream->avail_out = (unsigned)bound;
	must_give(Z_STREAM_END, deflate(stream, Z_FINISH));
	block->length = bound - stream->avail_out;
	block->data = xrealloc(block->data, block->length, 1);
	free(block->raw);
	block->raw = NULL;
}

static struct gzip_block *
next_block(struct gzip_pool *pool)
{
	struct gzip_block *block;

	pthread_mutex_lock(&pool->lock);
	while (pool->first == NULL && !pool->stop)
		pthread_cond_wait(&pool->work, &pool->lock);
	block = pool->first;
	if (block != NULL) {
		pool->first = block->next;
		if (pool->first == NULL)
			pool->last = NULL;
	}
	pthread_mutex_unlock(&pool->lock);
	return block;
}

static void *
work(void *argument)
{
	struct gzip_pool *pool = argument;
	struct gzip_block *block;
	z_stream stream;

	start_stream(&stream, pool->level);
	for (block = next_block(pool); block != NULL; block = next_block(pool)) {
		compress_block(&stream, block);
		pthread_mutex_lock(&pool->lock);
		block->done = true;
		pool->waiting--;
		pthread_cond_broadcast(&pool->progress);
		pthread_mutex_unlock(&pool->lock);
	}
	deflateEnd(&stream);
	return NULL;
}

/* Signals are for the thread that runs the program. */
static void
start_threads(struct gzip_pool *pool)
{
	sigset_t all;
	sigset_t before;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	while (pool->thread_count < gzip_thread_count()) {
		if (pthread_create(&pool->threads[pool->thread_count], NULL, work, pool) != 0)
			break;
		pool->thread_count++;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

struct gzip_pool *
gzip_pool_new(int level)
{
	struct gzip_pool *pool = xcalloc(1, sizeof(*pool));

	pool->level = level;
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->work, NULL);
	pthread_cond_init(&pool->progress, NULL);
	start_threads(pool);
	return pool;
}

void
gzip_pool_free(struct gzip_pool *pool)
{
	if (pool == NULL)
		return;
	pthread_mutex_lock(&pool->lock);
	pool->stop = true;
	pthread_cond_broadcast(&pool->work);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->thread_count; i++)
		pthread_join(pool->threads[i], NULL);
	pthread_cond_destroy(&pool->progress);
	pthread_cond_destroy(&pool->work);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}

/* Where the system gives no threads. */
static void
compress_alone(const struct gzip_pool *pool, struct gzip_block *block)
{
	z_stream stream;

	start_stream(&stream, pool->level);
	compress_block(&stream, block);
	deflateEnd(&stream);
	block->done = true;
}

struct gzip_block *
gzip_pool_submit(struct gzip_pool *pool, char *raw, size_t length)
{
	struct gzip_block *block = xcalloc(1, sizeof(*block));

	block->raw = raw;
	block->raw_length = length;
	if (pool->thread_count == 0) {
		compress_alone(pool, block);
		return block;
	}
	pthread_mutex_lock(&pool->lock);
	while (pool->waiting >= WAITING_MOST)
		pthread_cond_wait(&pool->progress, &pool->lock);
	if (pool->last != NULL)
		pool->last->next = block;
	else
		pool->first = block;
	pool->last = block;
	pool->waiting++;
	pthread_cond_signal(&pool->work);
	pthread_mutex_unlock(&pool->lock);
	return block;
}

void
gzip_block_wait(struct gzip_pool *pool, struct gzip_block *block)
{
	pthread_mutex_lock(&pool->lock);
	while (!block->done)
		pthread_cond_wait(&pool->progress, &pool->lock);
	pthread_mutex_unlock(&pool->lock);
}

void
gzip_block_free(struct gzip_pool *pool, struct gzip_block *block)
{
	if (block == NULL)
		return;
	gzip_block_wait(pool, block);
	free(block->data);
	free(block);
}
