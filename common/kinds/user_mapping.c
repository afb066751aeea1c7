/*
 * user_mapping.c - as whom a role logs in on a foreign server.
 *
 * Passwords are never read.  Who is no superuser sees the options of few mappings: those of the others are neither
 * compared nor changed.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/foreign_options.h"
#include "kinds/user_mapping.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "server", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "user", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	{ "secrets", ATTRIBUTE_LIST, ROLE_SECRETS, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	{ "readable", ATTRIBUTE_BOOL, ROLE_NOTE, CHANGE_IGNORE, 0, 0, "t" },
	{ "roles", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_IGNORE, 0, 0, NULL }, /* the user, to see whether it exists */
};

static const char *const parents[] = { "foreign_server", NULL };

static void
address(struct buffer *out, const struct object *mapping)
{
	const char *user = object_name(mapping);

	/* No role can be called so. */
	if (strcmp(user, "public") == 0)
		sql_append(out, "USER MAPPING FOR PUBLIC SERVER %I", object_get(mapping, "server"));
	else
		sql_append(out, "USER MAPPING FOR %I SERVER %I", user, object_get(mapping, "server"));
}

static void
create(const struct kind_context *context, const struct object *mapping, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	buffer_append_text(&sql, "CREATE ");
	address(&sql, mapping);
	write_foreign_options(&sql, object_get(mapping, "options"));
	steps_take(steps, mapping, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	buffer_append_text(&sql, "ALTER ");
	address(&sql, change->wanted);
	if (change_allows(change, "options") && write_foreign_options_change(&sql, object_get(change->current, "options"),
	                                                                     object_get(change->wanted, "options")))
		steps_take(steps, change->wanted, STEP_ALTER, LOCK_NONE, HAZARD_PRIVILEGE, &sql);
	buffer_fini(&sql);
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_PRIVILEGE, NULL };

	if (!object_is(change->wanted, "readable")) {
		verdict.rule = CHANGE_IGNORE;
	} else if (!object_is(change->current, "readable")) {
		verdict.rule = CHANGE_REFUSE;
		verdict.reason = "production shows its options only to a superuser, its user or the server's owner";
	} else if (strcmp(attributes[attribute].name, "secrets") == 0) {
		verdict = foreign_secrets_judge(context, change);
	}
	return verdict;
}

const struct kind kind_user_mapping = {
	.name = "user_mapping",
	.plural = "user mappings",
	.catalog = "pg_user_mapping",
	.query = user_mapping_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.parents = parents,
	.traits = KIND_OF_PARENT,
	.address = address,
	.create = create,
	.alter = alter,
	.judge = judge,
};
