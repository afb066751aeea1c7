/*
 * test_archive.c - what the writer writes, the reader reads; equal content is equal bytes;
 * nothing is published that cannot be read back.
 */
#include "build.h"

#include "tests/unit/archive_fixture.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static struct error failure;

/* Everything but publishing. */
static struct archive_writer *
write_snapshot(const char *path, const struct catalog *catalog, const char *created, int level)
{
	struct archive_writer *writer;
	struct manifest manifest = { .type = "snapshot", .created = created, .label = "v1", .source = catalog->info };
	struct buffer text = BUFFER_INIT;

	assert_int_equal(archive_writer_open(path, 0644, level, &writer, &failure), 0);
	for (unsigned i = 0; i < kind_count; i++) {
		char name[64];
		const struct object *first;

		if (catalog_kind_range(catalog, kinds[i], &first) == 0)
			continue;
		snprintf(name, sizeof(name), "catalog/%s.tsv", kinds[i]->name);
		buffer_clear(&text);
		assert_int_equal(codec_encode_kind(catalog, kinds[i], fixture_append, &text, &failure), 0);
		assert_int_equal(archive_writer_add(writer, name, text.data, text.length, &failure), 0);
	}
	buffer_clear(&text);
	assert_int_equal(codec_encode_dependencies(catalog, fixture_append, &text, &failure), 0);
	assert_int_equal(archive_writer_add(writer, "catalog/dependency.tsv", text.data, text.length, &failure), 0);
	assert_int_equal(archive_writer_add(writer, "schema.sql", "SELECT 1;\n", 10, &failure), 0);
	assert_int_equal(archive_writer_add(writer, "hints.json", "{}", 2, &failure), 0);
	catalog_fingerprint(catalog, manifest.fingerprint);
	assert_int_equal(archive_writer_finish_snapshot(writer, &manifest, &failure), 0);
	buffer_fini(&text);
	return writer;
}

static void
publish(struct archive_writer *writer, const char *path)
{
	bool exists;

	assert_int_equal(archive_writer_publish(writer, path, &exists, &failure), 0);
	assert_false(exists);
	archive_writer_free(writer);
}

static char *
make_snapshot(const char *folder, const char *name, const char *created)
{
	struct catalog *catalog = fixture_catalog();
	char *path = file_join(folder, name);

	publish(write_snapshot(path, catalog, created, 0), path);
	catalog_free(catalog);
	return path;
}

static void
read_whole(const char *path, struct buffer *out)
{
	buffer_clear(out);
	assert_int_equal(file_read(path, 1 << 30, out, &failure), 0);
}

static unsigned
count_files(const char *folder)
{
	DIR *listing = opendir(folder);
	unsigned count = 0;

	assert_non_null(listing);
	while (readdir(listing) != NULL)
		count++;
	closedir(listing);
	return count - 2;
}

/* ---- round trips ---- */

static void
test_round_trip(void **state)
{
	char *path = make_snapshot(*state, "a.tar.gz", FIXTURE_CREATED);
	struct catalog *wanted = fixture_catalog();
	struct catalog *catalog;
	struct archive_reader *reader;
	struct vector notes = { 0 };
	const char *data;
	size_t length;

	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	const struct manifest *manifest = archive_reader_manifest(reader);

	assert_string_equal(manifest->type, "snapshot");
	assert_string_equal(manifest->created, FIXTURE_CREATED);
	assert_string_equal(manifest->label, "v1");
	assert_string_equal(manifest->tool_version, PGKEEL_VERSION);
	assert_string_equal(manifest->source.database, "shop \"north\"");
	assert_string_equal(manifest->source.stamp, "42:4711");
	assert_int_equal(manifest->source.server_version, 150018);
	assert_int_equal(archive_reader_catalog(reader, &catalog, &notes, &failure), 0);
	assert_int_equal(notes.count, 0);
	assert_int_equal(catalog->count, wanted->count);
	for (uint32_t i = 0; i < wanted->count; i++)
		assert_true(object_same_values(&catalog->objects[i], &wanted->objects[i]));
	assert_true(archive_reader_member(reader, "hints.json", &data, &length));
	assert_int_equal(length, 2);
	assert_memory_equal(data, "{}", 2);
	assert_false(archive_reader_member(reader, "schema.sql", &data, &length));
	assert_int_equal(archive_reader_member_count(reader), 1);
	catalog_free(catalog);
	catalog_free(wanted);
	archive_reader_free(reader);
	vector_fini(&notes);
	free(path);
}

