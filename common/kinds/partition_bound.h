/*
 * partition_bound.h - whether two partitions of one table could not be beside each other.
 *
 * Told from the texts of their bounds as the server deparses them (pg_get_expr of relpartbound), by the rules of
 * partbounds.c check_new_partition_bound.
 */
#ifndef COMMON_KINDS_PARTITION_BOUND_H
#define COMMON_KINDS_PARTITION_BOUND_H

#include "build.h"

/*
 * Bounds are "DEFAULT" or "FOR VALUES …".  True only where they surely overlap: ends of ranges are compared where they
 * are whole numbers or dates, and otherwise count as apart unless they say the same.
 */
bool partition_bounds_overlap(const char *one, const char *other);

#endif
