/*
 * fuzz_codec.c - the catalog decoder against text from anywhere; exercises common/catalog/.
 *
 * The input is any number of tables; each begins with a line "@kind" ("@dependency" for the
 * dependencies).  What is accepted must encode and decode to itself.
 *
 * With libFuzzer (-fsanitize=fuzzer) this is a fuzzer.  With -DFUZZ_REPLAY it is a plain
 * program that runs the files named on its command line.
 */
#include "build.h"

#include "catalog/codec.h"

#include "tests/unit/stub_kinds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define DEPENDENCY "dependency"

static void
require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_codec: %s\n", what);
	abort();
}

static int
append(void *context, const char *data, size_t length, struct error *error)
{
	(void)error;
	buffer_append(context, data, length);
	return 0;
}

/* Decodes one table whose name is the text up to the first line break. */
static int
decode_table(struct codec_decoder *decoder, const char *data, size_t length, struct error *error)
{
	const char *end = memchr(data, '\n', length);
	char name[32] = "";
	if (!end || (size_t)(end - data) >= sizeof(name) || memchr(data, '\0', (size_t)(end - data)))
		return error_set(error, ERROR_ARCHIVE, "no name");
	memcpy(name, data, (size_t)(end - data));
	size_t left = length - (size_t)(end + 1 - data);
	return strcmp(name, DEPENDENCY) == 0 ? codec_decode_dependencies(decoder, end + 1, left, error)
	                                     : codec_decode_kind(decoder, name, end + 1, left, error);
}

/* NULL where it is refused. */
static struct catalog *
decode(const char *data, size_t length)
{
	struct codec_decoder *decoder = codec_decoder_new();
	struct catalog *catalog = NULL;
	struct error error = { 0 };
	int result = 0;
	const char *end = data + length;
	while (result == 0 && data < end && *data == '@') {
		const char *table = ++data;
		while (data < end && !(*data == '@' && data[-1] == '\n'))
			data++;
		result = decode_table(decoder, table, (size_t)(data - table), &error);
	}
	if (result == 0)
		result = codec_decoder_finish(decoder, NULL, &catalog, NULL, &error);
	require((result == 0) == (error.primary == NULL), "a failure without an error, or the other way round");
	require(result == 0 || error.code == ERROR_ARCHIVE, "an error of another class");
	error_clear(&error);
	codec_decoder_free(decoder);
	return catalog;
}

/* In the form that decode reads, but for values with a line that begins with '@': none are, breaks are escaped. */
static void
encode(const struct catalog *catalog, struct buffer *out)
{
	struct error error = { 0 };
	for (unsigned k = 0; k < kind_count; k++) {
		buffer_printf(out, "@%s\n", kinds[k]->name);
		require(codec_encode_kind(catalog, kinds[k], append, out, &error) == 0, "encoding failed");
	}
	buffer_append_text(out, "@" DEPENDENCY "\n");
	require(codec_encode_dependencies(catalog, append, out, &error) == 0, "encoding dependencies failed");
}

static bool
has_line_with_at(const struct catalog *catalog)
{
	for (uint32_t i = 0; i < catalog->count; i++) {
		const char *first = object_value(&catalog->objects[i], 0);
		if (first && *first == '@')
			return true;
	}
	return false;
}

static void
check(const struct catalog *catalog)
{
	for (uint32_t i = 0; i < catalog->count; i++) {
		const struct object *object = &catalog->objects[i];
		const uint32_t *list;
		uint32_t count = catalog_depends(catalog, object, &list);
		require(object->index == i, "an object does not know its index");
		require(catalog_counterpart(catalog, object) == object, "an object is not found");
		require(i == 0 || object_compare_identity(object - 1, object) < 0, "objects out of order");
		require(!object->kind->parents == !catalog_parent(catalog, object), "a parent too many or too few");
		for (uint32_t d = 0; d < count; d++)
			require(list[d] < catalog->count && list[d] != i && (d == 0 || list[d - 1] < list[d]),
			        "dependencies out of order");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct catalog *catalog = decode((const char *)data, size);
	if (!catalog)
		return 0;
	check(catalog);
	struct buffer first = BUFFER_INIT;
	encode(catalog, &first);
	/* The '@' in front of a line is this harness's own mark; a name that begins with it would be taken for one. */
	if (!has_line_with_at(catalog)) {
		struct buffer second = BUFFER_INIT;
		char texts[2][DIGEST_TEXT_SIZE];
		struct catalog *copy = decode(first.data, first.length);
		require(copy != NULL, "what was encoded is refused");
		encode(copy, &second);
		require(strcmp(first.data, second.data) == 0, "decode and encode changed the text");
		catalog_fingerprint(catalog, texts[0]);
		catalog_fingerprint(copy, texts[1]);
		require(strcmp(texts[0], texts[1]) == 0, "decode and encode changed the fingerprint");
		buffer_fini(&second);
		catalog_free(copy);
	}
	buffer_fini(&first);
	catalog_free(catalog);
	return 0;
}

#ifdef FUZZ_REPLAY
#include "tests/fuzz/replay.h"
#endif
