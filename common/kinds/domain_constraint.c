/*
 * domain_constraint.c - check constraints of domains.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/domain_constraint.sql.h"
#include "kinds/domain_rows.h"
#include "kinds/facet.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define TIGHTENING (HAZARD_MAY_FAIL | HAZARD_SCANS | HAZARD_BLOCKS_WRITES)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "domain", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "expression", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, TIGHTENING, 0, NULL },
	{ "validated", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, TIGHTENING, 0, NULL },
	FACET_COMMENT,
};

static const char *const parents[] = { "domain", NULL };

static const char *
domain_name(const struct object *object)
{
	return object_get(object, "domain");
}

static void
address(struct buffer *out, const struct object *object)
{
	sql_append(out, "CONSTRAINT %I ON DOMAIN %Q", object_name(object), object_schema(object), domain_name(object));
}

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const struct object *domain = catalog_parent(context->wanted, object);
	bool unused = domain != NULL && context->is_new(context, domain);
	const char *expression = object_text(object, "expression");

	if (!object_is(object, "validated"))
		steps_add(steps, object, STEP_CREATE, LOCK_NONE, 0, "ALTER DOMAIN %Q ADD CONSTRAINT %I CHECK (%X) NOT VALID",
		          object_schema(object), domain_name(object), object_name(object), expression);
	else
		steps_add(steps, object, STEP_CREATE, unused ? LOCK_NONE : LOCK_SHARE, unused ? 0 : TIGHTENING,
		          "ALTER DOMAIN %Q ADD CONSTRAINT %I CHECK (%X)", object_schema(object), domain_name(object),
		          object_name(object), expression);
}

/* Only "validated" is altered in place, and only to true. */
static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *object = change->wanted;

	(void)context;
	if (change_allows(change, "validated") && object_is(object, "validated"))
		steps_add(steps, object, STEP_ALTER, LOCK_SHARE, TIGHTENING, "ALTER DOMAIN %Q VALIDATE CONSTRAINT %I",
		          object_schema(object), domain_name(object), object_name(object));
}

static void
drop(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	(void)context;
	steps_add(steps, object, STEP_DROP, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER DOMAIN %Q DROP CONSTRAINT %I",
	          object_schema(object), domain_name(object), object_name(object));
}

/* A constraint that production has validated is as good as one that is not validated yet. */
static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_KEEP, 0, NULL };

	(void)context;
	(void)attribute; /* only "validated" is judged */
	if (object_is(change->wanted, "validated")) {
		verdict.rule = CHANGE_ALTER;
		verdict.hazards = TIGHTENING;
	}
	return verdict;
}

/* CREATE DOMAIN has no NOT VALID. */
static bool
inlines(const struct kind_context *context, const struct object *object)
{
	(void)context;
	return object_is(object, "validated");
}

/* The object may be of either side; VALUE has the type of production's domain. */
static bool
elaborate(const struct kind_context *context, const struct object *object, struct elaboration *elaboration)
{
	const char *identity[] = { object_schema(object), domain_name(object) };
	const struct object *domain = catalog_find(context->current, kind_find("domain"), identity);
	const char *collation;
	struct buffer sql = BUFFER_INIT;
	struct buffer query = BUFFER_INIT;
	char *name;

	if (domain == NULL)
		return false;
	name = arena_printf(context->arena, "pgkeel_domain_%lu", (unsigned long)object->index);
	sql_append(&sql, "CREATE DOMAIN %Q AS %X", "pg_temp", name, object_get(domain, "type"));
	collation = object_get(domain, "collation");
	if (collation != NULL)
		sql_append(&sql, " COLLATE %X", collation);
	sql_append(&sql, " CONSTRAINT %I CHECK (%X)", object_name(object), object_text(object, "expression"));
	steps_add_text(elaboration->statements, object, STEP_CREATE, LOCK_NONE, 0, buffer_text(&sql));
	sql_append(&query, "SELECT pg_catalog.pg_get_expr(k.conbin, 0) AS expression");
	elaborate_tree(&query, "expression", "CAST(k.conbin AS pg_catalog.text)", NULL);
	sql_append(&query,
	           " FROM pg_catalog.pg_constraint k"
	           " JOIN pg_catalog.pg_type t ON t.oid = k.contypid"
	           " WHERE k.contype = 'c' AND t.typname = %L AND t.typnamespace = pg_catalog.pg_my_temp_schema()",
	           name);
	elaboration->query = arena_strdup(context->arena, buffer_text(&query));
	buffer_fini(&sql);
	buffer_fini(&query);
	return true;
}

static bool
probe(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *domain;
	struct buffer condition = BUFFER_INIT;

	if (change->wanted == NULL || !object_is(change->wanted, "validated"))
		return false;
	if (change->current != NULL && object_is(change->current, "validated") && !change_differs(change, "expression"))
		return false;
	domain = catalog_parent(context->wanted, change->wanted);
	if (domain != NULL)
		domain = catalog_counterpart(context->current, domain);
	if (domain == NULL)
		return false;
	sql_append(&condition, "NOT (%X)", object_text(change->wanted, "expression"));
	probe->query = domain_rows_query(context, domain, buffer_text(&condition));
	probe->reason = arena_strdup(context->arena, "%s values of the domain violate it");
	buffer_fini(&condition);
	return probe->query != NULL;
}

const struct kind kind_domain_constraint = {
	.name = "domain_constraint",
	.plural = "domain constraints",
	.catalog = "pg_constraint",
	.query = domain_constraint_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_IN_SCHEMA | KIND_INLINE | KIND_OF_PARENT | KIND_EVALUATES,
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.inlines = inlines,
	.elaborate = elaborate,
	.probe = probe,
};
