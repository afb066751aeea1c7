/*
 * test_archive_hostile.c - the reader against files that no honest writer makes: each is
 * refused with an ARCHIVE error that says why and what to do, or gives the very content.
 */
#include "build.h"

#include "tests/unit/archive_fixture.h"

#include <sys/stat.h>
#include <unistd.h>

static struct error failure;

#define SCRIPT "SELECT 1;\n"

/* Reads all of it; 0 or -1. */
static int
read_all(const char *path, const struct archive_limits *limits, struct vector *notes)
{
	struct archive_reader *reader;
	struct catalog *catalog = NULL;
	int result;

	error_clear(&failure);
	result = archive_reader_open(path, limits, &reader, &failure);
	if (result == 0)
		result = archive_reader_catalog(reader, &catalog, notes, &failure);
	if (result == 0 && strcmp(archive_reader_manifest(reader)->type, "backup") == 0)
		result = archive_reader_data(reader, NULL, NULL, NULL, &failure);
	catalog_free(catalog);
	archive_reader_free(reader);
	return result;
}

static void
expect_refused(const char *path, const struct archive_limits *limits, const char *clause)
{
	assert_int_equal(read_all(path, limits, NULL), -1);
	assert_int_equal(failure.code, ERROR_ARCHIVE);
	assert_int_equal(error_status(&failure), 4);
	assert_non_null(failure.hint);
	if (strstr(failure.primary, clause) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", failure.primary, clause);
	error_clear(&failure);
}

static void
expect_good(const char *path)
{
	if (read_all(path, NULL, NULL) != 0)
		fail_msg("%s", failure.primary);
}

/* A good archive of schema.sql, before it is spoilt. */
static void
start(struct hostile *hostile)
{
	hostile_init(hostile);
	hostile_list(hostile, "schema.sql", SCRIPT);
}

static void
test_honest_first(void **state)
{
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	start(&hostile);
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_finish(&hostile, path);
	expect_good(path);
	free(path);
}

/* ---- not archives ---- */

static void
test_not_an_archive(void **state)
{
	char *path = file_join(*state, "a.tar.gz");
	struct buffer file = BUFFER_INIT;

	expect_refused(path, NULL, "does not exist");
	expect_refused("/nonexistent/a.tar.gz", NULL, "does not exist");
	expect_refused(*state, NULL, "it is a folder");
	expect_refused("/dev/zero", NULL, "not a plain file");
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_refused(path, NULL, "not a plain file");
	unlink(path);
	assert_int_equal(file_write(path, "", 0, 0600, &failure), 0);
	expect_refused(path, NULL, "it is empty");
	assert_int_equal(file_write(path, "x", 1, 0600, &failure), 0);
	expect_refused(path, NULL, "not a gzip file");
	assert_int_equal(file_write(path, "-- a dump\n", 10, 0600, &failure), 0);
	expect_refused(path, NULL, "not a gzip file");
	assert_int_equal(file_write(path, "\x1f\x8b", 2, 0600, &failure), 0);
	expect_refused(path, NULL, "ends too early");
	fixture_gzip(&file, "no tar archive at all", 21);
	assert_int_equal(file_write(path, file.data, file.length, 0600, &failure), 0);
	expect_refused(path, NULL, "archive");
	buffer_clear(&file);
	fixture_gzip(&file, "", 0);
	assert_int_equal(file_write(path, file.data, file.length, 0600, &failure), 0);
	expect_refused(path, NULL, "not a tar archive in gzip");
	buffer_fini(&file);
	free(path);
}

static void
test_no_manifest(void **state)
{
	char *path = file_join(*state, "a.tar.gz");
	struct buffer tar = BUFFER_INIT;
	struct buffer file = BUFFER_INIT;

	assert_int_equal(tar_append_file(&tar, "schema.sql", SCRIPT, strlen(SCRIPT), &failure), 0);
	fixture_gzip(&file, tar.data, tar.length);
	assert_int_equal(file_write(path, file.data, file.length, 0600, &failure), 0);
	expect_refused(path, NULL, "does not begin with manifest.json");
	buffer_clear(&tar);
	buffer_clear(&file);
	assert_int_equal(tar_append_file(&tar, MANIFEST_NAME, "{", 1, &failure), 0);
	fixture_gzip(&file, tar.data, tar.length);
	assert_int_equal(file_write(path, file.data, file.length, 0600, &failure), 0);
	expect_refused(path, NULL, "not valid JSON");
	buffer_fini(&tar);
	buffer_fini(&file);
	free(path);
}

/* ---- versions ---- */

static void
test_newer_major_is_refused(void **state)
{
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	start(&hostile);
	hostile.text.manifest.format_major = 2;
	hostile_add(&hostile, "something.else", "quite new");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "has format 2.0, but this program reads formats up to 1");
	free(path);
}

