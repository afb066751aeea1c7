/*
 * query.h - a query's text for one server version.
 *
 * A line that ends in "--@ >=160000" or "--@ <160000" is kept only for servers of such a
 * version; without the mark every line stands.  The .sql files so stay runnable in psql.
 */
#ifndef COMMON_READER_QUERY_H
#define COMMON_READER_QUERY_H

#include "base/arena.h"

/* Arena memory.  A malformed guard is a defect of the .sql file: the line is kept. */
const char *query_for_version(struct arena *arena, const char *text, int version);

#endif
