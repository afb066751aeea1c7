/*
 * test_manifest.c - manifest.json there and back, and every way of being malformed.
 */
#include "build.h"

#include "unit.h"

#include "archive/manifest.h"

static struct error failure;

static const struct archive_limits limits = { .member_count = 3, .member_size = 1000, .total_size = 1500, .ratio = 1 };

#define FOUR(digit) digit digit digit digit
#define SIXTEEN(digit) FOUR(digit) FOUR(digit) FOUR(digit) FOUR(digit)
#define SHA(digit) SIXTEEN(digit) SIXTEEN(digit) SIXTEEN(digit) SIXTEEN(digit) /* 64 digits */

static void
fill(struct manifest_text *text)
{
	static struct unmodelled unmodelled[] = { { "publications", 2, "pub \"a\"\n" }, { "casts", 1, NULL } };
	static struct manifest_count counts[] = { { "table", 3 }, { "column", 70000 } };
	static struct manifest_member members[] = { { "catalog/table.tsv", 900, SHA("a") }, { "schema.sql", 0, SHA("b") } };

	*text = (struct manifest_text){
		.manifest = { .tool_version = "9.9",
		              .format_major = 1,
		              .format_minor = 0,
		              .type = "snapshot",
		              .created = "2024-02-29T12:00:00Z",
		              .label = "a \xe2\x82\xac label",
		              .fingerprint = SHA("c"),
		              .source = { .server_version = 180001,
		                          .server_version_text = "18.1",
		                          .database = "d\"b",
		                          .encoding = "UTF8",
		                          .collate = "C",
		                          .ctype = "C",
		                          .stamp = "1:2" } },
		.counts = counts,
		.count_count = COUNT_OF(counts),
		.unmodelled = unmodelled,
		.unmodelled_count = COUNT_OF(unmodelled),
		.members = members,
		.member_count = COUNT_OF(members),
	};
	manifest_content(members, COUNT_OF(members), text->manifest.content);
}

static void
test_there_and_back(void **state)
{
	struct manifest_text text;
	struct manifest_text back;
	struct buffer json = BUFFER_INIT;
	struct buffer again = BUFFER_INIT;

	(void)state;
	fill(&text);
	assert_int_equal(manifest_encode(&text, &json, &failure), 0);
	assert_int_equal(json.data[json.length - 1], '\n');
	assert_int_equal(manifest_decode(&back, json.data, json.length, "x", &limits, &failure), 0);
	assert_string_equal(back.manifest.label, text.manifest.label);
	assert_string_equal(back.manifest.source.database, "d\"b");
	assert_int_equal(back.manifest.source.server_version, 180001);
	assert_int_equal(back.count_count, 2);
	assert_int_equal(back.unmodelled_count, 2);
	assert_string_equal(back.unmodelled[0].example, "pub \"a\"\n");
	assert_null(back.unmodelled[1].example);
	assert_int_equal(back.member_count, 2);
	assert_string_equal(back.members[1].name, "schema.sql");
	assert_int_equal(back.members[0].size, 900);
	assert_int_equal(manifest_encode(&back, &again, &failure), 0);
	assert_string_equal(again.data, json.data);
	arena_free(back.manifest.arena);
	buffer_fini(&again);
	buffer_fini(&json);
}

static void
test_content_digest_depends_on_names_digests_and_order(void **state)
{
	struct manifest_member members[] = { { "a", 1, SHA("a") }, { "b", 1, SHA("b") } };
	struct manifest_member moved[] = { members[1], members[0] };
	struct manifest_member renamed[] = { members[0], { "c", 1, SHA("b") } };
	char one[DIGEST_TEXT_SIZE];
	char other[DIGEST_TEXT_SIZE];

	(void)state;
	manifest_content(members, 2, one);
	manifest_content(moved, 2, other);
	assert_string_not_equal(one, other);
	manifest_content(renamed, 2, other);
	assert_string_not_equal(one, other);
	manifest_content(members, 1, other);
	assert_string_not_equal(one, other);
}

