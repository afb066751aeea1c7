/*
 * foreign_data_wrapper.c - foreign-data wrappers.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/foreign_data_wrapper.sql.h"
#include "kinds/foreign_options.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "handler", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "validator", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FOREIGN_OPTIONS,
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
};

static void
create(const struct kind_context *context, const struct object *wrapper, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	sql_append(&sql, "CREATE FOREIGN DATA WRAPPER %I", object_name(wrapper));
	if (object_get(wrapper, "handler") != NULL)
		sql_append(&sql, " HANDLER %X", object_get(wrapper, "handler"));
	if (object_get(wrapper, "validator") != NULL)
		sql_append(&sql, " VALIDATOR %X", object_get(wrapper, "validator"));
	write_foreign_options(&sql, object_get(wrapper, "options"));
	steps_take(steps, wrapper, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
write_function(struct buffer *sql, const struct change *change, const char *attribute, const char *set,
               const char *unset)
{
	const char *function = object_get(change->wanted, attribute);

	if (!change_allows(change, attribute))
		return;
	if (function != NULL)
		sql_append(sql, " %K %X", set, function);
	else
		sql_append(sql, " %K", unset);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *wrapper = change->wanted;
	struct buffer sql = BUFFER_INIT;
	size_t empty;

	(void)context;
	sql_append(&sql, "ALTER FOREIGN DATA WRAPPER %I", object_name(wrapper));
	empty = sql.length;
	write_function(&sql, change, "handler", "HANDLER", "NO HANDLER");
	write_function(&sql, change, "validator", "VALIDATOR", "NO VALIDATOR");
	if (change_allows(change, "options"))
		write_foreign_options_change(&sql, object_get(change->current, "options"), object_get(wrapper, "options"));
	if (sql.length > empty)
		steps_take(steps, wrapper, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	(void)attribute; /* the secrets are all that is judged */
	return foreign_secrets_judge(context, change);
}

const struct kind kind_foreign_data_wrapper = {
	.name = "foreign_data_wrapper",
	.plural = "foreign-data wrappers",
	.sql = "FOREIGN DATA WRAPPER",
	.catalog = "pg_foreign_data_wrapper",
	.query = foreign_data_wrapper_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_OF_DATABASE,
	.grant_class = "FOREIGN DATA WRAPPER",
	.create = create,
	.alter = alter,
	.judge = judge,
};
