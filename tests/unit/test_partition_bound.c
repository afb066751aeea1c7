/*
 * test_partition_bound.c - which bounds cannot be beside each other.
 */
#include "build.h"

#include "unit.h"

#include "kinds/partition_bound.h"

static void
expect(bool wanted, const char *one, const char *other)
{
	if (partition_bounds_overlap(one, other) != wanted || partition_bounds_overlap(other, one) != wanted)
		fail_msg("%s and %s should %soverlap", one, other, wanted ? "" : "not ");
}

static void
test_default(void **state)
{
	(void)state;
	expect(true, "DEFAULT", "DEFAULT");
	expect(false, "DEFAULT", "FOR VALUES IN (1)");
	expect(false, "DEFAULT", "FOR VALUES FROM (1) TO (2)");
}

static void
test_lists(void **state)
{
	(void)state;
	expect(true, "FOR VALUES IN (1, 2)", "FOR VALUES IN (2, 3)");
	expect(true, "FOR VALUES IN ('a', NULL)", "FOR VALUES IN (NULL)");
	expect(true, "FOR VALUES IN ('a, b')", "FOR VALUES IN ('c', 'a, b')");
	expect(false, "FOR VALUES IN ('a, b')", "FOR VALUES IN ('a', 'b')");
	expect(false, "FOR VALUES IN (1, 2)", "FOR VALUES IN (3)");
	expect(false, "FOR VALUES IN ('NULL')", "FOR VALUES IN (NULL)");
}

static void
test_hashes(void **state)
{
	(void)state;
	expect(true, "FOR VALUES WITH (modulus 4, remainder 3)", "FOR VALUES WITH (modulus 2, remainder 1)");
	expect(false, "FOR VALUES WITH (modulus 4, remainder 2)", "FOR VALUES WITH (modulus 2, remainder 1)");
	expect(false, "FOR VALUES WITH (modulus 3, remainder 0)", "FOR VALUES WITH (modulus 3, remainder 1)");
	/* the server has no such pair */
	expect(true, "FOR VALUES WITH (modulus 4, remainder 0)", "FOR VALUES WITH (modulus 6, remainder 1)");
}

static void
test_ranges(void **state)
{
	(void)state;
	expect(true, "FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM (9) TO (11)");
	expect(false, "FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM (10) TO (11)");
	expect(false, "FOR VALUES FROM (-5) TO (1)", "FOR VALUES FROM (5) TO (10)");
	expect(true, "FOR VALUES FROM (MINVALUE) TO (10)", "FOR VALUES FROM (1) TO (2)");
	expect(false, "FOR VALUES FROM (MINVALUE) TO (10)", "FOR VALUES FROM (10) TO (MAXVALUE)");
	expect(true, "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
	       "FOR VALUES FROM ('2020-12-31') TO ('2021-12-31')");
	expect(false, "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
	       "FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')");
	expect(true, "FOR VALUES FROM ('2020-01-01 00:00:00+00') TO ('2020-01-02 00:00:00+00')",
	       "FOR VALUES FROM ('2020-01-01 23:59:59.5+00') TO ('2020-01-03 00:00:00+00')");
	/* as many columns as the key has; what is behind an end of the world does not count */
	expect(true, "FOR VALUES FROM (1, MINVALUE) TO (1, MAXVALUE)", "FOR VALUES FROM (1, 5) TO (1, 6)");
	expect(false, "FOR VALUES FROM (1, MINVALUE) TO (1, 5)", "FOR VALUES FROM (1, 5) TO (1, MAXVALUE)");
	expect(true, "FOR VALUES FROM (MINVALUE, MINVALUE) TO (2, 0)", "FOR VALUES FROM (1, 5) TO (1, 6)");
}

/* How a text sorts is the server's to know. */
static void
test_what_cannot_be_told(void **state)
{
	(void)state;
	expect(false, "FOR VALUES FROM ('a') TO ('m')", "FOR VALUES FROM ('k') TO ('z')");
	expect(true, "FOR VALUES FROM ('a') TO ('m')", "FOR VALUES FROM ('a') TO ('m')");
	expect(false, "FOR VALUES FROM ('0100-01-01 BC') TO ('0050-01-01 BC')",
	       "FOR VALUES FROM ('0075-01-01 BC') TO ('0001-01-01')");
	expect(false, "", "FOR VALUES FROM (1) TO (2)");
	expect(false, "FOR VALUES FROM (1", "FOR VALUES FROM (1) TO");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_hashes),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_what_cannot_be_told),
	};

	return cmocka_run_group_tests_name("partition_bound", tests, NULL, NULL);
}
