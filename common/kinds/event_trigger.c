/*
 * event_trigger.c - event triggers.  Only a superuser may create one.
 */
#include "build.h"

#include "kinds/enabled_state.h"
#include "kinds/event_trigger.sql.h"
#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "event", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "tags", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "function", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "enabled", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, "O" },
	FACET_OWNER,
	FACET_COMMENT,
	FACET_LABELS,
};

static void
add_state(const struct object *trigger, const char *enabled, struct steps *steps)
{
	const char *sql = enabled_state_sql(enabled);

	if (sql != NULL)
		steps_add(steps, trigger, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, "ALTER EVENT TRIGGER %I %K",
		          object_name(trigger), sql);
}

static void
event_trigger_create(const struct kind_context *context, const struct object *trigger, struct steps *steps)
{
	const char *enabled = object_get(trigger, "enabled");
	struct buffer sql = BUFFER_INIT;
	struct name_list tags;

	(void)context;
	sql_append(&sql, "CREATE EVENT TRIGGER %I ON %I", object_name(trigger), object_get(trigger, "event"));
	name_list_init(&tags, object_get(trigger, "tags"));
	for (size_t i = 0; i < tags.count; i++)
		sql_append(&sql, i == 0 ? "\n WHEN TAG IN (%L" : ", %L", tags.items[i]);
	if (tags.count > 0)
		buffer_append_char(&sql, ')');
	name_list_fini(&tags);
	sql_append(&sql, "\n EXECUTE FUNCTION %X()", object_get(trigger, "function"));
	steps_take(steps, trigger, STEP_CREATE, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
	if (!enabled_state_is_initial(enabled))
		add_state(trigger, enabled, steps);
}

static void
event_trigger_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* the state is all that is altered */
	if (change_allows(change, "enabled"))
		add_state(change->wanted, object_get(change->wanted, "enabled"), steps);
}

const struct kind kind_event_trigger = {
	.name = "event_trigger",
	.plural = "event triggers",
	.sql = "EVENT TRIGGER",
	.catalog = "pg_event_trigger",
	.query = event_trigger_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_AFTER_DATA,
	.create = event_trigger_create,
	.alter = event_trigger_alter,
};
