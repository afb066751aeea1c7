/*
 * connection_options.h - the connection's rows of a program's option table, those of pg_dump.
 *
 * CONNECTION_OPTIONS(struct settings, connection) gives the rows (with a comma after the
 * last) for a settings struct that embeds a struct connection_options of that name.
 */
#ifndef COMMON_POSTGRES_CONNECTION_OPTIONS_H
#define COMMON_POSTGRES_CONNECTION_OPTIONS_H

#include "base/options.h"
#include "postgres/connection.h"

/*
 * Takes a conninfo string or URI, which may hold a password, out of the command line that
 * other users see (ps): its place in argv is overwritten, and options name the copy that is
 * returned: heap memory, for the caller to free when the options are done with; NULL: none.
 */
char *connection_options_hide(struct connection_options *options, int argc, char **argv);

#define CONNECTION_OPTION(name, letter, type, argument, fallback, most, settings, member, help)                    \
	{                                                                                                              \
		name, letter, type, argument, fallback, NULL, 0, most, offsetof(settings, member), ~0u, "Connection", help \
	}

#define CONNECTION_OPTIONS(settings, connection)                                                                      \
	CONNECTION_OPTION("dbname", 'd', OPTION_TEXT, "DBNAME", NULL, 0, settings, connection.dbname,                     \
	                  "a database's name, a conninfo string or a URI (else DATABASE_URL, else PG* variables)"),       \
		CONNECTION_OPTION("host", 'h', OPTION_TEXT, "HOST", NULL, 0, settings, connection.host,                       \
	                      "the server's host, or the folder of its socket"),                                          \
		CONNECTION_OPTION("port", 'p', OPTION_TEXT, "PORT", NULL, 0, settings, connection.port, "the server's port"), \
		CONNECTION_OPTION("username", 'U', OPTION_TEXT, "NAME", NULL, 0, settings, connection.user,                   \
	                      "the role to connect as"),                                                                  \
		CONNECTION_OPTION("no-password", 'w', OPTION_FLAG, NULL, NULL, 0, settings, connection.never_ask,             \
	                      "never ask for a password"),                                                                \
		CONNECTION_OPTION("password", 'W', OPTION_FLAG, NULL, NULL, 0, settings, connection.ask_password,             \
	                      "ask for a password before connecting"),                                                    \
		CONNECTION_OPTION("connect-timeout", 0, OPTION_NUMBER, "SECONDS", "30", 86400, settings,                      \
	                      connection.connect_timeout, "how long to try to connect; 0 leaves it to libpq"),

#endif