static void
test_equal_content_gives_equal_bytes(void **state)
{
	char *one = make_snapshot(*state, "one.tar.gz", FIXTURE_CREATED);
	char *two = make_snapshot(*state, "two.tar.gz", FIXTURE_CREATED);
	char *later = make_snapshot(*state, "later.tar.gz", "2024-03-01T00:00:00Z");
	struct buffer a = BUFFER_INIT;
	struct buffer b = BUFFER_INIT;
	size_t tail = 0;

	read_whole(one, &a);
	read_whole(two, &b);
	assert_int_equal(a.length, b.length);
	assert_memory_equal(a.data, b.data, a.length);
	/* Another time: the manifest differs, and everything behind it is the same. */
	read_whole(later, &b);
	assert_true(a.length != b.length || memcmp(a.data, b.data, a.length) != 0);
	while (tail < a.length && tail < b.length && a.data[a.length - 1 - tail] == b.data[b.length - 1 - tail])
		tail++;
	assert_true(a.length - tail < 1200);
	assert_true(tail > 600);
	buffer_fini(&a);
	buffer_fini(&b);
	free(one);
	free(two);
	free(later);
}

/* Sizes about the block's, as tar programs and our reader see them. */
static void
test_sizes_about_a_block(void **state)
{
	static const size_t sizes[] = {
		0, 1, 511, 512, 513, ARCHIVE_BLOCK - 1, ARCHIVE_BLOCK, ARCHIVE_BLOCK + 1, 3 * ARCHIVE_BLOCK + 7
	};
	char *path = file_join(*state, "sizes.tar.gz");
	struct manifest manifest = { .type = "snapshot", .created = FIXTURE_CREATED };
	struct archive_writer *writer;
	struct archive_reader *reader;
	struct catalog *catalog;
	struct catalog *empty = catalog_new_empty(0);
	struct buffer command = BUFFER_INIT;
	char *text = xmalloc(4 * ARCHIVE_BLOCK);

	for (size_t i = 0; i < 4 * ARCHIVE_BLOCK; i++)
		text[i] = (char)('a' + (i * i / 7) % 26);
	assert_int_equal(archive_writer_open(path, 0644, 6, &writer, &failure), 0);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		char name[32];

		snprintf(name, sizeof(name), "hooks/%zu.sql", i);
		assert_int_equal(archive_writer_begin(writer, name, &failure), 0);
		/* In uneven pieces. */
		for (size_t done = 0; done < sizes[i];) {
			size_t part = sizes[i] - done < 70001 ? sizes[i] - done : 70001;

			assert_int_equal(archive_writer_write(writer, text + done, part, &failure), 0);
			done += part;
		}
		assert_int_equal(archive_writer_end(writer, &failure), 0);
	}
	catalog_fingerprint(empty, manifest.fingerprint);
	assert_int_equal(archive_writer_finish_snapshot(writer, &manifest, &failure), 0);
	publish(writer, path);

	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	assert_int_equal(archive_reader_catalog(reader, &catalog, NULL, &failure), 0);
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		const char *data;
		size_t length;

		assert_true(archive_reader_member(reader, archive_reader_member_name(reader, i), &data, &length));
		assert_int_equal(length, sizes[i]);
		assert_memory_equal(data, text, length);
	}
	buffer_printf(&command,
	              "cd '%s' && mkdir x && tar xzf sizes.tar.gz -C x 2>x.err && test ! -s x.err && "
	              "cat x/hooks/*.sql | wc -c | grep -qx 6293000 && tar tzf sizes.tar.gz | wc -l | grep -qx 10",
	              (char *)*state);
	assert_int_equal(system(command.data), 0);
	buffer_fini(&command);
	catalog_free(catalog);
	catalog_free(empty);
	archive_reader_free(reader);
	free(text);
	free(path);
}

