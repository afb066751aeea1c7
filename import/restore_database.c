#include "build.h"

#include "import/restore_database.h"

#include <poll.h>

#include "base/log.h"
#include "import/target.h"
#include "postgres/sql.h"

#define NAME_MOST 63
#define SESSIONS_TOLD 10
#define LOOKS_MOST 50

const char *
restore_name_beside(struct arena *arena, const char *base, const char *word, const char *stamp)
{
	size_t room = NAME_MOST - strlen(word) - strlen(stamp) - 2;
	size_t length = strlen(base);

	if (length > room) {
		length = room;
		/* Not within a character of UTF-8. */
		while (length > 0 && ((unsigned char)base[length] & 0xc0) == 0x80)
			length--;
	}
	return arena_printf(arena, "%.*s_%s_%s", (int)length, base, word, stamp);
}

int
restore_database_maintenance(struct connection *connection, struct connection **maintenance, struct error *error)
{
	static const char *const names[] = { "postgres", "template1" };
	int failed = -1;

	for (size_t i = 0; failed < 0 && i < COUNT_OF(names); i++) {
		if (strcmp(connection_database(connection), names[i]) == 0)
			continue;
		error_clear(error);
		failed = connection_clone_to(connection, names[i], maintenance, error);
	}
	if (failed < 0)
		return error_prefix(error, "connecting to a maintenance database");
	connection_arm_cancel(*maintenance);
	return connection_execute(*maintenance,
	                          "SELECT pg_catalog.set_config('search_path', '', false),"
	                          " pg_catalog.set_config('client_encoding', 'UTF8', false)",
	                          error);
}

int
restore_database_exists(struct connection *maintenance, const char *name, bool *exists, struct error *error)
{
	const char *values[] = { name };
	char *found = NULL;

	if (connection_query_value(maintenance, "SELECT datname FROM pg_catalog.pg_database WHERE datname = $1", 1, values,
	                           &found, error) < 0)
		return -1;
	*exists = found != NULL;
	free(found);
	return 0;
}

/* --- making it --- */

/* The locale in full, as far as this server's version has it; no row where `like` is not of that encoding and locale.
 */
static const char *
like_sql(int version)
{
	if (version >= 170000)
		return "SELECT s.spcname, d.datlocprovider, d.datlocale, d.daticurules FROM pg_catalog.pg_database AS d"
			   " JOIN pg_catalog.pg_tablespace AS s ON s.oid = d.dattablespace WHERE d.datname = $1"
			   " AND pg_catalog.pg_encoding_to_char(d.encoding) = $2 AND d.datcollate = $3 AND d.datctype = $4";
	if (version >= 160000)
		return "SELECT s.spcname, d.datlocprovider, d.daticulocale, d.daticurules FROM pg_catalog.pg_database AS d"
			   " JOIN pg_catalog.pg_tablespace AS s ON s.oid = d.dattablespace WHERE d.datname = $1"
			   " AND pg_catalog.pg_encoding_to_char(d.encoding) = $2 AND d.datcollate = $3 AND d.datctype = $4";
	if (version >= 150000)
		return "SELECT s.spcname, d.datlocprovider, d.daticulocale, NULL FROM pg_catalog.pg_database AS d"
			   " JOIN pg_catalog.pg_tablespace AS s ON s.oid = d.dattablespace WHERE d.datname = $1"
			   " AND pg_catalog.pg_encoding_to_char(d.encoding) = $2 AND d.datcollate = $3 AND d.datctype = $4";
	return "SELECT s.spcname, 'c', NULL, NULL FROM pg_catalog.pg_database AS d"
		   " JOIN pg_catalog.pg_tablespace AS s ON s.oid = d.dattablespace WHERE d.datname = $1"
		   " AND pg_catalog.pg_encoding_to_char(d.encoding) = $2 AND d.datcollate = $3 AND d.datctype = $4";
}

static int
append_like(struct connection *maintenance, const char *like, const struct catalog_info *info, struct buffer *sql,
            struct error *error)
{
	const char *values[] = { like, info->encoding, info->collate, info->ctype };
	PGresult *result = NULL;

