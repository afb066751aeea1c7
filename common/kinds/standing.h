/*
 * standing.h - objects that cannot be altered, hold no data, and may have others built on them.
 */
#ifndef COMMON_KINDS_STANDING_H
#define COMMON_KINDS_STANDING_H

#include "catalog/object.h"

/* Both are functions of a kind's descriptor. */

/* CREATE, the kind's words, a qualified name, and the attribute "definition" in parentheses. */
void standing_create(const struct kind_context *context, const struct object *object, struct steps *steps);
/* Dropped and made again while nothing in production stands on it; withheld, naming one that does, otherwise. */
struct verdict standing_judge(const struct kind_context *context, const struct change *change, unsigned attribute);

#endif