/* ---- the data part ---- */

#define DATA_MEMBERS 40

struct seen {
	unsigned count;
	uint64_t bytes;
	const char *only;
	unsigned stop_after;
};

static bool
is_wanted(void *context, const char *name)
{
	const struct seen *seen = context;

	return seen->only == NULL || strstr(name, seen->only) != NULL;
}

static int
see(void *context, const char *name, const char *data, size_t length, struct error *error)
{
	struct seen *seen = context;

	assert_true(strncmp(name, "data/", 5) == 0);
	if (length > 0)
		assert_int_equal(data[length - 1], '\n');
	seen->count++;
	seen->bytes += length;
	if (seen->stop_after == seen->count)
		return error_set(error, ERROR_FAILED, "enough");
	return 0;
}

static char *
make_backup(const char *folder, const char *tables)
{
	struct catalog *catalog = fixture_catalog();
	char *path = file_join(folder, "backup.tar.gz");
	struct archive_writer *writer;
	struct manifest manifest = { .type = "backup", .created = FIXTURE_CREATED, .source = catalog->info };
	char *text = xmalloc(ARCHIVE_DATA_MOST);

	memset(text, 'x', ARCHIVE_DATA_MOST);
	text[ARCHIVE_DATA_MOST - 1] = '\n';
	assert_int_equal(archive_writer_open(path, 0600, 1, &writer, &failure), 0);
	assert_int_equal(archive_writer_add(writer, "schema.sql", "", 0, &failure), 0);
	struct catalog *empty = catalog_new_empty(0);

	catalog_fingerprint(empty, manifest.fingerprint);
	catalog_free(empty);
	assert_int_equal(archive_writer_finish_snapshot(writer, &manifest, &failure), 0);
	for (unsigned i = 0; i < DATA_MEMBERS; i++) {
		struct buffer name = BUFFER_INIT;
		size_t length = i % 10 == 0 ? ARCHIVE_DATA_MOST : i * 1000;

		buffer_append_text(&name, "data/");
		archive_name_append(&name, i % 2 == 0 ? "sales.a/b \"\n" : "..");
		buffer_printf(&name, "/%u.copy", i);
		assert_int_equal(archive_writer_add(writer, name.data, text + ARCHIVE_DATA_MOST - length, length, &failure), 0);
		buffer_fini(&name);
	}
	assert_int_equal(archive_writer_finish_data(writer, tables, strlen(tables), &failure), 0);
	publish(writer, path);
	catalog_free(catalog);
	free(text);
	return path;
}

static void
test_data_part(void **state)
{
	char *path = make_backup(*state, "[{\"table\":\"a\",\"rows\":9007199254740993}]");
	struct archive_reader *reader;
	struct seen seen = { 0 };
	struct seen some = { .only = "%2E%2E" };
	const char *text;
	size_t length;
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	assert_int_equal(archive_reader_data(reader, NULL, see, &seen, &failure), 0);
	assert_int_equal(seen.count, DATA_MEMBERS);
	assert_true(seen.bytes == UINT64_C(4) * ARCHIVE_DATA_MOST + 1000 * (780 - 60));
	assert_int_equal(archive_reader_data_manifest(reader, &text, &length, &failure), 0);
	assert_string_equal(text, "[{\"rows\":9007199254740993,\"table\":\"a\"}]");
	archive_reader_free(reader);

	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	assert_int_equal(archive_reader_data(reader, is_wanted, see, &some, &failure), 0);
	assert_int_equal(some.count, DATA_MEMBERS / 2);
	archive_reader_free(reader);

	/* The callback's failure is handed on. */
	some = (struct seen){ .stop_after = 3 };
	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	assert_int_equal(archive_reader_data(reader, NULL, see, &some, &failure), -1);
	assert_int_equal(some.count, 3);
	assert_string_equal(failure.primary, "enough");
	error_clear(&failure);
	archive_reader_free(reader);
	free(path);
}

