/*
 * pattern.h - names as psql and pg_dump let users give them.
 *
 * Unquoted letters fold to lower case, double quotes keep what is inside as it is, * matches
 * any run of characters and ? any one; a dot outside quotes parts schema from name.
 */
#ifndef COMMON_READER_PATTERN_H
#define COMMON_READER_PATTERN_H

#include "build.h"

#include "base/vector.h"

/* Whether a schema matches a one-part pattern. */
bool pattern_matches_name(const char *pattern, const char *name);
/* Whether schema.name matches; a pattern of one part matches in any schema. */
bool pattern_matches_qualified(const char *pattern, const char *schema, const char *name);
bool pattern_any_name(const struct vector *patterns, const char *name);
bool pattern_any_qualified(const struct vector *patterns, const char *schema, const char *name);

#endif
