#include "build.h"

#include "unit.h"

#include "base/arena.h"
#include "base/map.h"

static void
test_absent_present_replaced(void **state)
{
	struct map *map = map_new(0);
	int one;
	int two;

	(void)state;
	assert_null(map_get(map, "a", 1));
	map_put(map, "a", 1, &one);
	assert_ptr_equal(map_get(map, "a", 1), &one);
	map_put(map, "a", 1, &two);
	assert_ptr_equal(map_get(map, "a", 1), &two);
	assert_int_equal(map_count(map), 1);
	map_free(map);
	map_free(NULL);
}

/* Keys are bytes: lengths, NULs and prefixes count, and the empty key is one. */
static void
test_keys_are_bytes(void **state)
{
	static const struct {
		const char *key;
		size_t length;
	} keys[] = { { "", 0 },   { "\0", 1 },       { "\0\0", 2 },       { "a", 1 },         { "a\0", 2 },
		         { "ab", 2 }, { "abcdefgh", 8 }, { "abcdefgh\0", 9 }, { "abcdefghi", 9 }, { "\0abcdefgh", 9 } };
	struct map *map = map_new(0);
	int values[COUNT_OF(keys)];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		map_put(map, keys[i].key, keys[i].length, &values[i]);
	assert_int_equal(map_count(map), COUNT_OF(keys));
	for (size_t i = 0; i < COUNT_OF(keys); i++)
		assert_ptr_equal(map_get(map, keys[i].key, keys[i].length), &values[i]);
	assert_null(map_get(map, "abc", 3));
	map_free(map);
}

/* Grows from nothing, is found under other copies of the keys, and does not hold what was not put. */
static void
test_many_entries_grow(void **state)
{
	enum { COUNT = 50000 };
	struct map *map = map_new(0);
	struct arena *arena = arena_new();
	char **keys = xmalloc(COUNT * sizeof(*keys));

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		keys[i] = arena_printf(arena, "public.table_%d", i);
		map_put(map, keys[i], strlen(keys[i]), keys[i]);
	}
	assert_int_equal(map_count(map), COUNT);
	for (int i = 0; i < COUNT; i++) {
		char *copy = arena_printf(arena, "public.table_%d", i);
		char *other = arena_printf(arena, "public.tablo_%d", i);

		assert_ptr_equal(map_get(map, copy, strlen(copy)), keys[i]);
		assert_null(map_get(map, other, strlen(other)));
	}
	free(keys);
	arena_free(arena);
	map_free(map);
}

static void
test_ids(void **state)
{
	struct id_map *map = id_map_new(0);

	(void)state;
	assert_int_equal(id_map_get(map, 0, 0, 0), ID_MAP_NONE);
	id_map_put(map, 0, 0, 0, 0);
	id_map_put(map, 1259, 16384, 0, 7);
	id_map_put(map, 1259, 16384, 1, 8);
	id_map_put(map, 16384, 1259, 0, 9);
	id_map_put(map, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX - 1);
	assert_int_equal(id_map_get(map, 0, 0, 0), 0);
	assert_int_equal(id_map_get(map, 1259, 16384, 0), 7);
	assert_int_equal(id_map_get(map, 1259, 16384, 1), 8);
	assert_int_equal(id_map_get(map, 16384, 1259, 0), 9);
	assert_int_equal(id_map_get(map, UINT32_MAX, UINT32_MAX, UINT32_MAX), UINT32_MAX - 1);
	assert_int_equal(id_map_get(map, 1259, 16384, 2), ID_MAP_NONE);
	id_map_put(map, 1259, 16384, 0, 70);
	assert_int_equal(id_map_get(map, 1259, 16384, 0), 70);
	assert_int_equal(id_map_count(map), 5);
	id_map_free(map);
	id_map_free(NULL);
}

/* Sequential OIDs with columns, the shape of a real catalog; with and without a true `expected`. */
static void
check_catalog_of(size_t expected, uint32_t objects, uint32_t columns)
{
	struct id_map *map = id_map_new(expected);
	uint32_t value = 0;

	for (uint32_t oid = 0; oid < objects; oid++) {
		for (uint32_t column = 0; column < columns; column++)
			id_map_put(map, 1259, 16384 + oid, column, value++);
	}
	assert_int_equal(id_map_count(map), (size_t)objects * columns);
	value = 0;
	for (uint32_t oid = 0; oid < objects; oid++) {
		for (uint32_t column = 0; column < columns; column++)
			assert_int_equal(id_map_get(map, 1259, 16384 + oid, column), value++);
		assert_int_equal(id_map_get(map, 1255, 16384 + oid, 0), ID_MAP_NONE);
		assert_int_equal(id_map_get(map, 1259, 16384 + oid, columns), ID_MAP_NONE);
	}
	id_map_free(map);
}

static void
test_ids_at_scale(void **state)
{
	(void)state;
	check_catalog_of(70000, 7000, 10);
	check_catalog_of(0, 7000, 10);
	check_catalog_of(1, 1, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_absent_present_replaced),
		cmocka_unit_test(test_keys_are_bytes),
		cmocka_unit_test(test_many_entries_grow),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_ids_at_scale),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