static void
test_data_manifest_alone(void **state)
{
	char *path = make_backup(*state, "{\"n\":1}");
	struct archive_reader *reader;
	struct catalog *catalog;
	const char *text;
	size_t length;

	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	assert_int_equal(archive_reader_catalog(reader, &catalog, NULL, &failure), 0);
	assert_int_equal(archive_reader_data_manifest(reader, &text, &length, &failure), 0);
	assert_string_equal(text, "{\"n\":1}");
	catalog_free(catalog);
	archive_reader_free(reader);
	free(path);
}

static void
test_data_members_can_be_checked_by_sha256sum(void **state)
{
	char *path = make_backup(*state, "null");
	struct buffer command = BUFFER_INIT;

	buffer_printf(&command, "cd '%s' && tar xzf backup.tar.gz && cd data/%%2E%%2E && sha256sum --quiet -c *.sha256",
	              (char *)*state);
	assert_int_equal(system(command.data), 0);
	buffer_fini(&command);
	free(path);
}

/* ---- what the writer refuses ---- */

static void
test_unsafe_names(void **state)
{
	static const char *const names[] = { "",     "/",    "/etc/passwd",  "../x",          "a/../b",
		                                 "a//b", "a/",   "./a",          "a/.",           "a\nb",
		                                 "a b",  "a\\b", "sch\xc3\xb6n", "manifest.json", "data/x",
		                                 "a:b" };
	char *path = file_join(*state, "x.tar.gz");
	struct archive_writer *writer;

	assert_int_equal(archive_writer_open(path, 0644, 0, &writer, &failure), 0);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		assert_int_equal(archive_writer_begin(writer, names[i], &failure), -1);
		error_clear(&failure);
	}
	assert_int_equal(archive_writer_add(writer, "a", "1", 1, &failure), 0);
	assert_int_equal(archive_writer_add(writer, "a", "2", 1, &failure), -1);
	error_clear(&failure);
	archive_writer_free(writer);
	assert_int_equal(count_files(*state), 0);
	free(path);
}

static void
test_data_member_too_large(void **state)
{
	char *path = file_join(*state, "x.tar.gz");
	char *text = xcalloc(1, ARCHIVE_DATA_MOST + 1);
	struct manifest manifest = { .type = "backup", .created = FIXTURE_CREATED };
	struct archive_writer *writer;
	bool exists;

	assert_int_equal(archive_writer_open(path, 0644, 0, &writer, &failure), 0);
	assert_int_equal(archive_writer_finish_snapshot(writer, &manifest, &failure), 0);
	assert_int_equal(archive_writer_add(writer, "data/a", text, ARCHIVE_DATA_MOST + 1, &failure), -1);
	error_clear(&failure);
	assert_int_equal(archive_writer_publish(writer, path, &exists, &failure), -1); /* a member is open */
	error_clear(&failure);
	archive_writer_free(writer);
	assert_int_equal(count_files(*state), 0);
	free(text);
	free(path);
}

/* ---- publishing ---- */

static void
test_publish_never_replaces(void **state)
{
	char *path = make_snapshot(*state, "a.tar.gz", FIXTURE_CREATED);
	struct catalog *catalog = fixture_catalog();
	struct archive_writer *writer = write_snapshot(path, catalog, "2030-01-01T00:00:00Z", 0);
	struct archive_reader *reader;
	bool exists;

	assert_int_equal(archive_writer_publish(writer, path, &exists, &failure), -1);
	assert_true(exists);
	error_clear(&failure);
	archive_writer_free(writer);
	assert_int_equal(count_files(*state), 1);
	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	assert_string_equal(archive_reader_manifest(reader)->created, FIXTURE_CREATED);
	archive_reader_free(reader);
	catalog_free(catalog);
	free(path);
}

static char *
find_temporary(const char *folder)
{
	DIR *listing = opendir(folder);
	const struct dirent *entry;
	char *path = NULL;

	assert_non_null(listing);
	for (entry = readdir(listing); entry != NULL; entry = readdir(listing))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			path = file_join(folder, entry->d_name);
	closedir(listing);
	assert_non_null(path);
	return path;
}

