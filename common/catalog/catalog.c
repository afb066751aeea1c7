#include "build.h"

#include "catalog/catalog.h"

#include <assert.h>

#include "catalog/packed.h"
#include "catalog/unfinished.h"

struct catalog *
catalog_new(void)
{
	struct unfinished_catalog *unfinished = xcalloc(1, sizeof(*unfinished));
	unfinished->catalog.arena = arena_new();
	return &unfinished->catalog;
}

void
catalog_free(struct catalog *catalog)
{
	if (!catalog)
		return;
	struct unfinished_catalog *unfinished = catalog_unfinished(catalog);
	free(catalog->objects);
	free(unfinished->pairs);
	for (unsigned i = 0; unfinished->by_name != NULL && i < kind_count; i++)
		free(unfinished->by_name[i]);
	free(unfinished->by_name);
	free(unfinished->relations);
	arena_free(catalog->arena);
	free(unfinished);
}

struct catalog *
catalog_new_empty(int server_version)
{
	struct catalog *catalog = catalog_new();
	struct error error = { 0 };
	catalog->info.server_version = server_version;
	int result = catalog_finish(catalog, NULL, NULL, &error);
	assert(result == 0); /* there is nothing that could be wrong */
	(void)result;
	return catalog;
}

uint32_t
catalog_add(struct catalog *catalog, const struct kind *kind, const char *const *values)
{
	assert(!catalog_unfinished(catalog)->finished);
	if (catalog->count == catalog->capacity) {
		assert(catalog->capacity < OBJECT_NONE / 2);
		catalog->capacity = catalog->capacity ? catalog->capacity * 2 : 256;
		catalog->objects = xrealloc(catalog->objects, catalog->capacity, sizeof(*catalog->objects));
	}
	object_pack(&catalog->objects[catalog->count], catalog->arena, kind, values);
	return catalog->count++;
}

void
catalog_add_dependency(struct catalog *catalog, uint32_t from, uint32_t to)
{
	struct unfinished_catalog *unfinished = catalog_unfinished(catalog);
	assert(!unfinished->finished && from < catalog->count && to < catalog->count);
	if (unfinished->pair_count == unfinished->pair_capacity) {
		unfinished->pair_capacity = unfinished->pair_capacity ? unfinished->pair_capacity * 2 : 256;
		unfinished->pairs = xrealloc(unfinished->pairs, unfinished->pair_capacity, sizeof(*unfinished->pairs));
	}
	unfinished->pairs[unfinished->pair_count++] = (struct catalog_pair){ from, to };
}

void
catalog_add_unmodelled(struct catalog *catalog, const char *what, uint64_t count, const char *example)
{
	struct unfinished_catalog *unfinished = catalog_unfinished(catalog);
	if (catalog->unmodelled_count == unfinished->unmodelled_capacity) {
		size_t capacity = unfinished->unmodelled_capacity ? unfinished->unmodelled_capacity * 2 : 8;
		struct unmodelled *entries = arena_alloc(catalog->arena, capacity * sizeof(*entries));
		if (catalog->unmodelled_count > 0)
			memcpy(entries, catalog->unmodelled, catalog->unmodelled_count * sizeof(*entries));
		catalog->unmodelled = entries;
		unfinished->unmodelled_capacity = capacity;
	}
	catalog->unmodelled[catalog->unmodelled_count++] = (struct unmodelled){
		.what = arena_strdup(catalog->arena, what),
		.count = count,
		.example = arena_strdup(catalog->arena, example),
	};
}

uint32_t
catalog_kind_range(const struct catalog *catalog, const struct kind *kind, const struct object **first)
{
	unsigned number = kind_number(kind);
	*first = catalog->objects + catalog->kind_start[number];
	return catalog->kind_start[number + 1] - catalog->kind_start[number];
}

/* Order of an object against a wanted identity, given as strings. */
static int
compare_with_values(const struct object *object, const char *const *identity, unsigned count)
{
	struct packed packed = packed_of(object);
	for (unsigned i = 0; i < count; i++) {
		size_t length;
		const char *value = packed_value(&packed, i, &length);
		int order = value && identity[i] ? strcmp(value, identity[i]) : (value != NULL) - (identity[i] != NULL);
		if (order)
			return order;
	}
	return 0;
}

