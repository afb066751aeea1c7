/*
 * map.c - open addressing with linear probing, nothing is ever removed.
 *
 * The home of a key is hash * capacity / 2^32, so a capacity need not be a power of two:
 * a map made with the right `expected` never grows and wastes only its headroom.  An
 * id_map slot is 16 bytes; at the fullest (5 of 6 slots) that is 19.2 bytes an entry.
 */
#include "build.h"

#include "base/map.h"

#include "base/arena.h"

#define SMALLEST_CAPACITY 16

struct slot {
	const void *key; /* NULL: free */
	void *value;
	uint32_t length;
	uint32_t hash;
};

struct map {
	struct slot *slots;
	size_t capacity;
	size_t count;
};

struct id_slot {
	uint32_t a;
	uint32_t b;
	uint32_t c;
	uint32_t value; /* ID_MAP_NONE: free */
};

struct id_map {
	struct id_slot *slots;
	size_t capacity;
	size_t count;
};

static size_t
capacity_for(size_t count)
{
	size_t capacity = count + count / 5 + 2;

	return capacity < SMALLEST_CAPACITY ? SMALLEST_CAPACITY : capacity;
}

static bool
is_full(size_t count, size_t capacity)
{
	return count >= capacity - capacity / 6 - 1;
}

static size_t
home_of(uint32_t hash, size_t capacity)
{
	return (size_t)(((uint64_t)hash * capacity) >> 32);
}

/* The two halves of a 128-bit product: every input bit reaches every output bit. */
static uint64_t
fold(uint64_t a, uint64_t b)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#define MIX_1 UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio */
#define MIX_2 UINT64_C(0xd1b54a32d192ed03) /* 2^64 / the plastic number's relative, odd */

static uint32_t
hash_bytes(const void *key, size_t length)
{
	const unsigned char *at = key;
	uint64_t hash = MIX_1 ^ length;
	uint64_t word;

	for (; length >= sizeof(word); length -= sizeof(word), at += sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		hash = fold(hash ^ word, MIX_2);
	}
	word = 0;
	if (length > 0)
		memcpy(&word, at, length);
	hash = fold(hash ^ word, MIX_1);
	return (uint32_t)(hash ^ (hash >> 32));
}

static uint32_t
hash_id(uint32_t a, uint32_t b, uint32_t c)
{
	uint64_t hash = fold(((uint64_t)a << 32 | b) ^ MIX_1, MIX_2 ^ c);

	return (uint32_t)(hash ^ (hash >> 32));
}

struct map *
map_new(size_t expected)
{
	struct map *map = xcalloc(1, sizeof(*map));

	map->capacity = capacity_for(expected);
	map->slots = xcalloc(map->capacity, sizeof(map->slots[0]));
	return map;
}

void
map_free(struct map *map)
{
	if (map == NULL)
		return;
	free(map->slots);
	free(map);
}

/* The slot that holds the key, or the free one where it belongs. */
static struct slot *
map_find(const struct map *map, const void *key, size_t length, uint32_t hash)
{
	size_t at = home_of(hash, map->capacity);

	for (;;) {
		struct slot *slot = &map->slots[at];

		if (slot->key == NULL)
			return slot;
		if (slot->hash == hash && slot->length == length && memcmp(slot->key, key, length) == 0)
			return slot;
		if (++at == map->capacity)
			at = 0;
	}
}

static void
map_grow(struct map *map)
{
	struct slot *old = map->slots;
	size_t old_capacity = map->capacity;

	map->capacity = old_capacity + old_capacity / 2;
	map->slots = xcalloc(map->capacity, sizeof(map->slots[0]));
	for (size_t i = 0; i < old_capacity; i++) {
		if (old[i].key != NULL)
			*map_find(map, old[i].key, old[i].length, old[i].hash) = old[i];
	}
	free(old);
}

void *
map_get(const struct map *map, const void *key, size_t length)
{
	const struct slot *slot = map_find(map, key, length, hash_bytes(key, length));

	return slot->key == NULL ? NULL : slot->value;
}

void
map_put(struct map *map, const void *key, size_t length, void *value)
{
	uint32_t hash = hash_bytes(key, length);
	struct slot *slot = map_find(map, key, length, hash);

	if (slot->key != NULL) {
		slot->value = value;
		return;
	}
	if (is_full(map->count, map->capacity)) {
		map_grow(map);
		slot = map_find(map, key, length, hash);
	}
	*slot = (struct slot){ .key = key, .value = value, .length = (uint32_t)length, .hash = hash };
	map->count++;
}

size_t
map_count(const struct map *map)
{
	return map->count;
}

static struct id_slot *
id_slots_new(size_t capacity)
{
	struct id_slot *slots = xrealloc(NULL, capacity, sizeof(*slots));

	memset(slots, 0xff, capacity * sizeof(*slots)); /* every value is ID_MAP_NONE */
	return slots;
}

struct id_map *
id_map_new(size_t expected)
{
	struct id_map *map = xcalloc(1, sizeof(*map));

	map->capacity = capacity_for(expected);
	map->slots = id_slots_new(map->capacity);
	return map;
}

void
id_map_free(struct id_map *map)
{
	if (map == NULL)
		return;
	free(map->slots);
	free(map);
}

static struct id_slot *
id_map_find(const struct id_map *map, uint32_t a, uint32_t b, uint32_t c)
{
	size_t at = home_of(hash_id(a, b, c), map->capacity);

	for (;;) {
		struct id_slot *slot = &map->slots[at];

		if (slot->value == ID_MAP_NONE || (slot->b == b && slot->c == c && slot->a == a))
			return slot;
		if (++at == map->capacity)
			at = 0;
	}
}

static void
id_map_grow(struct id_map *map)
{
	struct id_slot *old = map->slots;
	size_t old_capacity = map->capacity;

	map->capacity = old_capacity + old_capacity / 2;
	map->slots = id_slots_new(map->capacity);
	for (size_t i = 0; i < old_capacity; i++) {
		if (old[i].value != ID_MAP_NONE)
			*id_map_find(map, old[i].a, old[i].b, old[i].c) = old[i];
	}
	free(old);
}

uint32_t
id_map_get(const struct id_map *map, uint32_t a, uint32_t b, uint32_t c)
{
	return map->count == 0 ? ID_MAP_NONE : id_map_find(map, a, b, c)->value;
}

void
id_map_put(struct id_map *map, uint32_t a, uint32_t b, uint32_t c, uint32_t value)
{
	struct id_slot *slot = id_map_find(map, a, b, c);

	if (value == ID_MAP_NONE)
		abort(); /* a mistake of the program: it means "absent" */
	if (slot->value == ID_MAP_NONE) {
		if (is_full(map->count, map->capacity)) {
			id_map_grow(map);
			slot = id_map_find(map, a, b, c);
		}
		map->count++;
	}
	*slot = (struct id_slot){ a, b, c, value };
}

size_t
id_map_count(const struct id_map *map)
{
	return map->count;
}
