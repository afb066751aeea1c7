/*
 * address.h - where to connect: connection options as libpq's lists of keywords and values.
 */
#ifndef COMMON_POSTGRES_ADDRESS_H
#define COMMON_POSTGRES_ADDRESS_H

#include "postgres/connection.h"

#define ADDRESS_MOST 96 /* libpq 18 has some 60 keywords */

/* Both lists end with NULL.  Values belong to `memory` or to libpq's own list. */
struct address {
	const char *keywords[ADDRESS_MOST + 1];
	const char *values[ADDRESS_MOST + 1];
	size_t count;
	struct arena *memory;
};

/*
 * Options, DATABASE_URL and conninfo strings or URIs, spelled out.  PG* variables, the
 * service file and .pgpass are left to libpq.  USAGE where a string is not well formed; the
 * error never shows the string, which may hold a password.
 */
int address_resolve(struct address *address, const struct connection_options *options, struct error *error);
/* Where this session is connected to, but to that database. */
int address_of_session(struct address *address, PGconn *handle, const char *database, struct error *error);
void address_fini(struct address *address); /* overwrites passwords */

/* Replaces or adds. */
void address_set(struct address *address, const char *keyword, const char *value);
const char *address_value(const struct address *address, const char *keyword); /* NULL where it is not set */

#endif
