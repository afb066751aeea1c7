/*
 * table_link.h - what a link of a table to a parent asks for: an inheritance, or the attachment of a partition.
 */
#ifndef COMMON_KINDS_TABLE_LINK_H
#define COMMON_KINDS_TABLE_LINK_H

#include "catalog/catalog.h"

/* Why a table cannot be linked to a parent, or NULL: the parent keeps a column or check that it lacks or has otherwise,
 * or it keeps a trigger that no such table can have. */
const char *table_refuse_link(const struct kind_context *context, const struct object *link);
/* Why a check, or a new column, cannot be made, or NULL: a table that inherits it in production has another by its
 * name. */
const char *table_refuse_check(const struct kind_context *context, const struct object *check);
const char *table_refuse_column(const struct kind_context *context, const struct object *column);
/* The same of the type that a column of production shall get. */
const char *table_refuse_type(const struct kind_context *context, const struct object *column);
/* A new column comes after those of its name that tables which inherit it in production have, or get, as their own: the
 * server makes one of the two, and could not add theirs afterwards. */
void table_relate_heirs(const struct kind_context *context, const struct object *column, struct edges *edges);
/* The link comes after what the table (of the edges' catalog) must have by then: checks, other triggers. */
void table_relate_link(const struct kind_context *context, const struct object *link, const struct object *table,
                       struct edges *edges);
/* Whether a level above the wanted link hands down a check that the table does not have as its own. */
bool table_lacks_check(const struct kind_context *context, const struct object *link);
/*
 * For a new check: calls each for the links by which tables that production has will get it from then on, having none
 * of their own.  They must be there first: INHERIT asks for the check, to make it reaches down.
 */
void table_each_later_heir(const struct kind_context *context, const struct object *check,
                           void (*each)(void *argument, const struct object *link), void *argument);

#endif
