#include "build.h"

#include "catalog/kind.h"

#include <assert.h>
#include <stdatomic.h>

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
 * What was asked by this pointer before is remembered by it, at a place that others may take: whoever finds something
 * else there looks for himself.  Literals of one name may lie at several places.
 */
#define MEMORY 1024

static _Atomic unsigned char memory_of_attributes[MEMORY];
static _Atomic unsigned char memory_of_names[MEMORY];
static _Atomic unsigned char memory_of_kinds[MEMORY];

static _Atomic unsigned char *
remembered(_Atomic unsigned char *memory, const void *pointer, const void *also)
{
	uint64_t mixed = ((uintptr_t)pointer + (uintptr_t)also * 31) * UINT64_C(0x9e3779b97f4a7c15);
	return &memory[mixed >> 54];
}

static int
find_attribute(const struct kind *kind, const char *name)
{
	for (unsigned i = 0; i < kind->attribute_count; i++)
		if (strcmp(kind->attributes[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* Most names asked for are literals beside the kind's own table, which compiler and linker keep as one. */
int
kind_attribute(const struct kind *kind, const char *name)
{
	_Atomic unsigned char *memory = remembered(memory_of_attributes, kind, name);
	unsigned number = atomic_load_explicit(memory, memory_order_relaxed);
	if (number < kind->attribute_count && kind->attributes[number].name == name)
		return (int)number;
	int found = find_attribute(kind, name);
	if (found >= 0)
		atomic_store_explicit(memory, (unsigned char)found, memory_order_relaxed);
	return found;
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
	_Atomic unsigned char *memory = remembered(memory_of_names, name, NULL);
	unsigned number = atomic_load_explicit(memory, memory_order_relaxed);
	if (number < kind_count && kinds[number]->name == name)
		return kinds[number];
	for (unsigned i = 0; i < kind_count; i++)
		if (strcmp(kinds[i]->name, name) == 0) {
			atomic_store_explicit(memory, (unsigned char)i, memory_order_relaxed);
			return kinds[i];
		}
	return NULL;
}

unsigned
kind_number(const struct kind *kind)
{
	_Atomic unsigned char *memory = remembered(memory_of_kinds, kind, NULL);
	unsigned number = atomic_load_explicit(memory, memory_order_relaxed);
	if (number < kind_count && kinds[number] == kind)
		return number;
	for (unsigned i = 0; i < kind_count; i++)
		if (kinds[i] == kind) {
			atomic_store_explicit(memory, (unsigned char)i, memory_order_relaxed);
			return i;
		}
	assert(!"the kind is in the table of kinds");
	return kind_count;
}
