/*
 * decode.c - the reading half of codec.h.
 *
 * The text comes from an archive, so nothing in it is believed: every count is checked and
 * every refusal names the table and the line, the header being line 1.
 */
#include "build.h"

#include "catalog/codec.h"

#include "catalog/text_format.h"

/* Far above any real schema: a line of a few bytes becomes an object of about a hundred. */
#define OBJECTS_MOST 20000000
#define COLUMNS_MOST 1000
#define LINE_MOST ((size_t)1 << 30)

/* Where the table of a kind begins among the catalog's objects. */
struct decoded_table {
	bool seen;
	uint32_t first;
	uint32_t count;
};

struct codec_decoder {
	struct catalog *catalog;
	struct decoded_table *tables; /* by kind number */
	struct vector notes;
	uint64_t unknown_dependencies;
};

/* A table's text while it is read. */
struct text {
	const char *table;
	const char *position;
	const char *end;
	uint64_t line;        /* of what next_line gave last */
	struct buffer values; /* that line without escapes, a NUL behind each value */
	char **fields;        /* into values; NULL for \N */
	size_t field_count;
	size_t field_capacity;
};

static void
decoder_start(struct codec_decoder *decoder)
{
	*decoder = (struct codec_decoder){
		.catalog = catalog_new(),
		.tables = xcalloc(kind_count + (size_t)1, sizeof(*decoder->tables)),
	};
}

static void
decoder_clear(struct codec_decoder *decoder)
{
	catalog_free(decoder->catalog);
	free(decoder->tables);
	for (size_t i = 0; i < decoder->notes.count; i++)
		free(decoder->notes.items[i]);
	vector_fini(&decoder->notes);
}

struct codec_decoder *
codec_decoder_new(void)
{
	struct codec_decoder *decoder = xmalloc(sizeof(*decoder));
	decoder_start(decoder);
	return decoder;
}

void
codec_decoder_free(struct codec_decoder *decoder)
{
	if (!decoder)
		return;
	decoder_clear(decoder);
	free(decoder);
}

static void PRINTF_LIKE(2, 3)
add_note(struct codec_decoder *decoder, const char *format, ...)
{
	struct buffer note = BUFFER_INIT;
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&note, format, arguments);
	va_end(arguments);
	vector_add(&decoder->notes, buffer_steal(&note));
}

static int PRINTF_LIKE(3, 4)
malformed(const struct text *text, struct error *error, const char *format, ...)
{
	struct buffer what = BUFFER_INIT;
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&what, format, arguments);
	va_end(arguments);
	error_set(error, ERROR_ARCHIVE, "catalog table \"%.100s\", line %llu: %s", text->table,
	          (unsigned long long)text->line, buffer_text(&what));
	buffer_fini(&what);
	return -1;
}

static void
text_fini(struct text *text)
{
	buffer_fini(&text->values);
	free(text->fields);
}

static int
add_field(struct text *text, char *value, struct error *error)
{
	if (text->field_count == COLUMNS_MOST)
		return malformed(text, error, "more than %d columns", COLUMNS_MOST);
	if (text->field_count == text->field_capacity) {
		text->field_capacity = text->field_capacity ? text->field_capacity * 2 : 16;
		text->fields = xrealloc(text->fields, text->field_capacity, sizeof(*text->fields));
	}
	text->fields[text->field_count++] = value;
	return 0;
}

/* Bytes that are not simply copied. */
static const bool is_special[256] = { ['\0'] = true, ['\t'] = true, ['\r'] = true, ['\\'] = true };

