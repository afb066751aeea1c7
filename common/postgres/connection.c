/*
 * connection.c - opening sessions, running single statements, turning failures into errors.
 */
#include "build.h"

#include "postgres/connection.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "base/log.h"
#include "postgres/address.h"
#include "postgres/password.h"

#define VERSION_OLDEST 130000
#define VERSION_NEWEST 189999

struct connection {
	PGconn *handle;
	char *label;
	PGcancel *cancel; /* while armed */
};

/*
 * Connections whose work a signal cancels.  Slots are atomic because the signal handler
 * may run between any two instructions, and workers arm from their threads.
 */
#define CANCEL_SLOTS 64
static _Atomic(PGcancel *) cancel_slots[CANCEL_SLOTS];
static volatile sig_atomic_t cancel_was_sent;

static void
log_notice(void *context, const char *message)
{
	size_t length = strcspn(message, "\n");

	(void)context;
	if (log_wants(LOG_DEBUG))
		log_event(LOG_DEBUG, "server.notice", "%.*s", (int)length, message);
}

/* "database on host:port" */
static char *
make_label(const PGconn *handle)
{
	const char *host = PQhost(handle);
	const char *port = PQport(handle);
	struct buffer label = BUFFER_INIT;

	buffer_printf(&label, "%s on %s", PQdb(handle), host != NULL && *host != '\0' ? host : "local socket");
	if (port != NULL && *port != '\0')
		buffer_printf(&label, ":%s", port);
	return buffer_steal(&label);
}

/* libpq's message in the three parts of an error: its first line, and the others as the detail. */
static int
set_connect_error(PGconn *handle, struct error *error)
{
	const char *message = PQerrorMessage(handle);
	size_t first = strcspn(message, "\n");
	const char *rest = message + first + strspn(message + first, "\n\t ");
	size_t rest_length = strlen(rest);

	while (rest_length > 0 && rest[rest_length - 1] == '\n')
		rest_length--;
	if (first == 0)
		return error_set(error, ERROR_CONNECTION, "could not connect to the server");
	error_set(error, ERROR_CONNECTION, "%.*s", (int)first, message);
	if (rest_length > 0)
		error_detail(error, "%.*s", (int)rest_length, rest);
	return -1;
}

/* One attempt; *handle is set even on failure, so that the caller can ask why. */
static bool
try_connect(const struct address *address, PGconn **handle)
{
	*handle = PQconnectdbParams(address->keywords, address->values, 0);
	return PQstatus(*handle) == CONNECTION_OK; /* NULL, for want of memory, is allowed in all of libpq's questions */
}

static struct connection *
wrap(PGconn *handle)
{
	struct connection *connection = xcalloc(1, sizeof(*connection));

	connection->handle = handle;
	connection->label = make_label(handle);
	PQsetNoticeProcessor(handle, log_notice, NULL);
	return connection;
}

static int
connect_address(struct connection **connection, const struct address *address, struct error *error)
{
	PGconn *handle;

	if (!try_connect(address, &handle)) {
		set_connect_error(handle, error);
		PQfinish(handle);
		return -1;
	}
	*connection = wrap(handle);
	return 0;
}

/* Asks for the password and tries (again) with it. */
static int
connect_asking(struct connection **connection, struct address *address, struct error *error)
{
	char *password;
	int status;

	if (password_ask(address_value(address, "user"), &password, error) != 0)
		return -1;
	address_set(address, "password", password);
	status = connect_address(connection, address, error);
	password_free(password);
	return status;
}

static int
connect_or_ask(struct connection **connection, const struct connection_options *options, struct address *address,
               struct error *error)
{
	PGconn *handle;
	bool password_needed;

	if (options->ask_password && !options->never_ask)
		return connect_asking(connection, address, error);
	if (try_connect(address, &handle)) {
		*connection = wrap(handle);
		return 0;
	}
	password_needed = PQconnectionNeedsPassword(handle) && !options->never_ask && password_can_ask();
	if (!password_needed)
		set_connect_error(handle, error);
	PQfinish(handle);
	return password_needed ? connect_asking(connection, address, error) : -1;
}

int
connection_open(struct connection **connection, const struct connection_options *options, struct error *error)
{
	struct address address;
	int status;

	*connection = NULL;
	if (address_resolve(&address, options, error) != 0)
		return -1;
	status = connect_or_ask(connection, options, &address, error);
	address_fini(&address);
	return status;
}

int
connection_clone_to(struct connection *connection, const char *database, struct connection **copy, struct error *error)
{
	struct address address;
	int status;

	*copy = NULL;
	if (address_of_session(&address, connection->handle, database, error) != 0)
		return -1;
	status = connect_address(copy, &address, error);
	address_fini(&address);
	return status;
}

int
connection_clone(struct connection *connection, struct connection **copy, struct error *error)
{
	return connection_clone_to(connection, PQdb(connection->handle), copy, error);
}

