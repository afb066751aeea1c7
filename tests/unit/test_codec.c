/*
 * test_codec.c - the text form of a catalog: round trips, and every way of being malformed.
 */
#include "build.h"

#include "catalog/codec.h"

#include <setjmp.h>

#include <cmocka.h>

#include "tests/unit/stub_kinds.h"

#define ADD(catalog, kind, ...) catalog_add(catalog, kind, (const char *const[]){ __VA_ARGS__ })
#define SEED UINT64_C(20240229)

static int
append(void *context, const char *data, size_t length, struct error *error)
{
	(void)error;
	buffer_append(context, data, length);
	return 0;
}

/* All tables of a catalog, each behind the others, for comparing. */
struct encoded {
	struct buffer kinds[COUNT_OF(kinds)];
	struct buffer dependencies;
};

static void
encode(const struct catalog *catalog, struct encoded *encoded)
{
	struct error error = { 0 };
	*encoded = (struct encoded){ 0 };
	for (unsigned k = 0; k < kind_count; k++)
		assert_int_equal(codec_encode_kind(catalog, kinds[k], append, &encoded->kinds[k], &error), 0);
	assert_int_equal(codec_encode_dependencies(catalog, append, &encoded->dependencies, &error), 0);
}

static void
encoded_fini(struct encoded *encoded)
{
	for (unsigned k = 0; k < kind_count; k++)
		buffer_fini(&encoded->kinds[k]);
	buffer_fini(&encoded->dependencies);
}

static struct catalog *
decode(const struct encoded *encoded, struct vector *notes)
{
	struct codec_decoder *decoder = codec_decoder_new();
	struct catalog *catalog = NULL;
	struct error error = { 0 };
	const struct catalog_info info = { .server_version = 150018, .database = "shop" };
	for (unsigned k = 0; k < kind_count; k++)
		assert_int_equal(
			codec_decode_kind(decoder, kinds[k]->name, encoded->kinds[k].data, encoded->kinds[k].length, &error), 0);
	assert_int_equal(
		codec_decode_dependencies(decoder, encoded->dependencies.data, encoded->dependencies.length, &error), 0);
	assert_int_equal(codec_decoder_finish(decoder, &info, &catalog, notes, &error), 0);
	codec_decoder_free(decoder);
	return catalog;
}

static void
assert_same_catalog(const struct catalog *a, const struct catalog *b)
{
	assert_int_equal(a->count, b->count);
	for (uint32_t i = 0; i < a->count; i++) {
		const uint32_t *a_list;
		const uint32_t *b_list;
		assert_true(object_same_values(&a->objects[i], &b->objects[i]));
		assert_int_equal(a->objects[i].parent, b->objects[i].parent);
		uint32_t count = catalog_depends(a, &a->objects[i], &a_list);
		assert_int_equal(catalog_depends(b, &b->objects[i], &b_list), count);
		assert_memory_equal(a_list, b_list, count * sizeof(*a_list));
		count = catalog_dependents(a, &a->objects[i], &a_list);
		assert_int_equal(catalog_dependents(b, &b->objects[i], &b_list), count);
		assert_memory_equal(a_list, b_list, count * sizeof(*a_list));
	}
}

static void
assert_round_trip(const struct catalog *catalog)
{
	struct encoded first;
	struct encoded second;
	struct vector notes = { 0 };
	char texts[2][DIGEST_TEXT_SIZE];
	encode(catalog, &first);
	struct catalog *copy = decode(&first, &notes);
	assert_int_equal(notes.count, 0);
	assert_same_catalog(catalog, copy);
	encode(copy, &second);
	for (unsigned k = 0; k < kind_count; k++)
		assert_string_equal(first.kinds[k].data, second.kinds[k].data);
	assert_string_equal(first.dependencies.data, second.dependencies.data);
	catalog_fingerprint(catalog, texts[0]);
	catalog_fingerprint(copy, texts[1]);
	assert_string_equal(texts[0], texts[1]);
	encoded_fini(&first);
	encoded_fini(&second);
	vector_fini(&notes);
	catalog_free(copy);
}

static void
finish(struct catalog *catalog)
{
	struct error error = { 0 };
	assert_int_equal(catalog_finish(catalog, NULL, NULL, &error), 0);
}

