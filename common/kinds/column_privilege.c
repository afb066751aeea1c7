/*
 * column_privilege.c - privileges on columns that are no objects themselves: a table's system columns, and what can be
 * selected from a sequence.
 *
 * All of it is the privileges facet, as with the columns of a view.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/column_privilege.sql.h"
#include "kinds/facet.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "relation", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	FACET_ACL,
};

static const char *const parents[] = { "table", "materialized_view", "foreign_table", "sequence", NULL };

static void
address(struct buffer *out, const struct object *privilege)
{
	sql_append(out, "COLUMN %Q.%I", object_schema(privilege), object_value(privilege, 1), object_name(privilege));
}

/* The column goes with its relation. */
static void
drop(const struct kind_context *context, const struct object *privilege, struct steps *steps)
{
	(void)context;
	(void)privilege;
	(void)steps;
}

const struct kind kind_column_privilege = {
	.name = "column_privilege",
	.plural = "privileges on system columns and on columns of sequences",
	.catalog = "pg_attribute",
	.query = column_privilege_sql,
	.cost = 2,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_INLINE | KIND_OF_PARENT | KIND_APART | KIND_PRIVILEGES,
	.grant_class = "COLUMN",
	.address = address,
	.drop = drop,
};
