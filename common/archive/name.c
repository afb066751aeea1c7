#include "build.h"

#include "archive/manifest.h"

static bool
is_allowed(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("._-+=@,", c) != NULL);
}

/* One part between slashes. */
static bool
part_is_safe(const char *part, size_t length)
{
	if (length == 0 || (length == 1 && part[0] == '.') || (length == 2 && part[0] == '.' && part[1] == '.'))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!is_allowed(part[i]) && part[i] != '%')
			return false;
	return true;
}

bool
archive_name_is_safe(const char *name)
{
	size_t length = strlen(name);

	if (length > MEMBER_NAME_MOST)
		return false;
	for (;;) {
		size_t part = strcspn(name, "/");

		if (!part_is_safe(name, part))
			return false;
		if (name[part] == '\0')
			return true;
		name += part + 1;
	}
}

void
archive_name_append(struct buffer *name, const char *text)
{
	bool only_dots = text[strspn(text, ".")] == '\0';

	for (; *text != '\0'; text++) {
		if (is_allowed(*text) && !(only_dots && *text == '.'))
			buffer_append_char(name, *text);
		else
			buffer_printf(name, "%%%02X", (unsigned)(unsigned char)*text);
	}
}
