/*
 * finish.c - from objects and pairs in the order of their coming to a catalog.
 *
 * Working memory is one 32-bit number an object for each of: order, scratch of the sort,
 * place, dropped.  "Old" numbers are those of catalog_add; "sorted" ones are places after
 * the sort; indexes are what remains when orphans are gone.
 */
#include "build.h"

#include "catalog/catalog.h"

#include "catalog/packed.h"
#include "catalog/unfinished.h"

/* Old numbers by kind, in order of coming within a kind; start gets kind_count + 1 bounds. */
static void
order_by_kind(const struct catalog *catalog, uint32_t *order, uint32_t *start)
{
	uint32_t *next = xcalloc(kind_count + 1, sizeof(*next));
	const struct kind *kind = NULL;
	unsigned number = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < catalog->count; i++) {
			if (catalog->objects[i].kind != kind) {
				kind = catalog->objects[i].kind;
				number = kind_number(kind);
			}
			if (pass == 0)
				start[number + 1]++;
			else
				order[next[number]++] = i;
		}
		for (unsigned k = 0; pass == 0 && k < kind_count; k++) {
			start[k + 1] += start[k];
			next[k] = start[k];
		}
	}
	free(next);
}

struct sorter {
	const struct object *objects;
	unsigned values; /* of the identity */
	uint32_t *scratch;
};

static int
sorter_compare(const struct sorter *sorter, uint32_t a, uint32_t b)
{
	return packed_compare(&sorter->objects[a], &sorter->objects[b], sorter->values);
}

/* The end of the ascending run that begins at `start`. */
static uint32_t
sorter_run(const struct sorter *sorter, const uint32_t *order, uint32_t start, uint32_t count)
{
	uint32_t end = start + 1;
	while (end < count && sorter_compare(sorter, order[end - 1], order[end]) <= 0)
		end++;
	return end;
}

/* Merges order[start…middle) and order[middle…end), each sorted; stable. */
static void
sorter_merge(const struct sorter *sorter, uint32_t *order, uint32_t start, uint32_t middle, uint32_t end)
{
	uint32_t *left = sorter->scratch;
	uint32_t left_count = middle - start;
	if (sorter_compare(sorter, order[middle - 1], order[middle]) <= 0)
		return;
	memcpy(left, order + start, left_count * sizeof(*left));
	uint32_t out = start;
	uint32_t i = 0;
	uint32_t j = middle;
	while (i < left_count && j < end)
		order[out++] = sorter_compare(sorter, left[i], order[j]) <= 0 ? left[i++] : order[j++];
	memcpy(order + out, left + i, (left_count - i) * sizeof(*left));
}

/*
 * A merge sort.  What comes sorted (an archive, always) costs one comparison an object: the
 * run from the front is taken as it is and only the rest is halved.
 */
static void
sorter_sort(const struct sorter *sorter, uint32_t *order, uint32_t count)
{
	if (count < 2)
		return;
	uint32_t middle = sorter_run(sorter, order, 0, count);
	if (middle == count)
		return;
	if (middle < count / 2) {
		middle = count / 2;
		sorter_sort(sorter, order, middle);
	}
	sorter_sort(sorter, order + middle, count - middle);
	sorter_merge(sorter, order, 0, middle, count);
}

/* Which of its kind, counted from 1 in the order of coming: the row of an archive's table. */
static uint32_t
row_of(const struct catalog *catalog, uint32_t old)
{
	uint32_t row = 0;
	for (uint32_t i = 0; i <= old; i++)
		row += catalog->objects[i].kind == catalog->objects[old].kind;
	return row;
}

static bool
identity_has_null(const struct object *object)
{
	for (unsigned i = 0; i < object->kind->identity_count; i++)
		if (!object_value(object, i))
			return true;
	return false;
}

