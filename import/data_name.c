#include "build.h"

#include "import/data_name.h"

#include "archive/archive.h"
#include "base/digest.h"

#define LONGEST_FOLDER 200 /* file systems stop at 255 bytes */
#define DIGITS_KEPT 32

static void
append_part(struct buffer *out, const char *text)
{
	char one[2] = "";

	for (; *text != '\0'; text++) {
		one[0] = *text;
		if (*text == '.')
			buffer_append_text(out, "%2E");
		else
			archive_name_append(out, one);
	}
}

void
data_name_append_folder(struct buffer *out, const char *schema, const char *table)
{
	struct buffer name = BUFFER_INIT;

	append_part(&name, schema);
	buffer_append_char(&name, '.');
	append_part(&name, table);
	buffer_append_text(out, ARCHIVE_DATA_PREFIX);
	if (name.length > LONGEST_FOLDER) {
		char digest[DIGEST_TEXT_SIZE];

		/* "%=" is no escape, so the cut name cannot be another table's. */
		digest_of(name.data, name.length, digest);
		buffer_append(out, name.data, LONGEST_FOLDER - DIGITS_KEPT - 2);
		buffer_printf(out, "%%=%.*s", DIGITS_KEPT, digest);
	} else {
		buffer_append(out, name.data, name.length);
	}
	buffer_fini(&name);
}

void
data_name_append_member(struct buffer *out, const char *folder, unsigned number)
{
	buffer_printf(out, "%s/%06u.copy", folder, number);
}

size_t
data_name_folder_length(const char *member)
{
	const char *slash = strrchr(member, '/');

	if (slash == NULL || strncmp(member, ARCHIVE_DATA_PREFIX, strlen(ARCHIVE_DATA_PREFIX)) != 0 ||
	    (size_t)(slash - member) <= strlen(ARCHIVE_DATA_PREFIX))
		return 0;
	return (size_t)(slash - member);
}
