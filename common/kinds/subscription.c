/*
 * subscription.c - subscriptions.
 *
 * One is made without an address that works, without a slot and not enabled: where it gets its rows from, and when, is
 * for people to say.  So neither is compared.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/subscription.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

/* Names that never resolve (RFC 2606). */
#define NO_CONNECTION "host=redacted.invalid dbname=redacted"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "publications", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "binary", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 140000, "f" },
	{ "streaming", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 140000, "off" },
	{ "two_phase", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 150000, "f" },
	{ "disable_on_error", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 150000, "f" },
	{ "password_required", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_PRIVILEGE | HAZARD_BEHAVIOUR, 160000, "t" },
	{ "run_as_owner", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_PRIVILEGE | HAZARD_BEHAVIOUR, 160000, "f" },
	{ "origin", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 160000, "any" },
	{ "failover", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 170000, "f" },
	{ "synchronous_commit", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 140000, "off" },
	{ "enabled", ATTRIBUTE_BOOL, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "slot", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
	FACET_LABELS,
};

/* Those that are written as "name = 'value'" where they are not the attribute's fallback. */
static const char *const parameters[] = {
	"binary",       "streaming", "two_phase", "disable_on_error",   "password_required",
	"run_as_owner", "origin",    "failover",  "synchronous_commit",
};

static void
write_parameter(struct buffer *sql, const char *name, const char *value)
{
	/* A boolean is a word that the server knows as one. */
	if (strcmp(value, "t") == 0 || strcmp(value, "f") == 0)
		value = strcmp(value, "t") == 0 ? "true" : "false";
	sql_append(sql, "%K = %L", name, value);
}

static void
write_publications(struct buffer *sql, const char *publications)
{
	struct name_list list;

	name_list_init(&list, publications);
	for (size_t i = 0; i < list.count; i++)
		sql_append(sql, i == 0 ? "%I" : ", %I", list.items[i]);
	name_list_fini(&list);
}

static void
create(const struct kind_context *context, const struct object *subscription, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "CREATE SUBSCRIPTION %I CONNECTION %L PUBLICATION ", object_name(subscription), NO_CONNECTION);
	write_publications(&sql, object_get(subscription, "publications"));
	buffer_append_text(&sql, " WITH (connect = false, enabled = false, create_slot = false, slot_name = NONE");
	for (size_t i = 0; i < COUNT_OF(parameters); i++) {
		const struct attribute *attribute = &attributes[kind_attribute(subscription->kind, parameters[i])];
		const char *value = object_get(subscription, parameters[i]);

		/* 18 streams in parallel where nothing is said. */
		bool always = strcmp(parameters[i], "streaming") == 0;
		if (value == NULL || context->version < attribute->since ||
		    (!always && strcmp(value, attribute->fallback) == 0))
			continue;
		buffer_append_text(&sql, ", ");
		write_parameter(&sql, parameters[i], value);
	}
	buffer_append_char(&sql, ')');
	steps_take(steps, subscription, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *subscription = change->wanted;
	struct buffer sql = BUFFER_INIT;
	bool any = false;

	(void)context;
	if (change_allows(change, "publications")) {
		sql_append(&sql, "ALTER SUBSCRIPTION %I SET PUBLICATION ", object_name(subscription));
		write_publications(&sql, object_get(subscription, "publications"));
		buffer_append_text(&sql, " WITH (refresh = false)");
		steps_take(steps, subscription, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	}
	sql_append(&sql, "ALTER SUBSCRIPTION %I SET (", object_name(subscription));
	for (size_t i = 0; i < COUNT_OF(parameters); i++) {
		const char *value = object_get(subscription, parameters[i]);

		if (!change_allows(change, parameters[i]) || value == NULL)
			continue;
		if (any)
			buffer_append_text(&sql, ", ");
		write_parameter(&sql, parameters[i], value);
		any = true;
	}
	buffer_append_char(&sql, ')');
	if (any)
		steps_take(steps, subscription, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

const struct kind kind_subscription = {
	.name = "subscription",
	.plural = "subscriptions",
	.sql = "SUBSCRIPTION",
	.catalog = "pg_subscription",
	.query = subscription_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_OF_DATABASE | KIND_AFTER_DATA,
	.create = create,
	.alter = alter,
};
