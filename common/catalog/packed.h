/*
 * packed.h - private to catalog/: what an object's data looks like.
 *
 * First the place where each value ends, then the values one behind the other, each with a NUL behind it.  SQL NULL
 * is no byte at all, so it ends where the value before it does.  An end is a number of one, two or four bytes: the
 * least that holds the sum of all values, which the object's size tells.
 *
 * Values hold no NUL, so one comparison of the bytes of several values is one value by value.
 */
#ifndef COMMON_CATALOG_PACKED_H
#define COMMON_CATALOG_PACKED_H

#include "build.h"

#include "catalog/object.h"

/* Of a number that tells an end. */
static inline unsigned
packed_width(size_t bytes_of_values)
{
	return bytes_of_values <= UINT8_MAX ? 1 : bytes_of_values <= UINT16_MAX ? 2 : 4;
}

/* How an object is packed. */
struct packed {
	const char *ends;
	const char *values;
	unsigned width;
};

static inline struct packed
packed_of(const struct object *object)
{
	unsigned count = object->kind->attribute_count;
	unsigned width = object->size - count <= UINT8_MAX ? 1 : object->size - 2 * count <= UINT16_MAX ? 2 : 4;
	return (struct packed){ object->data, object->data + (size_t)count * width, width };
}

/* Where the first `count` values end. */
static inline size_t
packed_end(const struct packed *packed, unsigned count)
{
	uint16_t two;
	uint32_t four;
	if (count == 0)
		return 0;
	if (packed->width == 1)
		return (unsigned char)packed->ends[count - 1];
	if (packed->width == 2) {
		memcpy(&two, packed->ends + (count - 1) * sizeof(two), sizeof(two));
		return two;
	}
	memcpy(&four, packed->ends + (count - 1) * sizeof(four), sizeof(four));
	return four;
}

/* Writes where a value ends; returns the place of the next one's. */
static inline char *
packed_put_end(char *out, size_t end, unsigned width)
{
	uint8_t one = (uint8_t)end;
	uint16_t two = (uint16_t)end;
	uint32_t four = (uint32_t)end;
	memcpy(out, width == 1 ? (const void *)&one : width == 2 ? (const void *)&two : (const void *)&four, width);
	return out + width;
}

/* A value (NULL for SQL NULL) and its length. */
static inline const char *
packed_value(const struct packed *packed, unsigned number, size_t *length)
{
	size_t start = packed_end(packed, number);
	size_t end = packed_end(packed, number + 1);
	*length = end == start ? 0 : end - start - 1;
	return end == start ? NULL : packed->values + start;
}

/* Order of two values, bytewise, SQL NULL first. */
static inline int
packed_compare_value(const char *a, size_t a_length, const char *b, size_t b_length)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
	return order ? order : (a_length > b_length) - (a_length < b_length);
}

/* Order of the first `count` values of two objects, none of them NULL (what is NULL counts as nothing at all). */
static inline int
packed_compare(const struct object *a, const struct object *b, unsigned count)
{
	struct packed a_packed = packed_of(a);
	struct packed b_packed = packed_of(b);
	return packed_compare_value(a_packed.values, packed_end(&a_packed, count), b_packed.values,
	                            packed_end(&b_packed, count));
}

#endif
