/*
 * publication.h - what the parts of a publication ask about it.
 */
#ifndef COMMON_KINDS_PUBLICATION_H
#define COMMON_KINDS_PUBLICATION_H

#include "catalog/object.h"

/* Whether production has a publication of that name to which no table or schema can be added. */
bool publication_is_of_all_tables(const struct kind_context *context, const char *name);

#define PUBLICATION_OF_ALL_TABLES "production's publication is of all tables"

#endif
