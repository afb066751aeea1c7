/*
 * trigger.c - triggers of tables and views.
 *
 * CREATE OR REPLACE TRIGGER (PostgreSQL 14) does not take constraint triggers and enables what it replaces,
 * so the state is set again behind it.
 */
#include "build.h"

#include "kinds/enabled_state.h"
#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/partition_index.h"
#include "kinds/table_parts.h"
#include "kinds/trigger.h"
#include "kinds/trigger.sql.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "relation", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "enabled", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, "O" },
	/* Those whose clone is enabled otherwise: schema, table and state in turn. */
	{ "partitions", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_EXTENSIONS,
	FACET_COMMENT,
};

static const char *const parents[] = { "table", "view", "foreign_table", NULL };

static const char *
trigger_relation(const struct object *trigger)
{
	return object_get(trigger, "relation");
}

static void
trigger_address(struct buffer *out, const struct object *trigger)
{
	sql_append(out, "TRIGGER %I ON %Q", object_name(trigger), object_schema(trigger), trigger_relation(trigger));
}

static void
add_state(const struct object *trigger, const char *enabled, struct steps *steps)
{
	const char *sql = enabled_state_sql(enabled);

	if (sql != NULL)
		steps_add(steps, trigger, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          "ALTER TABLE %Q %K TRIGGER %I", object_schema(trigger), trigger_relation(trigger), sql,
		          object_name(trigger));
}

/* ---- clones of partitions ---- */

/* A clone is enabled as its parent's trigger is, but for those in the trigger's list `partitions`. */
struct clone {
	const char *schema;
	const char *table;
	const char *enabled;
};

static size_t
clone_count(const struct name_list *list)
{
	return list->count / 3;
}

static struct clone
clone_at(const struct name_list *list, size_t i)
{
	struct clone clone = { list->items[3 * i], list->items[3 * i + 1], list->items[3 * i + 2] };

	return clone;
}

static bool
clone_is_in(const struct catalog *catalog, const struct clone *clone)
{
	return table_find(catalog, clone->schema, clone->table) != NULL;
}

/* The state that the list gives a partition, or NULL. */
static const char *
clone_state(const struct name_list *list, const struct clone *clone)
{
	for (size_t i = 0; i < clone_count(list); i++) {
		struct clone other = clone_at(list, i);

		if (strcmp(other.schema, clone->schema) == 0 && strcmp(other.table, clone->table) == 0)
			return other.enabled;
	}
	return NULL;
}

/* The step is `object`'s. */
static void
clone_step(const struct object *object, const char *trigger, const struct clone *clone, const char *enabled,
           struct steps *steps)
{
	const char *sql = enabled_state_sql(enabled);

	if (sql != NULL)
		steps_add(steps, object, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          "ALTER TABLE ONLY %Q %K TRIGGER %I", clone->schema, clone->table, sql, trigger);
}

/*
 * What is said of the trigger reaches all its clones (tablecmds.c, EnableDisableTrigger): afterwards each exception is
 * made again, that of a partition which only production has too.
 */
static void
restore_clones(const struct kind_context *context, const struct object *current, const struct object *wanted,
               struct steps *steps)
{
	struct name_list from;
	struct name_list to;

	name_list_init(&from, current != NULL ? object_get(current, "partitions") : NULL);
	name_list_init(&to, object_get(wanted, "partitions"));
	for (size_t i = 0; i < clone_count(&to); i++) {
		struct clone clone = clone_at(&to, i);

		if (clone_is_in(context->wanted, &clone))
			clone_step(wanted, object_name(wanted), &clone, clone.enabled, steps);
	}
	for (size_t i = 0; i < clone_count(&from); i++) {
		struct clone clone = clone_at(&from, i);

		if (!clone_is_in(context->wanted, &clone))
			clone_step(wanted, object_name(wanted), &clone, clone.enabled, steps);
	}
	name_list_fini(&from);
	name_list_fini(&to);
}

/* Brings the clones of partitions that both sides have to the snapshot's state; whether there are any to bring. */
static bool
alter_clones(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	struct name_list from;
	struct name_list to;
	bool any = false;

	name_list_init(&from, object_get(change->current, "partitions"));
	name_list_init(&to, object_get(change->wanted, "partitions"));
	for (size_t i = 0; i < clone_count(&to); i++) {
		struct clone clone = clone_at(&to, i);
		const char *was = clone_state(&from, &clone);

		if ((was != NULL && strcmp(was, clone.enabled) == 0) || !clone_is_in(context->wanted, &clone))
			continue;
		any = true;
		if (steps != NULL)
			clone_step(change->wanted, object_name(change->wanted), &clone, clone.enabled, steps);
	}
	for (size_t i = 0; i < clone_count(&from); i++) {
		struct clone clone = clone_at(&from, i);

		if (clone_state(&to, &clone) != NULL || !clone_is_in(context->wanted, &clone))
			continue;
		any = true;
		if (steps != NULL)
			clone_step(change->wanted, object_name(change->wanted), &clone, object_text(change->wanted, "enabled"),
			           steps);
	}
	name_list_fini(&from);
	name_list_fini(&to);
	return any;
}

