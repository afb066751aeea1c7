#include "build.h"

#include "unit.h"

#include "base/buffer.h"

static void
test_zeroed_is_empty(void **state)
{
	struct buffer buffer = { 0 };

	(void)state;
	assert_string_equal(buffer_text(&buffer), "");
	buffer_clear(&buffer);
	buffer_append(&buffer, NULL, 0);
	assert_int_equal(buffer.length, 0);
	assert_string_equal(buffer_text(&buffer), "");
	buffer_fini(&buffer);
	buffer_fini(&buffer);
}

static void
test_growth_keeps_content(void **state)
{
	struct buffer buffer = BUFFER_INIT;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		buffer_append_char(&buffer, (char)('a' + i % 26));
		assert_true(buffer.capacity > buffer.length);
		assert_int_equal(buffer.data[buffer.length], '\0');
	}
	for (int i = 0; i < 100000; i++)
		assert_int_equal(buffer.data[i], 'a' + i % 26);
	assert_true(buffer.capacity <= 4 * buffer.length);
	buffer_fini(&buffer);
}

static void
test_bytes_with_nul(void **state)
{
	struct buffer buffer = BUFFER_INIT;

	(void)state;
	buffer_append(&buffer, "a\0b", 3);
	buffer_append_text(&buffer, "c");
	assert_int_equal(buffer.length, 4);
	assert_memory_equal(buffer.data, "a\0bc", 5);
	buffer_fini(&buffer);
}

/* Around the capacity, one byte less, exact, one more: vsnprintf's NUL counts. */
static void
test_printf_at_every_length(void **state)
{
	(void)state;
	for (int before = 0; before < 70; before++) {
		for (int length = 0; length < 140; length += 7) {
			struct buffer buffer = BUFFER_INIT;

			for (int i = 0; i < before; i++)
				buffer_append_char(&buffer, 'b');
			buffer_printf(&buffer, "%*s|", length, "x");
			assert_int_equal(buffer.length, before + (length < 1 ? 1 : length) + 1);
			assert_int_equal(strlen(buffer_text(&buffer)), buffer.length);
			assert_int_equal(buffer.data[buffer.length - 1], '|');
			buffer_fini(&buffer);
		}
	}
}

static void
test_reserve_avoids_moving(void **state)
{
	struct buffer buffer = BUFFER_INIT;
	const char *data;

	(void)state;
	buffer_reserve(&buffer, 1000);
	data = buffer.data;
	assert_string_equal(data, "");
	for (int i = 0; i < 1000; i++)
		buffer_append_char(&buffer, 'x');
	assert_ptr_equal(buffer.data, data);
	buffer_clear(&buffer);
	assert_ptr_equal(buffer.data, data);
	assert_string_equal(data, "");
	buffer_fini(&buffer);
}

static void
test_steal(void **state)
{
	struct buffer buffer = BUFFER_INIT;
	char *text = buffer_steal(&buffer);

	(void)state;
	assert_string_equal(text, "");
	free(text);
	buffer_append_text(&buffer, "mine");
	text = buffer_steal(&buffer);
	assert_string_equal(text, "mine");
	assert_null(buffer.data);
	assert_int_equal(buffer.length, 0);
	assert_int_equal(buffer.capacity, 0);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zeroed_is_empty),       cmocka_unit_test(test_growth_keeps_content),
		cmocka_unit_test(test_bytes_with_nul),        cmocka_unit_test(test_printf_at_every_length),
		cmocka_unit_test(test_reserve_avoids_moving), cmocka_unit_test(test_steal),
	};

	return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
