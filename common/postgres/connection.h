/*
 * connection.h - one session with a PostgreSQL server, on libpq.
 *
 * Every function that can fail fills a struct error: CONNECTION when the session is
 * unusable, PERMISSION for SQLSTATE class 42501/28xxx, otherwise SQL with the server's
 * own message as the primary line, its detail and hint kept, and sqlstate set.
 * Statements go by the extended protocol, one at a time.  No password ever reaches an
 * error or the log (conninfo and URIs are shown without it).
 */
#ifndef COMMON_POSTGRES_CONNECTION_H
#define COMMON_POSTGRES_CONNECTION_H

#include <libpq-fe.h>

#include "base/error.h"

struct connection;

/* NULL members leave the choice to libpq (PG* variables, service file, .pgpass). */
struct connection_options {
	const char *dbname; /* a name, a conninfo string or a URI; NULL: DATABASE_URL, then PG* */
	const char *host;
	const char *port;
	const char *user;
	bool ask_password;    /* -W */
	bool never_ask;       /* -w */
	const char *program;  /* application_name unless the user set one */
	long connect_timeout; /* seconds; 0: libpq's */
};

int connection_open(struct connection **connection, const struct connection_options *options, struct error *error);
void connection_close(struct connection *connection); /* NULL is allowed */
/* Another session with the same server, database and role (for parallel work and retries). */
int connection_clone(struct connection *connection, struct connection **copy, struct error *error);
/* The same, to another database of the server. */
int connection_clone_to(struct connection *connection, const char *database, struct connection **copy,
                        struct error *error);

PGconn *connection_handle(struct connection *connection);
int connection_version(const struct connection *connection); /* 150018 */
const char *connection_database(const struct connection *connection);
const char *connection_user(const struct connection *connection);
/* Refuses a server older than PostgreSQL 13.  *newer: it is newer than 18, so that its catalogs may hold what nobody
 * here has heard of. */
int connection_check_version(const struct connection *connection, bool *newer, struct error *error);
/* "database on host:port" for messages. */
const char *connection_label(const struct connection *connection);
bool connection_is_alive(const struct connection *connection);
bool connection_in_transaction(const struct connection *connection);

/* Runs one statement and throws its result away. */
int connection_execute(struct connection *connection, const char *sql, struct error *error);
/* Runs one statement with text parameters (NULL = SQL NULL); the caller PQclears *result. */
int connection_query(struct connection *connection, const char *sql, int count, const char *const *values,
                     PGresult **result, struct error *error);
/* The first column of the first row as heap memory; NULL in *value for no row or SQL NULL. */
int connection_query_value(struct connection *connection, const char *sql, int count, const char *const *values,
                           char **value, struct error *error);

/*
 * Session settings for reading a catalog: empty search_path, UTF8, ISO dates, UTC,
 * extra_float_digits 3, IntervalStyle postgres, row_security off, jit off, quote_all_identifiers off,
 * synchronize_seqscans off, bytea_output hex, lock_timeout and statement_timeout as given in
 * milliseconds (0 = none).  See pg_dump.c setup_connection for the list's origin.
 */
int connection_prepare_for_catalog(struct connection *connection, long lock_timeout, long statement_timeout,
                                   struct error *error);

/*
 * The search path that applications of this role and database have, with pg_catalog in front (where it is anyway unless
 * somebody put it elsewhere): for statements that run users' functions, whose bodies may count on it.  local: until the
 * end of the transaction; otherwise connection_clear_search_path ends it.
 */
int connection_use_search_path(struct connection *connection, bool local, struct error *error);
int connection_clear_search_path(struct connection *connection, struct error *error);

/* Asks the server to cancel what runs now (async-signal-safe: PQcancel); arm it for the signal handler. */
void connection_arm_cancel(struct connection *connection);
void connection_cancel_armed(void);

/* Fills error from a failed result (or the connection where result is NULL); returns -1. */
int connection_error(struct connection *connection, const PGresult *result, struct error *error);
/* For the SQLSTATEs worth trying again: 55P03, 40P01, 40001. */
bool connection_error_is_transient(const struct error *error);

#endif
