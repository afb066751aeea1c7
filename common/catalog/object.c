#include "build.h"

#include "catalog/object.h"

#include <assert.h>
#include <errno.h>

#include "catalog/packed.h"
#include "postgres/sql.h"

void
object_pack(struct object *object, struct arena *arena, const struct kind *kind, const char *const *values)
{
	size_t sizes[OBJECT_ATTRIBUTES_MOST];
	size_t size = 0;
	assert(kind->attribute_count <= OBJECT_ATTRIBUTES_MOST);
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		sizes[i] = values[i] ? strlen(values[i]) + 1 : 0;
		size += sizes[i];
	}
	unsigned width = packed_width(size);
	assert(size <= UINT32_MAX - (size_t)kind->attribute_count * width);
	size_t end = 0;
	char *ends = arena_bytes(arena, kind->attribute_count * width + size);
	char *out = ends + kind->attribute_count * width;
	*object = (struct object){ .kind = kind,
		                       .data = ends,
		                       .size = (uint32_t)(kind->attribute_count * width + size),
		                       .index = OBJECT_NONE,
		                       .parent = OBJECT_NONE };
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		memcpy(out + end, values[i] ? values[i] : "", sizes[i]);
		end += sizes[i];
		ends = packed_put_end(ends, end, width);
	}
}

const char *
object_value(const struct object *object, unsigned attribute)
{
	struct packed packed = packed_of(object);
	size_t length;
	assert(attribute < object->kind->attribute_count);
	return packed_value(&packed, attribute, &length);
}

void
object_values(const struct object *object, const char **values)
{
	struct packed packed = packed_of(object);
	size_t length;
	for (unsigned i = 0; i < object->kind->attribute_count; i++)
		values[i] = packed_value(&packed, i, &length);
}

const char *
object_get(const struct object *object, const char *name)
{
	int attribute = kind_attribute(object->kind, name);
	assert(attribute >= 0);
	return attribute < 0 ? NULL : object_value(object, (unsigned)attribute);
}

const char *
object_text(const struct object *object, const char *name)
{
	const char *value = object_get(object, name);
	return value ? value : "";
}

bool
object_says(const struct object *object, const char *name, const char *value)
{
	const char *is = object_get(object, name);
	return is && strcmp(is, value) == 0;
}

bool
object_is(const struct object *object, const char *name)
{
	return object_says(object, name, "t");
}

long
object_number(const struct object *object, const char *name, long otherwise)
{
	const char *value = object_get(object, name);
	if (!value || !*value)
		return otherwise;
	char *end;
	errno = 0;
	long number = strtol(value, &end, 10);
	return errno || *end ? otherwise : number;
}

const char *
object_schema(const struct object *object)
{
	return object_value(object, 0);
}

const char *
object_name(const struct object *object)
{
	return object_value(object, object->kind->identity_count - 1);
}

int
object_compare_identity(const struct object *a, const struct object *b)
{
	if (a->kind != b->kind) {
		unsigned a_number = kind_number(a->kind);
		unsigned b_number = kind_number(b->kind);
		return (a_number > b_number) - (a_number < b_number);
	}
	return packed_compare(a, b, a->kind->identity_count);
}

bool
object_same_values(const struct object *a, const struct object *b)
{
	return a->kind == b->kind && a->size == b->size && memcmp(a->data, b->data, a->size) == 0;
}

uint64_t
object_differences(const struct object *a, const struct object *b)
{
	const struct kind *kind = a->kind;
	uint64_t differs = 0;
	assert(a->kind == b->kind);
	if (object_same_values(a, b))
		return 0;
	struct packed a_packed = packed_of(a);
	struct packed b_packed = packed_of(b);
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		size_t a_length;
		size_t b_length;
		const char *a_value = packed_value(&a_packed, i, &a_length);
		const char *b_value = packed_value(&b_packed, i, &b_length);
		if (kind->attributes[i].role == ROLE_IDENTITY || kind->attributes[i].role == ROLE_NOTE)
			continue;
		if (packed_compare_value(a_value, a_length, b_value, b_length) != 0)
			differs |= UINT64_C(1) << i;
	}
	return differs;
}

/*
 * Argument types stand in parentheses.  An identity value that is its attribute's fallback is
 * a fixed word (a column has one default) and tells nobody anything.
 */
static void
describe_identity(struct buffer *out, const struct attribute *attribute, const char *value, bool first)
{
	if (strcmp(attribute->name, "arguments") == 0) {
		buffer_append_char(out, '(');
		buffer_append_text(out, value);
		buffer_append_char(out, ')');
		return;
	}
	if (attribute->fallback && strcmp(attribute->fallback, value) == 0)
		return;
	if (!first)
		buffer_append_char(out, '.');
	sql_append_identifier(out, value);
}

void
object_describe(struct buffer *out, const struct object *object)
{
	const struct kind *kind = object->kind;
	for (const char *letter = kind->name; *letter; letter++)
		buffer_append_char(out, *letter == '_' ? ' ' : *letter);
	buffer_append_char(out, ' ');
	for (unsigned i = 0; i < kind->identity_count; i++) {
		const char *value = object_value(object, i);
		describe_identity(out, &kind->attributes[i], value ? value : "", i == 0);
	}
}

char *
object_description(struct arena *arena, const struct object *object)
{
	struct buffer text = BUFFER_INIT;
	object_describe(&text, object);
	char *description = arena_strndup(arena, buffer_text(&text), text.length);
	buffer_fini(&text);
	return description;
}
