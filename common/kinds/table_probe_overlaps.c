/*
 * table_probe_overlaps.c - rows that exclude each other: for EXCLUDE and for keys WITHOUT OVERLAPS.
 *
 * Every row is held against every other by the constraint's operators.  With an equality among them the server joins
 * by it; without one that takes the square of the rows, so only the first of them are looked at.
 */
#include "build.h"

#include "kinds/table_probe.h"

#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define FIRST_ROWS "3000"

/* What is compared, collected from the constraint. */
struct overlaps {
	struct buffer keys;  /* ", key AS k1" … */
	struct buffer pairs; /* " AND one.k1 = other.k1" … */
	struct buffer alone; /* " OR one.k1 IS NULL" …: what a row may not hold whatever the others do */
	int count;
	bool has_equality;
};

static void
add_pair(struct overlaps *overlaps, const char *key, const char *operator)
{
	overlaps->count++;
	sql_append(&overlaps->keys, ", %X AS k%d", key, overlaps->count);
	sql_append(&overlaps->pairs, " AND one.k%d %X other.k%d", overlaps->count, operator, overlaps->count);
	overlaps->has_equality |= strcmp(operator, "=") == 0;
}

/* The word that the text begins with. */
static bool
begins_with_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	return strncmp(text, word, length) == 0 && text[length] == ' ';
}

/* Behind the blank after the first top-level word `word`, or NULL. */
static const char *
after_word(const char *text, const char *word)
{
	while (*text != '\0') {
		const char *end = probe_skip(text, " ");

		if (begins_with_word(text, word))
			return end + 1;
		text = end + strspn(end, " ");
	}
	return NULL;
}

/* "EXCLUDE USING gist (key opclass WITH &&, …) WHERE (…)".  The predicate, or NULL. */
static char *
read_exclusion(struct overlaps *overlaps, struct arena *arena, const char *text)
{
	const char *open = probe_skip(text, "(");
	const char *close = *open == '(' ? probe_skip(open + 1, ")") : open;
	const char *list = *open == '(' ? arena_printf(arena, "%.*s", (int)(close - open - 1), open + 1) : "";
	char *element;

	while ((element = probe_next_element(arena, &list)) != NULL) {
		const char *end = probe_skip(element, " ");
		const char *operator= after_word(end + strspn(end, " "), "WITH");

		if (operator!= NULL)
			add_pair(overlaps, arena_printf(arena, "%.*s", (int)(end - element), element), operator);
	}
	const char *predicate = *close == ')' ? after_word(close + 1 + strspn(close + 1, " "), "WHERE") : NULL;
	if (predicate == NULL || *predicate != '(')
		return NULL;
	return arena_printf(arena, "%.*s", (int)(probe_skip(predicate + 1, ")") - predicate + 1), predicate);
}

/* The server takes no empty range WITHOUT OVERLAPS (execIndexing.c ExecWithoutOverlapsNotEmpty), and a primary key no
 * NULL. */
static void
read_key(struct overlaps *overlaps, struct arena *arena, const char *columns, bool primary)
{
	struct name_list names;
	struct buffer name = BUFFER_INIT;

	name_list_init(&names, columns);
	for (size_t i = 0; i < names.count; i++) {
		buffer_clear(&name);
		sql_append(&name, "%I", names.items[i]);
		add_pair(overlaps, arena_strdup(arena, buffer_text(&name)), i + 1 < names.count ? "=" : "&&");
		if (primary)
			sql_append(&overlaps->alone, " OR one.k%d IS NULL", overlaps->count);
	}
	if (overlaps->count > 0)
		sql_append(&overlaps->alone, " OR pg_catalog.isempty(one.k%d)", overlaps->count);
	buffer_fini(&name);
	name_list_fini(&names);
}

static void
write_query(struct buffer *sql, const struct probe_source *source, const struct overlaps *overlaps,
            const char *predicate)
{
	buffer_append_text(sql, "WITH r AS MATERIALIZED (SELECT pg_catalog.row_number() OVER () AS place, ");
	probe_example(sql, source->context, source->part);
	sql_append(sql, " AS example%X FROM ", buffer_text(&overlaps->keys));
	probe_source_write(sql, source, probe_is_only(source->context, source->part));
	sql_append(sql, " WHERE %X%X) ", predicate != NULL ? predicate : "true",
	           overlaps->has_equality ? "" : " LIMIT " FIRST_ROWS);
	probe_begin(sql);
	sql_append(sql,
	           "one.example FROM r AS one WHERE EXISTS (SELECT FROM r AS other WHERE other.place <> one.place%X)%X",
	           buffer_text(&overlaps->pairs), buffer_text(&overlaps->alone));
}

bool
table_probe_overlaps(const struct kind_context *context, const struct object *constraint, struct probe *probe)
{
	const char *exclusion = object_get(constraint, "exclusion");
	struct overlaps overlaps = { .count = 0 };
	struct probe_source source;
	struct buffer sql = BUFFER_INIT;
	char *predicate = NULL;

	if (exclusion != NULL)
		predicate = read_exclusion(&overlaps, context->arena, exclusion);
	else
		read_key(&overlaps, context->arena, object_get(constraint, "columns"), object_says(constraint, "type", "p"));
	probe_source_init(&source, context, constraint, object_get(constraint, "columns"), exclusion);
	bool found = !source.unknowable && overlaps.count > 0;
	if (found) {
		write_query(&sql, &source, &overlaps, predicate);
		probe_finish(&sql, context, probe,
		             exclusion != NULL ? "%s rows (counted up to " MOST_ROWS ") exclude each other"
		                               : "%s rows (counted up to " MOST_ROWS ") overlap, are empty or are NULL");
	}
	probe_source_fini(&source);
	buffer_fini(&overlaps.keys);
	buffer_fini(&overlaps.pairs);
	buffer_fini(&overlaps.alone);
	buffer_fini(&sql);
	return found;
}
