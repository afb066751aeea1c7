/*
 * packed.h - private to catalog/: walking an object's packed values.
 *
 * A value is its length plus one as a variable-length number (seven bits a byte, low ones
 * first), its bytes and a NUL.  SQL NULL is the number 0 alone.
 */
#ifndef COMMON_CATALOG_PACKED_H
#define COMMON_CATALOG_PACKED_H

#include "build.h"

/* The value at *position (NULL for SQL NULL) and its length; moves *position behind it. */
static inline const char *
packed_next(const char **position, size_t *length)
{
	const unsigned char *bytes = (const unsigned char *)*position;
	size_t number = *bytes++;
	if (number >= 0x80) {
		number &= 0x7f;
		for (unsigned shift = 7;; shift += 7) {
			number |= (size_t)(*bytes & 0x7f) << shift;
			if (*bytes++ < 0x80)
				break;
		}
	}
	if (number == 0) {
		*position = (const char *)bytes;
		*length = 0;
		return NULL;
	}
	*length = number - 1;
	*position = (const char *)bytes + number;
	return (const char *)bytes;
}

/* Writes the number in front of a value; returns the place behind it. */
static inline char *
packed_put_number(char *out, size_t number)
{
	while (number >= 0x80) {
		*out++ = (char)(number | 0x80);
		number >>= 7;
	}
	*out++ = (char)number;
	return out;
}

static inline size_t
packed_number_size(size_t number)
{
	size_t size = 1;
	while (number >= 0x80) {
		number >>= 7;
		size++;
	}
	return size;
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

/* Order of the first `count` values of two objects. */
static inline int
packed_compare(const char *a, const char *b, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		size_t a_length;
		size_t b_length;
		const char *a_value = packed_next(&a, &a_length);
		const char *b_value = packed_next(&b, &b_length);
		int order = packed_compare_value(a_value, a_length, b_value, b_length);
		if (order)
			return order;
	}
	return 0;
}

#endif
