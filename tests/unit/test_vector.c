#include "build.h"

#include "unit.h"

#include "base/vector.h"

struct item {
	int key;
	int order;
};

static int
compare_keys(const void *const *a, const void *const *b)
{
	const struct item *first = *a;
	const struct item *second = *b;

	return (first->key > second->key) - (first->key < second->key);
}

static void
test_add_and_clear(void **state)
{
	struct vector vector = { 0 };
	int numbers[1000];

	(void)state;
	for (int i = 0; i < 1000; i++)
		vector_add(&vector, &numbers[i]);
	assert_int_equal(vector.count, 1000);
	for (int i = 0; i < 1000; i++)
		assert_ptr_equal(vector.items[i], &numbers[i]);
	vector_clear(&vector);
	assert_int_equal(vector.count, 0);
	assert_true(vector.capacity >= 1000);
	vector_add(&vector, NULL);
	assert_null(vector.items[0]);
	vector_fini(&vector);
	assert_null(vector.items);
}

/* Every length around the runs and merges of the sort, few distinct keys: order and stability. */
static void
test_sort_is_stable_at_every_length(void **state)
{
	static struct item items[700];
	unsigned random = 12345;

	(void)state;
	for (size_t count = 0; count < COUNT_OF(items); count += count < 70 ? 1 : 61) {
		struct vector vector = { 0 };

		for (size_t i = 0; i < count; i++) {
			random = random * 1103515245U + 12345U;
			items[i] = (struct item){ (int)(random >> 16) % 5, (int)i };
			vector_add(&vector, &items[i]);
		}
		vector_sort(&vector, compare_keys);
		assert_int_equal(vector.count, count);
		for (size_t i = 1; i < count; i++) {
			const struct item *before = vector.items[i - 1];
			const struct item *item = vector.items[i];

			assert_true(before->key < item->key || (before->key == item->key && before->order < item->order));
		}
		vector_fini(&vector);
	}
}

static void
test_sort_of_sorted_and_reversed(void **state)
{
	static struct item items[100];
	struct vector vector = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++) {
		items[i].key = 99 - i;
		vector_add(&vector, &items[i]);
	}
	for (int round = 0; round < 2; round++) {
		vector_sort(&vector, compare_keys);
		for (int i = 0; i < 100; i++)
			assert_int_equal(((const struct item *)vector.items[i])->key, i);
	}
	vector_fini(&vector);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_add_and_clear),
		cmocka_unit_test(test_sort_is_stable_at_every_length),
		cmocka_unit_test(test_sort_of_sorted_and_reversed),
	};

	return cmocka_run_group_tests_name("vector", tests, NULL, NULL);
}