static void
disarm(struct connection *connection)
{
	if (connection->cancel == NULL)
		return;
	for (size_t i = 0; i < CANCEL_SLOTS; i++) {
		PGcancel *expected = connection->cancel;

		atomic_compare_exchange_strong(&cancel_slots[i], &expected, NULL);
	}
	PQfreeCancel(connection->cancel);
	connection->cancel = NULL;
}

void
connection_close(struct connection *connection)
{
	if (connection == NULL)
		return;
	disarm(connection);
	PQfinish(connection->handle);
	free(connection->label);
	free(connection);
}

void
connection_arm_cancel(struct connection *connection)
{
	disarm(connection);
	connection->cancel = PQgetCancel(connection->handle);
	if (connection->cancel == NULL)
		return;
	for (size_t i = 0; i < CANCEL_SLOTS; i++) {
		PGcancel *expected = NULL;

		if (atomic_compare_exchange_strong(&cancel_slots[i], &expected, connection->cancel))
			return;
	}
}

void
connection_cancel_armed(void)
{
	char message[256]; /* PQcancel wants a buffer; a signal handler has no use for what it says */

	cancel_was_sent = 1;
	for (size_t i = 0; i < CANCEL_SLOTS; i++) {
		PGcancel *cancel = atomic_load(&cancel_slots[i]);

		if (cancel != NULL)
			PQcancel(cancel, message, sizeof(message));
	}
}

PGconn *
connection_handle(struct connection *connection)
{
	return connection->handle;
}

int
connection_version(const struct connection *connection)
{
	return PQserverVersion(connection->handle);
}

int
connection_check_version(const struct connection *connection, bool *newer, struct error *error)
{
	int version = connection_version(connection);

	*newer = version > VERSION_NEWEST;
	if (version >= VERSION_OLDEST)
		return 0;
	error_set(error, ERROR_FAILED, "the server is older than PostgreSQL 13 (it is %d)", version / 10000);
	return error_hint(error, "Upgrade the server; its catalogs cannot be read.");
}

const char *
connection_database(const struct connection *connection)
{
	return PQdb(connection->handle);
}

const char *
connection_user(const struct connection *connection)
{
	return PQuser(connection->handle);
}

const char *
connection_label(const struct connection *connection)
{
	return connection->label;
}

bool
connection_is_alive(const struct connection *connection)
{
	struct pollfd socket = { .fd = PQsocket(connection->handle), .events = POLLIN };

	if (PQstatus(connection->handle) != CONNECTION_OK || socket.fd < 0)
		return false;
	/* Of a session that the server has ended libpq knows only when it reads: first the reason, then the end. */
	while (poll(&socket, 1, 0) > 0) {
		if (PQconsumeInput(connection->handle) != 1)
			return false;
	}
	return true;
}

