/*
 * domain.c - domains.
 *
 * The base type cannot be altered: a domain that no column has is made again.  SET NOT NULL is checked by the server
 * against every column of the domain, under a SHARE lock on each table; nothing is changed if a row is in the way.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/domain.sql.h"
#include "kinds/domain_rows.h"
#include "kinds/facet.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define TIGHTENING (HAZARD_MAY_FAIL | HAZARD_SCANS | HAZARD_BLOCKS_WRITES)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS, 0, NULL },
	{ "collation", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS | HAZARD_BEHAVIOUR, 0, NULL },
	{ "not_null", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, TIGHTENING, 0, NULL },
	/* As columns' (not_null.h): a name that the server would not have chosen, and whatever the name is. */
	{ "not_null_name", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, 0, 170000, NULL },
	{ "not_null_constraint", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 170000, NULL },
	{ "not_null_comment", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, 0, 170000, NULL },
	{ "default", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* "base type COLLATE … DEFAULT …" */
static void
append_base(struct buffer *sql, const struct object *object)
{
	const char *collation = object_get(object, "collation");
	const char *expression = object_get(object, "default");

	sql_append(sql, "%X", object_text(object, "type"));
	if (collation != NULL)
		sql_append(sql, " COLLATE %X", collation);
	if (expression != NULL)
		sql_append(sql, " DEFAULT %X", expression);
}

/* The name only where the server would choose another: 13 to 16 take it and forget it. */
static void
append_not_null(struct buffer *sql, const struct object *object)
{
	const char *name = object_get(object, "not_null_constraint");
	struct buffer usual = BUFFER_INIT;

	buffer_append_text(&usual, object_name(object));
	buffer_append_text(&usual, "_not_null");
	if (name != NULL && strcmp(name, buffer_text(&usual)) != 0)
		sql_append(sql, " CONSTRAINT %I", name);
	sql_append(sql, " NOT NULL");
	buffer_fini(&usual);
}

static void
comment_step(const struct object *object, const char *name, struct steps *steps)
{
	if (name != NULL)
		steps_add(steps, object, STEP_ALTER, LOCK_NONE, 0, "COMMENT ON CONSTRAINT %I ON DOMAIN %Q IS %L", name,
		          object_schema(object), object_name(object), object_get(object, "not_null_comment"));
}

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const struct object *constraint;
	uint32_t count = catalog_children(context->wanted, object, kind_find("domain_constraint"), &constraint);
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "CREATE DOMAIN %Q AS ", object_schema(object), object_name(object));
	append_base(&sql, object);
	if (object_is(object, "not_null"))
		append_not_null(&sql, object);
	for (; count > 0; count--, constraint++)
		if (context->inlined(context, constraint))
			sql_append(&sql, "\n    CONSTRAINT %I CHECK (%X)", object_name(constraint),
			           object_get(constraint, "expression"));
	steps_add_text(steps, object, STEP_CREATE, LOCK_NONE, 0, buffer_text(&sql));
	buffer_fini(&sql);
	if (object_get(object, "not_null_comment") != NULL && context->version >= 170000)
		comment_step(object, object_get(object, "not_null_constraint"), steps);
}

