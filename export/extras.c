#include "build.h"

#include "export/extras.h"

#include <dirent.h>
#include <jansson.h>
#include <sys/stat.h>

#include "base/files.h"
#include "postgres/sql.h"

#define FILE_MOST (16u * 1024 * 1024)

/* ---- hints and hooks ---- */

static struct extra *
new_extra(struct extras *extras, char *name)
{
	struct extra *extra = xcalloc(1, sizeof(*extra));

	extra->name = name;
	vector_add(&extras->members, extra);
	return extra;
}

static int
read_hints(struct extras *extras, const char *path, struct error *error)
{
	struct extra *extra = new_extra(extras, xstrdup("hints.json"));
	json_error_t problem;
	json_t *json;

	if (file_read(path, FILE_MOST, &extra->body, error)) {
		error->code = ERROR_USAGE;
		return -1;
	}
	json = json_loadb(buffer_text(&extra->body), extra->body.length, JSON_REJECT_DUPLICATES, &problem);
	if (json == NULL) {
		error_set(error, ERROR_USAGE, "hints file \"%s\" is not valid JSON", path);
		return error_detail(error, "Line %d, column %d: %s.", problem.line, problem.column, problem.text);
	}
	json_decref(json);
	return 0;
}

static int
compare_texts(const void *const *a, const void *const *b)
{
	return strcmp(*a, *b);
}

static bool
is_hook(const char *folder, const char *name)
{
	size_t length = strlen(name);
	struct stat status;
	char *path;
	bool plain;

	if (name[0] == '.' || length < 5 || strcmp(name + length - 4, ".sql") != 0)
		return false;
	path = file_join(folder, name);
	plain = stat(path, &status) == 0 && S_ISREG(status.st_mode);
	free(path);
	return plain;
}

static int
list_hooks(const char *folder, struct vector *names, struct error *error)
{
	DIR *listing = opendir(folder);
	const struct dirent *entry;

	if (listing == NULL) {
		error_set_system(error, "could not read hooks folder \"%s\"", folder);
		error->code = ERROR_USAGE;
		return -1;
	}
	for (entry = readdir(listing); entry != NULL; entry = readdir(listing))
		if (is_hook(folder, entry->d_name))
			vector_add(names, xstrdup(entry->d_name));
	closedir(listing);
	vector_sort(names, compare_texts);
	return 0;
}

static int
read_hook(struct extras *extras, const char *folder, const char *name, struct error *error)
{
	char *member = file_join("hooks", name);
	struct extra *extra = new_extra(extras, member);
	char *path;
	int result;

	if (!archive_name_is_safe(member)) {
		error_set(error, ERROR_USAGE, "hook \"%s\" cannot be sent under that name", name);
		return error_hint(error, "Use letters, digits and ._-+=@,%% in the name.");
	}
	path = file_join(folder, name);
	result = file_read(path, FILE_MOST, &extra->body, error);
	free(path);
	if (result)
		error->code = ERROR_USAGE;
	return result;
}

static int
read_hooks(struct extras *extras, const char *folder, struct error *error)
{
	struct vector names = { 0 };
	int result = list_hooks(folder, &names, error);

	for (size_t i = 0; i < names.count; i++) {
		if (result == 0)
			result = read_hook(extras, folder, names.items[i], error);
		free(names.items[i]);
	}
	vector_fini(&names);
	return result;
}

/* ---- required columns ---- */

/* One name of SQL at *at: "Any ""thing""" or folded to lower case; NULL where there is none. */
static char *
parse_name(const char **at)
{
	struct buffer name = BUFFER_INIT;
	const char *text = *at;

	if (*text == '"') {
		for (text++; *text != '\0' && (*text != '"' || text[1] == '"'); text++) {
			text += *text == '"';
			buffer_append_char(&name, *text);
		}
		if (*text == '"')
			text++;
		else
			buffer_clear(&name);
	} else {
		for (; *text != '\0' && strchr(".,\" \t\n", *text) == NULL; text++)
			buffer_append_char(&name, *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text);
	}
	*at = text;
	if (name.length == 0) {
		buffer_fini(&name);
		return NULL;
	}
	return buffer_steal(&name);
}

static int
parse_column(struct extras *extras, const char **at, struct error *error)
{
	struct required_column *column = xcalloc(1, sizeof(*column));
	const char *start = *at;

	vector_add(&extras->required, column);
	for (size_t i = 0; i < COUNT_OF(column->names); i++) {
		bool separated = i == 0 || *(*at)++ == '.';

		if (separated)
			column->names[i] = parse_name(at);
		if (column->names[i] == NULL) {
			error_set(error, ERROR_USAGE, "invalid required column \"%s\"", start);
			return error_hint(error, "Expected schema.table.column, quoted as in SQL.");
		}
	}
	return 0;
}

