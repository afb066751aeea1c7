#include "build.h"

#include "catalog/kind.h"

#include <assert.h>

#include "catalog/object.h"
#include "postgres/sql.h"

void
kind_address(struct buffer *out, const struct object *object)
{
	const struct kind *kind = object->kind;
	if (kind->address) {
		kind->address(out, object);
		return;
	}
	const char *values[OBJECT_ATTRIBUTES_MOST];
	object_values(object, values);
	buffer_append_text(out, kind->sql);
	for (unsigned i = 0; i < kind->identity_count; i++) {
		buffer_append_char(out, i == 0 ? ' ' : '.');
		sql_append_identifier(out, values[i]);
	}
}

/*
 * Most names asked for are literals beside the kind's own table, which compiler and linker keep as one: a
 * look at the pointers finds them without reading any text.
 */
int
kind_attribute(const struct kind *kind, const char *name)
{
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (kind->attributes[i].name == name)
			return (int)i;
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (strcmp(kind->attributes[i].name, name) == 0)
			return (int)i;
	return -1;
}

int
kind_attribute_of_role(const struct kind *kind, enum attribute_role role)
{
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (kind->attributes[i].role == role)
			return (int)i;
	return -1;
}

int
kind_ordinal(const struct kind *kind)
{
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (kind->attributes[i].type == ATTRIBUTE_ORDINAL)
			return (int)i;
	return -1;
}

const struct kind *
kind_find(const char *name)
{
	for (unsigned i = 0; i < kind_count; i++)
		if (kinds[i]->name == name)
			return kinds[i];
	for (unsigned i = 0; i < kind_count; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}

unsigned
kind_number(const struct kind *kind)
{
	for (unsigned i = 0; i < kind_count; i++)
		if (kinds[i] == kind)
			return i;
	assert(!"the kind is in the table of kinds");
	return kind_count;
}
