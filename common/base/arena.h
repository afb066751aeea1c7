/*
 * arena.h - memory that lives and dies together.
 *
 * An arena owns every byte got from it until arena_free or arena_reset; nothing is freed
 * singly.  Running out of memory ends the program with a message and status 1: a batch
 * program has no better answer, so no caller checks for NULL.
 */
#ifndef COMMON_BASE_ARENA_H
#define COMMON_BASE_ARENA_H

#include "build.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */
void arena_reset(struct arena *arena);
size_t arena_size(const struct arena *arena); /* bytes held from the system */

void *arena_alloc(struct arena *arena, size_t size);  /* aligned for any type, not cleared */
void *arena_zalloc(struct arena *arena, size_t size); /* cleared */
void *arena_bytes(struct arena *arena, size_t size);  /* unaligned, for packed text */
void *arena_memdup(struct arena *arena, const void *data, size_t size);
char *arena_strdup(struct arena *arena, const char *text); /* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *arena, const char *format, va_list arguments) PRINTF_LIKE(2, 0);

/* The same rule for plain heap memory: these never return NULL. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);                /* checks the product */
void *xrealloc(void *memory, size_t count, size_t size); /* checks the product */
char *xstrdup(const char *text);

#endif
