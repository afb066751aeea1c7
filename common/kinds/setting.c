/*
 * setting.c - see setting.h.
 */
#include "build.h"

#include "kinds/setting.h"

#include "postgres/sql.h"

/* The settings whose stored value is a list of quoted identifiers (GUC_LIST_QUOTE; extensions cannot add any). */
static bool
setting_is_quoted_list(const char *name)
{
	static const char *const names[] = {
		"local_preload_libraries",  "search_path",      "session_preload_libraries",
		"shared_preload_libraries", "temp_tablespaces", "unix_socket_directories",
	};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

/* One element of such a list into `element`, without its quotes; returns what follows it. */
static const char *
scan_list_element(const char *text, struct buffer *element)
{
	bool quoted = *text == '"';

	buffer_clear(element);
	if (quoted)
		text++;
	for (; *text != '\0'; text++) {
		if (quoted && *text == '"') {
			if (text[1] != '"')
				break;
			text++;
		} else if (!quoted && (*text == ',' || *text == ' '))
			break;
		buffer_append_char(element, *text);
	}
	return quoted && *text == '"' ? text + 1 : text;
}

static void
write_quoted_list(struct buffer *out, const char *value)
{
	struct buffer element = BUFFER_INIT;
	bool first = true;

	value += strspn(value, " ");
	if (*value == '\0')
		buffer_append_text(out, "''");
	while (*value != '\0') {
		value = scan_list_element(value, &element);
		sql_append(out, first ? "%L" : ", %L", buffer_text(&element));
		value += strspn(value, " ,");
		first = false;
	}
	buffer_fini(&element);
}

void
write_setting_name(struct buffer *out, const char *name)
{
	const char *dot = strchr(name, '.');

	if (dot != NULL) {
		struct buffer prefix = BUFFER_INIT;

		buffer_append(&prefix, name, (size_t)(dot - name));
		sql_append(out, "%I.", buffer_text(&prefix));
		buffer_fini(&prefix);
		name = dot + 1;
	}
	sql_append(out, "%I", name);
}

void
write_setting(struct buffer *out, const char *name, const char *value)
{
	write_setting_name(out, name);
	buffer_append_text(out, " TO ");
	if (setting_is_quoted_list(name))
		write_quoted_list(out, value);
	else
		sql_append(out, "%L", value);
}