bool
connection_in_transaction(const struct connection *connection)
{
	PGTransactionStatusType status = PQtransactionStatus(connection->handle);

	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

/* Which class of failure a SQLSTATE is (errcodes.txt). */
static const struct {
	const char *prefix;
	enum error_code code;
} sqlstate_codes[] = {
	{ "42501", ERROR_PERMISSION }, { "28", ERROR_PERMISSION },
	{ "08", ERROR_CONNECTION },    { "57P01", ERROR_CONNECTION }, /* admin_shutdown */
	{ "57P02", ERROR_CONNECTION },                                /* crash_shutdown */
	{ "57P03", ERROR_CONNECTION },                                /* cannot_connect_now */
	{ "57P05", ERROR_CONNECTION },                                /* idle_session_timeout */
};

static enum error_code
classify(const PGconn *handle, const char *sqlstate)
{
	if (PQstatus(handle) != CONNECTION_OK)
		return ERROR_CONNECTION;
	if (strcmp(sqlstate, "57014") == 0 && cancel_was_sent)
		return ERROR_INTERRUPTED;
	for (size_t i = 0; i < COUNT_OF(sqlstate_codes); i++) {
		if (strncmp(sqlstate, sqlstate_codes[i].prefix, strlen(sqlstate_codes[i].prefix)) == 0)
			return sqlstate_codes[i].code;
	}
	return ERROR_SQL;
}

static void
copy_sqlstate(struct error *error, const char *sqlstate)
{
	if (strlen(sqlstate) == sizeof(error->sqlstate) - 1)
		memcpy(error->sqlstate, sqlstate, sizeof(error->sqlstate));
}

int
connection_error(struct connection *connection, const PGresult *result, struct error *error)
{
	const char *primary = result == NULL ? NULL : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *detail;
	const char *hint;
	const char *sqlstate;

	if (primary == NULL) {
		set_connect_error(connection->handle, error);
		if (PQstatus(connection->handle) == CONNECTION_OK)
			error->code = ERROR_SQL;
		return -1;
	}
	sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	sqlstate = sqlstate == NULL ? "" : sqlstate;
	error_set(error, classify(connection->handle, sqlstate), "%s", primary);
	copy_sqlstate(error, sqlstate);
	detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
	hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
	if (detail == NULL)
		detail = PQresultErrorField(result, PG_DIAG_CONTEXT); /* the row of a COPY, the line of a function */
	if (detail != NULL)
		error_detail(error, "%s", detail);
	if (hint != NULL)
		error_hint(error, "%s", hint);
	return -1;
}

bool
connection_error_is_transient(const struct error *error)
{
	static const char *const transient[] = { "55P03", "40P01", "40001" };

	for (size_t i = 0; i < COUNT_OF(transient); i++) {
		if (strcmp(error->sqlstate, transient[i]) == 0)
			return true;
	}
	return false;
}

static bool
is_commit(const char *sql)
{
	return strncasecmp(sql, "COMMIT", 6) == 0;
}

/* COMMIT of a transaction that has failed "succeeds" as ROLLBACK: that must not pass for done. */
static bool
was_rolled_back(const char *sql, PGresult *result)
{
	return is_commit(sql) && strcmp(PQcmdStatus(result), "ROLLBACK") == 0;
}

int
connection_query(struct connection *connection, const char *sql, int count, const char *const *values,
                 PGresult **result, struct error *error)
{
	ExecStatusType status;

	*result = NULL;
	if (fault_point("statement") || (is_commit(sql) && fault_point("commit")))
		return error_set(error, ERROR_SQL, "a fault was injected before: %.60s", sql);
	*result = PQexecParams(connection->handle, sql, count, NULL, values, NULL, NULL, 0);
	status = PQresultStatus(*result);
	if (status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
		return 0;
	if (status == PGRES_COMMAND_OK && !was_rolled_back(sql, *result))
		return 0;
	if (status == PGRES_COMMAND_OK)
		error_set(error, ERROR_SQL, "the transaction had failed, so it was rolled back instead of committed");
	else
		connection_error(connection, *result, error);
	PQclear(*result);
	*result = NULL;
	return -1;
}

int
connection_execute(struct connection *connection, const char *sql, struct error *error)
{
	PGresult *result;

	if (connection_query(connection, sql, 0, NULL, &result, error) != 0)
		return -1;
	PQclear(result);
	return 0;
}

int
connection_query_value(struct connection *connection, const char *sql, int count, const char *const *values,
                       char **value, struct error *error)
{
	PGresult *result;

	*value = NULL;
	if (connection_query(connection, sql, count, values, &result, error) != 0)
		return -1;
	if (PQntuples(result) > 0 && PQnfields(result) > 0 && !PQgetisnull(result, 0, 0))
		*value = xstrdup(PQgetvalue(result, 0, 0));
	PQclear(result);
	return 0;
}

/* What pg_dump.c's setup_connection sets, and jit, which costs more than it brings on catalog queries. */
static const struct {
	const char *name;
	const char *value;
	int since;
} catalog_settings[] = {
	{ "search_path", "", 0 },
	{ "client_encoding", "UTF8", 0 },
	{ "datestyle", "ISO", 0 },
	{ "timezone", "UTC", 0 },
	{ "intervalstyle", "postgres", 0 },
	{ "extra_float_digits", "3", 0 },
	{ "bytea_output", "hex", 0 },
	{ "standard_conforming_strings", "on", 0 },
	{ "row_security", "off", 0 },
	{ "jit", "off", 0 },
	{ "quote_all_identifiers", "off", 0 },
	{ "synchronize_seqscans", "off", 0 },
	{ "idle_in_transaction_session_timeout", "0", 0 },
	{ "idle_session_timeout", "0", 140000 },
	{ "transaction_timeout", "0", 170000 },
};

int
connection_prepare_for_catalog(struct connection *connection, long lock_timeout, long statement_timeout,
                               struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	int status;

	buffer_printf(&sql,
	              "SELECT pg_catalog.set_config('lock_timeout', '%ld', false),"
	              " pg_catalog.set_config('statement_timeout', '%ld', false)",
	              lock_timeout, statement_timeout);
	for (size_t i = 0; i < COUNT_OF(catalog_settings); i++) {
		if (connection_version(connection) >= catalog_settings[i].since)
			buffer_printf(&sql, ", pg_catalog.set_config('%s', '%s', false)", catalog_settings[i].name,
			              catalog_settings[i].value);
	}
	status = connection_execute(connection, buffer_text(&sql), error);
	buffer_fini(&sql);
	return status == 0 ? 0 : error_prefix(error, "could not set up the session");
}

int
connection_use_search_path(struct connection *connection, bool local, struct error *error)
{
	static const char sql[] = "SELECT pg_catalog.set_config('search_path',"
							  " pg_catalog.concat_ws(', ', 'pg_catalog', NULLIF(s.reset_val, '')), $1)"
							  " FROM pg_catalog.pg_settings AS s WHERE s.name = 'search_path'";
	const char *values[] = { local ? "t" : "f" };
	PGresult *result;

	if (connection_query(connection, sql, 1, values, &result, error) < 0)
		return -1;
	PQclear(result);
	return 0;
}

int
connection_clear_search_path(struct connection *connection, struct error *error)
{
	return connection_execute(connection, "SELECT pg_catalog.set_config('search_path', '', false)", error);
}