static void
expect_malformed(const char *json, size_t length, const char *clause)
{
	struct manifest_text text;

	assert_int_equal(manifest_decode(&text, json, length, "x.tar.gz", &limits, &failure), -1);
	assert_int_equal(failure.code, ERROR_ARCHIVE);
	assert_non_null(strstr(failure.primary, "x.tar.gz"));
	if (strstr(failure.primary, clause) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", failure.primary, clause);
	assert_non_null(failure.hint);
	error_clear(&failure);
	arena_free(text.manifest.arena);
}

/* The good text with the first `from` replaced. */
static void
expect_replaced(const char *from, const char *to, const char *clause)
{
	struct manifest_text text;
	struct buffer json = BUFFER_INIT;
	struct buffer changed = BUFFER_INIT;
	const char *at;

	fill(&text);
	assert_int_equal(manifest_encode(&text, &json, &failure), 0);
	at = strstr(json.data, from);
	if (at == NULL)
		fail_msg("no %s in the manifest", from);
	buffer_append(&changed, json.data, (size_t)(at - json.data));
	buffer_append_text(&changed, to);
	buffer_append_text(&changed, at + strlen(from));
	expect_malformed(changed.data, changed.length, clause);
	buffer_fini(&changed);
	buffer_fini(&json);
}

static void
test_malformed(void **state)
{
	(void)state;
	expect_malformed("", 0, "JSON");
	expect_malformed("[]", 2, "not a JSON object");
	expect_malformed("{}", 2, "format");
	expect_malformed("{\"a\":1,\"a\":2}", 13, "JSON");
	expect_malformed("{}\0x", 4, "JSON");
	expect_replaced("\"major\": 1", "\"major\": 0", "format");
	expect_replaced("\"major\": 1", "\"major\": \"1\"", "major");
	expect_replaced("\"major\": 1", "\"major\": 99999999999", "major");
	expect_replaced("\"major\": 1", "\"major\": 2", "reads formats up to 1");
	expect_replaced("\"snapshot\"", "\"snapshop\"", "type");
	expect_replaced("\"snapshot\"", "null", "type");
	expect_replaced("\"type\"", "\"tyqe\"", "type");
	expect_replaced("\"created\": \"", "\"created\": [\"", "JSON");
	expect_replaced("\"server_version\": 180001", "\"server_version\": -1", "server_version");
	expect_replaced("\"publications\"", "17", "what");
	expect_replaced("\"column\": 70000", "\"column\": -1", "counts");
	expect_replaced("\"size\": 900", "\"size\": -900", "size");
	expect_replaced("\"size\": 900", "\"size\": 1001", "too large");
	expect_replaced("\"size\": 900", "\"size\": 9223372036854775807", "too large");
	expect_replaced("\"size\": 900", "\"size\": 9e2", "size");
	expect_replaced("catalog/table.tsv", "../table.tsv", "not safe");
	expect_replaced("catalog/table.tsv", "data/table.tsv", "reserved");
	expect_replaced("catalog/table.tsv", "manifest.json", "reserved");
	expect_replaced("catalog/table.tsv", "schema.sql", "named twice");
	expect_replaced("catalog/table.tsv", "catalog/view.tsv", "content digest");
	expect_replaced(SHA("a"), SHA("A"), "sha256");
	expect_replaced(SHA("a"), SHA("a") "a", "sha256");
	expect_replaced(SHA("a"), SHA("d"), "content digest");
	expect_replaced(SHA("c"), "", "fingerprint");
}

/* Every prefix and every changed byte is either refused or decoded; the sanitizers watch. */
static void
test_damaged_anywhere(void **state)
{
	struct manifest_text text;
	struct manifest_text back;
	struct buffer json = BUFFER_INIT;

	(void)state;
	fill(&text);
	assert_int_equal(manifest_encode(&text, &json, &failure), 0);
	for (size_t length = 0; length + 1 < json.length; length++)
		expect_malformed(json.data, length, "JSON");
	for (size_t i = 0; i < json.length; i++) {
		json.data[i] ^= 1;
		if (manifest_decode(&back, json.data, json.length, "x", &limits, &failure) != 0)
			assert_int_equal(failure.code, ERROR_ARCHIVE);
		error_clear(&failure);
		arena_free(back.manifest.arena);
		json.data[i] ^= 1;
	}
	buffer_fini(&json);
}

static void
test_text_that_json_cannot_hold(void **state)
{
	struct manifest_text text;
	struct buffer json = BUFFER_INIT;

	(void)state;
	fill(&text);
	text.manifest.source.database = "\xff";
	assert_int_equal(manifest_encode(&text, &json, &failure), -1);
	assert_non_null(strstr(failure.primary, "database"));
	error_clear(&failure);
	buffer_fini(&json);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_content_digest_depends_on_names_digests_and_order),
		cmocka_unit_test(test_malformed),
		cmocka_unit_test(test_damaged_anywhere),
		cmocka_unit_test(test_text_that_json_cannot_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