/* One value from *position up to a tab or `end`, written to *out with a NUL behind. */
static int
decode_value(struct text *text, const char **position, const char *end, char **out, struct error *error)
{
	const char *in = *position;
	char *start = *out;
	char *to = start;
	if (end - in >= 2 && in[0] == '\\' && in[1] == 'N' && (in + 2 == end || in[2] == '\t')) {
		*position = in + 2;
		return add_field(text, NULL, error);
	}
	for (; in < end && *in != '\t'; in++) {
		if (!is_special[(unsigned char)*in]) {
			*to++ = *in;
			continue;
		}
		if (*in == '\0')
			return malformed(text, error, "NUL byte");
		if (*in == '\r')
			return malformed(text, error, "carriage return that is not escaped");
		char meaning = ++in < end ? escape_meaning(*in) : 0;
		if (!meaning)
			return malformed(text, error, "unknown escape in column %zu", text->field_count + 1);
		*to++ = meaning;
	}
	*to++ = '\0';
	*position = in;
	*out = to;
	return add_field(text, start, error);
}

/* Reads the next line into fields: 1, 0 at the end, -1. */
static int
next_line(struct text *text, struct error *error)
{
	if (text->position == text->end)
		return 0;
	size_t left = (size_t)(text->end - text->position);
	const char *end = memchr(text->position, '\n', left);
	text->line++;
	text->field_count = 0;
	if (!end)
		return malformed(text, error, "the line is cut off");
	if ((size_t)(end - text->position) > LINE_MOST)
		return malformed(text, error, "the line is too long");
	buffer_clear(&text->values);
	buffer_reserve(&text->values, (size_t)(end - text->position) + 2);
	char *out = text->values.data;
	const char *position = text->position;
	for (;;) {
		if (decode_value(text, &position, end, &out, error))
			return -1;
		if (position == end)
			break;
		position++; /* the tab */
	}
	text->position = end + 1;
	return 1;
}

/* Which attribute each column is. */
struct columns {
	size_t count;
	int attribute[COLUMNS_MOST];                /* -1: unknown, skipped */
	const char *values[OBJECT_ATTRIBUTES_MOST]; /* the fallbacks of absent ones */
};

/* Every attribute that has no column gets its fallback; an identity value must have one or the other. */
static int
check_columns(const struct text *text, const struct kind *kind, const bool *present, struct columns *columns,
              struct error *error)
{
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const struct attribute *attribute = &kind->attributes[i];
		columns->values[i] = attribute->fallback;
		if (!present[i] && i < kind->identity_count && !attribute->fallback)
			return malformed(text, error, "column \"%s\" is missing", attribute->name);
	}
	return 0;
}

static int
decode_header(struct codec_decoder *decoder, struct text *text, const struct kind *kind, struct columns *columns,
              struct error *error)
{
	bool present[OBJECT_ATTRIBUTES_MOST] = { false };
	int result = next_line(text, error);
	if (result < 0)
		return -1;
	if (result == 0)
		return error_set(error, ERROR_ARCHIVE, "catalog table \"%s\", line 1: the header line is missing", kind->name);
	columns->count = text->field_count;
	for (size_t i = 0; i < text->field_count; i++) {
		const char *name = text->fields[i];
		if (!name || !*name)
			return malformed(text, error, "column %zu has no name", i + 1);
		int attribute = kind_attribute(kind, name);
		columns->attribute[i] = attribute;
		if (attribute < 0) {
			add_note(decoder, "attribute \"%.100s\" of kind \"%s\" is not known to this version and was not read", name,
			         kind->name);
			continue;
		}
		if (present[attribute])
			return malformed(text, error, "column \"%s\" is there twice", name);
		present[attribute] = true;
	}
	return check_columns(text, kind, present, columns, error);
}

/* A number of any length: who needs it in a type of C asks object_number, which knows its bounds. */
static bool
is_integer(const char *value)
{
	value += *value == '-';
	return *value && value[strspn(value, "0123456789")] == '\0';
}

/* What the kinds' code may count on; NULL is for them to expect. */
static int
check_value(const struct text *text, const struct attribute *attribute, const char *value, struct error *error)
{
	bool valid = true;
	if (!value)
		return 0;
	if (attribute->type == ATTRIBUTE_BOOL)
		valid = strcmp(value, "t") == 0 || strcmp(value, "f") == 0;
	else if (attribute->type == ATTRIBUTE_INTEGER || attribute->type == ATTRIBUTE_ORDINAL)
		valid = is_integer(value);
	return valid ? 0 : malformed(text, error, "\"%.100s\" is no value of \"%s\"", value, attribute->name);
}