/* Whether the table of the clone is that of the link, or below it. */
static bool
clone_is_below(const struct catalog *catalog, const struct clone *clone, const struct object *link)
{
	const struct object *at = table_find_part(catalog, "partition", clone->schema, clone->table, "partition");

	while (at != NULL && object_compare_identity(at, link) != 0)
		at = table_find_part(catalog, "partition", object_text(at, "parent_schema"), object_text(at, "parent"),
		                     "partition");
	return at != NULL;
}

struct restoring {
	const struct kind_context *context;
	const struct object *link; /* of production */
	const struct object *object;
	struct steps *steps;
};

/* The snapshot's exceptions, or, with `own`, those of production for what it alone has. */
static void
restore_exceptions(const struct restoring *restoring, const struct object *trigger, bool own)
{
	const struct catalog *current = restoring->context->current;
	struct name_list list;

	name_list_init(&list, object_get(trigger, "partitions"));
	for (size_t i = 0; i < clone_count(&list); i++) {
		struct clone clone = clone_at(&list, i);

		if (clone_is_below(current, &clone, restoring->link) &&
		    !(own && clone_is_in(restoring->context->wanted, &clone)))
			clone_step(restoring->object, object_name(trigger), &clone, clone.enabled, restoring->steps);
	}
	name_list_fini(&list);
}

/* As production has it unless the plan changes it, which may be done by then. */
static void
restore_trigger(const struct restoring *restoring, const struct object *trigger)
{
	const struct kind_context *context = restoring->context;
	const struct object *wanted = catalog_counterpart(context->wanted, trigger);
	bool changes =
		wanted != NULL && (context->does(context, wanted, "partitions") || context->does(context, wanted, "enabled") ||
	                       context->does(context, wanted, "definition"));

	if (changes)
		restore_exceptions(restoring, wanted, false);
	restore_exceptions(restoring, trigger, changes);
}

void
trigger_restore_clones(const struct kind_context *context, const struct object *link, const struct object *object,
                       struct steps *steps)
{
	const struct catalog *current = context->current;
	struct restoring restoring = { context, link, object, steps };

	for (const struct object *at = link; at != NULL;) {
		const char *schema = object_text(at, "parent_schema");
		const char *parent = object_text(at, "parent");
		const struct object *level = table_find(current, schema, parent);
		const struct object *trigger;
		uint32_t count = level != NULL ? catalog_children(current, level, kind_find("trigger"), &trigger) : 0;

		for (; count > 0; count--, trigger++)
			restore_trigger(&restoring, trigger);
		at = table_find_part(current, "partition", schema, parent, "partition");
	}
}

static void
trigger_relate(const struct kind_context *context, const struct object *trigger, struct edges *edges)
{
	struct name_list list;

	(void)context;
	name_list_init(&list, object_get(trigger, "partitions"));
	for (size_t i = 0; i < clone_count(&list); i++) {
		struct clone clone = clone_at(&list, i);

		edges_after(edges, table_find_part(edges_catalog(edges), "partition", clone.schema, clone.table, "partition"));
	}
	name_list_fini(&list);
}

/* ---- steps ---- */

static void
trigger_create(const struct kind_context *context, const struct object *trigger, struct steps *steps)
{
	const char *enabled = object_get(trigger, "enabled");

	steps_add(steps, trigger, STEP_CREATE, LOCK_SHARE_ROW_EXCLUSIVE,
	          parent_is_in_production(context, trigger) ? HAZARD_BEHAVIOUR : 0, "%X",
	          object_text(trigger, "definition"));
	if (!enabled_state_is_initial(enabled))
		add_state(trigger, enabled, steps);
	restore_clones(context, catalog_counterpart(context->current, trigger), trigger, steps);
}

static const char plain_start[] = "CREATE TRIGGER ";

static bool
is_plain(const struct object *trigger)
{
	const char *definition = object_text(trigger, "definition");

	return definition != NULL && strncmp(definition, plain_start, sizeof(plain_start) - 1) == 0;
}

static void
trigger_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *trigger = change->wanted;
	const char *enabled = change_value(change, "enabled");

	if (change_allows(change, "definition")) {
		steps_add(steps, trigger, STEP_REPLACE, LOCK_SHARE_ROW_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          "CREATE OR REPLACE TRIGGER %X", object_text(trigger, "definition") + sizeof(plain_start) - 1);
		if (!enabled_state_is_initial(enabled))
			add_state(trigger, enabled, steps);
	} else if (change_allows(change, "enabled"))
		add_state(trigger, enabled, steps);
	if (change_allows(change, "definition") || change_allows(change, "enabled"))
		restore_clones(context, change->current, trigger, steps);
	else if (change_allows(change, "partitions"))
		alter_clones(context, change, steps);
}