	if (connection_query(maintenance, like_sql(connection_version(maintenance)), COUNT_OF(values), values, &result,
	                     error) < 0)
		return -1;
	if (PQntuples(result) == 0) {
		log_event(LOG_WARNING, "restore.locale",
		          "the backup's encoding or locale (%s, %s) is not that of database \"%s\"; "
		          "the copy has the backup's",
		          info->encoding, info->collate, like);
	} else {
		char provider = *PQgetvalue(result, 0, 1);

		/* The usual one needs no right, unless it is named. */
		if (strcmp(PQgetvalue(result, 0, 0), "pg_default") != 0)
			sql_append(sql, " TABLESPACE %I", PQgetvalue(result, 0, 0));
		if (provider == 'i')
			sql_append(sql, " LOCALE_PROVIDER icu ICU_LOCALE %L", PQgetvalue(result, 0, 2));
		else if (provider == 'b')
			sql_append(sql, " LOCALE_PROVIDER builtin BUILTIN_LOCALE %L", PQgetvalue(result, 0, 2));
		if (!PQgetisnull(result, 0, 3))
			sql_append(sql, " ICU_RULES %L", PQgetvalue(result, 0, 3));
	}
	PQclear(result);
	return 0;
}

int
restore_database_create(struct connection *maintenance, const char *name, const char *like,
                        const struct catalog_info *info, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	int failed = 0;

	sql_append(&sql, "CREATE DATABASE %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L", name,
	           info->encoding, info->collate, info->ctype);
	if (like != NULL)
		failed = append_like(maintenance, like, info, &sql, error);
	if (failed == 0) {
		failed = connection_execute(maintenance, sql.data, error);
		if (failed < 0 && error->code == ERROR_PERMISSION)
			error_hint(error,
			           "Restore as a role with CREATEDB, or create an empty database yourself and restore into it "
			           "with -d.");
		else if (failed < 0 && error->hint == NULL)
			error_hint(error, "Create an empty database as you want it yourself, and restore into it with -d.");
	}
	buffer_fini(&sql);
	return failed < 0 ? error_prefix(error, "creating database \"%s\"", name) : 0;
}

/* --- what the old database has that no archive holds --- */

/* A statement that may fail without harm: told, and gone on. */
static void
carry(struct connection *maintenance, const char *what, const char *sql)
{
	struct error error = { 0 };

	if (connection_execute(maintenance, sql, &error) < 0)
		log_event(LOG_WARNING, "restore.not_carried",
		          "not carried over to the new database: %s (%s); the statement is: %s", what, error.primary, sql);
	error_clear(&error);
}

/* Statements as rows: what, SQL.  $1: the old, $2: the new database. */
static int
carry_all(struct connection *maintenance, const char *sql, const char *from, const char *to, struct error *error)
{
	const char *values[] = { from, to };
	PGresult *result = NULL;

	if (connection_query(maintenance, sql, COUNT_OF(values), values, &result, error) < 0)
		return -1;
	for (int i = 0; i < PQntuples(result); i++)
		carry(maintenance, PQgetvalue(result, i, 0), PQgetvalue(result, i, 1));
	PQclear(result);
	return 0;
}

/* FROM CURRENT stores a setting as it is; its text need not be quoted again (some are lists of names). */
static void
carry_setting(struct connection *maintenance, const char *role, const char *to, const char *name, const char *value)
{
	struct error error = { 0 };
	struct buffer what = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;
	const char *values[] = { name, value };
	char *ignored = NULL;

	buffer_printf(&what, "the setting %s", name);
	if (*role != '\0')
		sql_append(&sql, "ALTER ROLE %I IN DATABASE %I SET %I FROM CURRENT", role, to, name);
	else
		sql_append(&sql, "ALTER DATABASE %I SET %I FROM CURRENT", to, name);
	connection_execute(maintenance, "BEGIN", &error);
	if (connection_query_value(maintenance, "SELECT pg_catalog.set_config($1, $2, true)", 2, values, &ignored,
	                           &error) == 0)
		connection_execute(maintenance, sql.data, &error);
	if (error.primary != NULL)
		log_event(LOG_WARNING, "restore.not_carried", "not carried over to the new database: %s = %s (%s)", what.data,
		          value, error.primary);
	error_clear(&error);
	connection_execute(maintenance, "COMMIT", &error); /* of a failed transaction: a rollback, and told already */
	error_clear(&error);
	free(ignored);
	buffer_fini(&what);
	buffer_fini(&sql);
}

