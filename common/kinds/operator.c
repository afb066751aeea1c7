/*
 * operator.c - operators.
 *
 * A commutator or negator that is not there yet is made as a shell by the server, so pairs need no order.  A link that
 * only one of the two has is read as both's (operator.sql).
 */
#include "build.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/operator.sql.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "arguments", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "commutator", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "negator", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "hashes", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "f" },
	{ "merges", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "f" },
	{ "restrict", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	{ "join", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

/* The name is no identifier and is never quoted: it may hold nothing but operator characters. */
static void
write_name(struct buffer *out, const struct object *operator)
{
	const char *name = object_get(operator, "name");
	size_t length = strspn(name, "+-*/<>=~!@#%^&|`?");

	sql_append(out, "%I.", object_schema(operator));
	buffer_append(out, name, length);
}

static void
operator_address(struct buffer *out, const struct object *operator)
{
	buffer_append_text(out, "OPERATOR ");
	write_name(out, operator);
	sql_append(out, " (%X)", object_get(operator, "arguments"));
}

/* Writes ", " and what the operator says of the attribute, in its word in CREATE and ALTER OPERATOR. */
static void
write_value(struct buffer *out, const struct object *operator, const char *word, const char *attribute)
{
	if (object_get(operator, attribute) != NULL)
		sql_append(out, ", %K = %X", word, object_get(operator, attribute));
}

static void
write_flag(struct buffer *out, const struct object *operator, const char *word, const char *attribute)
{
	if (object_is(operator, attribute))
		sql_append(out, ", %K", word);
}

static void
operator_create(const struct kind_context *context, const struct object *operator, struct steps * steps)
{
	struct buffer sql = BUFFER_INIT;

	(void)context;
	buffer_append_text(&sql, "CREATE OPERATOR ");
	write_name(&sql, operator);
	sql_append(&sql, " (%X", object_get(operator, "definition"));
	write_value(&sql, operator, "COMMUTATOR", "commutator");
	write_value(&sql, operator, "NEGATOR", "negator");
	write_flag(&sql, operator, "HASHES", "hashes");
	write_flag(&sql, operator, "MERGES", "merges");
	write_value(&sql, operator, "RESTRICT", "restrict");
	write_value(&sql, operator, "JOIN", "join");
	buffer_append_char(&sql, ')');
	steps_take(steps, operator, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

static void
operator_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *wanted = change->wanted;
	const char *estimate = change_value(change, "restrict");
	const char *join = change_value(change, "join");
	struct buffer list = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;

	/* Before, a change of these makes the operator anew. */
	if (context->version >= 170000) {
		if (change_allows(change, "commutator"))
			write_value(&list, wanted, "COMMUTATOR", "commutator");
		if (change_allows(change, "negator"))
			write_value(&list, wanted, "NEGATOR", "negator");
		if (change_allows(change, "hashes"))
			write_flag(&list, wanted, "HASHES", "hashes");
		if (change_allows(change, "merges"))
			write_flag(&list, wanted, "MERGES", "merges");
	}
	if (change_allows(change, "restrict") || change_allows(change, "join"))
		sql_append(&list, ", RESTRICT = %X, JOIN = %X", estimate == NULL ? "NONE" : estimate,
		           join == NULL ? "NONE" : join);
	if (list.length > 0) {
		buffer_append_text(&sql, "ALTER ");
		operator_address(&sql, wanted);
		sql_append(&sql, " SET (%X)", buffer_text(&list) + strlen(", "));
		steps_take(steps, wanted, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	}
	buffer_fini(&list);
	buffer_fini(&sql);
}

/* Whether these are an operator's arguments the other way round. */
static bool
are_swapped(const char *arguments, const char *others)
{
	size_t length = strlen(arguments);

	if (strlen(others) != length)
		return false;
	/* A type's name may hold what stands between the two. */
	for (const char *comma = strstr(arguments, ", "); comma != NULL; comma = strstr(comma + 1, ", ")) {
		size_t left = (size_t)(comma - arguments);
		size_t right = length - left - 2;

		if (strncmp(others, comma + 2, right) == 0 && strncmp(others + right, ", ", 2) == 0 &&
		    strncmp(others + right + 2, arguments, left) == 0)
			return true;
	}
	return false;
}

/* The operator of the snapshot that this one names there as its commutator or negator, or NULL. */
static const struct object *
other_of_pair(const struct kind_context *context, const struct object *operator, const char *attribute)
{
	const char *arguments = object_text(operator, "arguments");
	bool swapped = strcmp(attribute, "commutator") == 0;
	const struct object *found = NULL;
	const struct object *other;
	struct buffer name = BUFFER_INIT;
	uint32_t count = catalog_kind_range(context->wanted, operator->kind, &other);

	for (; count > 0 && found == NULL; count--, other++) {
		const char *others = object_text(other, "arguments");

		buffer_clear(&name);
		buffer_append_text(&name, "OPERATOR(");
		write_name(&name, other);
		buffer_append_char(&name, ')');
		if (object_says(operator, attribute, buffer_text(&name)) &&
		    (swapped ? are_swapped(arguments, others) : strcmp(arguments, others) == 0))
			found = other;
	}
	buffer_fini(&name);
	return found;
}

/* What an operator lacks it can be given from PostgreSQL 17 on; the link to one that is new comes with that one. */
static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	const char *name = attributes[attribute].name;
	bool flag = attributes[attribute].type == ATTRIBUTE_BOOL;
	bool gains = flag ? object_is(change->wanted, name) : object_get(change->current, name) == NULL;
	const struct object *other = gains && !flag ? other_of_pair(context, change->wanted, name) : NULL;

	if (other != NULL && catalog_counterpart(context->current, other) == NULL)
		return (struct verdict){ .rule = CHANGE_IGNORE };
	if (gains && context->version >= 170000)
		return (struct verdict){ .rule = CHANGE_ALTER, .hazards = HAZARD_BEHAVIOUR };
	return (struct verdict){ .rule = CHANGE_REBUILD, .hazards = REBUILD_HAZARDS };
}

static const char *const shaping[] = { "definition", NULL };

const struct kind kind_operator = {
	.name = "operator",
	.plural = "operators",
	.catalog = "pg_operator",
	.query = operator_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA,
	.shaping = shaping,
	.address = operator_address,
	.create = operator_create,
	.alter = operator_alter,
	.judge = judge,
};
