/*
 * column_form.h - whether a column can get another type or collation, and who minds if it does not.
 */
#ifndef COMMON_KINDS_COLUMN_FORM_H
#define COMMON_KINDS_COLUMN_FORM_H

#include "catalog/catalog.h"

/* Of a change whose type or collation differs; the column is a table's or a composite type's. */
struct verdict column_judge_type(const struct kind_context *context, const struct change *change);
struct verdict column_judge_collation(const struct kind_context *context, const struct change *change);
/* struct kind's misfits. */
bool column_misfits(const struct kind_context *context, const struct change *change, uint64_t withheld,
                    const struct change *dependant, uint64_t *attributes);
/* Whether the server is to have no such column: one that is computed when it is read, before PostgreSQL 18. */
bool column_is_too_new(const struct kind_context *context, const struct object *column);

#endif