static void
test_newer_minor_is_read_with_a_note(void **state)
{
	struct hostile hostile;
	struct vector notes = { 0 };
	char *path = file_join(*state, "a.tar.gz");

	hostile_init(&hostile);
	hostile.text.manifest.format_minor = 7;
	hostile_list(&hostile, "catalog/wormhole.tsv", "name\nx\n");
	hostile_add(&hostile, "catalog/wormhole.tsv", "name\nx\n");
	hostile_finish(&hostile, path);
	assert_int_equal(read_all(path, NULL, &notes), 0);
	assert_int_equal(notes.count, 2);
	assert_non_null(strstr(notes.items[0], "1.7"));
	assert_non_null(strstr(notes.items[1], "wormhole"));
	for (size_t i = 0; i < notes.count; i++)
		free(notes.items[i]);
	vector_fini(&notes);
	free(path);
}

static void
test_unmodelled_objects_come_along(void **state)
{
	struct unmodelled unmodelled = { .what = "publications", .count = 2, .example = "pub_a" };
	struct archive_reader *reader;
	struct catalog *catalog;
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	start(&hostile);
	hostile.text.unmodelled = &unmodelled;
	hostile.text.unmodelled_count = 1;
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_finish(&hostile, path);
	assert_int_equal(archive_reader_open(path, NULL, &reader, &failure), 0);
	assert_int_equal(archive_reader_catalog(reader, &catalog, NULL, &failure), 0);
	assert_int_equal(catalog->unmodelled_count, 1);
	assert_int_equal(catalog->unmodelled[0].count, 2);
	assert_string_equal(catalog->unmodelled[0].what, "publications");
	archive_reader_free(reader);
	assert_string_equal(catalog->info.encoding == NULL ? "none" : catalog->info.encoding, "none");
	catalog_free(catalog);
	free(path);
}

/* ---- members ---- */

static void
test_missing_extra_and_moved_members(void **state)
{
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	start(&hostile);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "member \"schema.sql\" is missing");

	start(&hostile);
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_add(&hostile, "hints.json", "{}");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "member \"hints.json\", which its manifest does not list");

	start(&hostile);
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "does not list");

	start(&hostile);
	hostile_list(&hostile, "hints.json", "{}");
	hostile_add(&hostile, "hints.json", "{}");
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "where its manifest lists");

	start(&hostile);
	hostile_list(&hostile, "schema.sql", SCRIPT);
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "named twice");
	free(path);
}

static void
test_changed_members(void **state)
{
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	start(&hostile);
	hostile_add(&hostile, "schema.sql", "SELECT 2;\n");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "SHA-256");

	start(&hostile);
	hostile_add(&hostile, "schema.sql", "SELECT 10;\n");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "size");

	start(&hostile);
	hostile.text.manifest.fingerprint[0] ^= 1;
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "fingerprint");

	/* A table that is no table. */
	hostile_init(&hostile);
	hostile_list(&hostile, "catalog/schema.tsv", "name\n\\q\n");
	hostile_add(&hostile, "catalog/schema.tsv", "name\n\\q\n");
	hostile_finish(&hostile, path);
	assert_int_equal(read_all(path, NULL, NULL), -1);
	assert_int_equal(failure.code, ERROR_ARCHIVE);
	assert_non_null(strstr(failure.primary, "catalog/schema.tsv"));
	error_clear(&failure);
	free(path);
}