/* Every identity whole and there once. */
static int
check_identities(const struct catalog *catalog, const uint32_t *order, struct error *error)
{
	struct buffer name = BUFFER_INIT;
	int result = 0;
	for (uint32_t i = 0; i < catalog->count && result == 0; i++) {
		const struct object *object = &catalog->objects[order[i]];
		const struct object *before = i > 0 ? &catalog->objects[order[i - 1]] : NULL;
		if (identity_has_null(object)) {
			result = error_set(error, ERROR_ARCHIVE, "an object of kind \"%s\" has no name", object->kind->name);
			error_detail(error, "It is row %u of its kind.", row_of(catalog, order[i]));
		} else if (before && before->kind == object->kind &&
		           packed_compare(before, object, object->kind->identity_count) == 0) {
			object_describe(&name, object);
			result = error_set(error, ERROR_ARCHIVE, "duplicate object of kind \"%s\": %s", object->kind->name,
			                   buffer_text(&name));
			error_detail(error, "It is row %u and again row %u of its kind.", row_of(catalog, order[i - 1]),
			             row_of(catalog, order[i]));
		}
	}
	buffer_fini(&name);
	return result;
}

static int
sort_objects(const struct catalog *catalog, uint32_t *order, struct error *error)
{
	struct sorter sorter = { .objects = catalog->objects, .scratch = xcalloc(catalog->count + 1, sizeof(uint32_t)) };
	for (unsigned k = 0; k < kind_count; k++) {
		sorter.values = kinds[k]->identity_count;
		sorter_sort(&sorter, order + catalog->kind_start[k], catalog->kind_start[k + 1] - catalog->kind_start[k]);
	}
	free(sorter.scratch);
	return check_identities(catalog, order, error);
}

/* Moves the objects into their order along the cycles of the permutation; place: old -> sorted. */
static void
permute_objects(struct catalog *catalog, uint32_t *order, uint32_t *place)
{
	struct object *objects = catalog->objects;
	for (uint32_t i = 0; i < catalog->count; i++)
		place[order[i]] = i;
	for (uint32_t i = 0; i < catalog->count; i++) {
		if (order[i] == i)
			continue;
		struct object moved = objects[i];
		uint32_t to = i;
		while (order[to] != i) {
			uint32_t from = order[to];
			objects[to] = objects[from];
			order[to] = to;
			to = from;
		}
		objects[to] = moved;
		order[to] = to;
	}
}

/* One merge of a kind's range with that of a kind its parents may be of.  The first candidate that has it wins. */
static void
find_parents_of_kind(struct catalog *catalog, unsigned child_number, unsigned parent_number)
{
	unsigned values = kinds[parent_number]->identity_count;
	uint32_t parent = catalog->kind_start[parent_number];
	uint32_t parent_end = catalog->kind_start[parent_number + 1];
	uint32_t child_end = catalog->kind_start[child_number + 1];
	for (uint32_t child = catalog->kind_start[child_number]; child < child_end && parent < parent_end;) {
		int order = packed_compare(&catalog->objects[parent], &catalog->objects[child], values);
		if (order < 0) {
			parent++;
			continue;
		}
		if (order == 0 && catalog->objects[child].parent == OBJECT_NONE)
			catalog->objects[child].parent = parent;
		child++;
	}
}

/* Finds the parents (sorted numbers) of one kind's objects and marks those without; returns how many. */
static uint32_t
drop_orphans_of_kind(struct catalog *catalog, unsigned number, uint8_t *dropped)
{
	const struct kind *kind = kinds[number];
	uint32_t orphans = 0;
	for (const char *const *name = kind->parents; *name; name++) {
		const struct kind *parent = kind_find(*name);
		if (parent && parent->identity_count + 1 == kind->identity_count)
			find_parents_of_kind(catalog, number, kind_number(parent));
	}
	for (uint32_t i = catalog->kind_start[number]; i < catalog->kind_start[number + 1]; i++) {
		uint32_t parent = catalog->objects[i].parent;
		if (parent == OBJECT_NONE || dropped[parent]) {
			dropped[i] = 1;
			orphans++;
		}
	}
	return orphans;
}

/*
 * A parent's identity is shorter than its child's, so kinds are gone through by its length: a
 * dropped parent is known before its children are looked at.
 */
static uint32_t
drop_orphans(struct catalog *catalog, uint8_t *dropped)
{
	uint32_t orphans = 0;
	unsigned longest = 0;
	for (unsigned k = 0; k < kind_count; k++)
		if (kinds[k]->identity_count > longest)
			longest = kinds[k]->identity_count;
	for (unsigned values = 1; values <= longest; values++)
		for (unsigned k = 0; k < kind_count; k++)
			if (kinds[k]->identity_count == values && kinds[k]->parents)
				orphans += drop_orphans_of_kind(catalog, k, dropped);
	return orphans;
}