/* SET NOT NULL lets the server choose the name. */
static void
alter_not_null(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *object = change->wanted;
	const char *schema = object_schema(object);
	const char *name = object_name(object);
	const char *constraint = object_get(object, "not_null_constraint");
	const char *is = object_get(change->current, "not_null_constraint");
	bool named = context->version >= 170000 && constraint != NULL;

	if (change_allows(change, "not_null")) {
		if (object_is(object, "not_null") && named)
			steps_add(steps, object, STEP_ALTER, LOCK_SHARE, TIGHTENING, "ALTER DOMAIN %Q ADD CONSTRAINT %I NOT NULL",
			          schema, name, constraint);
		else if (object_is(object, "not_null"))
			steps_add(steps, object, STEP_ALTER, LOCK_SHARE, TIGHTENING, "ALTER DOMAIN %Q SET NOT NULL", schema, name);
		else
			steps_add(steps, object, STEP_ALTER, LOCK_NONE, 0, "ALTER DOMAIN %Q DROP NOT NULL", schema, name);
		is = constraint;
	}
	if (!named || is == NULL)
		return;
	if (change_allows(change, "not_null_name")) {
		steps_add(steps, object, STEP_ALTER, LOCK_NONE, 0, "ALTER DOMAIN %Q RENAME CONSTRAINT %I TO %I", schema, name,
		          is, constraint);
		is = constraint;
	}
	if (change_allows(change, "not_null_comment"))
		comment_step(object, is, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *object = change->wanted;
	const char *schema = object_schema(object);
	const char *name = object_name(object);

	if (change_allows(change, "default")) {
		const char *expression = object_get(object, "default");

		if (expression != NULL)
			steps_add(steps, object, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER DOMAIN %Q SET DEFAULT %X", schema,
			          name, expression);
		else
			steps_add(steps, object, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER DOMAIN %Q DROP DEFAULT", schema,
			          name);
	}
	alter_not_null(context, change, steps);
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, 0, NULL };

	if (strcmp(attributes[attribute].name, "not_null_name") == 0) {
		/* Else `not_null` itself differs and says all. */
		if (context->version >= 170000 &&
		    (!object_is(change->current, "not_null") || !object_is(change->wanted, "not_null")))
			verdict.rule = CHANGE_IGNORE;
	} else if (object_is(change->wanted, "not_null")) {
		verdict.hazards = TIGHTENING;
	}
	return verdict;
}

static bool
elaborate(const struct kind_context *context, const struct object *object, struct elaboration *elaboration)
{
	struct buffer sql = BUFFER_INIT;
	struct buffer query = BUFFER_INIT;
	char *name;

	if (object_get(object, "default") == NULL)
		return false;
	name = arena_printf(context->arena, "pgkeel_domain_%lu", (unsigned long)object->index);
	sql_append(&sql, "CREATE DOMAIN %Q AS ", "pg_temp", name);
	append_base(&sql, object);
	steps_add_text(elaboration->statements, object, STEP_CREATE, LOCK_NONE, 0, buffer_text(&sql));
	sql_append(&query, "SELECT pg_catalog.pg_get_expr(t.typdefaultbin, 0) AS \"default\"");
	elaborate_tree(&query, "default", "CAST(t.typdefaultbin AS pg_catalog.text)", NULL);
	sql_append(&query,
	           " FROM pg_catalog.pg_type t"
	           " WHERE t.typname = %L AND t.typnamespace = pg_catalog.pg_my_temp_schema()",
	           name);
	elaboration->query = arena_strdup(context->arena, buffer_text(&query));
	buffer_fini(&sql);
	buffer_fini(&query);
	return true;
}

static bool
probe(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	if (change->current == NULL || change->wanted == NULL || !object_is(change->wanted, "not_null") ||
	    object_is(change->current, "not_null"))
		return false;
	probe->query = domain_rows_query(context, change->current, "value IS NULL");
	probe->reason = arena_strdup(context->arena, "%s values of the domain are NULL");
	return probe->query != NULL;
}

/* A check is written over the base type. */
static bool
misfits(const struct kind_context *context, const struct change *change, uint64_t withheld,
        const struct change *dependant, uint64_t *unused)
{
	(void)unused;
	if (dependant->wanted->kind != kind_find("domain_constraint") ||
	    !(withheld >> kind_attribute(&kind_domain, "type") & 1))
		return false;
	const char *expression = object_get(dependant->wanted, "expression");
	return !table_type_serves(context->arena, object_get(change->current, "type"), object_get(change->wanted, "type"),
	                          &expression, 1);
}

/* Where a value of it is stored, a row is. */
static bool
stores_rows_of(const struct object *domain, const struct object *relation)
{
	return text_ends_with_row_type(object_text(domain, "type"), relation);
}

const struct kind kind_domain = {
	.name = "domain",
	.plural = "domains",
	.sql = "DOMAIN",
	.catalog = "pg_type",
	.query = domain_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.grant_class = "DOMAIN",
	.create = create,
	.alter = alter,
	.judge = judge,
	.misfits = misfits,
	.stores_rows_of = stores_rows_of,
	.elaborate = elaborate,
	.probe = probe,
};
