/*
 * test_snapshots.c - names by UTC, the `latest` link, what a user may name, pruning.
 */
#include "build.h"

#include "unit.h"

#include "archive/snapshots.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/files.h"

static struct error failure;

#define LEAP_DAY INT64_C(1709208000) /* 2024-02-29 12:00:00 UTC */

static void
touch(const char *folder, const char *name)
{
	char *path = file_join(folder, name);

	assert_int_equal(file_write(path, "x", 1, 0644, &failure), 0);
	free(path);
}

static bool
is_there(const char *folder, const char *name)
{
	char *path = file_join(folder, name);
	bool there = access(path, F_OK) == 0;

	free(path);
	return there;
}

static void
expect_path(const char *expected, char *path)
{
	assert_string_equal(path, expected);
	free(path);
}

static void
test_names(void **state)
{
	(void)state;
	setenv("TZ", "America/New_York", 1);
	expect_path("d/schema_20240229_120000.tar.gz", snapshots_path("d", SNAPSHOTS_PREFIX, LEAP_DAY, 0));
	expect_path("d/schema_20240229_120000_2.tar.gz", snapshots_path("d", SNAPSHOTS_PREFIX, LEAP_DAY, 1));
	expect_path("d/backup_20240229_120000_11.tar.gz", snapshots_path("d", BACKUPS_PREFIX, LEAP_DAY, 10));
	expect_path("d/schema_20380119_031408.tar.gz", snapshots_path("d", SNAPSHOTS_PREFIX, INT64_C(1) << 31, 0));
	unsetenv("TZ");
}

static void
expect_resolved(const char *named, const char *folder, const char *name)
{
	char *expected = file_join(folder, name);
	char *real = realpath(expected, NULL);
	char *path;

	assert_int_equal(snapshots_resolve(named, &path, &failure), 0);
	assert_string_equal(path, real);
	free(real);
	free(expected);
	free(path);
}

