#include "build.h"

#include "export/report.h"

#include "base/log.h"

/* In JSON one field a kind; the text names only what is there. */
void
report_counts(const struct catalog *catalog)
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
	log_event_fields(LOG_INFO, "export.counts", fields, "%s", text.length > 0 ? text.data : "the database is empty");
	buffer_fini(&text);
	arena_free(arena);
	free(fields);
}

void
report_unmodelled(const struct catalog *catalog)
{
	for (size_t i = 0; i < catalog->unmodelled_count; i++) {
		const struct unmodelled *unmodelled = &catalog->unmodelled[i];
		struct buffer count = BUFFER_INIT;

		buffer_printf(&count, "%llu", (unsigned long long)unmodelled->count);
		const char *fields[] = { "what", unmodelled->what, "count", count.data, "example",
			                     unmodelled->example != NULL ? unmodelled->example : "", NULL };

		if (unmodelled->example != NULL)
			log_event_fields(LOG_WARNING, "export.not_handled", fields, "not handled: %s %s (%s)", count.data,
			                 unmodelled->what, unmodelled->example);
		else
			log_event_fields(LOG_WARNING, "export.not_handled", fields, "not handled: %s %s", count.data,
			                 unmodelled->what);
		buffer_fini(&count);
	}
}