static int
decode_object(struct codec_decoder *decoder, struct text *text, const struct kind *kind, struct columns *columns,
              struct error *error)
{
	struct catalog *catalog = decoder->catalog;
	if (text->field_count != columns->count)
		return malformed(text, error, "%zu columns instead of %zu", text->field_count, columns->count);
	if (catalog->count >= OBJECTS_MOST)
		return malformed(text, error, "more than %d objects", OBJECTS_MOST);
	for (size_t i = 0; i < columns->count; i++)
		if (columns->attribute[i] >= 0) {
			if (check_value(text, &kind->attributes[columns->attribute[i]], text->fields[i], error))
				return -1;
			columns->values[columns->attribute[i]] = text->fields[i];
		}
	for (unsigned i = 0; i < kind->identity_count; i++)
		if (!columns->values[i])
			return malformed(text, error, "\"%s\" is NULL", kind->attributes[i].name);
	struct decoded_table *table = &decoder->tables[kind_number(kind)];
	uint32_t number = catalog_add(catalog, kind, columns->values);
	/* Archives are sorted, so a repeated line is next to its like; catalog_finish finds what is not. */
	if (table->count++ > 0 && object_compare_identity(&catalog->objects[number - 1], &catalog->objects[number]) == 0)
		return malformed(text, error, "the object is there twice");
	return 0;
}

static int
decode_table(struct codec_decoder *decoder, struct text *text, const struct kind *kind, struct error *error)
{
	struct columns columns = { 0 };
	if (decode_header(decoder, text, kind, &columns, error))
		return -1;
	for (;;) {
		int result = next_line(text, error);
		if (result <= 0)
			return result;
		if (decode_object(decoder, text, kind, &columns, error))
			return -1;
	}
}

int
codec_decode_kind(struct codec_decoder *decoder, const char *kind_name, const char *data, size_t length,
                  struct error *error)
{
	const struct kind *kind = kind_find(kind_name);
	if (!kind) {
		add_note(decoder, "kind \"%.100s\" is not known to this version and was not read", kind_name);
		return 0;
	}
	struct decoded_table *table = &decoder->tables[kind_number(kind)];
	if (table->seen)
		return error_set(error, ERROR_ARCHIVE, "catalog table \"%s\" is there twice", kind->name);
	*table = (struct decoded_table){ .seen = true, .first = decoder->catalog->count };
	struct text text = { .table = kind->name, .position = data, .end = data + length };
	int result = decode_table(decoder, &text, kind, error);
	text_fini(&text);
	return result;
}