struct namesake_search {
	const struct catalog *current;
	const struct object *trigger;
	const struct object *found;
};

static void
search_namesake(void *argument, const struct object *partition)
{
	struct namesake_search *search = argument;

	if (search->found == NULL)
		search->found = table_find_part(search->current, "trigger", object_schema(partition), object_name(partition),
		                                object_name(search->trigger));
	partition_each_below(search->current, partition, search_namesake, argument);
}

/* A row trigger needs its name on all levels below; production may have another by that name above, or there. */
static const char *
trigger_refuse(const struct kind_context *context, const struct object *trigger)
{
	const struct catalog *current = context->current;
	const char *relation = trigger_relation(trigger);
	const struct object *link = table_find_part(current, "partition", object_schema(trigger), relation, "partition");
	struct namesake_search search = { current, trigger, partition_trigger_above(current, link, object_name(trigger)) };
	const struct object *table = table_find(current, object_schema(trigger), relation);

	if (search.found == NULL && table != NULL && strstr(object_text(trigger, "definition"), " FOR EACH ROW ") != NULL)
		partition_each_below(current, table, search_namesake, &search);
	return search.found != NULL
	           ? arena_printf(context->arena, "production has %s", object_description(context->arena, search.found))
	           : NULL;
}

static struct verdict
trigger_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_REPLACE, HAZARD_BEHAVIOUR, NULL };

	if (strcmp(attributes[attribute].name, "partitions") == 0) {
		verdict.rule = alter_clones(context, change, NULL) ? CHANGE_ALTER : CHANGE_IGNORE;
		return verdict;
	}
	if (context->version < 140000 || !is_plain(change->current) || !is_plain(change->wanted)) {
		verdict.rule = CHANGE_REBUILD;
		verdict.hazards |= HAZARD_REBUILDS;
	}
	return verdict;
}

/*
 * Only the WHEN condition is deparsed differently by different versions.  The trigger is made on a temporary table
 * of the same name and columns, and the temporary schema is taken out of the answer.
 */
static bool
trigger_elaborate(const struct kind_context *context, const struct object *trigger, struct elaboration *elaboration)
{
	const char *definition = object_text(trigger, "definition");
	const char *relation = trigger_relation(trigger);
	struct buffer on = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;
	const char *found;

	sql_append(&on, " ON %Q ", object_schema(trigger), relation);
	found = strstr(definition, buffer_text(&on));
	if (found == NULL || strstr(found, " WHEN (") == NULL) {
		buffer_fini(&on);
		return false;
	}
	add_temporary_likeness(context, elaboration->statements, trigger, relation);
	buffer_append(&sql, definition, (size_t)(found - definition));
	sql_append(&sql, " ON %Q ", "pg_temp", relation);
	sql_append(&sql, "%X", found + on.length);
	steps_take(elaboration->statements, trigger, STEP_CREATE, LOCK_NONE, 0, &sql);
	sql_append(&sql,
	           "SELECT pg_catalog.replace(pg_catalog.replace(pg_catalog.pg_get_triggerdef(t.oid, false),"
	           " ' ON ' || n.nspname || '.' || pg_catalog.quote_ident(c.relname) || ' ', %L),"
	           " ' ON pg_temp.' || pg_catalog.quote_ident(c.relname) || ' ', %L) AS definition",
	           buffer_text(&on), buffer_text(&on));
	elaborate_tree(
		&sql, "definition",
		"pg_catalog.concat_ws(' ', t.tgtype, t.tgfoid, t.tgattr, t.tgargs, t.tgconstraint <> 0, t.tgdeferrable,"
		" t.tginitdeferred, t.tgoldtable, t.tgnewtable, t.tgqual)",
		"c");
	sql_append(&sql,
	           " FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
	           " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	           " WHERE n.oid = pg_catalog.pg_my_temp_schema() AND c.relname = %L AND t.tgname = %L",
	           relation, object_name(trigger));
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	buffer_fini(&on);
	return true;
}

const struct kind kind_trigger = {
	.name = "trigger",
	.plural = "triggers",
	.catalog = "pg_trigger",
	.query = trigger_sql,
	.cost = 6,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_OF_PARENT | KIND_AFTER_DATA,
	.address = trigger_address,
	.create = trigger_create,
	.alter = trigger_alter,
	.judge = trigger_judge,
	.refuse = trigger_refuse,
	.relate = trigger_relate,
	.elaborate = trigger_elaborate,
};
