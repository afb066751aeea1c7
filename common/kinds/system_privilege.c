/*
 * system_privilege.c - privileges on objects of the server or of an extension, where somebody changed them.
 *
 * The objects themselves are never read.  All of it is the privileges facet; what such an object has by default is what
 * initdb or CREATE EXTENSION granted, which its row tells.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/system_privilege.sql.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "sort", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "target", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL }, /* the name, less the column */
	{ "column", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "extension", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "initial", ATTRIBUTE_LIST, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL }, /* in the form of facet.h */
	{ "owner", ATTRIBUTE_TEXT, ROLE_OWNER, CHANGE_IGNORE, 0, 0, NULL },  /* to read the privileges by */
	FACET_ACL,
};

static void
address(struct buffer *out, const struct object *privilege)
{
	const char *sort = object_get(privilege, "sort");

	sql_append(out, "%X %X", strcmp(sort, "COLUMN") == 0 ? "TABLE" : sort, object_get(privilege, "target"));
}

static const struct object *
extension_of(const struct catalog *catalog, const struct object *privilege)
{
	const char *identity[] = { object_get(privilege, "extension") };

	return identity[0] != NULL ? catalog_find(catalog, kind_find("extension"), identity) : NULL;
}

static void
relate(const struct kind_context *context, const struct object *privilege, struct edges *edges)
{
	(void)context;
	edges_after(edges, extension_of(edges_catalog(edges), privilege));
}

/* A query with a row where production lacks the object. */
static void
write_question(struct buffer *sql, const struct object *privilege)
{
	const char *sort = object_get(privilege, "sort");
	const char *target = object_get(privilege, "target");
	const char *column = object_get(privilege, "column");

	if (column != NULL)
		sql_append(sql,
		           "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a"
		           " WHERE a.attrelid = pg_catalog.to_regclass(%L) AND a.attname = %L AND NOT a.attisdropped)",
		           target, column);
	else if (strcmp(sort, "LANGUAGE") == 0)
		sql_append(sql,
		           "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_language AS l"
		           " WHERE pg_catalog.quote_ident(l.lanname) = %L)",
		           target);
	else if (strcmp(sort, "FOREIGN DATA WRAPPER") == 0)
		sql_append(sql,
		           "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper AS w"
		           " WHERE pg_catalog.quote_ident(w.fdwname) = %L)",
		           target);
	else if (strcmp(sort, "FOREIGN SERVER") == 0)
		sql_append(sql,
		           "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_server AS s"
		           " WHERE pg_catalog.quote_ident(s.srvname) = %L)",
		           target);
	else
		sql_append(sql, "SELECT 1 WHERE pg_catalog.%K(%L) IS NULL",
		           strcmp(sort, "ROUTINE") == 0  ? "to_regprocedure"
		           : strcmp(sort, "TYPE") == 0   ? "to_regtype"
		           : strcmp(sort, "SCHEMA") == 0 ? "to_regnamespace"
		                                         : "to_regclass",
		           target);
}

/* Other versions of the server and of extensions have other objects. */
static bool
probe(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *extension = extension_of(context->wanted, change->wanted);
	struct buffer sql = BUFFER_INIT;

	if (change->current != NULL || (extension != NULL && catalog_counterpart(context->current, extension) == NULL))
		return false;
	write_question(&sql, change->wanted);
	probe->query = arena_strdup(context->arena, buffer_text(&sql));
	probe->reason = arena_strdup(context->arena, "production's server or extension has no such object");
	buffer_fini(&sql);
	return true;
}

const struct kind kind_system_privilege = {
	.name = "system_privilege",
	.plural = "privileges on objects of the server or of an extension",
	.catalog = "pg_init_privs",
	.query = system_privilege_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_OF_DATABASE | KIND_AFTER_DATA | KIND_APART | KIND_PRIVILEGES,
	.grant_class = GRANT_CLASS_SYSTEM,
	.address = address,
	.relate = relate,
	.probe = probe,
};
