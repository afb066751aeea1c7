/*
 * vector.h - a growing array of pointers.  It owns the array, not what it points to.
 * { 0 } is a valid empty vector.
 */
#ifndef COMMON_BASE_VECTOR_H
#define COMMON_BASE_VECTOR_H

#include "build.h"

struct vector {
	void **items;
	size_t count;
	size_t capacity;
};

void vector_fini(struct vector *vector);
void vector_clear(struct vector *vector);
void vector_add(struct vector *vector, void *item);
void vector_sort(struct vector *vector, int (*compare)(const void *const *, const void *const *)); /* stable */

#endif
