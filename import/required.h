/*
 * required.h - columns that production must have, whatever the rest of the schema is like.
 *
 * Named as schema.table.column (or schema.table), quoted as in SQL where needed, by --require and by the
 * snapshot's member required.json: a JSON array of such names.
 */
#ifndef IMPORT_REQUIRED_H
#define IMPORT_REQUIRED_H

#include "base/vector.h"
#include "import/target.h"

#define REQUIRED_MEMBER "required.json"

/* All names: from the settings and, if a snapshot is open, from it.  Strings live in the arena. */
int required_collect(const struct target *target, struct arena *arena, struct vector *names, struct error *error);
/* Adds to `missing` a sentence for each that production lacks. */
int required_check(struct connection *connection, struct arena *arena, const struct vector *names,
                   struct vector *missing, struct error *error);

#endif
