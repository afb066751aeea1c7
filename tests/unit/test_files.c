#include "build.h"

#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/files.h"

/* Names in the folder besides . and .. */
static int
count_names(const char *folder)
{
	DIR *dir = opendir(folder);
	int count = 0;

	assert_non_null(dir);
	for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir))
		count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(dir);
	return count;
}

static void
assert_content(const char *path, const char *expected)
{
	struct buffer content = BUFFER_INIT;
	struct error error = { 0 };

	assert_int_equal(file_read(path, 1000, &content, &error), 0);
	assert_string_equal(buffer_text(&content), expected);
	buffer_fini(&content);
}

static void
test_write_and_read(void **state)
{
	char *path = file_join(*state, "a file");
	struct error error = { 0 };
	struct buffer content = BUFFER_INIT;
	struct stat status;

	assert_int_equal(file_write(path, "a\0b\n", 4, 0640, &error), 0);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	buffer_append_text(&content, "before ");
	assert_int_equal(file_read(path, 4, &content, &error), 0);
	assert_int_equal(content.length, 11);
	assert_memory_equal(content.data, "before a\0b\n", 12);
	assert_int_equal(count_names(*state), 1);
	buffer_fini(&content);
	free(path);
}

static void
test_read_refuses_more_than_allowed(void **state)
{
	char *path = file_join(*state, "f");
	struct error error = { 0 };
	struct buffer content = BUFFER_INIT;

	assert_int_equal(file_write(path, "12345", 5, 0600, &error), 0);
	assert_int_equal(file_read(path, 5, &content, &error), 0);
	buffer_clear(&content);
	assert_int_equal(file_read(path, 4, &content, &error), -1);
	assert_non_null(strstr(error.primary, "larger than 4 bytes"));
	error_clear(&error);
	assert_int_equal(file_read("/dev/zero", 100000, &content, &error), -1);
	assert_true(content.length < 400000);
	error_clear(&error);
	assert_int_equal(file_read("/nonexistent/x", 5, &content, &error), -1);
	assert_string_equal(error.primary, "cannot open file \"/nonexistent/x\": No such file or directory");
	error_clear(&error);
	assert_int_equal(file_read(*state, 5, &content, &error), -1); /* a folder */
	error_clear(&error);
	buffer_fini(&content);
	free(path);
}

static void
test_full_device(void **state)
{
	struct error error = { 0 };

	(void)state;
	assert_int_equal(file_write("/dev/full", "x", 1, 0600, &error), -1);
	assert_string_equal(error.primary, "cannot write file \"/dev/full\": No space left on device");
	assert_int_equal(error.code, ERROR_SYSTEM);
	error_clear(&error);
	assert_int_equal(file_write("/dev/null", "x", 1, 0600, &error), 0);
}

/* Whatever fails before the rename: the old file is whole, and nothing is left behind. */
static void
test_failures_leave_the_old_file(void **state)
{
	static const char *const points[] = { "write", "fsync", "rename" };
	char *path = file_join(*state, "f");
	struct error error = { 0 };

	assert_int_equal(file_write(path, "old", 3, 0600, &error), 0);
	for (size_t i = 0; i < COUNT_OF(points); i++) {
		setenv("PGKEEL_FAULT", points[i], 1);
		assert_int_equal(file_write(path, "new", 3, 0600, &error), -1);
		assert_non_null(error.primary);
		error_clear(&error);
		unsetenv("PGKEEL_FAULT");
		assert_content(path, "old");
		assert_int_equal(count_names(*state), 1);
	}
	assert_int_equal(file_write(path, "new", 3, 0600, &error), 0);
	assert_content(path, "new");
	free(path);
}

/* The second fsync is the folder's: the file is there, but the caller must hear of it. */
static void
test_failed_folder_sync_is_told(void **state)
{
	char *path = file_join(*state, "f");
	struct error error = { 0 };

	setenv("PGKEEL_FAULT", "fsync:2", 1);
	assert_int_equal(file_write(path, "new", 3, 0600, &error), -1);
	unsetenv("PGKEEL_FAULT");
	assert_non_null(strstr(error.primary, "cannot write folder"));
	assert_content(path, "new");
	error_clear(&error);
	free(path);
}

