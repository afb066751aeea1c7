/*
 * buffer.h - a growing run of bytes, always NUL-terminated behind its length.
 *
 * The struct may live on the stack; it owns heap memory after the first append and
 * buffer_fini frees it.  { 0 } is a valid empty buffer.
 */
#ifndef COMMON_BASE_BUFFER_H
#define COMMON_BASE_BUFFER_H

#include "build.h"

struct buffer {
	char *data;
	size_t length;
	size_t capacity;
};

#define BUFFER_INIT \
	{               \
		NULL, 0, 0  \
	}

void buffer_fini(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory */
void buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const void *data, size_t length);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_char(struct buffer *buffer, char c);
void buffer_printf(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
void buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments) PRINTF_LIKE(2, 0);
const char *buffer_text(const struct buffer *buffer); /* never NULL */
char *buffer_steal(struct buffer *buffer);            /* heap memory, the buffer is empty afterwards */

#endif
