/*
 * generated.h - a change of how a generated column is computed.
 *
 * SET EXPRESSION would overwrite what is stored, which DROP EXPRESSION keeps.  What is not stored cannot always be
 * computed otherwise: PostgreSQL 18 refuses SET EXPRESSION of a virtual column in a table with CHECK constraints or of
 * a publication (tablecmds.c ATExecSetExpression).
 */
#ifndef COMMON_KINDS_GENERATED_H
#define COMMON_KINDS_GENERATED_H

#include "catalog/object.h"

/* Of the attributes generated and expression of a column. */
struct verdict generated_judge(const struct kind_context *context, const struct change *change);
/* What of ALTER COLUMN makes it so; nothing where neither is to be done.  `hazards` are set with it. */
void generated_write_change(struct buffer *out, const struct change *change, unsigned *hazards);

#endif
