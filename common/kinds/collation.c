/*
 * collation.c - collations.
 *
 * What a collation is cannot be altered: a different one is withheld while columns or indexes stand on it.
 */
#include "build.h"

#include "catalog/catalog.h"
#include "kinds/collation.sql.h"
#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/standing.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "provider", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "libc" },
	{ "deterministic", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "t" },
	{ "locale", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "lc_collate", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "lc_ctype", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "rules", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 160000, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

static void
write_parameter(struct buffer *out, const char *keyword, const char *value)
{
	if (value != NULL)
		sql_append(out, ", %K = %L", keyword, value);
}

static void
write_collation(const char *schema, const char *name, const struct object *collation, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "CREATE COLLATION %Q (PROVIDER = %I", schema, name, object_text(collation, "provider"));
	if (!object_is(collation, "deterministic"))
		buffer_append_text(&sql, ", DETERMINISTIC = false");
	write_parameter(&sql, "LOCALE", object_get(collation, "locale"));
	write_parameter(&sql, "LC_COLLATE", object_get(collation, "lc_collate"));
	write_parameter(&sql, "LC_CTYPE", object_get(collation, "lc_ctype"));
	write_parameter(&sql, "RULES", object_get(collation, "rules"));
	buffer_append_char(&sql, ')');
	steps_take(steps, collation, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
collation_create(const struct kind_context *context, const struct object *collation, struct steps *steps)
{
	(void)context;
	write_collation(object_schema(collation), object_name(collation), collation, steps);
}

/* An ICU locale is stored in the standard form since 16: @colNumeric=yes as und-u-kn. */
static bool
collation_elaborate(const struct kind_context *context, const struct object *collation, struct elaboration *elaboration)
{
	if (!object_says(collation, "provider", "icu"))
		return false;
	write_collation("pg_temp", "pgkeel_collation", collation, elaboration->statements);
	elaboration->query = arena_strdup(
		context->arena,
		"SELECT COALESCE(pg_catalog.to_jsonb(c) ->> 'colllocale', pg_catalog.to_jsonb(c) ->> 'colliculocale',"
		" c.collcollate::pg_catalog.text) AS locale FROM pg_catalog.pg_collation c"
		" WHERE c.collnamespace = pg_catalog.pg_my_temp_schema() AND c.collname = 'pgkeel_collation'");
	return true;
}

/* What an older server stores as it was written, it has no standard form of to compare. */
static struct verdict
collation_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	bool standard = context->wanted->info.server_version >= 160000 && context->version < 160000 &&
	                object_says(change->wanted, "provider", "icu") && object_says(change->current, "provider", "icu");

	if (standard && strcmp(attributes[attribute].name, "locale") == 0)
		return (struct verdict){ CHANGE_REFUSE, 0, "comparing ICU locales in their standard form needs PostgreSQL 16" };
	return standing_judge(context, change, attribute);
}

static const char *
collation_refuse(const struct kind_context *context, const struct object *collation)
{
	if (context->version < 170000 && object_says(collation, "provider", "builtin"))
		return "the builtin collation provider needs PostgreSQL 17";
	return NULL;
}

const struct kind kind_collation = {
	.name = "collation",
	.plural = "collations",
	.sql = "COLLATION",
	.catalog = "pg_collation",
	.query = collation_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.create = collation_create,
	.judge = collation_judge,
	.refuse = collation_refuse,
	.elaborate = collation_elaborate,
};
