/*
 * vector.c - see vector.h.  Sorting is a bottom-up merge sort over short runs sorted by
 * insertion: stable, which qsort does not promise.
 */
#include "build.h"

#include "base/vector.h"

#include "base/arena.h"

#define RUN 8

typedef int compare_function(const void *const *, const void *const *);

void
vector_fini(struct vector *vector)
{
	free(vector->items);
	*vector = (struct vector){ NULL, 0, 0 };
}

void
vector_clear(struct vector *vector)
{
	vector->count = 0;
}

void
vector_add(struct vector *vector, void *item)
{
	if (vector->count == vector->capacity) {
		vector->capacity = vector->capacity == 0 ? 8 : vector->capacity * 2;
		vector->items = xrealloc(vector->items, vector->capacity, sizeof(vector->items[0]));
	}
	vector->items[vector->count++] = item;
}

static bool
in_order(void *const *first, void *const *second, compare_function *compare)
{
	return compare((const void *const *)first, (const void *const *)second) <= 0;
}

static void
sort_run(void **items, size_t count, compare_function *compare)
{
	for (size_t i = 1; i < count; i++) {
		void *item = items[i];
		size_t place = i;

		while (place > 0 && !in_order(&items[place - 1], &item, compare)) {
			items[place] = items[place - 1];
			place--;
		}
		items[place] = item;
	}
}

/* Merges from[0…middle) and from[middle…count) into to. */
static void
merge(void *const *from, size_t middle, size_t count, void **to, compare_function *compare)
{
	size_t left = 0;
	size_t right = middle;

	for (size_t i = 0; i < count; i++) {
		bool take_left = right == count || (left < middle && in_order(&from[left], &from[right], compare));

		to[i] = take_left ? from[left++] : from[right++];
	}
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

void
vector_sort(struct vector *vector, int (*compare)(const void *const *, const void *const *))
{
	size_t count = vector->count;
	void **from = vector->items;
	void **spare;
	void **to;

	for (size_t start = 0; start < count; start += RUN)
		sort_run(from + start, least(RUN, count - start), compare);
	if (count <= RUN)
		return;
	spare = xmalloc(count * sizeof(*spare));
	to = spare;
	for (size_t width = RUN; width < count; width *= 2) {
		void **swap = from;

		for (size_t start = 0; start < count; start += 2 * width)
			merge(from + start, least(width, count - start), least(2 * width, count - start), to + start, compare);
		from = to;
		to = swap;
	}
	if (from == spare)
		memcpy(vector->items, spare, count * sizeof(*spare));
	free(spare);
}
