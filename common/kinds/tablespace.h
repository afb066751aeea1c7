/*
 * tablespace.h - where a table, index, key or materialized view is made.
 */
#ifndef COMMON_KINDS_TABLESPACE_H
#define COMMON_KINDS_TABLESPACE_H

#include "catalog/catalog.h"

/*
 * The tablespace to name where the object is made, or NULL: none.  What is made anew lies where production has it, or
 * has `former`, which it takes the place of (may be NULL).  What is new lies as in the snapshot, if the server has
 * that; a part of something partitioned of which the snapshot says nothing, where production has new parts.
 */
const char *tablespace_for(const struct kind_context *context, const struct object *object,
                           const struct object *former);
/* " TABLESPACE x", after what comes `before`; nothing for NULL. */
void write_tablespace(struct buffer *out, const char *before, const char *tablespace);

#endif
