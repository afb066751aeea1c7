/*
 * address.c - from options, DATABASE_URL, conninfo strings and URIs to keywords and values.
 *
 * As in pg_dump, what a connection string given as the database says wins over -h, -p
 * and -U.  DATABASE_URL is only an environment variable, so these options win over it.
 */
#include "build.h"

#include "postgres/address.h"

#include "base/arena.h"

void
address_set(struct address *address, const char *keyword, const char *value)
{
	size_t i = 0;

	if (value == NULL)
		return;
	while (i < address->count && strcmp(address->keywords[i], keyword) != 0)
		i++;
	if (i == ADDRESS_MOST)
		return; /* cannot be: libpq knows fewer keywords */
	if (i == address->count)
		address->keywords[address->count++] = arena_strdup(address->memory, keyword);
	address->values[i] = arena_strdup(address->memory, value);
}

const char *
address_value(const struct address *address, const char *keyword)
{
	for (size_t i = 0; i < address->count; i++) {
		if (strcmp(address->keywords[i], keyword) == 0)
			return address->values[i];
	}
	return NULL;
}

static void
address_init(struct address *address)
{
	memset(address, 0, sizeof(*address));
	address->memory = arena_new();
}

void
address_fini(struct address *address)
{
	for (size_t i = 0; i < address->count; i++) {
		if (strcmp(address->keywords[i], "password") == 0)
			explicit_bzero((char *)(uintptr_t)address->values[i], strlen(address->values[i]));
	}
	arena_free(address->memory);
	address->memory = NULL;
	address->count = 0;
}

static void
add_list(struct address *address, const PQconninfoOption *list)
{
	for (; list->keyword != NULL; list++) {
		if (list->val != NULL && *list->val != '\0')
			address_set(address, list->keyword, list->val);
	}
}

/* The same test as libpq's recognized_connection_string. */
static bool
is_uri(const char *text)
{
	return strncmp(text, "postgresql://", 13) == 0 || strncmp(text, "postgres://", 11) == 0;
}

static bool
is_connection_string(const char *text)
{
	return is_uri(text) || strchr(text, '=') != NULL;
}

/* "postgresql+psycopg2://…", as SQLAlchemy and Django write it, without "+driver". */
static const char *
drop_driver(struct address *address, const char *text)
{
	size_t scheme = strcspn(text, "+:/=");
	size_t driver;

	if (text[scheme] != '+' || (strncmp(text, "postgres+", 9) != 0 && strncmp(text, "postgresql+", 11) != 0))
		return text;
	driver = strcspn(text + scheme, ":/@=");
	if (strncmp(text + scheme + driver, "://", 3) != 0)
		return text;
	return arena_printf(address->memory, "%.*s%s", (int)scheme, text, text + scheme + driver);
}

/*
 * libpq quotes the piece that it could not read, which may be a part of a password.  What
 * stands in quotes is shown only where it can be nothing but an option's name.
 */
static int
refuse_string(const char *source, const char *reason, struct error *error)
{
	bool named = strncmp(reason, "invalid URI query parameter", 27) == 0;
	size_t length = named ? strcspn(reason, "\n") : strcspn(reason, "\"\n");

	while (length > 0 && strchr(": ", reason[length - 1]) != NULL)
		length--;
	error_set(error, ERROR_USAGE, "%s is not a valid connection string", source);
	if (length > 0)
		error_detail(error, "libpq says: %.*s.", (int)length, reason);
	return error_hint(error, "Characters such as @ : / %% and spaces in a URI's password must be percent-encoded.");
}

static int
add_string(struct address *address, const char *source, const char *text, struct error *error)
{
	char *reason = NULL;
	PQconninfoOption *list = PQconninfoParse(text, &reason);
	const char *host;

	if (list == NULL) {
		refuse_string(source, reason == NULL ? "" : reason, error);
		PQfreemem(reason);
		return -1;
	}
	add_list(address, list);
	PQconninfoFree(list);
	/* The rest of a password with a bare "@" lands in the host, and would be shown as one. */
	host = address_value(address, "host");
	if (host != NULL && *host != '@' && *host != '/' && strchr(host, '@') != NULL)
		return refuse_string(source, "the host holds an @", error);
	return 0;
}

static void
add_options(struct address *address, const struct connection_options *options)
{
	address_set(address, "host", options->host);
	address_set(address, "port", options->port);
	address_set(address, "user", options->user);
}

static int
add_database_url(struct address *address, const char *url, struct error *error)
{
	url = drop_driver(address, url);
	if (!is_uri(url)) {
		error_set(error, ERROR_USAGE, "DATABASE_URL is not a PostgreSQL URI");
		return error_hint(error, "It must begin with postgresql:// or postgres://.");
	}
	return add_string(address, "DATABASE_URL", url, error);
}

static int
add_database(struct address *address, const struct connection_options *options, struct error *error)
{
	const char *url = getenv("DATABASE_URL");
	const char *name;

	if (options->dbname == NULL && url != NULL && *url != '\0') {
		if (add_database_url(address, url, error) != 0)
			return -1;
		add_options(address, options);
		return 0;
	}
	add_options(address, options);
	if (options->dbname == NULL)
		return 0;
	name = drop_driver(address, options->dbname);
	if (is_connection_string(name))
		return add_string(address, "the database option", name, error);
	address_set(address, "dbname", name);
	return 0;
}

int
address_resolve(struct address *address, const struct connection_options *options, struct error *error)
{
	address_init(address);
	if (options->connect_timeout > 0)
		address_set(address, "connect_timeout", arena_printf(address->memory, "%ld", options->connect_timeout));
	if (add_database(address, options, error) != 0) {
		address_fini(address);
		return -1;
	}
	address_set(address, "fallback_application_name", options->program);
	address_set(address, "client_encoding", "UTF8");
	return 0;
}

int
address_of_session(struct address *address, PGconn *handle, const char *database, struct error *error)
{
	PQconninfoOption *list = PQconninfo(handle);

	if (list == NULL)
		return error_set(error, ERROR_CONNECTION, "the session's connection options are not known");
	address_init(address);
	add_list(address, list);
	PQconninfoFree(list);
	address_set(address, "dbname", database);
	/* Of several hosts the one that answered: an exported snapshot is known only there. */
	address_set(address, "host", PQhost(handle));
	address_set(address, "port", PQport(handle));
	if (address_value(address, "hostaddr") != NULL)
		address_set(address, "hostaddr", PQhostaddr(handle));
	if (*PQpass(handle) != '\0')
		address_set(address, "password", PQpass(handle));
	return 0;
}
