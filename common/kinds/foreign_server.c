/*
 * foreign_server.c - foreign servers.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/foreign_options.h"
#include "kinds/foreign_server.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "wrapper", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "version", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FOREIGN_OPTIONS,
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
};

static void
create(const struct kind_context *context, const struct object *server, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	sql_append(&sql, "CREATE SERVER %I", object_name(server));
	if (object_get(server, "type") != NULL)
		sql_append(&sql, " TYPE %L", object_get(server, "type"));
	if (object_get(server, "version") != NULL)
		sql_append(&sql, " VERSION %L", object_get(server, "version"));
	sql_append(&sql, " FOREIGN DATA WRAPPER %I", object_get(server, "wrapper"));
	write_foreign_options(&sql, object_get(server, "options"));
	steps_take(steps, server, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *server = change->wanted;
	struct buffer sql = BUFFER_INIT;
	size_t empty;

	(void)context;
	sql_append(&sql, "ALTER SERVER %I", object_name(server));
	empty = sql.length;
	if (change_allows(change, "version"))
		sql_append(&sql, " VERSION %L", object_get(server, "version"));
	if (change_allows(change, "options"))
		write_foreign_options_change(&sql, object_get(change->current, "options"), object_get(server, "options"));
	if (sql.length > empty)
		steps_take(steps, server, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	(void)attribute; /* the secrets are all that is judged */
	return foreign_secrets_judge(context, change);
}

const struct kind kind_foreign_server = {
	.name = "foreign_server",
	.plural = "foreign servers",
	.sql = "SERVER",
	.catalog = "pg_foreign_server",
	.query = foreign_server_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_OF_DATABASE,
	.grant_class = "FOREIGN SERVER",
	.create = create,
	.alter = alter,
	.judge = judge,
};