/* Decimal digits, 1 to UINT32_MAX. */
static bool
parse_line_number(const char *digits, uint32_t *number)
{
	uint64_t value = 0;
	if (!digits || !*digits)
		return false;
	for (; *digits; digits++) {
		if (*digits < '0' || *digits > '9')
			return false;
		value = value * 10 + (uint64_t)(*digits - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*number = (uint32_t)value;
	return value > 0;
}

/* The object's number: 1 found, 0 of an unknown kind, -1. */
static int
decode_place(const struct codec_decoder *decoder, const struct text *text, const char *name, const char *digits,
             uint32_t *number, struct error *error)
{
	uint32_t line;
	if (!name)
		return malformed(text, error, "the kind is NULL");
	if (!parse_line_number(digits, &line))
		return malformed(text, error, "\"%.100s\" is not a line number", digits ? digits : "\\N");
	const struct kind *kind = kind_find(name);
	if (!kind)
		return 0;
	const struct decoded_table *table = &decoder->tables[kind_number(kind)];
	if (line > table->count)
		return malformed(text, error, "line %u of catalog table \"%s\" does not exist", line, name);
	*number = table->first + line - 1;
	return 1;
}

static int
decode_dependency(struct codec_decoder *decoder, const struct text *text, struct error *error)
{
	uint32_t from = 0;
	uint32_t to = 0;
	if (text->field_count != 4)
		return malformed(text, error, "%zu columns instead of 4", text->field_count);
	int from_result = decode_place(decoder, text, text->fields[0], text->fields[1], &from, error);
	if (from_result < 0)
		return -1;
	int to_result = decode_place(decoder, text, text->fields[2], text->fields[3], &to, error);
	if (to_result < 0)
		return -1;
	if (from_result && to_result)
		catalog_add_dependency(decoder->catalog, from, to);
	else
		decoder->unknown_dependencies++;
	return 0;
}

static int
decode_dependencies(struct codec_decoder *decoder, struct text *text, struct error *error)
{
	static const char header[] = DEPENDENCY_HEADER "\n";
	size_t length = sizeof(header) - 1;
	text->line = 1;
	if ((size_t)(text->end - text->position) < length || memcmp(text->position, header, length) != 0)
		return malformed(text, error, "the header line is missing or unknown");
	text->position += length;
	for (;;) {
		int result = next_line(text, error);
		if (result <= 0)
			return result;
		if (decode_dependency(decoder, text, error))
			return -1;
	}
}

int
codec_decode_dependencies(struct codec_decoder *decoder, const char *data, size_t length, struct error *error)
{
	struct text text = { .table = "dependency", .position = data, .end = data + length };
	int result = decode_dependencies(decoder, &text, error);
	text_fini(&text);
	return result;
}

static void
copy_info(struct catalog *catalog, const struct catalog_info *info)
{
	catalog->info = (struct catalog_info){
		.server_version = info->server_version,
		.server_version_text = arena_strdup(catalog->arena, info->server_version_text),
		.database = arena_strdup(catalog->arena, info->database),
		.encoding = arena_strdup(catalog->arena, info->encoding),
		.collate = arena_strdup(catalog->arena, info->collate),
		.ctype = arena_strdup(catalog->arena, info->ctype),
		.stamp = arena_strdup(catalog->arena, info->stamp),
	};
}

static void
hand_over_notes(struct codec_decoder *decoder, uint32_t orphans, struct vector *notes)
{
	if (decoder->unknown_dependencies > 0)
		add_note(decoder, "%llu dependencies of kinds that are not known to this version were not read",
		         (unsigned long long)decoder->unknown_dependencies);
	if (orphans > 0)
		add_note(decoder, "%u objects were not read because what they belong to is missing", orphans);
	if (!notes)
		return;
	for (size_t i = 0; i < decoder->notes.count; i++)
		vector_add(notes, decoder->notes.items[i]);
	vector_clear(&decoder->notes);
}

/* What the kinds count on may be otherwise in an archive. */
static int
check_soundness(const struct catalog *catalog, struct error *error)
{
	for (unsigned i = 0; i < kind_count; i++) {
		const char *reason = kinds[i]->unsound != NULL ? kinds[i]->unsound(catalog) : NULL;
		if (reason != NULL)
			return error_set(error, ERROR_ARCHIVE, "the catalog is not one of a server: %s", reason);
	}
	return 0;
}

int
codec_decoder_finish(struct codec_decoder *decoder, const struct catalog_info *info, struct catalog **catalog,
                     struct vector *notes, struct error *error)
{
	uint32_t orphans = 0;
	if (info)
		copy_info(decoder->catalog, info);
	int result = catalog_finish(decoder->catalog, &orphans, NULL, error);
	if (result == 0)
		result = check_soundness(decoder->catalog, error);
	if (result == 0) {
		hand_over_notes(decoder, orphans, notes);
		*catalog = decoder->catalog;
		decoder->catalog = NULL;
	}
	decoder_clear(decoder);
	decoder_start(decoder);
	return result;
}