static void
test_the_text_is_that_of_copy(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	struct encoded encoded;
	uint32_t table =
		ADD(catalog, &stub_table, "s", "t\tab", "\\N", NULL, "\x7f\xc3\xa9", "f", "a\nb\rc\\d\b\f\v", "-12");
	uint32_t view = ADD(catalog, &stub_view, "s", "v", "SELECT 1");
	ADD(catalog, &stub_view, "s", "a", NULL);
	catalog_add_dependency(catalog, view, table);
	finish(catalog);
	encode(catalog, &encoded);
	assert_string_equal(encoded.kinds[3].data,
	                    "schema\tname\towner\tacl\tcomment\tunlogged\taccess_method\trows\n"
	                    "s\tt\\tab\t\\\\N\t\\N\t\x7f\xc3\xa9\tf\ta\\nb\\rc\\\\d\\b\\f\\v\t-12\n");
	assert_string_equal(encoded.kinds[4].data, "schema\tname\tquery\ns\ta\t\\N\ns\tv\tSELECT 1\n");
	assert_string_equal(encoded.kinds[2].data, "name\n");
	assert_string_equal(encoded.dependencies.data, "kind\tline\tdepends_on_kind\tdepends_on_line\nview\t2\ttable\t1\n");
	encoded_fini(&encoded);
	assert_round_trip(catalog);
	catalog_free(catalog);
}

static void
test_an_empty_catalog_survives(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new_empty(0);
	assert_round_trip(catalog);
	catalog_free(catalog);
}

static void
test_large_values_survive(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	size_t length = 1000000;
	char *body = xmalloc(length + 1);
	memset(body, '\n', length);
	body[length] = '\0';
	ADD(catalog, &stub_function, "s", "f", "", body);
	memset(body, 'x', length);
	ADD(catalog, &stub_function, "s", "g", "", body);
	finish(catalog);
	assert_round_trip(catalog);
	free(body);
	catalog_free(catalog);
}

static uint64_t
next_random(uint64_t *random)
{
	*random = *random * 6364136223846793005u + 1442695040888963407u;
	return *random >> 33;
}

/* NULL now and then, else up to 20 bytes, mostly ones that need care. */
static const char *
random_value(uint64_t *random, struct arena *arena, bool may_be_null)
{
	static const char hostile[] = "\\\\\t\n\r\b\f\vN.\"';{}, \x01\x7f\x80\xff";
	size_t length = next_random(random) % 21;
	if (may_be_null && next_random(random) % 4 == 0)
		return NULL;
	char *value = arena_bytes(arena, length + 1);
	for (size_t i = 0; i < length; i++)
		value[i] = next_random(random) % 3 ? hostile[next_random(random) % (sizeof(hostile) - 1)]
		                                   : (char)(1 + next_random(random) % 255);
	value[length] = '\0';
	return value;
}

/* A value that the attribute's type allows. */
static const char *
random_attribute(uint64_t *random, struct arena *arena, const struct attribute *attribute)
{
	bool may_be_null = attribute->role != ROLE_IDENTITY;
	if (attribute->type == ATTRIBUTE_BOOL)
		return next_random(random) % 2 ? "t" : "f";
	if (attribute->type == ATTRIBUTE_INTEGER || attribute->type == ATTRIBUTE_ORDINAL)
		return arena_printf(arena, "%lld", (long long)next_random(random) - 1000000000);
	return random_value(random, arena, may_be_null);
}

/* Some objects of every kind; a child takes over its parent's identity; some have none and are dropped. */
static struct catalog *
random_catalog(uint64_t *random)
{
	static const struct kind *const order[] = { &stub_schema, &stub_function, &stub_table,
		                                        &stub_view,   &stub_column,   &stub_default };
	struct catalog *catalog = catalog_new();
	struct arena *arena = arena_new();
	for (size_t k = 0; k < COUNT_OF(order); k++) {
		uint32_t before = catalog->count;
		for (uint64_t i = next_random(random) % 30; i > 0; i--) {
			const char *values[OBJECT_ATTRIBUTES_MOST];
			for (unsigned a = 0; a < order[k]->attribute_count; a++)
				values[a] = random_attribute(random, arena, &order[k]->attributes[a]);
			if (order[k]->parents && before > 0) {
				const struct object *parent = &catalog->objects[next_random(random) % before];
				for (unsigned a = 0; a < parent->kind->identity_count && a + 1 < order[k]->identity_count; a++)
					values[a] = arena_strdup(arena, object_value(parent, a));
			}
			/* The number keeps identities apart. */
			unsigned last = order[k]->identity_count - 1;
			values[last] = arena_printf(arena, "%s%u", values[last], catalog->count);
			catalog_add(catalog, order[k], values);
		}
	}
	for (uint64_t i = catalog->count ? next_random(random) % 200 : 0; i > 0; i--)
		catalog_add_dependency(catalog, (uint32_t)(next_random(random) % catalog->count),
		                       (uint32_t)(next_random(random) % catalog->count));
	arena_free(arena);
	finish(catalog);
	return catalog;
}