static int
carry_settings(struct connection *maintenance, const char *from, const char *to, struct error *error)
{
	static const char sql[] =
		"SELECT COALESCE(r.rolname, ''), pg_catalog.split_part(c.entry, '=', 1),"
		" pg_catalog.substr(c.entry, pg_catalog.strpos(c.entry, '=') + 1)"
		" FROM pg_catalog.pg_db_role_setting AS s JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase"
		" LEFT JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole"
		" CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS c (entry) WHERE d.datname = $1";
	const char *values[] = { from };
	PGresult *result = NULL;

	if (connection_query(maintenance, sql, 1, values, &result, error) < 0)
		return -1;
	for (int i = 0; i < PQntuples(result); i++)
		carry_setting(maintenance, PQgetvalue(result, i, 0), to, PQgetvalue(result, i, 1), PQgetvalue(result, i, 2));
	PQclear(result);
	return 0;
}

int
restore_database_carry_over(struct connection *maintenance, const char *from, const char *to, struct error *error)
{
	static const char facts[] =
		"SELECT f.what, f.sql FROM pg_catalog.pg_database AS d CROSS JOIN LATERAL (VALUES"
		" ('the connection limit', CASE WHEN d.datconnlimit <> -1 THEN"
		" pg_catalog.format('ALTER DATABASE %I CONNECTION LIMIT %s', $2::text, d.datconnlimit) END),"
		" ('the comment', pg_catalog.format('COMMENT ON DATABASE %I IS ', $2::text)"
		" || pg_catalog.quote_literal(pg_catalog.shobj_description(d.oid, 'pg_database'))),"
		" ('the owner', CASE WHEN pg_catalog.pg_get_userbyid(d.datdba) <> current_user THEN"
		" pg_catalog.format('ALTER DATABASE %I OWNER TO %I', $2::text, pg_catalog.pg_get_userbyid(d.datdba)) END),"
		" ('the privileges', CASE WHEN d.datacl IS NOT NULL THEN"
		" pg_catalog.format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $2::text) END)) AS f (what, sql)"
		" WHERE d.datname = $1 AND f.sql IS NOT NULL";
	static const char grants[] =
		"SELECT 'a privilege', pg_catalog.format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, $2::text,"
		" CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END,"
		" CASE WHEN a.is_grantable AND a.grantee <> 0 THEN ' WITH GRANT OPTION' ELSE '' END)"
		" FROM pg_catalog.pg_database AS d CROSS JOIN LATERAL pg_catalog.aclexplode(d.datacl) AS a WHERE d.datname = "
		"$1";

	if (carry_all(maintenance, facts, from, to, error) < 0 || carry_all(maintenance, grants, from, to, error) < 0)
		return -1;
	return carry_settings(maintenance, from, to, error);
}

/* --- the swap --- */

#define SESSIONS                                                                                                  \
	" FROM pg_catalog.pg_stat_activity AS a WHERE a.datname IN ($1, $2) AND a.pid <> pg_catalog.pg_backend_pid()" \
	" AND a.backend_type = 'client backend'"

static int
list_sessions(struct connection *maintenance, const struct restore_swap *swap, PGresult **result, struct error *error)
{
	static const char sql[] =
		"SELECT pg_catalog.concat('pid ', a.pid, ': ', a.usename, ', ', NULLIF(a.application_name, ''), ', from ',"
		" COALESCE(pg_catalog.host(a.client_addr), 'a local socket'), ', ', a.state)" SESSIONS " ORDER BY a.pid";
	const char *values[] = { swap->present, swap->copy };

	/* Our own sessions were closed a moment ago, and need another to be gone. */
	for (int looks = 0;; looks++) {
		if (connection_query(maintenance, sql, COUNT_OF(values), values, result, error) < 0)
			return -1;
		if (PQntuples(*result) == 0 || looks == LOOKS_MOST || swap->terminate)
			return 0;
		PQclear(*result);
		poll(NULL, 0, 100);
	}
}

