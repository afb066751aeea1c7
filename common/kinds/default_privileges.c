/*
 * default_privileges.c - what ALTER DEFAULT PRIVILEGES has set, for one role, schema and type of object.
 *
 * All of it is the privileges facet, whose statements facet.c begins with ALTER DEFAULT PRIVILEGES for this kind.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/default_privileges.sql.h"
#include "kinds/facet.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "role", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "roles", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_IGNORE, 0, 0, NULL }, /* the role, to see whether it exists */
	{ "owner", ATTRIBUTE_TEXT, ROLE_OWNER, CHANGE_IGNORE, 0, 0, NULL }, /* the role, to read the privileges by */
	FACET_ACL,
};

static void
address(struct buffer *out, const struct object *privileges)
{
	sql_append(out, "DEFAULT PRIVILEGES FOR ROLE %I", object_get(privileges, "role"));
	if (object_schema(privileges)[0] != '\0')
		sql_append(out, " IN SCHEMA %I", object_schema(privileges));
	sql_append(out, " ON %X", object_get(privileges, "type"));
}

static void
drop(const struct kind_context *context, const struct object *privileges, struct steps *steps)
{
	facet_reset_acl(context, privileges, steps);
}

static const char *
refuse(const struct kind_context *context, const struct object *privileges)
{
	if (context->version < 180000 && object_says(privileges, "type", "LARGE OBJECTS"))
		return "default privileges of large objects need PostgreSQL 18";
	return NULL;
}

const struct kind kind_default_privileges = {
	.name = "default_privileges",
	.plural = "default privileges",
	.catalog = "pg_default_acl",
	.query = default_privileges_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA | KIND_AFTER_DATA | KIND_APART | KIND_PRIVILEGES,
	.grant_class = GRANT_CLASS_DEFAULT,
	.address = address,
	.drop = drop,
	.refuse = refuse,
};