static void
test_random_catalogs_survive(void **state)
{
	(void)state;
	uint64_t random = SEED;
	uint32_t children = 0;
	print_message("seed %llu\n", (unsigned long long)SEED);
	for (int i = 0; i < 200; i++) {
		struct catalog *catalog = random_catalog(&random);
		assert_round_trip(catalog);
		for (uint32_t o = 0; o < catalog->count; o++)
			children += catalog->objects[o].parent != OBJECT_NONE;
		catalog_free(catalog);
	}
	assert_true(children > 1000); /* the catalogs are not trivial */
}

static int
count_pieces(void *context, const char *data, size_t length, struct error *error)
{
	(void)data;
	(void)error;
	assert_true(length <= 2 * 64 * 1024);
	++*(unsigned *)context;
	return 0;
}

static int
refuse(void *context, const char *data, size_t length, struct error *error)
{
	(void)context;
	(void)data;
	(void)length;
	return error_set(error, ERROR_SYSTEM, "the disk is full");
}

static void
test_the_sink_gets_large_pieces_and_may_fail(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	struct error error = { 0 };
	unsigned pieces = 0;
	for (unsigned i = 0; i < 20000; i++) {
		char name[32];
		snprintf(name, sizeof(name), "a_table_of_some_name_%u", i);
		uint32_t number = ADD(catalog, &stub_view, "s", name, "SELECT 1");
		if (i > 0)
			catalog_add_dependency(catalog, number, number - 1);
	}
	finish(catalog);
	assert_int_equal(codec_encode_kind(catalog, &stub_view, count_pieces, &pieces, &error), 0);
	assert_in_range(pieces, 2, 20);
	assert_int_equal(codec_encode_kind(catalog, &stub_view, refuse, NULL, &error), -1);
	assert_string_equal(error.primary, "the disk is full");
	error_clear(&error);
	assert_int_equal(codec_encode_dependencies(catalog, refuse, NULL, &error), -1);
	error_clear(&error);
	assert_int_equal(codec_encode_kind(catalog, &stub_table, refuse, NULL, &error), -1);
	error_clear(&error);
	catalog_free(catalog);
}

/* What the decoder is given for a test. */
struct given {
	const char *kind; /* NULL: ends the list; "dependency": the dependencies */
	const char *text;
};

static int
decode_given(const struct given *given, struct catalog **catalog, struct vector *notes, struct error *error)
{
	struct codec_decoder *decoder = codec_decoder_new();
	int result = 0;
	for (; given->kind && result == 0; given++)
		result = strcmp(given->kind, "dependency") == 0
		             ? codec_decode_dependencies(decoder, given->text, strlen(given->text), error)
		             : codec_decode_kind(decoder, given->kind, given->text, strlen(given->text), error);
	if (result == 0)
		result = codec_decoder_finish(decoder, NULL, catalog, notes, error);
	codec_decoder_free(decoder);
	return result;
}

#define VIEWS "schema\tname\tquery\ns\tv\tSELECT 1\ns\tw\tSELECT 2\n"
#define DEPENDENCIES "kind\tline\tdepends_on_kind\tdepends_on_line\n"