const struct object *
catalog_find(const struct catalog *catalog, const struct kind *kind, const char *const *identity)
{
	const struct object *first;
	uint32_t low = 0;
	uint32_t high = catalog_kind_range(catalog, kind, &first);
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = compare_with_values(&first[middle], identity, kind->identity_count);
		if (order == 0)
			return &first[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int
compare_by_name(const void *a_pointer, const void *b_pointer, void *context)
{
	const struct object *objects = context;
	const struct object *a = &objects[*(const uint32_t *)a_pointer];
	const struct object *b = &objects[*(const uint32_t *)b_pointer];
	int order = strcmp(object_schema(a), object_schema(b));
	if (order == 0)
		order = strcmp(object_name(a), object_name(b));
	return order != 0 ? order : (a > b) - (a < b);
}

static const uint32_t *
sorted_by_name(const struct catalog *catalog, const struct kind *kind)
{
	/* What is kept here is derived from the catalog: to its users it stays as it was. */
	struct unfinished_catalog *unfinished = catalog_unfinished((struct catalog *)(uintptr_t)catalog);
	unsigned number = kind_number(kind);
	if (unfinished->by_name == NULL)
		unfinished->by_name = xcalloc(kind_count, sizeof(*unfinished->by_name));
	uint32_t **list = &unfinished->by_name[number];
	uint32_t start = catalog->kind_start[number];
	uint32_t count = catalog->kind_start[number + 1] - start;
	if (*list == NULL) {
		*list = xmalloc((count + 1) * sizeof(**list));
		for (uint32_t i = 0; i < count; i++)
			(*list)[i] = start + i;
		qsort_r(*list, count, sizeof(**list), compare_by_name, catalog->objects);
	}
	return *list;
}

uint32_t
catalog_find_named(const struct catalog *catalog, const struct kind *kind, const char *schema, const char *name,
                   const uint32_t **list)
{
	unsigned number = kind_number(kind);
	const uint32_t *sorted = sorted_by_name(catalog, kind);
	uint32_t low = 0;
	uint32_t high = catalog->kind_start[number + 1] - catalog->kind_start[number];
	uint32_t count = high;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		const struct object *object = &catalog->objects[sorted[middle]];
		int order = strcmp(object_schema(object), schema);
		if (order == 0)
			order = strcmp(object_name(object), name);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*list = sorted + low;
	for (high = low; high < count; high++) {
		const struct object *object = &catalog->objects[sorted[high]];
		if (strcmp(object_name(object), name) != 0 || strcmp(object_schema(object), schema) != 0)
			break;
	}
	return high - low;
}

static const char *
relation_name(const struct object *object, const char **schema)
{
	if (!(object->kind->traits & KIND_NAMES_RELATION))
		return NULL;
	if (object->kind->relation_name != NULL)
		return object->kind->relation_name(object, schema);
	*schema = object_schema(object);
	return object_name(object);
}

static int
compare_with_relation(const struct object *object, const char *schema, const char *name)
{
	const char *own_schema = NULL;
	const char *own = relation_name(object, &own_schema);
	assert(own != NULL && own_schema != NULL && schema != NULL && name != NULL);
	int order = strcmp(own_schema, schema);
	return order != 0 ? order : strcmp(own, name);
}

static int
compare_by_relation(const void *a_pointer, const void *b_pointer, void *context)
{
	const struct object *objects = context;
	const struct object *a = &objects[*(const uint32_t *)a_pointer];
	const struct object *b = &objects[*(const uint32_t *)b_pointer];
	const char *schema = NULL;
	const char *name = relation_name(b, &schema);
	int order = compare_with_relation(a, schema, name);
	return order != 0 ? order : (a > b) - (a < b);
}

static const struct unfinished_catalog *
sorted_relations(const struct catalog *catalog)
{
	struct unfinished_catalog *unfinished = catalog_unfinished((struct catalog *)(uintptr_t)catalog);
	const char *schema;
	if (unfinished->relations != NULL)
		return unfinished;
	unfinished->relations = xmalloc((catalog->count + 1) * sizeof(*unfinished->relations));
	for (uint32_t i = 0; i < catalog->count; i++)
		if (relation_name(&catalog->objects[i], &schema) != NULL)
			unfinished->relations[unfinished->relation_count++] = i;
	qsort_r(unfinished->relations, unfinished->relation_count, sizeof(*unfinished->relations), compare_by_relation,
	        catalog->objects);
	return unfinished;
}

const struct object *
catalog_find_relation(const struct catalog *catalog, const char *schema, const char *name, const struct object *self)
{
	const struct unfinished_catalog *sorted = sorted_relations(catalog);
	uint32_t low = 0;
	uint32_t high = sorted->relation_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (compare_with_relation(&catalog->objects[sorted->relations[middle]], schema, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < sorted->relation_count; low++) {
		const struct object *object = &catalog->objects[sorted->relations[low]];
		if (compare_with_relation(object, schema, name) != 0)
			break;
		if (self == NULL || object->kind != self->kind || object_compare_identity(object, self) != 0)
			return object;
	}
	return NULL;
}

/*
 * The first of `count` sorted objects whose first `values` identity values are not below (or,
 * with `above`, are above) those of `wanted`.
 */
static uint32_t
range_bound(const struct object *first, uint32_t count, const struct object *wanted, unsigned values, bool above)
{
	uint32_t low = 0;
	uint32_t high = count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = packed_compare(&first[middle], wanted, values);
		if (order < 0 || (above && order == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct object *
catalog_counterpart(const struct catalog *catalog, const struct object *object)
{
	const struct object *first;
	uint32_t count = catalog_kind_range(catalog, object->kind, &first);
	unsigned values = object->kind->identity_count;
	uint32_t at = range_bound(first, count, object, values, false);
	return at < count && packed_compare(&first[at], object, values) == 0 ? &first[at] : NULL;
}

uint32_t
catalog_namesakes(const struct catalog *catalog, const struct object *object, const struct object **first)
{
	uint32_t count = catalog_kind_range(catalog, object->kind, first);
	unsigned values = object->kind->identity_count - 1;
	uint32_t at = range_bound(*first, count, object, values, false);
	uint32_t end = range_bound(*first, count, object, values, true);
	*first += at;
	return end - at;
}

const struct object *
catalog_parent(const struct catalog *catalog, const struct object *object)
{
	return object->parent == OBJECT_NONE ? NULL : &catalog->objects[object->parent];
}

uint32_t
catalog_children(const struct catalog *catalog, const struct object *parent, const struct kind *kind,
                 const struct object **first)
{
	const struct family *family = &catalog->families[catalog->families_start[parent->index]];
	const struct family *end = &catalog->families[catalog->families_start[parent->index + 1]];
	*first = catalog->objects;
	while (family < end && catalog->objects[family->first].kind != kind)
		family++;
	if (family == end)
		return 0;
	*first += family->first;
	return family->count;
}

struct ordered_child {
	long ordinal;
	const struct object *object;
};

static int
compare_ordinals(const void *a_pointer, const void *b_pointer)
{
	const struct ordered_child *a = a_pointer;
	const struct ordered_child *b = b_pointer;
	if (a->ordinal != b->ordinal)
		return a->ordinal < b->ordinal ? -1 : 1;
	return (a->object > b->object) - (a->object < b->object);
}

uint32_t
catalog_children_in_order(const struct catalog *catalog, const struct object *parent, const struct kind *kind,
                          struct arena *arena, const struct object ***children)
{
	const struct object *first;
	uint32_t count = catalog_children(catalog, parent, kind, &first);
	int ordinal = kind_ordinal(kind);
	struct ordered_child *order = xcalloc(count ? count : 1, sizeof(*order));
	for (uint32_t i = 0; i < count; i++) {
		order[i].object = &first[i];
		order[i].ordinal = ordinal >= 0 ? object_number(&first[i], kind->attributes[ordinal].name, 0) : 0;
	}
	qsort(order, count, sizeof(*order), compare_ordinals);
	*children = arena_alloc(arena, (count ? count : 1) * sizeof(const struct object *));
	for (uint32_t i = 0; i < count; i++)
		(*children)[i] = order[i].object;
	free(order);
	return count;
}

uint32_t
catalog_depends(const struct catalog *catalog, const struct object *object, const uint32_t **list)
{
	*list = catalog->depends + catalog->depends_start[object->index];
	return catalog->depends_start[object->index + 1] - catalog->depends_start[object->index];
}

uint32_t
catalog_dependents(const struct catalog *catalog, const struct object *object, const uint32_t **list)
{
	*list = catalog->dependents + catalog->dependents_start[object->index];
	return catalog->dependents_start[object->index + 1] - catalog->dependents_start[object->index];
}

static bool
says_what_the_schema_is(const struct attribute *attribute)
{
	return attribute->role == ROLE_IDENTITY || attribute->role == ROLE_PLAIN || attribute->role == ROLE_COMMENT;
}

#define NUMBER_SIZE_MOST 10

/* Seven bits a byte, low ones first. */
static char *
put_number(char *out, size_t number)
{
	while (number >= 0x80) {
		*out++ = (char)(number | 0x80);
		number >>= 7;
	}
	*out++ = (char)number;
	return out;
}

/* A value as its length plus one and its bytes; SQL NULL is the number 0 alone. */
static void
append_packed(struct buffer *out, const char *value, size_t length)
{
	buffer_reserve(out, NUMBER_SIZE_MOST + length + 1);
	char *end = put_number(out->data + out->length, value ? length + 1 : 0);
	if (value)
		memcpy(end, value, length);
	end[length] = '\0';
	out->length = (size_t)(end - out->data) + length;
}

/*
 * Identity values, then name and value of each attribute that is not at its fallback, then a
 * zero (no name is NULL, so none is encoded as zero).  So an attribute that a later version
 * of a kind adds does not move the fingerprints of schemas that do not use it.
 */
static void
fingerprint_object(struct buffer *out, const struct object *object)
{
	const struct kind *kind = object->kind;
	struct packed packed = packed_of(object);
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const struct attribute *attribute = &kind->attributes[i];
		size_t length;
		const char *value = packed_value(&packed, i, &length);
		if (attribute->role == ROLE_IDENTITY) {
			append_packed(out, value, length);
			continue;
		}
		bool at_fallback =
			value && attribute->fallback ? strcmp(value, attribute->fallback) == 0 : value == attribute->fallback;
		if (!says_what_the_schema_is(attribute) || at_fallback)
			continue;
		append_packed(out, attribute->name, strlen(attribute->name));
		append_packed(out, value, length);
	}
	append_packed(out, NULL, 0);
}

#define FINGERPRINT_CHUNK ((size_t)64 * 1024)

void
catalog_fingerprint(const struct catalog *catalog, char text[DIGEST_TEXT_SIZE])
{
	struct digest *digest = digest_new();
	struct buffer chunk = BUFFER_INIT;
	for (uint32_t i = 0; i < catalog->count; i++) {
		const struct object *object = &catalog->objects[i];
		const struct kind *kind = object->kind;
		if (kind->traits & KIND_APART)
			continue;
		if (i == 0 || kind != object[-1].kind) {
			/* No identity value is NULL, so a NULL where an object would begin can only begin a kind. */
			append_packed(&chunk, NULL, 0);
			append_packed(&chunk, kind->name, strlen(kind->name));
		}
		fingerprint_object(&chunk, object);
		if (chunk.length >= FINGERPRINT_CHUNK) {
			digest_add(digest, chunk.data, chunk.length);
			buffer_clear(&chunk);
		}
	}
	digest_add(digest, buffer_text(&chunk), chunk.length);
	buffer_fini(&chunk);
	digest_finish(digest, text);
}
