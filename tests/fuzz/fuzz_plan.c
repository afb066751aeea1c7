/*
 * fuzz_plan.c - the planner and every kind's SQL over two catalogs from anywhere; exercises common/plan/ and
 * common/kinds/.
 *
 * The first byte holds options (bits: drops, with owner, with privileges, an old server, another order, data barrier).
 * Then come the tables of both sides: each begins with a line "@kind" ("@dependency" for the dependencies), and a line
 * "=" ends production's and begins the snapshot's.  Whatever is planned must be planned again to the same bytes.
 *
 * With libFuzzer (-fsanitize=fuzzer) this is a fuzzer.  With -DFUZZ_REPLAY it is a plain
 * program that runs the files named on its command line.
 */
#include "build.h"

#include "catalog/codec.h"
#include "plan/plan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DROPS = 1, OWNER = 2, PRIVILEGES = 4, OLD = 8, REVERSED = 16, BARRIER = 32 };

static void
require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "fuzz_plan: %s\n", what);
	abort();
}

/* Decodes one table whose name is the text up to the first line break. */
static int
decode_table(struct codec_decoder *decoder, const char *data, size_t length, struct error *error)
{
	const char *end = memchr(data, '\n', length);
	char name[64] = "";

	if (!end || (size_t)(end - data) >= sizeof(name) || memchr(data, '\0', (size_t)(end - data)))
		return error_set(error, ERROR_ARCHIVE, "no name");
	memcpy(name, data, (size_t)(end - data));
	size_t left = length - (size_t)(end + 1 - data);
	return strcmp(name, "dependency") == 0 ? codec_decode_dependencies(decoder, end + 1, left, error)
	                                       : codec_decode_kind(decoder, name, end + 1, left, error);
}

/* NULL where it is refused. */
static struct catalog *
decode(const char *data, size_t length, int version)
{
	struct codec_decoder *decoder = codec_decoder_new();
	struct catalog_info info = { .server_version = version, .database = "fuzz" };
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
		result = codec_decoder_finish(decoder, &info, &catalog, NULL, &error);
	error_clear(&error);
	codec_decoder_free(decoder);
	return catalog;
}

static bool
drop_all(void *context, const struct object *object)
{
	(void)context;
	(void)object;
	return true;
}

/* What the importer asks of the kinds before a plan is finished. */
static void
ask_kinds(struct plan *plan)
{
	struct kind_context context;

	plan_kind_context(plan, &context);
	context.arena = arena_new();
	for (size_t i = 0; i < plan->change_count; i++) {
		const struct change *change = &plan->changes[i].change;
		struct steps steps;
		struct elaboration elaboration = { &steps, NULL };
		struct probe probe = { NULL, NULL };

		steps_init(&steps, context.arena);
		if (change->wanted == NULL)
			continue;
		if (change->current != NULL && change->wanted->kind->elaborate != NULL) {
			(void)change->wanted->kind->elaborate(&context, change->wanted, &elaboration);
			(void)change->current->kind->elaborate(&context, change->current, &elaboration);
		}
		if (change->wanted->kind->probe != NULL)
			(void)change->wanted->kind->probe(&context, change, &probe);
		arena_reset(context.arena);
	}
	arena_free(context.arena);
}

static void
plan_into(const struct catalog *current, const struct catalog *wanted, const struct plan_options *options,
          struct buffer *out)
{
	struct error error = { 0 };
	struct plan *plan = plan_new(current, wanted, options);

	ask_kinds(plan);
	if (plan_finish(plan, &error) == 0) {
		plan_dot(plan, out);
		plan_script(plan, out);
	} else {
		require(error.primary != NULL, "a failure without an error");
	}
	error_clear(&error);
	plan_free(plan);
}

static void
check(const struct catalog *current, const struct catalog *wanted, int how)
{
	struct plan_options options = {
		.kind_options = ((how & OWNER) ? KIND_WITH_OWNER : 0u) | ((how & PRIVILEGES) ? KIND_WITH_PRIVILEGES : 0u),
		.data_barrier = how & BARRIER,
		.drops = how & DROPS ? drop_all : NULL,
	};
	struct buffer once = BUFFER_INIT;
	struct buffer again = BUFFER_INIT;
	struct plan *same = plan_new(wanted, wanted, &options);

	plan_into(current, wanted, &options, &once);
	plan_into(current, wanted, &options, &again);
	require(once.length == again.length && strcmp(buffer_text(&once), buffer_text(&again)) == 0,
	        "two plans of the same catalogs differ");
	require(same->change_count == 0, "a catalog differs from itself");
	plan_free(same);
	buffer_fini(&once);
	buffer_fini(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data + 1;
	const char *split = text;

	if (size < 2)
		return 0;
	int how = data[0];
	const char *end = (const char *)data + size;
	while (split + 1 < end && !(split[0] == '=' && split[1] == '\n' && (split == text || split[-1] == '\n')))
		split++;
	if (split + 1 >= end)
		return 0;
	struct catalog *current = decode(text, (size_t)(split - text), how & OLD ? 130000 : 180000);
	struct catalog *wanted = current ? decode(split + 2, (size_t)(end - split - 2), 180000) : NULL;
	if (wanted)
		check(how & REVERSED ? wanted : current, how & REVERSED ? current : wanted, how);
	catalog_free(current);
	catalog_free(wanted);
	return 0;
}

#ifdef FUZZ_REPLAY
#include "tests/fuzz/replay.h"
#endif