static void
test_unsafe_entries(void **state)
{
	static const char *const names[] = { "/etc/passwd", "../../etc/passwd", "a/../../b", "./schema.sql", "a//b",
		                                 "sp ace" };
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		start(&hostile);
		hostile_add(&hostile, names[i], SCRIPT);
		hostile_finish(&hostile, path);
		expect_refused(path, NULL, "not safe");
		/* Nor may a manifest list one. */
		hostile_init(&hostile);
		hostile_list(&hostile, names[i], SCRIPT);
		hostile_add(&hostile, names[i], SCRIPT);
		hostile_finish(&hostile, path);
		expect_refused(path, NULL, "not safe");
	}
	start(&hostile);
	hostile_list(&hostile, "data/x", SCRIPT);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "reserved");
	assert_int_equal(access("/etc/passwd", F_OK), 0);
	free(path);
}

static void
test_links_and_devices(void **state)
{
	static const unsigned types[] = { AE_IFLNK, AE_IFDIR, AE_IFCHR, AE_IFBLK, AE_IFIFO };
	struct archive_entry *entry;
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	for (size_t i = 0; i < COUNT_OF(types); i++) {
		start(&hostile);
		entry = hostile_entry("schema.sql", 0);
		archive_entry_set_filetype(entry, types[i]);
		if (types[i] == AE_IFLNK)
			archive_entry_set_symlink(entry, "/etc/passwd");
		hostile_put(&hostile, entry, "");
		hostile_finish(&hostile, path);
		/* A folder's name ends with a slash in tar. */
		expect_refused(path, NULL, types[i] == AE_IFDIR ? "not safe" : "not a plain file");
	}
	start(&hostile);
	entry = hostile_entry("schema.sql", 0);
	archive_entry_set_hardlink(entry, "manifest.json");
	hostile_put(&hostile, entry, "");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "not a plain file");

	start(&hostile);
	entry = hostile_entry("schema.sql", 1 << 20);
	archive_entry_sparse_add_entry(entry, 0, 512);
	archive_entry_sparse_add_entry(entry, (1 << 20) - 512, 512);
	hostile_put(&hostile, entry, SCRIPT);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "sparse");
	free(path);
}

/* ---- limits ---- */

static void
test_limits(void **state)
{
	struct hostile hostile;
	char *path = file_join(*state, "a.tar.gz");

	start(&hostile);
	hostile_list(&hostile, "hints.json", "{}");
	hostile_add(&hostile, "schema.sql", SCRIPT);
	hostile_add(&hostile, "hints.json", "{}");
	hostile_finish(&hostile, path);
	expect_good(path);
	expect_refused(path, &(struct archive_limits){ .member_count = 1 }, "too many members");
	expect_refused(path, &(struct archive_limits){ .member_size = 9 }, "too large");
	expect_refused(path, &(struct archive_limits){ .total_size = 11 }, "too large");
	const struct archive_limits enough = { .member_count = 2, .member_size = 10, .total_size = 12 };

	assert_int_equal(read_all(path, &enough, NULL), 0);

	/* A manifest that promises more than there can be, so that its sum overflows. */
	start(&hostile);
	hostile_list(&hostile, "hints.json", "{}");
	hostile.members[1].size = INT64_MAX;
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "too large");
	free(path);
}