static int
check_sessions(struct connection *maintenance, const struct restore_swap *swap, struct error *error)
{
	struct buffer list = BUFFER_INIT;
	PGresult *result = NULL;
	int failed = 0;

	if (list_sessions(maintenance, swap, &result, error) < 0)
		return -1;
	int count = PQntuples(result);
	for (int i = 0; i < count && i < SESSIONS_TOLD; i++)
		buffer_printf(&list, "%s%s", i > 0 ? "\n" : "", PQgetvalue(result, i, 0));
	PQclear(result);
	if (count > 0 && !swap->terminate) {
		failed = error_set(error, ERROR_FAILED, "%d session%s connected to database \"%s\", so it was not renamed",
		                   count, count == 1 ? " is" : "s are", swap->present);
		error_detail(error, "%s", list.data);
	}
	buffer_fini(&list);
	return failed;
}

static void
end_sessions(struct connection *helper, const struct restore_swap *swap)
{
	static const char sql[] = "SELECT pg_catalog.pg_terminate_backend(a.pid)" SESSIONS;
	const char *values[] = { swap->present, swap->copy };
	struct error error = { 0 };
	PGresult *result = NULL;

	if (connection_query(helper, sql, COUNT_OF(values), values, &result, &error) < 0) {
		log_event(LOG_WARNING, "restore.terminate", "a session could not be ended: %s", error.primary);
		error_clear(&error);
	}
	PQclear(result);
}

/*
 * The rename holds the database's lock, so that nobody new gets in, and waits some seconds for those who are
 * in to leave; meanwhile the helper ends them.  So a crash at any moment leaves everything as it was.
 */
static int
rename_past_sessions(struct connection *maintenance, struct connection *helper, const char *sql,
                     const struct restore_swap *swap, struct error *error)
{
	PGconn *handle = connection_handle(maintenance);
	PGresult *result;
	int failed = 0;

	if (!PQsendQueryParams(handle, sql, 0, NULL, NULL, NULL, NULL, 0))
		return connection_error(maintenance, NULL, error);
	while (failed == 0 && PQflush(handle) >= 0 && PQisBusy(handle)) {
		struct pollfd ready = { .fd = PQsocket(handle), .events = POLLIN };

		if (poll(&ready, 1, 100) == 0 && helper != NULL)
			end_sessions(helper, swap);
		if (!PQconsumeInput(handle))
			failed = connection_error(maintenance, NULL, error);
	}
	while ((result = PQgetResult(handle)) != NULL) {
		if (failed == 0 && PQresultStatus(result) != PGRES_COMMAND_OK)
			failed = connection_error(maintenance, result, error);
		PQclear(result);
	}
	return failed;
}

static void
append_rename(struct buffer *sql, const char *from, const char *to)
{
	sql_append(sql, "ALTER DATABASE %I RENAME TO %I", from, to);
}

void
restore_database_swap_sql(const struct restore_swap *swap, struct buffer *out)
{
	buffer_append_text(out, "BEGIN; ");
	append_rename(out, swap->present, swap->kept);
	buffer_append_text(out, "; ");
	append_rename(out, swap->copy, swap->present);
	buffer_append_text(out, "; COMMIT;");
}

static int
rename_both(struct connection *maintenance, struct connection *helper, const struct restore_swap *swap,
            struct error *error)
{
	struct buffer first = BUFFER_INIT;
	struct buffer second = BUFFER_INIT;
	struct error ignored = { 0 };

	append_rename(&first, swap->present, swap->kept);
	append_rename(&second, swap->copy, swap->present);
	int failed = connection_execute(maintenance, "BEGIN", error);
	if (failed == 0)
		failed = rename_past_sessions(maintenance, helper, first.data, swap, error);
	target_fault(maintenance, "restore-swap");
	if (failed == 0)
		failed = rename_past_sessions(maintenance, helper, second.data, swap, error);
	if (failed == 0)
		failed = connection_execute(maintenance, "COMMIT", error);
	if (failed < 0 && connection_is_alive(maintenance))
		connection_execute(maintenance, "ROLLBACK", &ignored);
	error_clear(&ignored);
	buffer_fini(&first);
	buffer_fini(&second);
	return failed;
}

int
restore_database_swap(struct connection *maintenance, const struct restore_swap *swap, struct error *error)
{
	struct connection *helper = NULL;

	if (check_sessions(maintenance, swap, error) < 0)
		return -1;
	if (swap->terminate && connection_clone(maintenance, &helper, error) < 0)
		return -1;
	int failed = rename_both(maintenance, helper, swap, error);
	connection_close(helper);
	return failed;
}
