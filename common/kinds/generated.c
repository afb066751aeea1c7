/*
 * generated.c - a change of how a generated column is computed.
 */
#include "build.h"

#include "kinds/generated.h"

#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

/* By itself: the server does not mind publications of a schema or of all tables. */
static bool
is_published(const struct catalog *catalog, const struct object *table)
{
	const struct object *published;
	uint32_t count = catalog_kind_range(catalog, kind_find("publication_table"), &published);

	for (; count > 0; count--, published++)
		if (object_says(published, "table_schema", object_schema(table)) &&
		    object_says(published, "table", object_name(table)))
			return true;
	return false;
}

static bool
has_check(const struct catalog *catalog, const struct object *table)
{
	const struct object *constraint;
	uint32_t count = catalog_children(catalog, table, kind_find("constraint"), &constraint);

	for (; count > 0; count--, constraint++)
		if (object_says(constraint, "type", "c"))
			return true;
	return false;
}

static const char *
comes_down(const struct kind_context *context, const struct change *change)
{
	return object_is(change->current, "inherited") || table_has_heirs(context, change->wanted)
	           ? "what computes a column that comes down from a table, or to others, is not changed automatically"
	           : NULL;
}

/* Why the server would not compute a virtual column otherwise, or NULL. */
static const char *
obstacle(const struct kind_context *context, const struct change *change)
{
	const struct object *table = catalog_parent(context->current, change->current);
	const struct object *wanted = catalog_parent(context->wanted, change->wanted);
	const char *reason = comes_down(context, change);

	if (reason != NULL || table == NULL || wanted == NULL)
		return reason;
	if (object_is(change->current, "not_null") || object_is(change->wanted, "not_null"))
		return "what computes a column that is NOT NULL is not changed automatically";
	if (has_check(context->current, table) || has_check(context->wanted, wanted))
		return "PostgreSQL keeps the expression of a virtual column in a table with CHECK constraints";
	if (is_published(context->current, table) || is_published(context->wanted, wanted))
		return "PostgreSQL keeps the expression of a virtual column in a table of a publication";
	return NULL;
}

struct verdict
generated_judge(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_REFUSE, 0, NULL };
	const char *wanted = object_get(change->wanted, "generated");

	if (object_get(change->current, "generated") == NULL)
		verdict.reason = "making a column a generated one would overwrite what it holds";
	else if (wanted == NULL)
		verdict.reason = object_says(change->current, "generated", "v")
		                     ? "production computes this column, the snapshot stores it"
		                     : comes_down(context, change);
	else if (!object_says(change->current, "generated", wanted))
		verdict.reason = "a column that is stored cannot become virtual, nor a virtual one stored";
	else if (strcmp(wanted, "v") != 0)
		verdict.reason = "computing it otherwise would overwrite what is stored";
	else
		verdict.reason = obstacle(context, change);
	if (verdict.reason == NULL) {
		verdict.rule = CHANGE_ALTER;
		verdict.hazards = HAZARD_BEHAVIOUR;
	}
	return verdict;
}

/* SET EXPRESSION of a stored column is withheld: written for people. */
void
generated_write_change(struct buffer *out, const struct change *change, unsigned *hazards)
{
	const struct object *column = change->wanted;
	const char *generated = object_get(column, "generated");

	*hazards = HAZARD_BEHAVIOUR;
	if (change_allows(change, "generated") && generated == NULL) {
		buffer_append_text(out, "DROP EXPRESSION");
	} else if (change_allows(change, "expression") && object_get(change->current, "generated") != NULL &&
	           generated != NULL) {
		sql_append(out, "SET EXPRESSION AS (%X)", object_get(column, "expression"));
		if (strcmp(generated, "v") != 0)
			*hazards = HAZARD_REWRITES;
	}
}
