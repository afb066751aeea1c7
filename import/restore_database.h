/*
 * restore_database.h - whole databases by name: made beside, given what the old one had, swapped.
 *
 * All of it runs in another database of the server ("maintenance"), since no session may be in a
 * database whose name changes.
 */
#ifndef IMPORT_RESTORE_DATABASE_H
#define IMPORT_RESTORE_DATABASE_H

#include "base/arena.h"
#include "catalog/catalog.h"
#include "postgres/connection.h"

/* base_word_stamp, the base cut so that the whole fits into a name. */
const char *restore_name_beside(struct arena *arena, const char *base, const char *word, const char *stamp);

int restore_database_maintenance(struct connection *connection, struct connection **maintenance, struct error *error);
int restore_database_exists(struct connection *maintenance, const char *name, bool *exists, struct error *error);
/* Encoding and locale as the archive says; where `like` agrees with that, also its locale provider and tablespace. */
int restore_database_create(struct connection *maintenance, const char *name, const char *like,
                            const struct catalog_info *info, struct error *error);
/*
 * What belongs to a database and is in no archive: owner, privileges, settings, connection limit, comment.
 * What this role may not carry over is told as a warning.
 */
int restore_database_carry_over(struct connection *maintenance, const char *from, const char *to, struct error *error);

struct restore_swap {
	const char *present; /* whose name is taken over */
	const char *copy;    /* takes it */
	const char *kept;    /* the present one's name afterwards */
	bool terminate;      /* end the sessions that are in the way */
};

/* Both names in one transaction: either both change or none.  FAILED where sessions are in the way. */
int restore_database_swap(struct connection *maintenance, const struct restore_swap *swap, struct error *error);
/* The statements for doing it by hand. */
void restore_database_swap_sql(const struct restore_swap *swap, struct buffer *out);

#endif
