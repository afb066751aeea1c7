/*
 * object.h - one object of any kind: a packed row of text values.
 *
 * Values stand in the order of the kind's attribute table, each as a length and its
 * bytes with a NUL behind, so equal objects are equal bytes and a value is a C string.
 * An object belongs to its catalog's arena.
 */
#ifndef COMMON_CATALOG_OBJECT_H
#define COMMON_CATALOG_OBJECT_H

#include "catalog/kind.h"

#define OBJECT_NONE UINT32_MAX
#define OBJECT_ATTRIBUTES_MOST 64 /* a kind has no more: differences are bits of 64 */

struct object {
	const struct kind *kind;
	const char *data; /* packed values */
	uint32_t size;    /* of data */
	uint32_t index;   /* in its catalog */
	uint32_t parent;  /* index of the parent, or OBJECT_NONE */
};

/* Packs values (NULL = SQL NULL) into the arena. */
void object_pack(struct object *object, struct arena *arena, const struct kind *kind, const char *const *values);

/* A value, NULL for SQL NULL.  The pointer lives as long as the catalog. */
const char *object_value(const struct object *object, unsigned attribute);
/* All values at once: values must have room for the kind's attribute_count. */
void object_values(const struct object *object, const char **values);
/* By name, for kinds' code: the attribute must exist (asserted). */
const char *object_get(const struct object *object, const char *name);
/* Whether the value is this text.  An archive may hold NULL where no server does: kinds ask, they do not compare. */
bool object_says(const struct object *object, const char *name, const char *value);
/* The value, "" for NULL: of an attribute that no server gives NULL, but a hostile archive may. */
const char *object_text(const struct object *object, const char *name);
bool object_is(const struct object *object, const char *name); /* a BOOL that is "t" */
long object_number(const struct object *object, const char *name, long otherwise);

const char *object_schema(const struct object *object); /* first identity value */
const char *object_name(const struct object *object);   /* last identity value */

/* Order by kind, then identity, bytewise.  Equal exactly when it is the same identity. */
int object_compare_identity(const struct object *a, const struct object *b);
bool object_same_values(const struct object *a, const struct object *b);
/* Bits of the attributes whose values differ, ROLE_NOTE and identity left out. */
uint64_t object_differences(const struct object *a, const struct object *b);

/*
 * "table public.orders", "column public.orders.total": names quoted as SQL would.  An identity
 * attribute called "arguments" is put in parentheses; an identity value that is its attribute's
 * fallback (the fixed word of a kind of which a parent has one) is left out.
 */
void object_describe(struct buffer *out, const struct object *object);
char *object_description(struct arena *arena, const struct object *object);

#endif
