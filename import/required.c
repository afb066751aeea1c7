#include "build.h"

#include "import/required.h"

#include <ctype.h>
#include <jansson.h>

#define PARTS_MOST 3

static int
collect_member(const struct target *target, struct arena *arena, struct vector *names, struct error *error)
{
	const char *data = NULL;
	size_t length = 0;
	size_t index;
	json_t *entry;

	if (target->archive == NULL || !archive_reader_member(target->archive, REQUIRED_MEMBER, &data, &length))
		return 0;
	json_t *root = json_loadb(data, length, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_array(root)) {
		json_decref(root);
		return error_set(error, ERROR_ARCHIVE, "the snapshot's %s is not a JSON array of names", REQUIRED_MEMBER);
	}
	json_array_foreach (root, index, entry) {
		if (json_is_string(entry))
			vector_add(names, arena_strdup(arena, json_string_value(entry)));
	}
	json_decref(root);
	return 0;
}

/* One option may hold several, with a comma between two (but not inside quotes). */
static void
add_names(const char *list, struct arena *arena, struct vector *names)
{
	const char *start = list;
	bool quoted = false;

	for (const char *at = list;; at++) {
		if (*at == '"')
			quoted = !quoted;
		if (*at != '\0' && (*at != ',' || quoted))
			continue;
		if (at > start)
			vector_add(names, arena_strndup(arena, start, (size_t)(at - start)));
		if (*at == '\0')
			return;
		start = at + 1;
	}
}

int
required_collect(const struct target *target, struct arena *arena, struct vector *names, struct error *error)
{
	const struct vector *given = &target->settings->require;

	for (size_t i = 0; i < given->count; i++)
		add_names(given->items[i], arena, names);
	return collect_member(target, arena, names, error);
}

/* One name in quotes ("" is a quote) or not (folded to lower case).  Returns what follows, or NULL. */
static const char *
take_part(const char *at, struct buffer *part)
{
	if (*at != '"') {
		for (; *at != '\0' && *at != '.' && *at != '"'; at++)
			buffer_append_char(part, (char)((unsigned char)*at < 0x80 ? tolower((unsigned char)*at) : *at));
		return part->length > 0 && *at != '"' ? at : NULL;
	}
	for (at++; *at != '\0'; at++) {
		if (*at == '"' && at[1] != '"')
			return part->length > 0 ? at + 1 : NULL;
		at += *at == '"';
		buffer_append_char(part, *at);
	}
	return NULL;
}

/* Number of parts, 0 where the name is malformed. */
static int
split_name(const char *name, struct arena *arena, const char *parts[PARTS_MOST])
{
	struct buffer part = BUFFER_INIT;
	int count = 0;

	while (name != NULL && count < PARTS_MOST) {
		buffer_clear(&part);
		name = take_part(name, &part);
		if (name == NULL)
			break;
		parts[count++] = arena_strdup(arena, buffer_text(&part));
		if (*name == '\0')
			break;
		name = *name == '.' ? name + 1 : NULL;
	}
	buffer_fini(&part);
	return name != NULL && *name == '\0' && count >= 2 ? count : 0;
}

static int
check_one(struct connection *connection, struct arena *arena, const char *name, struct vector *missing,
          struct error *error)
{
	static const char sql[] =
		"SELECT CASE WHEN c.oid IS NULL THEN 'relation'"
		" WHEN $3::text IS NOT NULL AND a.attnum IS NULL THEN 'column' END"
		" FROM (SELECT 1) AS one"
		" LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
		" AND n.nspname = $1::text) ON c.relname = $2::text AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
		" LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = $3::text AND a.attnum > 0"
		" AND NOT a.attisdropped";
	const char *parts[PARTS_MOST] = { NULL, NULL, NULL };
	char *lacking = NULL;

	if (split_name(name, arena, parts) == 0) {
		error_set(error, ERROR_USAGE, "\"%s\" does not name a column", name);
		return error_hint(error, "Write schema.table.column, with double quotes where SQL needs them.");
	}
	if (connection_query_value(connection, sql, PARTS_MOST, parts, &lacking, error) < 0)
		return -1;
	if (lacking != NULL)
		vector_add(missing, arena_printf(arena, "required %s is missing (its %s does not exist)", name, lacking));
	free(lacking);
	return 0;
}

int
required_check(struct connection *connection, struct arena *arena, const struct vector *names, struct vector *missing,
               struct error *error)
{
	for (size_t i = 0; i < names->count; i++)
		if (check_one(connection, arena, names->items[i], missing, error) < 0)
			return -1;
	return 0;
}
