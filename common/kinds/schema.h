/*
 * schema.h - whose schema "public" is.
 */
#ifndef COMMON_KINDS_SCHEMA_H
#define COMMON_KINDS_SCHEMA_H

#include "catalog/object.h"

/* Whether the objects are the schema "public" as each of two versions made it: no difference, and left as it is. */
bool schema_keeps_owner(const struct kind_context *context, const struct object *current, const struct object *wanted);

#endif