/* 300 MiB of zeros in 300 kB, in front of anything else. */
static void
test_bomb(void **state)
{
	char *path = file_join(*state, "a.tar.gz");
	size_t length = 300u << 20;
	char *zeros = xcalloc(1, length);
	struct buffer tar = BUFFER_INIT;
	struct buffer file = BUFFER_INIT;

	assert_int_equal(tar_append_header(&tar, MANIFEST_NAME, length, &failure), 0);
	fixture_gzip(&file, tar.data, tar.length);
	fixture_gzip(&file, zeros, length);
	assert_true(file.length < 400 * 1000);
	assert_int_equal(file_write(path, file.data, file.length, 0600, &failure), 0);
	expect_refused(path, NULL, "too large"); /* the manifest's own limit */
	buffer_clear(&tar);
	buffer_clear(&file);
	assert_int_equal(tar_append_header(&tar, MANIFEST_NAME, 200u << 20, &failure), 0);
	fixture_gzip(&file, tar.data, tar.length);
	fixture_gzip(&file, zeros, length);
	assert_int_equal(file_write(path, file.data, file.length, 0600, &failure), 0);
	expect_refused(path, &(struct archive_limits){ .ratio = 100 }, "unpacks to far more");
	buffer_fini(&tar);
	buffer_fini(&file);
	free(zeros);
	free(path);
}

/* ---- damage ---- */

static void
make_snapshot(const char *path)
{
	struct archive_writer *writer;
	struct catalog *catalog = fixture_catalog();
	struct manifest manifest = { .type = "snapshot", .created = FIXTURE_CREATED };
	struct buffer text = BUFFER_INIT;
	bool exists;

	assert_int_equal(archive_writer_open(path, 0644, 0, &writer, &failure), 0);
	for (unsigned i = 0; i < kind_count; i++) {
		struct buffer name = BUFFER_INIT;

		buffer_clear(&text);
		buffer_printf(&name, "catalog/%s.tsv", kinds[i]->name);
		assert_int_equal(codec_encode_kind(catalog, kinds[i], fixture_append, &text, &failure), 0);
		assert_int_equal(archive_writer_add(writer, name.data, text.data, text.length, &failure), 0);
		buffer_fini(&name);
	}
	assert_int_equal(archive_writer_add(writer, "hints.json", "{\"renames\":[]}", 14, &failure), 0);
	catalog_fingerprint(catalog, manifest.fingerprint);
	assert_int_equal(archive_writer_finish_snapshot(writer, &manifest, &failure), 0);
	assert_int_equal(archive_writer_publish(writer, path, &exists, &failure), 0);
	archive_writer_free(writer);
	catalog_free(catalog);
	buffer_fini(&text);
}

static void
test_truncated_anywhere(void **state)
{
	char *path = file_join(*state, "a.tar.gz");
	char *cut = file_join(*state, "cut.tar.gz");
	struct buffer file = BUFFER_INIT;

	make_snapshot(path);
	assert_int_equal(file_read(path, 1 << 20, &file, &failure), 0);
	for (size_t length = 0; length < file.length; length++) {
		FILE *out = fopen(cut, "w");

		assert_non_null(out);
		assert_int_equal(fwrite(file.data, 1, length, out), length);
		fclose(out);
		expect_refused(cut, NULL, "");
	}
	expect_good(path);
	buffer_fini(&file);
	free(path);
	free(cut);
}

/* Bits of gzip's own time, level and system bytes may flip: they carry nothing of ours. */
static void
test_flipped_anywhere(void **state)
{
	char *path = file_join(*state, "a.tar.gz");
	char *flipped = file_join(*state, "flipped.tar.gz");
	struct buffer file = BUFFER_INIT;
	size_t accepted = 0;

	make_snapshot(path);
	assert_int_equal(file_read(path, 1 << 20, &file, &failure), 0);
	for (size_t i = 0; i < file.length; i++) {
		FILE *out = fopen(flipped, "w");

		assert_non_null(out);
		file.data[i] ^= 1 << (i % 8);
		assert_int_equal(fwrite(file.data, 1, file.length, out), file.length);
		file.data[i] ^= 1 << (i % 8);
		fclose(out);
		if (read_all(flipped, NULL, NULL) == 0) {
			accepted++;
		} else {
			assert_int_equal(failure.code, ERROR_ARCHIVE);
			assert_non_null(failure.hint);
			error_clear(&failure);
		}
	}
	/* 17 gzip members; in each these 6 bytes, a flag that means nothing, and the bits that fill the last byte. */
	if (accepted > 17 * 8)
		fail_msg("%zu flipped bits of %zu were accepted", accepted, file.length);
	buffer_fini(&file);
	free(path);
	free(flipped);
}

