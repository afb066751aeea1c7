/*
 * golden.c - prints the plan from one decoded catalog to another.
 *
 *     golden CASE_FOLDER [with-owner] [with-privileges] [drops]
 *
 * The folder holds the tables of an archive in current/ and wanted/ (an absent
 * folder is an empty catalog) and optionally `version`, the number of the server that would run the
 * plan.  No server is needed.  The planner is run twice and must print the same bytes.
 */
#include "build.h"

#include <dirent.h>

#include "base/files.h"
#include "catalog/codec.h"
#include "plan/plan.h"

#define MOST_BYTES (64 * 1024 * 1024)

static void
die(const struct error *error)
{
	fprintf(stderr, "golden: %s\n", error->primary);
	exit(2);
}

static int
decode_file(struct codec_decoder *decoder, const char *folder, const char *name, struct error *error)
{
	struct buffer text = BUFFER_INIT;
	char *path = file_join(folder, name);
	char *kind = xstrdup(name);
	*strrchr(kind, '.') = '\0';
	int failed = file_read(path, MOST_BYTES, &text, error);
	if (failed == 0)
		failed = strcmp(kind, "dependency") == 0
		             ? codec_decode_dependencies(decoder, buffer_text(&text), text.length, error)
		             : codec_decode_kind(decoder, kind, buffer_text(&text), text.length, error);
	free(kind);
	free(path);
	buffer_fini(&text);
	return failed;
}

static int
compare_names(const void *const *a, const void *const *b)
{
	bool last_a = strcmp(*a, "dependency.tsv") == 0;
	bool last_b = strcmp(*b, "dependency.tsv") == 0;
	return last_a != last_b ? last_a - last_b : strcmp(*a, *b);
}

/* Dependencies are decoded last: they refer to lines of the others. */
static struct catalog *
load(const char *folder, int version)
{
	struct error error = { 0 };
	struct codec_decoder *decoder = codec_decoder_new();
	struct vector names = { 0 };
	DIR *dir = opendir(folder);
	for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;)
		if (strlen(entry->d_name) > 4 && strcmp(entry->d_name + strlen(entry->d_name) - 4, ".tsv") == 0)
			vector_add(&names, xstrdup(entry->d_name));
	if (dir != NULL)
		closedir(dir);
	vector_sort(&names, compare_names);
	for (size_t i = 0; i < names.count; i++) {
		if (decode_file(decoder, folder, names.items[i], &error) != 0)
			die(&error);
		free(names.items[i]);
	}
	vector_fini(&names);
	struct catalog *catalog;
	struct catalog_info info = { .server_version = version, .database = "golden" };
	if (codec_decoder_finish(decoder, &info, &catalog, NULL, &error) != 0)
		die(&error);
	codec_decoder_free(decoder);
	return catalog;
}

static const struct object *
object_of(const struct plan_change *change)
{
	return change->change.wanted != NULL ? change->change.wanted : change->change.current;
}

static void
print_plan(const struct plan *plan, struct buffer *out)
{
	for (size_t i = 0; i < plan->group_count; i++) {
		const struct plan_group *group = &plan->groups[i];
		buffer_printf(out, "%s\n", group->outside_transaction ? "-- outside a transaction" : "-- transaction");
		for (size_t s = 0; s < group->count; s++) {
			const struct step *step = group->steps[s];
			buffer_printf(out, "-- %s, lock %s", step_action_name(step->action), lock_level_name(step->lock));
			for (unsigned bit = 0; bit < HAZARD_COUNT; bit++)
				if (step->hazards >> bit & 1)
					buffer_printf(out, ", %s", hazard_name(bit));
			buffer_printf(out, "\n%s;\n", step->sql);
		}
	}
	for (size_t i = 0; i < plan->withheld_count; i++) {
		buffer_append_text(out, "-- withheld: ");
		object_describe(out, object_of(plan->withheld[i].change));
		buffer_printf(out, ": %s\n", plan->withheld[i].reason);
	}
	for (size_t i = 0; i < plan->kept_count; i++) {
		buffer_append_text(out, "-- kept: ");
		object_describe(out, plan->kept[i].object);
		if (plan->kept[i].attribute != NULL)
			buffer_printf(out, ": %s", plan->kept[i].attribute);
		buffer_append_char(out, '\n');
	}
}

static bool
drop_all(void *context, const struct object *object)
{
	(void)context;
	(void)object;
	return true;
}

static void
plan_and_print(const struct catalog *current, const struct catalog *wanted, const struct plan_options *options,
               struct buffer *out)
{
	struct error error = { 0 };
	struct plan *plan = plan_new(current, wanted, options);
	if (plan_finish(plan, &error) != 0)
		die(&error);
	print_plan(plan, out);
	plan_free(plan);
}

int
main(int argc, char **argv)
{
	if (argc < 2)
		return fprintf(stderr, "usage: golden CASE_FOLDER [with-owner] [with-privileges] [drops]\n"), 2;
	struct plan_options options = { 0 };
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "with-owner") == 0)
			options.kind_options |= KIND_WITH_OWNER;
		if (strcmp(argv[i], "with-privileges") == 0)
			options.kind_options |= KIND_WITH_PRIVILEGES;
		if (strcmp(argv[i], "drops") == 0)
			options.drops = drop_all;
	}
	struct error error = { 0 };
	struct buffer text = BUFFER_INIT;
	char *current_path = file_join(argv[1], "current");
	char *wanted_path = file_join(argv[1], "wanted");
	char *version_path = file_join(argv[1], "version");
	int version = 150000;
	if (file_read(version_path, 64, &text, &error) == 0)
		version = (int)strtol(buffer_text(&text), NULL, 10);
	error_clear(&error);
	struct catalog *current = load(current_path, version);
	struct catalog *wanted = load(wanted_path, 150000);
	struct buffer once = BUFFER_INIT;
	struct buffer again = BUFFER_INIT;
	plan_and_print(current, wanted, &options, &once);
	plan_and_print(current, wanted, &options, &again);
	if (strcmp(buffer_text(&once), buffer_text(&again)) != 0)
		return fprintf(stderr, "golden: two plans of the same catalogs differ\n"), 1;
	fputs(buffer_text(&once), stdout);
	buffer_fini(&once);
	buffer_fini(&again);
	buffer_fini(&text);
	catalog_free(current);
	catalog_free(wanted);
	free(current_path);
	free(wanted_path);
	free(version_path);
	return 0;
}