static const struct {
	const char *message;
	struct given given[3];
} malformed_cases[] = {
	{ "catalog table \"table\", line 2: \"maybe\" is no value of \"unlogged\"",
	  { { "table", "schema\tname\tunlogged\ns\tt\tmaybe\n" } } },
	{ "catalog table \"table\", line 2: \"1; DROP\" is no value of \"rows\"",
	  { { "table", "schema\tname\trows\ns\tt\t1; DROP\n" } } },
	{ "catalog table \"view\", line 1: the header line is missing", { { "view", "" } } },
	{ "catalog table \"view\", line 1: the line is cut off", { { "view", "schema\tname" } } },
	{ "catalog table \"view\", line 1: column \"name\" is missing", { { "view", "schema\tquery\n" } } },
	{ "catalog table \"view\", line 1: column \"schema\" is missing", { { "view", "\\\\.\n" } } },
	{ "catalog table \"view\", line 1: column 3 has no name", { { "view", "schema\tname\t\n" } } },
	{ "catalog table \"view\", line 1: column 2 has no name", { { "view", "schema\t\\N\tname\n" } } },
	{ "catalog table \"view\", line 1: column \"name\" is there twice", { { "view", "schema\tname\tname\n" } } },
	{ "catalog table \"view\", line 2: 2 columns instead of 3", { { "view", "schema\tname\tquery\ns\tv\n" } } },
	{ "catalog table \"view\", line 3: 4 columns instead of 3",
	  { { "view", "schema\tname\tquery\ns\tv\t1\ns\tw\t1\t2\n" } } },
	{ "catalog table \"view\", line 2: 1 columns instead of 3", { { "view", "schema\tname\tquery\n\n" } } },
	{ "catalog table \"view\", line 3: the line is cut off", { { "view", "schema\tname\tquery\ns\tv\t1\ns\tw\t1" } } },
	{ "catalog table \"view\", line 2: unknown escape in column 3",
	  { { "view", "schema\tname\tquery\ns\tv\t\\q\n" } } },
	{ "catalog table \"view\", line 2: unknown escape in column 3",
	  { { "view", "schema\tname\tquery\ns\tv\ta\\\n" } } },
	{ "catalog table \"view\", line 2: unknown escape in column 3",
	  { { "view", "schema\tname\tquery\ns\tv\ta\\N\n" } } },
	{ "catalog table \"view\", line 2: unknown escape in column 3",
	  { { "view", "schema\tname\tquery\ns\tv\t\\Na\n" } } },
	{ "catalog table \"view\", line 2: unknown escape in column 3",
	  { { "view", "schema\tname\tquery\ns\tv\t\\101\n" } } },
	{ "catalog table \"view\", line 2: unknown escape in column 1", { { "view", "schema\tname\tquery\n\\.\n" } } },
	{ "catalog table \"view\", line 2: carriage return that is not escaped",
	  { { "view", "schema\tname\tquery\ns\tv\t1\r\n" } } },
	{ "catalog table \"view\", line 2: \"name\" is NULL", { { "view", "schema\tname\tquery\ns\t\\N\t1\n" } } },
	{ "catalog table \"view\", line 3: the object is there twice",
	  { { "view", "schema\tname\tquery\ns\tv\t1\ns\tv\t2\n" } } },
	{ "duplicate object of kind \"view\": view s.v",
	  { { "view", "schema\tname\tquery\ns\tv\t1\ns\tw\t2\ns\tv\t2\n" } } },
	{ "catalog table \"view\" is there twice", { { "view", VIEWS }, { "view", VIEWS } } },
	{ "catalog table \"dependency\", line 1: the header line is missing or unknown", { { "dependency", "" } } },
	{ "catalog table \"dependency\", line 1: the header line is missing or unknown",
	  { { "dependency", "kind\tline\tkind\tline\n" } } },
	{ "catalog table \"dependency\", line 2: 3 columns instead of 4",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t1\tview\n" } } },
	{ "catalog table \"dependency\", line 2: 5 columns instead of 4",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t1\tview\t2\t\n" } } },
	{ "catalog table \"dependency\", line 3: line 3 of catalog table \"view\" does not exist",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t1\tview\t2\nview\t1\tview\t3\n" } } },
	{ "catalog table \"dependency\", line 2: line 1 of catalog table \"table\" does not exist",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t1\ttable\t1\n" } } },
	{ "catalog table \"dependency\", line 2: line 1 of catalog table \"view\" does not exist",
	  { { "dependency", DEPENDENCIES "view\t1\tview\t1\n" } } },
	{ "catalog table \"dependency\", line 2: \"0\" is not a line number",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t0\tview\t1\n" } } },
	{ "catalog table \"dependency\", line 2: \"-1\" is not a line number",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t1\tview\t-1\n" } } },
	{ "catalog table \"dependency\", line 2: \"\" is not a line number",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t\tview\t1\n" } } },
	{ "catalog table \"dependency\", line 2: \"\\N\" is not a line number",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t\\N\tview\t1\n" } } },
	{ "catalog table \"dependency\", line 2: \"4294967297\" is not a line number",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t4294967297\tview\t1\n" } } },
	{ "catalog table \"dependency\", line 2: \"18446744073709551617\" is not a line number",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t1\tview\t18446744073709551617\n" } } },
	{ "catalog table \"dependency\", line 2: the kind is NULL",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "\\N\t1\tview\t1\n" } } },
	{ "catalog table \"dependency\", line 2: the line is cut off",
	  { { "view", VIEWS }, { "dependency", DEPENDENCIES "view\t1\tview\t1" } } },
};

static void
test_malformed_text_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(malformed_cases); i++) {
		struct error error = { 0 };
		struct catalog *catalog = NULL;
		assert_int_equal(decode_given(malformed_cases[i].given, &catalog, NULL, &error), -1);
		assert_int_equal(error.code, ERROR_ARCHIVE);
		assert_string_equal(error.primary, malformed_cases[i].message);
		assert_null(catalog);
		error_clear(&error);
	}
}

static void
test_a_nul_byte_is_refused(void **state)
{
	(void)state;
	static const char text[] = "schema\tname\tquery\ns\tv\ta\0b\n";
	struct codec_decoder *decoder = codec_decoder_new();
	struct error error = { 0 };
	assert_int_equal(codec_decode_kind(decoder, "view", text, sizeof(text) - 1, &error), -1);
	assert_int_equal(error.code, ERROR_ARCHIVE);
	assert_string_equal(error.primary, "catalog table \"view\", line 2: NUL byte");
	error_clear(&error);
	codec_decoder_free(decoder);
}

static void
test_too_many_columns_are_refused(void **state)
{
	(void)state;
	struct codec_decoder *decoder = codec_decoder_new();
	struct buffer text = BUFFER_INIT;
	struct error error = { 0 };
	buffer_append_text(&text, "schema\tname");
	for (int i = 0; i < 1000; i++)
		buffer_append_text(&text, "\tx");
	buffer_append_char(&text, '\n');
	assert_int_equal(codec_decode_kind(decoder, "view", text.data, text.length, &error), -1);
	assert_string_equal(error.primary, "catalog table \"view\", line 1: more than 1000 columns");
	error_clear(&error);
	buffer_fini(&text);
	codec_decoder_free(decoder);
}

/* Every prefix of a table, and every byte of it changed, is read or refused, never worse. */
static void
test_damaged_text_does_no_harm(void **state)
{
	(void)state;
	static const char whole[] = "schema\tname\tquery\ns\tv\ta\\tb\ns\tw\t\\N\n";
	unsigned refused = 0;
	for (size_t i = 0; i < sizeof(whole) - 1; i++) {
		for (int byte = -1; byte < 256; byte++) {
			char text[sizeof(whole)];
			size_t length = byte < 0 ? i : sizeof(whole) - 1;
			struct codec_decoder *decoder = codec_decoder_new();
			struct catalog *catalog = NULL;
			struct error error = { 0 };
			memcpy(text, whole, sizeof(whole));
			if (byte >= 0)
				text[i] = (char)byte;
			if (codec_decode_kind(decoder, "view", text, length, &error) ||
			    codec_decoder_finish(decoder, NULL, &catalog, NULL, &error)) {
				assert_int_equal(error.code, ERROR_ARCHIVE);
				refused++;
			}
			error_clear(&error);
			catalog_free(catalog);
			codec_decoder_free(decoder);
		}
	}
	assert_true(refused > sizeof(whole));
}

static void
free_notes(struct vector *notes)
{
	for (size_t i = 0; i < notes->count; i++)
		free(notes->items[i]);
	vector_fini(notes);
}

static void
test_what_a_newer_version_wrote_is_skipped_and_told(void **state)
{
	(void)state;
	static const struct given given[] = {
		{ "gadget", "whatever\nthat\tis\n" },
		{ "view", "name\tflavour\tschema\nv\tsweet\ts\nw\t\\N\ts\n" },
		{ "dependency", DEPENDENCIES "view\t1\tgadget\t7\ngadget\t1\tview\t1\nview\t1\tview\t2\n" },
		{ NULL, NULL },
	};
	struct catalog *catalog = NULL;
	struct vector notes = { 0 };
	struct error error = { 0 };
	assert_int_equal(decode_given(given, &catalog, &notes, &error), 0);
	assert_int_equal(catalog->count, 2);
	assert_string_equal(object_name(&catalog->objects[0]), "v");
	assert_string_equal(object_schema(&catalog->objects[0]), "s");
	assert_null(object_get(&catalog->objects[0], "query"));
	const uint32_t *list;
	assert_int_equal(catalog_depends(catalog, &catalog->objects[0], &list), 1);
	assert_int_equal(list[0], 1);
	assert_int_equal(notes.count, 3);
	assert_string_equal(notes.items[0], "kind \"gadget\" is not known to this version and was not read");
	assert_string_equal(notes.items[1],
	                    "attribute \"flavour\" of kind \"view\" is not known to this version and was not read");
	assert_string_equal(notes.items[2], "2 dependencies of kinds that are not known to this version were not read");
	free_notes(&notes);
	catalog_free(catalog);
}

static void
test_an_absent_column_has_its_fallback(void **state)
{
	(void)state;
	static const struct given given[] = {
		{ "table", "schema\tname\towner\ns\tt\tjoe\ns\tu\tjane\n" },
		{ "column", "schema\trelation\tname\ns\tt\ta\n" },
		{ "default", "schema\trelation\tcolumn\texpression\ns\tt\ta\t1\n" },
		{ NULL, NULL },
	};
	struct catalog *catalog = NULL;
	struct error error = { 0 };
	assert_int_equal(decode_given(given, &catalog, NULL, &error), 0);
	assert_int_equal(catalog->count, 4);
	const char *table[] = { "s", "u" };
	const struct object *object = catalog_find(catalog, &stub_table, table);
	assert_string_equal(object_get(object, "access_method"), "heap");
	assert_null(object_get(object, "unlogged"));
	assert_string_equal(object_get(object, "owner"), "jane");
	assert_string_equal(object_name(&catalog->objects[0]), "default");
	catalog_free(catalog);
}

static void
test_orphans_are_left_out_and_told(void **state)
{
	(void)state;
	static const struct given given[] = {
		{ "column", "schema\trelation\tname\ns\tgone\ta\ns\tgone\tb\n" },
		{ "dependency", DEPENDENCIES "column\t1\tcolumn\t2\n" },
		{ NULL, NULL },
	};
	struct catalog *catalog = NULL;
	struct vector notes = { 0 };
	struct error error = { 0 };
	assert_int_equal(decode_given(given, &catalog, &notes, &error), 0);
	assert_int_equal(catalog->count, 0);
	assert_int_equal(notes.count, 1);
	assert_string_equal(notes.items[0], "2 objects were not read because what they belong to is missing");
	free_notes(&notes);
	catalog_free(catalog);
}

static void
test_the_decoder_is_empty_afterwards(void **state)
{
	(void)state;
	struct codec_decoder *decoder = codec_decoder_new();
	struct error error = { 0 };
	const struct catalog_info info = {
		.server_version = 160002, .database = "shop", .encoding = "UTF8", .stamp = "1:2"
	};
	for (int i = 0; i < 2; i++) {
		struct catalog *catalog = NULL;
		assert_int_equal(codec_decode_kind(decoder, "view", VIEWS, strlen(VIEWS), &error), 0);
		assert_int_equal(codec_decoder_finish(decoder, &info, &catalog, NULL, &error), 0);
		assert_int_equal(catalog->count, 2);
		assert_int_equal(catalog->info.server_version, 160002);
		assert_string_equal(catalog->info.stamp, "1:2");
		assert_ptr_not_equal(catalog->info.database, info.database);
		assert_null(catalog->info.collate);
		catalog_free(catalog);
	}
	codec_decoder_free(decoder);
	codec_decoder_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_text_is_that_of_copy),
		cmocka_unit_test(test_an_empty_catalog_survives),
		cmocka_unit_test(test_large_values_survive),
		cmocka_unit_test(test_random_catalogs_survive),
		cmocka_unit_test(test_the_sink_gets_large_pieces_and_may_fail),
		cmocka_unit_test(test_malformed_text_is_refused),
		cmocka_unit_test(test_a_nul_byte_is_refused),
		cmocka_unit_test(test_too_many_columns_are_refused),
		cmocka_unit_test(test_damaged_text_does_no_harm),
		cmocka_unit_test(test_what_a_newer_version_wrote_is_skipped_and_told),
		cmocka_unit_test(test_an_absent_column_has_its_fallback),
		cmocka_unit_test(test_orphans_are_left_out_and_told),
		cmocka_unit_test(test_the_decoder_is_empty_afterwards),
	};
	return cmocka_run_group_tests_name("codec", tests, NULL, NULL);
}