/* Closes the gaps.  index_of: sorted -> index or OBJECT_NONE. */
static void
remove_dropped(struct catalog *catalog, const uint8_t *dropped, uint32_t *index_of)
{
	uint32_t kept = 0;
	unsigned kind = 0;
	for (uint32_t i = 0; i < catalog->count; i++) {
		for (; kind < kind_count && catalog->kind_start[kind] <= i; kind++)
			catalog->kind_start[kind] = kept;
		index_of[i] = dropped[i] ? OBJECT_NONE : kept;
		if (!dropped[i])
			catalog->objects[kept++] = catalog->objects[i];
	}
	for (; kind <= kind_count; kind++)
		catalog->kind_start[kind] = kept;
	catalog->count = kept;
	for (uint32_t i = 0; i < kept; i++)
		if (catalog->objects[i].parent != OBJECT_NONE)
			catalog->objects[i].parent = index_of[catalog->objects[i].parent];
}

/* Parents, orphans, indexes.  place: old -> sorted becomes old -> index. */
static uint32_t
settle_parents(struct catalog *catalog, uint32_t *place)
{
	uint32_t before = catalog->count;
	uint8_t *dropped = xcalloc(before + (size_t)1, 1);
	uint32_t orphans = drop_orphans(catalog, dropped);
	if (orphans > 0) {
		uint32_t *index_of = xcalloc(before, sizeof(*index_of));
		remove_dropped(catalog, dropped, index_of);
		for (uint32_t i = 0; i < before; i++)
			place[i] = index_of[place[i]];
		free(index_of);
	}
	free(dropped);
	for (uint32_t i = 0; i < catalog->count; i++)
		catalog->objects[i].index = i;
	return orphans;
}

/* Whether an object begins another family than the one before it. */
static bool
begins_family(const struct catalog *catalog, uint32_t index)
{
	const struct object *object = &catalog->objects[index];
	return object->parent != OBJECT_NONE &&
	       (index == 0 || object[-1].parent != object->parent || object[-1].kind != object->kind);
}

/* Counts in families_start[parent + 2], then bounds shifted by one that filling sets right. */
static void
index_families(struct catalog *catalog)
{
	uint32_t families = 0;
	uint32_t *start = arena_zalloc(catalog->arena, (catalog->count + (size_t)3) * sizeof(uint32_t));
	for (uint32_t i = 0; i < catalog->count; i++)
		if (begins_family(catalog, i)) {
			start[catalog->objects[i].parent + 2]++;
			families++;
		}
	for (uint32_t i = 2; i < catalog->count + 2; i++)
		start[i] += start[i - 1];
	catalog->families = arena_alloc(catalog->arena, (families + (size_t)1) * sizeof(*catalog->families));
	struct family *family = NULL;
	for (uint32_t i = 0; i < catalog->count; i++) {
		if (begins_family(catalog, i)) {
			family = &catalog->families[start[catalog->objects[i].parent + 1]++];
			*family = (struct family){ .first = i };
		}
		/* An object with a parent begins a family or follows another of it. */
		if (family != NULL && catalog->objects[i].parent != OBJECT_NONE)
			family->count++;
	}
	catalog->families_start = start;
}

/* Rewrites the pairs to indexes, leaving out what was dropped and self-edges. */
static void
renumber_pairs(struct unfinished_catalog *unfinished, const uint32_t *place)
{
	size_t kept = 0;
	for (size_t i = 0; i < unfinished->pair_count; i++) {
		uint32_t from = place[unfinished->pairs[i].from];
		uint32_t to = place[unfinished->pairs[i].to];
		if (from != OBJECT_NONE && to != OBJECT_NONE && from != to)
			unfinished->pairs[kept++] = (struct catalog_pair){ from, to };
	}
	unfinished->pair_count = kept;
}

/* Counts in start[1…] become bounds, shifted by one so that filling through start[i + 1]++ leaves start[i] right. */
static void
counts_to_bounds(uint32_t *start, uint32_t count)
{
	uint32_t sum = 0;
	for (uint32_t i = 0; i <= count; i++) {
		uint32_t here = start[i];
		start[i] = sum;
		sum += here;
	}
}

