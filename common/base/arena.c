/*
 * arena.c - chunks from the system, cut from both ends.
 *
 *     | header | aligned memory --->    free    <--- packed text |
 *
 * Text needs no alignment, so it grows down from the end of the chunk and no padding
 * is lost where text and structs alternate.  Something large gets a chunk of its own,
 * put behind the current one, whose free space stays in use.
 */
#include "build.h"

#include "base/arena.h"

#include <stdalign.h>

#define CHUNK_FIRST ((size_t)16 * 1024)
#define CHUNK_MOST ((size_t)1024 * 1024)
#define ALIGNMENT alignof(max_align_t)

struct chunk {
	struct chunk *next;
	size_t size; /* of the memory behind the header */
	size_t low;  /* end of the aligned memory */
	size_t high; /* start of the packed text */
	max_align_t memory[];
};

struct arena {
	struct chunk *current;
	size_t next_size;
	size_t held;
};

static _Noreturn void
die_out_of_memory(size_t size)
{
	fprintf(stderr, "pgkeel: error: out of memory: %zu bytes were asked for\n", size);
	exit(1);
}

void *
xmalloc(size_t size)
{
	void *memory = malloc(size == 0 ? 1 : size);

	if (memory == NULL)
		die_out_of_memory(size);
	return memory;
}

void *
xcalloc(size_t count, size_t size)
{
	void *memory = calloc(count == 0 ? 1 : count, size == 0 ? 1 : size);

	if (memory == NULL)
		die_out_of_memory(size);
	return memory;
}

void *
xrealloc(void *memory, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		die_out_of_memory(SIZE_MAX);
	memory = realloc(memory, total == 0 ? 1 : total);
	if (memory == NULL)
		die_out_of_memory(total);
	return memory;
}

char *
xstrdup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(xmalloc(size), text, size);
}

static struct chunk *
chunk_new(struct arena *arena, size_t size)
{
	struct chunk *chunk;

	if (size > SIZE_MAX / 2)
		die_out_of_memory(size);
	chunk = xmalloc(sizeof(*chunk) + size);
	chunk->next = NULL;
	chunk->size = size;
	chunk->low = 0;
	chunk->high = size;
	arena->held += sizeof(*chunk) + size;
	return chunk;
}

struct arena *
arena_new(void)
{
	struct arena *arena = xcalloc(1, sizeof(*arena));

	arena->next_size = CHUNK_FIRST;
	return arena;
}

static void
chunks_free(struct arena *arena, struct chunk *chunk)
{
	while (chunk != NULL) {
		struct chunk *next = chunk->next;

		arena->held -= sizeof(*chunk) + chunk->size;
		free(chunk);
		chunk = next;
	}
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	chunks_free(arena, arena->current);
	free(arena);
}

/* The current chunk is kept, so that a scratch arena in a loop stops asking the system. */
void
arena_reset(struct arena *arena)
{
	struct chunk *kept = arena->current;

	if (kept == NULL)
		return;
	chunks_free(arena, kept->next);
	kept->next = NULL;
	kept->low = 0;
	kept->high = kept->size;
}

size_t
arena_size(const struct arena *arena)
{
	return arena->held;
}

/* A chunk with room for size bytes (a multiple of the alignment). */
static struct chunk *
arena_room(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->current;

	if (chunk != NULL && chunk->high - chunk->low >= size)
		return chunk;
	if (chunk != NULL && size > arena->next_size / 4) {
		struct chunk *large = chunk_new(arena, size);

		large->next = chunk->next;
		chunk->next = large;
		return large;
	}
	chunk = chunk_new(arena, size > arena->next_size ? size : arena->next_size);
	chunk->next = arena->current;
	arena->current = chunk;
	if (arena->next_size < CHUNK_MOST)
		arena->next_size *= 2;
	return chunk;
}

static size_t
round_up(size_t size)
{
	if (size > SIZE_MAX / 2)
		die_out_of_memory(size);
	if (size == 0)
		size = 1;
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	size_t rounded = round_up(size);
	struct chunk *chunk = arena_room(arena, rounded);
	char *memory = (char *)chunk->memory + chunk->low;

	chunk->low += rounded;
	return memory;
}

void *
arena_zalloc(struct arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

void *
arena_bytes(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->current;

	if (size == 0)
		size = 1;
	if (chunk == NULL || chunk->high - chunk->low < size)
		chunk = arena_room(arena, round_up(size));
	chunk->high -= size;
	return (char *)chunk->memory + chunk->high;
}

void *
arena_memdup(struct arena *arena, const void *data, size_t size)
{
	void *copy = arena_alloc(arena, size);

	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

char *
arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_bytes(arena, length + 1);

	if (length > 0)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

char *
arena_strdup(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

char *
arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	va_list again;
	int length;
	char *text;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0)
		die_out_of_memory(SIZE_MAX);
	text = arena_bytes(arena, (size_t)length + 1);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return text;
}
