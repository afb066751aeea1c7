/*
 * encode.c - the writing half of codec.h.
 */
#include "build.h"

#include "catalog/codec.h"

#include "catalog/packed.h"
#include "catalog/text_format.h"

#define CHUNK ((size_t)64 * 1024)

/* Collects text and hands it on in chunks. */
struct writer {
	struct buffer text;
	codec_sink *sink;
	void *context;
};

static int
writer_flush(struct writer *writer, struct error *error)
{
	if (writer->text.length == 0)
		return 0;
	int result = writer->sink(writer->context, writer->text.data, writer->text.length, error);
	buffer_clear(&writer->text);
	return result;
}

/* Room for `most` bytes; the caller writes at the returned place and then calls writer_wrote. */
static char *
writer_room(struct writer *writer, size_t most)
{
	buffer_reserve(&writer->text, most + 1);
	return writer->text.data + writer->text.length;
}

static int
writer_wrote(struct writer *writer, const char *end, struct error *error)
{
	writer->text.length = (size_t)(end - writer->text.data);
	writer->text.data[writer->text.length] = '\0';
	return writer->text.length >= CHUNK ? writer_flush(writer, error) : 0;
}

/* Writes a value's bytes; the room must be twice their number. */
static char *
put_escaped(char *out, const char *value, size_t length)
{
	const char *end = value + length;
	while (value < end) {
		char letter = escape_letter[(unsigned char)*value];
		if (letter) {
			*out++ = '\\';
			*out++ = letter;
		} else {
			*out++ = *value;
		}
		value++;
	}
	return out;
}

static void
encode_header(const struct kind *kind, struct writer *writer)
{
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		if (i > 0)
			buffer_append_char(&writer->text, '\t');
		buffer_append_text(&writer->text, kind->attributes[i].name);
	}
	buffer_append_char(&writer->text, '\n');
}

static int
encode_object(const struct object *object, struct writer *writer, struct error *error)
{
	/* A byte becomes two at most, and SQL NULL, which has a byte for its end, becomes "\N" and a tab. */
	char *out = writer_room(writer, (size_t)object->size * 3);
	struct packed packed = packed_of(object);
	for (unsigned i = 0; i < object->kind->attribute_count; i++) {
		size_t length;
		const char *value = packed_value(&packed, i, &length);
		if (value) {
			out = put_escaped(out, value, length);
		} else {
			*out++ = '\\';
			*out++ = 'N';
		}
		*out++ = '\t';
	}
	out[-1] = '\n';
	return writer_wrote(writer, out, error);
}

int
codec_encode_kind(const struct catalog *catalog, const struct kind *kind, codec_sink *sink, void *context,
                  struct error *error)
{
	struct writer writer = { .sink = sink, .context = context };
	const struct object *first;
	uint32_t count = catalog_kind_range(catalog, kind, &first);
	int result = 0;
	encode_header(kind, &writer);
	for (uint32_t i = 0; i < count && result == 0; i++)
		result = encode_object(&first[i], &writer, error);
	if (result == 0)
		result = writer_flush(&writer, error);
	buffer_fini(&writer.text);
	return result;
}

static char *
put_number(char *out, uint32_t number)
{
	char digits[10];
	unsigned count = 0;
	do {
		digits[count++] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	while (count > 0)
		*out++ = digits[--count];
	return out;
}

/* "kind<tab>line" of an object. */
static char *
put_place(char *out, const struct catalog *catalog, uint32_t index)
{
	const struct kind *kind = catalog->objects[index].kind;
	size_t length = strlen(kind->name);
	memcpy(out, kind->name, length);
	out += length;
	*out++ = '\t';
	return put_number(out, index - catalog->kind_start[kind_number(kind)] + 1);
}

#define PLACE_MOST 12 /* what put_place writes besides the kind's name */

static int
encode_depends(const struct catalog *catalog, uint32_t index, struct writer *writer, struct error *error)
{
	const uint32_t *list;
	uint32_t count = catalog_depends(catalog, &catalog->objects[index], &list);
	for (uint32_t i = 0; i < count; i++) {
		const char *from = catalog->objects[index].kind->name;
		const char *to = catalog->objects[list[i]].kind->name;
		char *out = writer_room(writer, strlen(from) + strlen(to) + (size_t)2 * PLACE_MOST);
		out = put_place(out, catalog, index);
		*out++ = '\t';
		out = put_place(out, catalog, list[i]);
		*out++ = '\n';
		if (writer_wrote(writer, out, error))
			return -1;
	}
	return 0;
}

int
codec_encode_dependencies(const struct catalog *catalog, codec_sink *sink, void *context, struct error *error)
{
	struct writer writer = { .sink = sink, .context = context };
	int result = 0;
	buffer_append_text(&writer.text, DEPENDENCY_HEADER "\n");
	for (uint32_t i = 0; i < catalog->count && result == 0; i++)
		result = encode_depends(catalog, i, &writer, error);
	if (result == 0)
		result = writer_flush(&writer, error);
	buffer_fini(&writer.text);
	return result;
}