/* A disk that does not give back what it got: any byte that matters stops the publishing. */
static void
test_read_back_finds_a_flipped_byte(void **state)
{
	struct catalog *catalog = fixture_catalog();
	char *path = file_join(*state, "a.tar.gz");
	unsigned caught = 0;
	unsigned tried = 0;

	for (off_t at = 10; at < 2000; at += 37) {
		struct archive_writer *writer = write_snapshot(path, catalog, FIXTURE_CREATED, 0);
		char *temporary = find_temporary(*state);
		FILE *file = fopen(temporary, "r+");
		bool exists;
		int byte;

		assert_non_null(file);
		fseeko(file, at, SEEK_SET);
		byte = fgetc(file);
		if (byte != EOF) {
			fseeko(file, at, SEEK_SET);
			fputc(byte ^ 0x10, file);
			tried++;
		}
		fclose(file);
		if (byte != EOF && archive_writer_publish(writer, path, &exists, &failure) != 0) {
			assert_int_equal(failure.code, ERROR_FAILED);
			assert_non_null(failure.hint);
			caught++;
		}
		error_clear(&failure);
		archive_writer_free(writer);
		unlink(path);
		assert_int_equal(count_files(*state), 0);
		free(temporary);
		if (byte == EOF)
			break;
	}
	/* gzip's time and system bytes are the only ones that carry nothing. */
	assert_true(tried > 20);
	assert_true(caught * 10 >= tried * 8);
	catalog_free(catalog);
	free(path);
}

static void
test_truncated_before_publishing(void **state)
{
	struct catalog *catalog = fixture_catalog();
	char *path = file_join(*state, "a.tar.gz");
	struct archive_writer *writer = write_snapshot(path, catalog, FIXTURE_CREATED, 0);
	char *temporary = find_temporary(*state);
	bool exists;

	assert_int_equal(truncate(temporary, 700), 0);
	assert_int_equal(archive_writer_publish(writer, path, &exists, &failure), -1);
	assert_non_null(strstr(failure.primary, "read back"));
	error_clear(&failure);
	archive_writer_free(writer);
	assert_int_equal(count_files(*state), 0);
	catalog_free(catalog);
	free(temporary);
	free(path);
}

/* A disk that fills at any write: no file is left, the message says what to do. */
static void
test_disk_full_at_every_write(void **state)
{
	char *path = file_join(*state, "a.tar.gz");
	unsigned failures = 0;

	for (unsigned nth = 1; nth < 100; nth++) {
		struct archive_writer *writer;
		struct manifest manifest = { .type = "snapshot", .created = FIXTURE_CREATED };
		char fault[32];
		bool exists;
		int result;

		snprintf(fault, sizeof(fault), "archive.write:%u", nth);
		setenv("PGKEEL_FAULT", fault, 1);
		assert_int_equal(archive_writer_open(path, 0644, 0, &writer, &failure), 0);
		assert_int_equal(archive_writer_add(writer, "hints.json", "{}", 2, &failure), 0);
		result = archive_writer_finish_snapshot(writer, &manifest, &failure);
		if (result == 0)
			result = archive_writer_publish(writer, path, &exists, &failure);
		unsetenv("PGKEEL_FAULT");
		if (result == 0) {
			archive_writer_free(writer);
			break;
		}
		failures++;
		assert_int_equal(failure.code, ERROR_SYSTEM);
		assert_non_null(strstr(failure.primary, "No space left"));
		assert_non_null(failure.hint);
		error_clear(&failure);
		archive_writer_free(writer);
		assert_int_equal(count_files(*state), 0);
	}
	assert_int_equal(failures, 5); /* header and body of two members, the end */
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, unit_folder_setup, unit_folder_teardown)
		TEST(test_round_trip),
		TEST(test_equal_content_gives_equal_bytes),
		TEST(test_sizes_about_a_block),
		TEST(test_data_part),
		TEST(test_data_manifest_alone),
		TEST(test_data_members_can_be_checked_by_sha256sum),
		TEST(test_unsafe_names),
		TEST(test_data_member_too_large),
		TEST(test_publish_never_replaces),
		TEST(test_read_back_finds_a_flipped_byte),
		TEST(test_truncated_before_publishing),
		TEST(test_disk_full_at_every_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
