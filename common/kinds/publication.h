/*
 * publication.h - what becomes of the parts of a publication.
 */
#ifndef COMMON_KINDS_PUBLICATION_H
#define COMMON_KINDS_PUBLICATION_H

#include "catalog/object.h"

/* struct kind's goes_along: one of all tables has no parts. */
bool publication_member_goes(const struct kind_context *context, const struct object *member);

#endif
