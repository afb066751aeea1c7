#include "build.h"

#include "unit.h"

#include <ctype.h>
#include <errno.h>

#include "base/error.h"

static void
test_set_returns_minus_one_and_formats(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_int_equal(error_set(&error, ERROR_ARCHIVE, "cannot read \"%s\"", "a\"b"), -1);
	assert_string_equal(error.primary, "cannot read \"a\"b\"");
	assert_null(error.detail);
	assert_null(error.hint);
	assert_int_equal(error_status(&error), 4);
	error_clear(&error);
	assert_null(error.primary);
	assert_int_equal(error_status(&error), 0);
}

static void
test_set_may_quote_the_old_text(void **state)
{
	struct error error = { 0 };

	(void)state;
	error_set(&error, ERROR_SQL, "first");
	error_detail(&error, "Detail.");
	memcpy(error.sqlstate, "42P01", 6);
	error_set(&error, ERROR_FAILED, "again: %s", error.primary);
	assert_string_equal(error.primary, "again: first");
	assert_null(error.detail);
	assert_string_equal(error.sqlstate, "");
	error_clear(&error);
}

static void
test_detail_and_hint_replace(void **state)
{
	struct error error = { 0 };

	(void)state;
	error_set(&error, ERROR_FAILED, "x");
	assert_int_equal(error_detail(&error, "One."), -1);
	error_detail(&error, "%s Two.", error.detail);
	assert_int_equal(error_hint(&error, "Do %d.", 1), -1);
	error_hint(&error, "Do %d.", 2);
	assert_string_equal(error.detail, "One. Two.");
	assert_string_equal(error.hint, "Do 2.");
	error_clear(&error);
}

static void
test_prefix(void **state)
{
	struct error error = { 0 };

	(void)state;
	error_set(&error, ERROR_SQL, "syntax error");
	assert_int_equal(error_prefix(&error, "step %d", 3), -1);
	assert_string_equal(error.primary, "step 3: syntax error");
	assert_int_equal(error.code, ERROR_SQL);
	error_clear(&error);
	error_prefix(&error, "alone");
	assert_string_equal(error.primary, "alone");
	error_clear(&error);
}

static void
test_system_adds_strerror_and_keeps_errno(void **state)
{
	struct error error = { 0 };

	(void)state;
	errno = ENOENT;
	assert_int_equal(error_set_system(&error, "cannot open \"%s\"", "f"), -1);
	assert_int_equal(errno, ENOENT);
	assert_string_equal(error.primary, "cannot open \"f\": No such file or directory");
	assert_int_equal(error.code, ERROR_SYSTEM);
	error_clear(&error);
}

static void
test_move(void **state)
{
	struct error from = { 0 };
	struct error to = { 0 };

	(void)state;
	error_set(&from, ERROR_LOCKED, "new");
	error_set(&to, ERROR_FAILED, "old");
	error_hint(&to, "Old hint.");
	error_move(&to, &from);
	assert_string_equal(to.primary, "new");
	assert_null(to.hint);
	assert_null(from.primary);
	assert_int_equal(from.code, ERROR_NONE);
	error_move(&to, &to);
	assert_string_equal(to.primary, "new");
	error_clear(&to);
}

/* The published statuses: a change here breaks callers' scripts. */
static void
test_statuses_are_stable(void **state)
{
	static const int expected[] = { 0, 1, 1, 1, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9 };

	(void)state;
	assert_int_equal(COUNT_OF(expected), ERROR_CODE_COUNT);
	for (int code = 0; code < ERROR_CODE_COUNT; code++) {
		const char *name = error_code_name((enum error_code)code);

		assert_int_equal(error_code_status((enum error_code)code), expected[code]);
		assert_true(isupper((unsigned char)name[0]));
		assert_true(islower((unsigned char)error_code_meaning((enum error_code)code)[0]));
	}
	assert_string_equal(error_code_name(ERROR_WITHHELD), "WITHHELD");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_returns_minus_one_and_formats),
		cmocka_unit_test(test_set_may_quote_the_old_text),
		cmocka_unit_test(test_detail_and_hint_replace),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_system_adds_strerror_and_keeps_errno),
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_statuses_are_stable),
	};

	return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
