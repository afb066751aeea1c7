#include "build.h"

#include "export/report.h"

#include "base/log.h"

static const char *const no_fields[] = { NULL };

/* In JSON one field a kind; the text names only what is there. */
void
report_counts(const struct catalog *catalog, bool json)
{
	const char **fields = xcalloc(2 * (size_t)kind_count + 1, sizeof(*fields));
	struct arena *arena = arena_new();
	struct buffer text = BUFFER_INIT;
	size_t used = 0;

	for (unsigned i = 0; i < kind_count; i++) {
		const struct object *first;
		unsigned count = catalog_kind_range(catalog, kinds[i], &first);

		if (count == 0)
			continue;
		fields[used++] = kinds[i]->name;
		fields[used++] = arena_printf(arena, "%u", count);
		buffer_printf(&text, "%s%u %s", text.length > 0 ? ", " : "", count,
		              count == 1 ? kinds[i]->name : kinds[i]->plural);
	}
	for (size_t i = 0; i < text.length; i++)
		if (text.data[i] == '_')
			text.data[i] = ' ';
	log_event_fields(LOG_INFO, "export.counts", json ? fields : no_fields, "%s",
	                 text.length > 0 ? text.data : "the database is empty");
	buffer_fini(&text);
	arena_free(arena);
	free(fields);
}

static void
report_class(const struct unmodelled *unmodelled, bool json)
{
	const char *example = unmodelled->example != NULL ? unmodelled->example : "";
	struct buffer count = BUFFER_INIT;

	buffer_printf(&count, "%llu", (unsigned long long)unmodelled->count);
	const char *fields[] = { "what", unmodelled->what, "count", count.data, "example", example, NULL };

	log_event_fields(LOG_WARNING, "export.not_handled", json ? fields : no_fields, "not handled: %s %s%s%s%s",
	                 count.data, unmodelled->what, *example != '\0' ? " (" : "", example, *example != '\0' ? ")" : "");
	buffer_fini(&count);
}

void
report_unmodelled(const struct catalog *catalog, bool json)
{
	for (size_t i = 0; i < catalog->unmodelled_count; i++)
		report_class(&catalog->unmodelled[i], json);
}