static int
parse_columns(struct extras *extras, const char *text, struct error *error)
{
	static const char blanks[] = " \t\n";
	const char *at = text + strspn(text, blanks);

	while (*at != '\0') {
		if (parse_column(extras, &at, error))
			return -1;
		at += strspn(at, blanks);
		if (*at == ',')
			at += 1 + strspn(at + 1, blanks);
		else if (*at != '\0') {
			error_set(error, ERROR_USAGE, "invalid required columns \"%s\"", text);
			return error_hint(error, "Expected schema.table.column, with a comma between two.");
		}
	}
	return 0;
}

static void
append_column(struct buffer *out, const struct required_column *column)
{
	for (size_t i = 0; i < COUNT_OF(column->names); i++) {
		if (i > 0)
			buffer_append_char(out, '.');
		sql_append_identifier(out, column->names[i]);
	}
}

/* The JSON of all of them, sorted and each once, so that the order on the command line makes no difference. */
static int
make_required(struct extras *extras, struct error *error)
{
	struct vector texts = { 0 };
	json_t *list = json_array();
	const char *before = "";
	bool good = true;
	char *json;

	for (size_t i = 0; i < extras->required.count; i++) {
		struct buffer text = BUFFER_INIT;

		append_column(&text, extras->required.items[i]);
		vector_add(&texts, buffer_steal(&text));
	}
	vector_sort(&texts, compare_texts);
	for (size_t i = 0; i < texts.count; i++) {
		if (strcmp(texts.items[i], before) != 0)
			good = json_array_append_new(list, json_string(texts.items[i])) == 0 && good;
		before = texts.items[i];
	}
	json = json_dumps(list, JSON_INDENT(1));
	json_decref(list);
	for (size_t i = 0; i < texts.count; i++)
		free(texts.items[i]);
	vector_fini(&texts);
	if (good) {
		struct extra *extra = new_extra(extras, xstrdup("required.json"));

		buffer_append_text(&extra->body, json);
		buffer_append_char(&extra->body, '\n');
	}
	free(json);
	return good ? 0 : error_set(error, ERROR_USAGE, "a required column's name is not UTF-8 text");
}

/* ---- all ---- */

static int
check_label(const char *label, struct error *error)
{
	json_t *text = label != NULL ? json_string(label) : json_null();

	if (text == NULL)
		return error_set(error, ERROR_USAGE, "the label is not UTF-8 text");
	json_decref(text);
	return 0;
}

int
extras_read(struct extras *extras, const struct settings *settings, struct error *error)
{
	memset(extras, 0, sizeof(*extras));
	if (check_label(settings->label, error))
		return -1;
	if (settings->hints != NULL && read_hints(extras, settings->hints, error))
		return -1;
	if (settings->hooks != NULL && read_hooks(extras, settings->hooks, error))
		return -1;
	for (size_t i = 0; i < settings->require.count; i++)
		if (parse_columns(extras, settings->require.items[i], error))
			return -1;
	return extras->required.count > 0 ? make_required(extras, error) : 0;
}

void
extras_fini(struct extras *extras)
{
	for (size_t i = 0; i < extras->members.count; i++) {
		struct extra *extra = extras->members.items[i];

		buffer_fini(&extra->body);
		free(extra->name);
		free(extra);
	}
	for (size_t i = 0; i < extras->required.count; i++) {
		struct required_column *column = extras->required.items[i];

		for (size_t j = 0; j < COUNT_OF(column->names); j++)
			free(column->names[j]);
		free(column);
	}
	vector_fini(&extras->members);
	vector_fini(&extras->required);
}

int
extras_check(const struct extras *extras, const struct catalog *catalog, struct error *error)
{
	const struct kind *kind = kind_find("column");

	for (size_t i = 0; i < extras->required.count; i++) {
		const struct required_column *column = extras->required.items[i];
		struct buffer text = BUFFER_INIT;

		if (catalog_find(catalog, kind, (const char *const *)column->names) != NULL)
			continue;
		append_column(&text, column);
		error_set(error, ERROR_USAGE, "required column %s is not in what is exported", text.data);
		buffer_fini(&text);
		return error_hint(error, "Correct --require, or the patterns that leave its table out.");
	}
	return 0;
}

int
extras_write(const struct extras *extras, struct archive_writer *writer, struct error *error)
{
	for (size_t i = 0; i < extras->members.count; i++) {
		const struct extra *extra = extras->members.items[i];

		if (archive_writer_add(writer, extra->name, buffer_text(&extra->body), extra->body.length, error))
			return -1;
	}
	return 0;
}
