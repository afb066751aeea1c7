/*
 * hints.h - renames that a person has confirmed (docs/hints.md).
 *
 * They come from --hints FILE, or else from hints.json in the archive.  A rename is pending while production has only
 * the old name and the snapshot only the new one.  Pending renames are carried out inside a transaction that is rolled
 * back, so that the plan can be made from what production will look like.
 */
#ifndef IMPORT_HINTS_H
#define IMPORT_HINTS_H

#include "import/target.h"

/* The pending renames as statements in the order in which they run; USAGE error where the hints cannot be understood.
 */
int hints_steps(struct target *target, struct steps *steps, struct error *error);
/*
 * Opens a transaction, runs the steps in it, adds and runs those that follow (names that the server derived from a
 * renamed table's or column's), and reads the catalog as it is then into *renamed.  On failure it is rolled back.  What
 * the server refuses is taken out of the steps and kept in target->unrenamed, with the parts of it.
 */
int hints_try(struct target *target, struct steps *steps, struct catalog **renamed, struct error *error);
/* Withholds in target->plan what bears the new names of target->unrenamed: made beside the old, it would be empty. */
void hints_withhold(const struct target *target);

/* A transaction for questions, or, inside that of hints_try, a part of it that can be taken back. */
int hints_ask_begin(struct connection *connection, const char *begin, bool *inside, struct error *error);
int hints_ask_end(struct connection *connection, bool inside, struct error *error);

#endif
