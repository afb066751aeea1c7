/*
 * typed_table.h - tables OF a composite type, and what uses a composite type's values.
 */
#ifndef COMMON_KINDS_TYPED_TABLE_H
#define COMMON_KINDS_TYPED_TABLE_H

#include "catalog/catalog.h"

/* Whether production has tables of the type: a change of its attributes must reach them too (CASCADE). */
bool typed_tables_exist(const struct kind_context *context, const struct object *composite);
/* Whether values of the type may be stored in production: in a column, through whatever types, or in a table of it. */
bool typed_values_exist(const struct kind_context *context, const struct object *type);
/* The attribute of the type that production's table is made of and stays of: it brings the column.  NULL: none. */
const struct object *typed_table_attribute(const struct kind_context *context, const struct object *column);
/* Whether the table of production can be made one of its wanted type, or stop being one. */
struct verdict typed_table_judge(const struct kind_context *context, const struct change *change);

#endif
