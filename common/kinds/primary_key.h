/*
 * primary_key.h - a table has one primary key: what becomes of production's when the snapshot's has another name.
 */
#ifndef COMMON_KINDS_PRIMARY_KEY_H
#define COMMON_KINDS_PRIMARY_KEY_H

#include "catalog/catalog.h"

/* Production's primary key that a new one takes the place of, or NULL: of another name, and not in the snapshot. */
const struct object *primary_key_rival(const struct kind_context *context, const struct object *constraint);
/* Whether the two differ in nothing but the name. */
bool primary_key_is_renamed(const struct object *rival, const struct object *constraint);
/* Why it cannot take that place, or NULL. */
const char *primary_key_refuse(const struct kind_context *context, const struct object *constraint);
/* Takes the name or the place; true if that is all there is to do. */
bool primary_key_replace(const struct kind_context *context, const struct object *constraint, struct steps *steps);

#endif
