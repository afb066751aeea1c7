/*
 * test_table_levels.c - archives in which tables are their own heirs are refused.
 */
#include "build.h"

#include "unit.h"

#include "base/buffer.h"
#include "catalog/codec.h"

#define TABLES "schema\tname\n"
#define HEIRS "schema\ttable\tname\tparent_schema\tparent\n"
#define PARTITIONS "schema\ttable\tname\tparent_schema\tparent\tbound\n"

static bool
is_taken(const char *tables, const char *heirs, const char *partitions)
{
	struct codec_decoder *decoder = codec_decoder_new();
	struct catalog *catalog = NULL;
	struct error error = { 0 };

	assert_int_equal(codec_decode_kind(decoder, "table", tables, strlen(tables), &error), 0);
	assert_int_equal(codec_decode_kind(decoder, "inheritance", heirs, strlen(heirs), &error), 0);
	assert_int_equal(codec_decode_kind(decoder, "partition", partitions, strlen(partitions), &error), 0);
	bool taken = codec_decoder_finish(decoder, NULL, &catalog, NULL, &error) == 0;
	if (!taken) {
		assert_int_equal(error.code, ERROR_ARCHIVE);
		assert_non_null(strstr(error.primary, "heirs of one another"));
	}
	error_clear(&error);
	catalog_free(catalog);
	codec_decoder_free(decoder);
	return taken;
}

static void
test_levels(void **state)
{
	(void)state;
	assert_true(is_taken(TABLES "s\ta\ns\tb\ns\tc\ns\td\n",
	                     HEIRS "s\tb\ts.a\ts\ta\ns\tc\ts.a\ts\ta\ns\td\ts.b\ts\tb\ns\td\ts.c\ts\tc\n", PARTITIONS));
	assert_true(is_taken(TABLES "s\ta\ns\tb\n", HEIRS, PARTITIONS "s\tb\tpartition\ts\ta\tDEFAULT\n"));
	assert_true(is_taken(TABLES "s\ta\n", HEIRS "s\ta\ts.gone\ts\tgone\n", PARTITIONS));
}

static void
test_circles(void **state)
{
	(void)state;
	assert_false(is_taken(TABLES "s\ta\n", HEIRS "s\ta\ts.a\ts\ta\n", PARTITIONS));
	assert_false(is_taken(TABLES "s\ta\ns\tb\n", HEIRS "s\ta\ts.b\ts\tb\ns\tb\ts.a\ts\ta\n", PARTITIONS));
	assert_false(
		is_taken(TABLES "s\ta\ns\tb\n", HEIRS "s\ta\ts.b\ts\tb\n", PARTITIONS "s\tb\tpartition\ts\ta\tDEFAULT\n"));
	assert_false(is_taken(
		TABLES "s\ta\ns\tb\ns\tc\n", HEIRS,
		PARTITIONS "s\ta\tpartition\ts\tc\tDEFAULT\ns\tb\tpartition\ts\ta\tDEFAULT\ns\tc\tpartition\ts\tb\tDEFAULT\n"));
}

/* Each below the one before. */
static bool
is_chain_taken(int length)
{
	struct buffer tables = BUFFER_INIT;
	struct buffer heirs = BUFFER_INIT;

	buffer_append_text(&tables, TABLES);
	buffer_append_text(&heirs, HEIRS);
	for (int i = 1; i <= length; i++) {
		buffer_printf(&tables, "s\tt%06d\n", i);
		if (i > 1)
			buffer_printf(&heirs, "s\tt%06d\ts.t%06d\ts\tt%06d\n", i, i - 1, i - 1);
	}
	bool taken = is_taken(buffer_text(&tables), buffer_text(&heirs), PARTITIONS);
	buffer_fini(&tables);
	buffer_fini(&heirs);
	return taken;
}

static void
test_depth(void **state)
{
	(void)state;
	assert_true(is_chain_taken(1000));
	assert_false(is_chain_taken(1100));
	assert_false(is_chain_taken(20000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_circles),
		cmocka_unit_test(test_depth),
	};

	return cmocka_run_group_tests_name("table_levels", tests, NULL, NULL);
}