/* Killed between fsync and rename: the old file is whole. */
static void
test_kill_before_rename(void **state)
{
	char *path = file_join(*state, "f");
	struct error error = { 0 };
	int status;
	pid_t child;

	assert_int_equal(file_write(path, "old", 3, 0600, &error), 0);
	child = fork();
	if (child == 0) {
		setenv("PGKEEL_FAULT", "rename=kill", 1);
		file_write(path, "new", 3, 0600, &error);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_content(path, "old");
	free(path);
}

static int
publish_new(const char *path, const char *content, bool *exists, struct error *error)
{
	char *temporary;
	int fd;
	int result;

	assert_int_equal(file_open_temporary(path, 0600, &fd, &temporary, error), 0);
	assert_int_equal(file_write_all(fd, temporary, content, strlen(content), error), 0);
	result = file_publish_new(fd, temporary, path, exists, error);
	free(temporary);
	return result;
}

static void
test_publish_new_never_replaces(void **state)
{
	char *path = file_join(*state, "f");
	struct error error = { 0 };
	bool exists = true;

	assert_int_equal(publish_new(path, "first", &exists, &error), 0);
	assert_false(exists);
	assert_int_equal(publish_new(path, "second", &exists, &error), -1);
	assert_true(exists);
	error_clear(&error);
	assert_content(path, "first");
	setenv("PGKEEL_FAULT", "link", 1);
	assert_int_equal(publish_new(path, "third", &exists, &error), -1);
	unsetenv("PGKEEL_FAULT");
	assert_false(exists);
	error_clear(&error);
	assert_int_equal(count_names(*state), 1);
	free(path);
}

static void
test_temporary_is_beside_and_hidden(void **state)
{
	char *path = file_join(*state, "name");
	char *missing = file_join(*state, "no/name");
	struct error error = { 0 };
	char *temporary;
	char *folder;
	int fd;

	assert_int_equal(file_open_temporary(path, 0604, &fd, &temporary, &error), 0);
	folder = file_folder_of(temporary);
	assert_string_equal(folder, *state);
	assert_int_equal(strncmp(temporary + strlen(folder), "/.name.", 7), 0);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
	free(temporary);
	assert_int_equal(file_open_temporary(missing, 0600, &fd, &temporary, &error), -1);
	assert_null(temporary);
	assert_int_equal(fd, -1);
	error_clear(&error);
	free(folder);
	free(missing);
	free(path);
}

static void
test_make_folder(void **state)
{
	char *deep = file_join(*state, "a//b/c/");
	char *file = file_join(*state, "file");
	char *below = file_join(file, "x");
	struct error error = { 0 };
	struct stat status;

	assert_int_equal(file_make_folder(deep, 0750, &error), 0);
	assert_int_equal(stat(deep, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0750);
	assert_int_equal(file_make_folder(deep, 0750, &error), 0);
	assert_int_equal(file_write(file, "", 0, 0600, &error), 0);
	assert_int_equal(file_make_folder(file, 0700, &error), -1);
	assert_non_null(strstr(error.primary, "Not a directory"));
	error_clear(&error);
	assert_int_equal(file_make_folder(below, 0700, &error), -1);
	error_clear(&error);
	free(below);
	free(file);
	free(deep);
}

static void
assert_link(const char *link, const char *expected)
{
	char target[100] = "";

	assert_true(readlink(link, target, sizeof(target) - 1) > 0);
	assert_string_equal(target, expected);
}

static void
test_replace_link(void **state)
{
	static const char *const points[] = { "link", "rename" };
	char *link = file_join(*state, "latest");
	struct error error = { 0 };

	assert_int_equal(file_replace_link(link, "one", &error), 0);
	assert_int_equal(file_replace_link(link, "two", &error), 0);
	assert_link(link, "two");
	for (size_t i = 0; i < COUNT_OF(points); i++) {
		setenv("PGKEEL_FAULT", points[i], 1);
		assert_int_equal(file_replace_link(link, "three", &error), -1);
		unsetenv("PGKEEL_FAULT");
		error_clear(&error);
		assert_link(link, "two");
		assert_int_equal(count_names(*state), 1);
	}
	free(link);
}

static void
test_paths(void **state)
{
	static const struct {
		const char *path;
		const char *folder;
	} cases[] = { { "a", "." }, { "a/b", "a" }, { "/a", "/" }, { "//a", "/" }, { "a//b", "a" }, { "/a/b/c", "/a/b" } };
	char *path;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		path = file_folder_of(cases[i].path);
		assert_string_equal(path, cases[i].folder);
		free(path);
	}
	path = file_join("a/", "b");
	assert_string_equal(path, "a/b");
	free(path);
	path = file_join("", "b");
	assert_string_equal(path, "b");
	free(path);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, unit_folder_setup, unit_folder_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(test_write_and_read),
		IN_FOLDER(test_read_refuses_more_than_allowed),
		cmocka_unit_test(test_full_device),
		IN_FOLDER(test_failures_leave_the_old_file),
		IN_FOLDER(test_failed_folder_sync_is_told),
		IN_FOLDER(test_kill_before_rename),
		IN_FOLDER(test_publish_new_never_replaces),
		IN_FOLDER(test_temporary_is_beside_and_hidden),
		IN_FOLDER(test_make_folder),
		IN_FOLDER(test_replace_link),
		cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