static void
expect_unresolved(const char *named, const char *clause)
{
	char *path;

	assert_int_equal(snapshots_resolve(named, &path, &failure), -1);
	assert_null(path);
	assert_int_equal(failure.code, ERROR_ARCHIVE);
	assert_non_null(failure.hint);
	if (strstr(failure.primary, clause) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", failure.primary, clause);
	error_clear(&failure);
}

static void
test_latest_and_what_may_be_named(void **state)
{
	char *latest = file_join(*state, SNAPSHOTS_LATEST);
	char *first = file_join(*state, "schema_20240229_120000.tar.gz");
	char *missing = file_join(*state, "missing.tar.gz");
	char target[64] = "";

	expect_unresolved(*state, "has no \"latest\" link");
	touch(*state, "schema_20240229_120000.tar.gz");
	expect_unresolved(*state, "has no \"latest\" link"); /* the newest archive is not guessed */
	expect_unresolved(missing, "does not exist");
	expect_resolved(first, *state, "schema_20240229_120000.tar.gz");

	assert_int_equal(snapshots_move_latest(*state, first, &failure), 0);
	assert_true(readlink(latest, target, sizeof(target) - 1) > 0);
	assert_string_equal(target, "schema_20240229_120000.tar.gz"); /* relative */
	expect_resolved(*state, *state, "schema_20240229_120000.tar.gz");
	expect_resolved(latest, *state, "schema_20240229_120000.tar.gz");

	touch(*state, "schema_20240229_120001.tar.gz");
	char *second = file_join(*state, "schema_20240229_120001.tar.gz");

	assert_int_equal(snapshots_move_latest(*state, second, &failure), 0);
	expect_resolved(*state, *state, "schema_20240229_120001.tar.gz");
	unlink(second);
	expect_unresolved(*state, "names no archive");
	expect_unresolved(latest, "does not exist");
	free(second);
	free(first);
	free(missing);
	free(latest);
}

static void
test_link_to_a_folder_is_no_archive(void **state)
{
	char *latest = file_join(*state, SNAPSHOTS_LATEST);

	assert_int_equal(symlink(".", latest), 0);
	expect_unresolved(*state, "names no archive");
	unlink(latest);
	/* A file of that name is not ours to replace. */
	touch(*state, SNAPSHOTS_LATEST);
	assert_int_equal(snapshots_move_latest(*state, "x", &failure), -1);
	assert_non_null(strstr(failure.primary, "not a symbolic link"));
	error_clear(&failure);
	free(latest);
}

static void
test_default_folder(void **state)
{
	char *before = getcwd(NULL, 0);
	char *folder = file_join(*state, "snapshots");

	assert_int_equal(chdir(*state), 0);
	expect_unresolved(NULL, "does not exist");
	assert_int_equal(mkdir(folder, 0777), 0);
	touch(folder, "schema_20240229_120000.tar.gz");
	assert_int_equal(snapshots_move_latest("./snapshots", "./snapshots/schema_20240229_120000.tar.gz", &failure), 0);
	expect_resolved(NULL, folder, "schema_20240229_120000.tar.gz");
	assert_int_equal(chdir(before), 0);
	free(before);
	free(folder);
}

static void
test_prune(void **state)
{
	static const char *const archives[] = {
		"schema_20240229_120000.tar.gz", "schema_20240229_120000_2.tar.gz", "schema_20240229_120000_10.tar.gz",
		"schema_20240301_000000.tar.gz", "schema_20250101_000000.tar.gz",
	};
	static const char *const others[] = {
		"schema_20230101_000000.tar.gz.bak", "schema_notes.tar.gz",
		"schema_20230101_000000x.tar.gz",    "schema_2023_01.tar.gz",
		"backup_20230101_000000.tar.gz",     "README",
	};
	unsigned removed;

	for (size_t i = 0; i < COUNT_OF(archives); i++)
		touch(*state, archives[i]);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		touch(*state, others[i]);
	assert_int_equal(snapshots_move_latest(*state, archives[0], &failure), 0);
	assert_int_equal(snapshots_prune(*state, SNAPSHOTS_PREFIX, 9, &removed, &failure), 0);
	assert_int_equal(removed, 0);
	/* The oldest but one goes first: _2 is older than _10, and the oldest is the one in use. */
	assert_int_equal(snapshots_prune(*state, SNAPSHOTS_PREFIX, 4, &removed, &failure), 0);
	assert_int_equal(removed, 1);
	assert_false(is_there(*state, archives[1]));
	assert_true(is_there(*state, archives[2]));
	assert_int_equal(snapshots_prune(*state, SNAPSHOTS_PREFIX, 1, &removed, &failure), 0);
	assert_int_equal(removed, 3);
	assert_true(is_there(*state, archives[0]));
	assert_false(is_there(*state, archives[4]));
	/* Nothing but what is named as an archive is ever removed. */
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_true(is_there(*state, others[i]));
	assert_int_equal(snapshots_prune(*state, BACKUPS_PREFIX, 0, &removed, &failure), 0);
	assert_int_equal(removed, 1);
}

static void
test_prune_keeps_latest_beside_the_newest(void **state)
{
	unsigned removed;

	touch(*state, "schema_20240101_000000.tar.gz");
	touch(*state, "schema_20240102_000000.tar.gz");
	touch(*state, "schema_20240103_000000.tar.gz");
	assert_int_equal(snapshots_move_latest(*state, "schema_20240102_000000.tar.gz", &failure), 0);
	assert_int_equal(snapshots_prune(*state, SNAPSHOTS_PREFIX, 2, &removed, &failure), 0);
	assert_int_equal(removed, 1);
	assert_true(is_there(*state, "schema_20240102_000000.tar.gz"));
	assert_true(is_there(*state, "schema_20240103_000000.tar.gz"));
	assert_int_equal(snapshots_prune("/nonexistent", SNAPSHOTS_PREFIX, 2, &removed, &failure), -1);
	error_clear(&failure);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, unit_folder_setup, unit_folder_teardown)
		TEST(test_names),
		TEST(test_latest_and_what_may_be_named),
		TEST(test_link_to_a_folder_is_no_archive),
		TEST(test_default_folder),
		TEST(test_prune),
		TEST(test_prune_keeps_latest_beside_the_newest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
