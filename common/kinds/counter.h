/*
 * counter.h - where a new sequence begins that numbers a column with rows.
 */
#ifndef COMMON_KINDS_COUNTER_H
#define COMMON_KINDS_COUNTER_H

#include "catalog/kind.h"

/* After a column of production was given `value` (a default of the snapshot's) to take numbers from a sequence that is
 * new: has it go on where the column's own sequence stood, and behind the numbers in the rows. */
void counter_go_on(const struct kind_context *context, const struct object *value, struct steps *steps);

#endif
