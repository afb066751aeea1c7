/*
 * copy.h - COPY streams in constant memory.
 */
#ifndef COMMON_POSTGRES_COPY_H
#define COMMON_POSTGRES_COPY_H

#include "postgres/connection.h"

/* sql is a whole COPY … TO STDOUT; sink gets pieces that end at a row's end.  *rows counts them (text format). */
int copy_out(struct connection *connection, const char *sql,
             int (*sink)(void *context, const char *data, size_t length, struct error *error), void *context,
             uint64_t *rows, struct error *error);

struct copy_in;

/* sql is a whole COPY … FROM STDIN. */
int copy_in_begin(struct connection *connection, const char *sql, struct copy_in **copy, struct error *error);
int copy_in_write(struct copy_in *copy, const char *data, size_t length, struct error *error);
/* Ends the COPY; *rows (may be NULL) is what the server counted.  Frees copy, also on failure. */
int copy_in_end(struct copy_in *copy, uint64_t *rows, struct error *error);
void copy_in_abort(struct copy_in *copy, const char *reason); /* frees copy */

#endif