static void
append_file(const char *path, const void *data, size_t length)
{
	FILE *file = fopen(path, "a");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, length, file), length);
	fclose(file);
}

static void
test_something_behind_the_end(void **state)
{
	static const char zeros[TAR_END_SIZE];
	char *path = file_join(*state, "a.tar.gz");
	struct buffer more = BUFFER_INIT;

	make_snapshot(path);
	append_file(path, "garbage", 7);
	expect_refused(path, NULL, "does not end as an archive does");
	unlink(path);
	/* A second archive behind the first, so that the very end looks right. */
	make_snapshot(path);
	assert_int_equal(file_read(path, 1 << 20, &more, &failure), 0);
	append_file(path, more.data, more.length);
	expect_refused(path, NULL, "follows the end");
	unlink(path);
	make_snapshot(path);
	buffer_clear(&more);
	fixture_gzip(&more, zeros, sizeof(zeros));
	append_file(path, more.data, more.length);
	expect_refused(path, NULL, "follows the end");
	buffer_fini(&more);
	free(path);
}

/* ---- a backup's data part ---- */

static void
start_backup(struct hostile *hostile)
{
	start(hostile);
	hostile->text.manifest.type = "backup";
	hostile_add(hostile, "schema.sql", SCRIPT);
}

static void
test_hostile_data(void **state)
{
	char *path = file_join(*state, "a.tar.gz");
	char digest[DIGEST_TEXT_SIZE];
	struct buffer sidecar = BUFFER_INIT;
	struct hostile hostile;

	digest_of("1\n", 2, digest);
	buffer_printf(&sidecar, "%s  0.copy\n", digest);

	start_backup(&hostile);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "\"data/manifest.json\" is missing");

	start_backup(&hostile);
	hostile_add(&hostile, "data/t/0.copy", "1\n");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "no digest in front");

	start_backup(&hostile);
	hostile_add(&hostile, "data/t/0.copy.sha256", sidecar.data);
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "not followed by its member");

	start_backup(&hostile);
	hostile_add(&hostile, "data/t/0.copy.sha256", sidecar.data);
	hostile_add(&hostile, "data/t/1.copy", "1\n");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "not followed by its member");

	start_backup(&hostile);
	hostile_add(&hostile, "data/t/0.copy.sha256", sidecar.data);
	hostile_add(&hostile, "data/t/0.copy", "2\n");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "SHA-256");

	/* Members that the last one does not count. */
	start_backup(&hostile);
	hostile_add(&hostile, "data/t/0.copy.sha256", sidecar.data);
	hostile_add(&hostile, "data/t/0.copy", "1\n");
	buffer_clear(&sidecar);
	digest_of("{\"content\":\"\",\"members\":1,\"tables\":[]}", 38, digest);
	buffer_printf(&sidecar, "%s  manifest.json\n", digest);
	hostile_add(&hostile, "data/manifest.json.sha256", sidecar.data);
	hostile_add(&hostile, "data/manifest.json", "{\"content\":\"\",\"members\":1,\"tables\":[]}");
	hostile_finish(&hostile, path);
	expect_refused(path, NULL, "not those that data/manifest.json lists");
	buffer_fini(&sidecar);
	free(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, unit_folder_setup, unit_folder_teardown)
		TEST(test_honest_first),
		TEST(test_not_an_archive),
		TEST(test_no_manifest),
		TEST(test_newer_major_is_refused),
		TEST(test_newer_minor_is_read_with_a_note),
		TEST(test_unmodelled_objects_come_along),
		TEST(test_missing_extra_and_moved_members),
		TEST(test_changed_members),
		TEST(test_unsafe_entries),
		TEST(test_links_and_devices),
		TEST(test_limits),
		TEST(test_bomb),
		TEST(test_truncated_anywhere),
		TEST(test_flipped_anywhere),
		TEST(test_something_behind_the_end),
		TEST(test_hostile_data),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
