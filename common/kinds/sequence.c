/*
 * sequence.c - sequences, without those of identity columns.
 *
 * The counter itself is data: it is in no catalog and goes with a backup.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/identity.h"
#include "kinds/sequence.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BLOCKS_WRITES, 0, NULL },
	{ "start", ATTRIBUTE_INTEGER, ROLE_PLAIN, CHANGE_JUDGE, 0, 0, NULL },
	{ "increment", ATTRIBUTE_INTEGER, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "min", ATTRIBUTE_INTEGER, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_MAY_FAIL, 0, NULL },
	{ "max", ATTRIBUTE_INTEGER, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_MAY_FAIL, 0, NULL },
	{ "cache", ATTRIBUTE_INTEGER, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
	{ "cycle", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "persistence", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 150000, "p" },
	/* An owned sequence has its table's owner, always: only the table's can be changed. */
	{ "owner", ATTRIBUTE_TEXT, ROLE_OWNER, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

/* The clauses that take the attribute's value as it stands, in the order in which they are written. */
static const struct {
	const char *attribute;
	const char *format;
} clauses[] = {
	{ "type", " AS %X" },      { "increment", " INCREMENT BY %X" }, { "min", " MINVALUE %X" },
	{ "max", " MAXVALUE %X" }, { "start", " START WITH %X" },       { "cache", " CACHE %X" },
};

/* All clauses of the attributes in the set; whether there were any. */
static bool
append_clauses(struct buffer *sql, const struct object *object, uint64_t set)
{
	bool any = false;

	for (size_t i = 0; i < COUNT_OF(clauses); i++) {
		unsigned attribute = (unsigned)kind_attribute(object->kind, clauses[i].attribute);

		if (set >> attribute & 1) {
			sql_append(sql, clauses[i].format, object_value(object, attribute));
			any = true;
		}
	}
	if (set >> kind_attribute(object->kind, "cycle") & 1) {
		sql_append(sql, object_is(object, "cycle") ? " CYCLE" : " NO CYCLE");
		any = true;
	}
	return any;
}

static bool
is_unlogged(const struct object *object)
{
	return object_says(object, "persistence", "u");
}

static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	identity_step_aside(context, object, steps);
	sql_append(&sql,
	           is_unlogged(object) && context->version >= 150000 ? "CREATE UNLOGGED SEQUENCE %Q" : "CREATE SEQUENCE %Q",
	           object_schema(object), object_name(object));
	append_clauses(&sql, object, UINT64_MAX);
	steps_add_text(steps, object, STEP_CREATE, LOCK_NONE, 0, buffer_text(&sql));
	buffer_fini(&sql);
	identity_hand_over(context, object, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *object = change->wanted;
	const struct kind *kind = object->kind;
	struct buffer sql = BUFFER_INIT;
	uint64_t set = change->allowed;

	(void)context;
	/* With another type the server would move limits that were the old type's: say them. */
	if (change_allows(change, "type"))
		set |= (uint64_t)1 << kind_attribute(kind, "min") | (uint64_t)1 << kind_attribute(kind, "max");
	sql_append(&sql, "ALTER SEQUENCE %Q", object_schema(object), object_name(object));
	if (append_clauses(&sql, object, set))
		steps_add_text(steps, object, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, HAZARD_BLOCKS_WRITES | HAZARD_BEHAVIOUR,
		               buffer_text(&sql));
	buffer_fini(&sql);
	if (change_allows(change, "persistence"))
		steps_add(steps, object, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BLOCKS_WRITES | HAZARD_BEHAVIOUR,
		          is_unlogged(object) ? "ALTER SEQUENCE %Q SET UNLOGGED" : "ALTER SEQUENCE %Q SET LOGGED",
		          object_schema(object), object_name(object));
}

/* Whoever dropped the column that owned it has dropped it too. */
static void
drop(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const struct object *ownership;
	bool owned = catalog_children(context->current, object, kind_find("sequence_ownership"), &ownership) > 0;

	steps_add(steps, object, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_LOSES_DATA,
	          owned ? "DROP SEQUENCE IF EXISTS %Q" : "DROP SEQUENCE %Q", object_schema(object), object_name(object));
}

static bool
narrows_limits(const struct change *change)
{
	return object_number(change->wanted, "min", 0) > object_number(change->current, "min", 0) ||
	       object_number(change->wanted, "max", 0) < object_number(change->current, "max", 0);
}

static struct verdict
judge_owner(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_PRIVILEGE, NULL };
	const struct object *ownership;

	if (catalog_children(context->current, change->current, kind_find("sequence_ownership"), &ownership) > 0) {
		verdict.rule = CHANGE_IGNORE;
		verdict.hazards = 0;
	}
	return verdict;
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BLOCKS_WRITES, NULL };
	const struct attribute *judged = &attributes[attribute];

	if (judged->role == ROLE_OWNER)
		return judge_owner(context, change);
	if (strcmp(judged->name, "persistence") == 0 && is_unlogged(change->wanted))
		return (struct verdict){ CHANGE_REFUSE, 0, "an unlogged sequence loses its counter in a crash" };
	/* A narrower type has narrower limits: whether the counter is within them is asked (probe). */
	if (narrows_limits(change))
		verdict.hazards |= HAZARD_MAY_FAIL | HAZARD_BEHAVIOUR;
	return verdict;
}

/* Whether the counter would be outside of the new limits. */
static bool
probe(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *wanted = change->wanted;
	struct buffer sql = BUFFER_INIT;

	if (change->current == NULL || wanted == NULL || !narrows_limits(change))
		return false;
	sql_append(&sql,
	           "SELECT pg_catalog.count(*), pg_catalog.min(last_value)::pg_catalog.text FROM %Q"
	           " WHERE last_value < %X OR last_value > %X",
	           object_schema(wanted), object_name(wanted), object_text(wanted, "min"), object_text(wanted, "max"));
	probe->query = arena_strdup(context->arena, buffer_text(&sql));
	probe->reason = arena_strdup(context->arena, "%s counter is outside of the new limits");
	buffer_fini(&sql);
	return true;
}

static void
supersede(const struct kind_context *context, const struct change *change,
          void (*each)(void *argument, const struct object *object), void *argument)
{
	const struct object *identity = change->current == NULL ? identity_testator(context, change->wanted) : NULL;

	if (identity != NULL)
		each(argument, identity);
}

const struct kind kind_sequence = {
	.name = "sequence",
	.plural = "sequences",
	.sql = "SEQUENCE",
	.catalog = "pg_class",
	.query = sequence_sql,
	.cost = 3,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA | KIND_NAMES_RELATION | KIND_HOLDS_DATA,
	.grant_class = "SEQUENCE",
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.probe = probe,
	.supersede = supersede,
};