/*
 * Turns lists round: for each x in list of i, i is put into the list of x.  Going up in i, so
 * every list that comes out is sorted.  result_start has count + 2 zeroed entries.
 */
static void
turn_round(const uint32_t *start, const uint32_t *list, uint32_t count, uint32_t *result_start, uint32_t *result)
{
	for (uint32_t i = 0; i < start[count]; i++)
		result_start[list[i] + 1]++;
	counts_to_bounds(result_start, count + 1);
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t j = start[i]; j < start[i + 1]; j++)
			result[result_start[list[j] + 1]++] = i;
}

static void
remove_repeats(uint32_t *start, uint32_t *list, uint32_t count)
{
	uint32_t kept = 0;
	uint32_t from = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t first = kept;
		for (uint32_t end = start[i + 1]; from < end; from++)
			if (kept == first || list[kept - 1] != list[from])
				list[kept++] = list[from];
		start[i] = first;
	}
	start[count] = kept;
}

/* Lists by target, unsorted; turned round: lists by source, sorted; without repeats; turned round again. */
static void
index_dependencies(struct unfinished_catalog *unfinished)
{
	struct catalog *catalog = &unfinished->catalog;
	uint32_t count = catalog->count;
	uint32_t pairs = (uint32_t)unfinished->pair_count;
	uint32_t *scratch_start = xcalloc(count + (size_t)2, sizeof(uint32_t));
	uint32_t *scratch = xcalloc(pairs + (size_t)1, sizeof(uint32_t));
	for (uint32_t i = 0; i < pairs; i++)
		scratch_start[unfinished->pairs[i].to + 1]++;
	counts_to_bounds(scratch_start, count + 1);
	for (uint32_t i = 0; i < pairs; i++)
		scratch[scratch_start[unfinished->pairs[i].to + 1]++] = unfinished->pairs[i].from;
	free(unfinished->pairs);
	unfinished->pairs = NULL;

	catalog->depends_start = arena_zalloc(catalog->arena, (count + (size_t)2) * sizeof(uint32_t));
	uint32_t *depends = xcalloc(pairs + (size_t)1, sizeof(uint32_t));
	turn_round(scratch_start, scratch, count, catalog->depends_start, depends);
	free(scratch);
	free(scratch_start);
	remove_repeats(catalog->depends_start, depends, count);

	size_t kept = catalog->depends_start[count];
	catalog->depends = arena_memdup(catalog->arena, depends, (kept + 1) * sizeof(uint32_t));
	free(depends);
	catalog->dependents_start = arena_zalloc(catalog->arena, (count + (size_t)2) * sizeof(uint32_t));
	catalog->dependents = arena_alloc(catalog->arena, (kept + 1) * sizeof(uint32_t));
	turn_round(catalog->depends_start, catalog->depends, count, catalog->dependents_start, catalog->dependents);
}

int
catalog_finish(struct catalog *catalog, uint32_t *orphans, uint32_t **renumbered, struct error *error)
{
	struct unfinished_catalog *unfinished = catalog_unfinished(catalog);
	uint32_t *order = xcalloc(catalog->count + (size_t)1, sizeof(*order));
	if (unfinished->pair_count > UINT32_MAX) {
		free(order);
		return error_set(error, ERROR_ARCHIVE, "more than %u dependencies", UINT32_MAX);
	}
	catalog->kind_start = arena_zalloc(catalog->arena, (kind_count + (size_t)1) * sizeof(uint32_t));
	order_by_kind(catalog, order, catalog->kind_start);
	if (sort_objects(catalog, order, error)) {
		free(order);
		return -1;
	}
	uint32_t *place = xcalloc(catalog->count + (size_t)1, sizeof(*place));
	permute_objects(catalog, order, place);
	free(order);
	uint32_t dropped = settle_parents(catalog, place);
	index_families(catalog);
	renumber_pairs(unfinished, place);
	index_dependencies(unfinished);
	catalog->capacity = catalog->count ? catalog->count : 1;
	catalog->objects = xrealloc(catalog->objects, catalog->capacity, sizeof(*catalog->objects));
	unfinished->finished = true;
	if (orphans)
		*orphans = dropped;
	if (renumbered)
		*renumbered = place;
	else
		free(place);
	return 0;
}
