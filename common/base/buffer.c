/*
 * buffer.c - see buffer.h.  Capacity doubles, so appending is linear on the whole.
 */
#include "build.h"

#include "base/buffer.h"

#include "base/arena.h"

#define SMALLEST_CAPACITY 64

void
buffer_fini(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer)BUFFER_INIT;
}

void
buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data != NULL)
		buffer->data[0] = '\0';
}

/* Room for `more` bytes and the NUL. */
void
buffer_reserve(struct buffer *buffer, size_t more)
{
	size_t needed;
	size_t capacity = buffer->capacity < SMALLEST_CAPACITY ? SMALLEST_CAPACITY : buffer->capacity;

	if (__builtin_add_overflow(buffer->length, more, &needed) || needed > SIZE_MAX / 2)
		needed = SIZE_MAX - 1; /* no allocator grants it: xrealloc ends the program */
	needed++;
	if (needed <= buffer->capacity)
		return;
	while (capacity < needed)
		capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
	buffer->data = xrealloc(buffer->data, capacity, 1);
	buffer->capacity = capacity;
	buffer->data[buffer->length] = '\0';
}

void
buffer_append(struct buffer *buffer, const void *data, size_t length)
{
	buffer_reserve(buffer, length);
	if (length > 0)
		memcpy(buffer->data + buffer->length, data, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void
buffer_append_text(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, text, strlen(text));
}

void
buffer_append_char(struct buffer *buffer, char c)
{
	if (buffer->length + 1 >= buffer->capacity)
		buffer_reserve(buffer, 1);
	buffer->data[buffer->length++] = c;
	buffer->data[buffer->length] = '\0';
}

/* Most texts fit what is already there; only a longer one is formatted twice. */
void
buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
	va_list again;
	size_t room;
	int length;

	buffer_reserve(buffer, SMALLEST_CAPACITY);
	room = buffer->capacity - buffer->length;
	va_copy(again, arguments);
	length = vsnprintf(buffer->data + buffer->length, room, format, again);
	va_end(again);
	if (length < 0) {
		buffer->data[buffer->length] = '\0';
		return;
	}
	if ((size_t)length >= room) {
		buffer->data[buffer->length] = '\0';
		buffer_reserve(buffer, (size_t)length);
		vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
	}
	buffer->length += (size_t)length;
}

void
buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	buffer_vprintf(buffer, format, arguments);
	va_end(arguments);
}

const char *
buffer_text(const struct buffer *buffer)
{
	return buffer->data == NULL ? "" : buffer->data;
}

char *
buffer_steal(struct buffer *buffer)
{
	char *data = buffer->data == NULL ? xstrdup("") : buffer->data;

	*buffer = (struct buffer)BUFFER_INIT;
	return data;
}
