/*
 * database_setting.c - ALTER DATABASE … SET, and ALTER ROLE … IN DATABASE … SET.
 *
 * They are told, and applied only where the caller asks for it: a database is seldom tuned like another.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/database_setting.sql.h"
#include "kinds/setting.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "role", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, "" },
	{ "value", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "roles", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_IGNORE, 0, 0, NULL }, /* the role, to see whether it exists */
};

static void
address(struct buffer *out, const struct object *setting)
{
	const char *role = object_get(setting, "role");

	if (role[0] != '\0')
		sql_append(out, "SETTING %I OF ROLE %I", object_get(setting, "name"), role);
	else
		sql_append(out, "SETTING %I", object_get(setting, "name"));
}

/* The database's name is that of whichever the statement runs in. */
static void
add_statement(const struct object *setting, enum step_action action, const struct buffer *tail, struct steps *steps)
{
	const char *role = object_get(setting, "role");
	struct buffer head = BUFFER_INIT;
	struct buffer body = BUFFER_INIT;

	if (role[0] != '\0')
		sql_append(&head, "ALTER ROLE %I IN DATABASE ", role);
	else
		buffer_append_text(&head, "ALTER DATABASE ");
	sql_append(&body, "BEGIN EXECUTE %L || pg_catalog.quote_ident(pg_catalog.current_database()) || %L; END",
	           buffer_text(&head), buffer_text(tail));
	steps_add(steps, setting, action, LOCK_NONE, HAZARD_BEHAVIOUR, "DO %L", buffer_text(&body));
	buffer_fini(&head);
	buffer_fini(&body);
}

static void
set(const struct object *setting, enum step_action action, struct steps *steps)
{
	const char *value = object_get(setting, "value");
	struct buffer tail = BUFFER_INIT;

	if (value == NULL)
		return;
	buffer_append_text(&tail, " SET ");
	write_setting(&tail, object_get(setting, "name"), value);
	add_statement(setting, action, &tail, steps);
	buffer_fini(&tail);
}

static void
create(const struct kind_context *context, const struct object *setting, struct steps *steps)
{
	(void)context;
	set(setting, STEP_CREATE, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* the value is all there is */
	set(change->wanted, STEP_ALTER, steps);
}

static void
drop(const struct kind_context *context, const struct object *setting, struct steps *steps)
{
	struct buffer tail = BUFFER_INIT;

	(void)context;
	buffer_append_text(&tail, " RESET ");
	write_setting_name(&tail, object_get(setting, "name"));
	add_statement(setting, STEP_DROP, &tail, steps);
	buffer_fini(&tail);
}

static const char *
refuse(const struct kind_context *context, const struct object *setting)
{
	if (object_get(setting, "value") == NULL)
		return "secrets are not in snapshots: it is to be set by hand";
	return context->options & KIND_WITH_SETTINGS
	           ? NULL
	           : "settings of a database are changed only on request (--with-database-settings)";
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };

	verdict.reason = refuse(context, change->wanted);
	if (verdict.reason != NULL)
		verdict.rule = CHANGE_REFUSE;
	return verdict;
}

const struct kind kind_database_setting = {
	.name = "database_setting",
	.plural = "settings of the database",
	.catalog = "pg_db_role_setting",
	.query = database_setting_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_OF_DATABASE | KIND_APART,
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.refuse = refuse,
	.judge = judge,
};
