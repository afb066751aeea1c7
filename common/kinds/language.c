/*
 * language.c - procedural languages made without an extension.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/language.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "trusted", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_PRIVILEGE, 0, "f" },
	{ "handler", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "inline_handler", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "validator", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

static void
write_language(const struct object *language, enum step_action action, unsigned hazards, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "%K%K LANGUAGE %I HANDLER %X", action == STEP_CREATE ? "CREATE" : "CREATE OR REPLACE",
	           object_is(language, "trusted") ? " TRUSTED" : "", object_name(language),
	           object_get(language, "handler"));
	if (object_get(language, "inline_handler") != NULL)
		sql_append(&sql, " INLINE %X", object_get(language, "inline_handler"));
	if (object_get(language, "validator") != NULL)
		sql_append(&sql, " VALIDATOR %X", object_get(language, "validator"));
	steps_take(steps, language, action, LOCK_NONE, hazards, &sql);
	buffer_fini(&sql);
}

static void
create(const struct kind_context *context, const struct object *language, struct steps *steps)
{
	(void)context;
	write_language(language, STEP_CREATE, 0, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* every attribute is replaced, all together */
	write_language(change->wanted, STEP_REPLACE, HAZARD_BEHAVIOUR | HAZARD_PRIVILEGE, steps);
}

const struct kind kind_language = {
	.name = "language",
	.plural = "languages",
	.sql = "LANGUAGE",
	.catalog = "pg_language",
	.query = language_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_OF_DATABASE,
	.grant_class = "LANGUAGE",
	.create = create,
	.alter = alter,
};
