/*
 * table_levels.h - the depth of inheritance and of partitions.
 */
#ifndef COMMON_KINDS_TABLE_LEVELS_H
#define COMMON_KINDS_TABLE_LEVELS_H

#include "catalog/catalog.h"

/* struct kind's unsound. */
const char *table_levels_unsound(const struct catalog *catalog);

#endif
