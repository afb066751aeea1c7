/*
 * publication_schema.c - a schema all tables of which a publication publishes.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/publication.h"
#include "kinds/publication_schema.sql.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "publication", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
};

static const char *const parents[] = { "publication", NULL };

static void
address(struct buffer *out, const struct object *member)
{
	sql_append(out, "TABLES IN SCHEMA %I OF PUBLICATION %I", object_name(member), object_get(member, "publication"));
}

static void
create(const struct kind_context *context, const struct object *member, struct steps *steps)
{
	(void)context;
	steps_add(steps, member, STEP_CREATE, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER PUBLICATION %I ADD TABLES IN SCHEMA %I",
	          object_get(member, "publication"), object_name(member));
}

static void
drop(const struct kind_context *context, const struct object *member, struct steps *steps)
{
	(void)context;
	steps_add(steps, member, STEP_DROP, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER PUBLICATION %I DROP TABLES IN SCHEMA %I",
	          object_get(member, "publication"), object_name(member));
}

static const char *
refuse(const struct kind_context *context, const struct object *member)
{
	(void)member;
	return context->version < 150000 ? "publishing all tables of a schema needs PostgreSQL 15" : NULL;
}

static void
relate(const struct kind_context *context, const struct object *member, struct edges *edges)
{
	const char *identity[] = { object_name(member) };

	(void)context;
	edges_after(edges, catalog_find(edges_catalog(edges), kind_find("schema"), identity));
}

const struct kind kind_publication_schema = {
	.name = "publication_schema",
	.plural = "published schemas",
	.catalog = "pg_publication_namespace",
	.query = publication_schema_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.parents = parents,
	.traits = KIND_OF_PARENT | KIND_AFTER_DATA,
	.address = address,
	.create = create,
	.drop = drop,
	.refuse = refuse,
	.goes_along = publication_member_goes,
	.relate = relate,
};
