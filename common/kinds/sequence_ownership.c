/*
 * sequence_ownership.c - OWNED BY: the column that a sequence goes with.
 *
 * An object of its own, so that table and sequence need not wait for each other: the
 * column's default needs the sequence, the ownership needs the column.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/sequence_ownership.sql.h"
#include "kinds/table_parts.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "sequence", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, 0, 0, NULL },
	{ "column", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
};

static const char *const parents[] = { "sequence", NULL };

static void
address(struct buffer *out, const struct object *object)
{
	sql_append(out, "SEQUENCE %Q", object_schema(object), object_get(object, "sequence"));
}

static void
set_owner_column(const struct object *object, enum step_action action, struct steps *steps)
{
	steps_add(steps, object, action, LOCK_SHARE_ROW_EXCLUSIVE, 0, "ALTER SEQUENCE %Q OWNED BY %Q.%I",
	          object_schema(object), object_get(object, "sequence"), object_text(object, "table_schema"),
	          object_text(object, "table"), object_text(object, "column"));
}

/* The owner in production of the table, or of the sequence; NULL where it is new, or where owners are set anyway. */
static const char *
owner_of_table(const struct kind_context *context, const struct object *object)
{
	const struct object *table =
		table_find(context->current, object_text(object, "table_schema"), object_text(object, "table"));

	return table != NULL && !(context->options & KIND_WITH_OWNER) ? object_get(table, "owner") : NULL;
}

static const char *
owner_of_sequence(const struct kind_context *context, const struct object *object)
{
	const struct object *sequence = catalog_counterpart(context->current, catalog_parent(context->wanted, object));

	return sequence != NULL ? object_get(sequence, "owner") : NULL;
}

/* The server wants both to have the same owner (sequence.c process_owned_by): a new sequence gets its table's. */
static void
create(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	const char *owner = owner_of_sequence(context, object) == NULL ? owner_of_table(context, object) : NULL;

	if (owner != NULL)
		steps_add(steps, object, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, 0, "ALTER SEQUENCE %Q OWNER TO %I",
		          object_schema(object), object_get(object, "sequence"), owner);
	set_owner_column(object, STEP_CREATE, steps);
}

static const char *
refuse(const struct kind_context *context, const struct object *object)
{
	const char *of_table = owner_of_table(context, object);
	const char *of_sequence = owner_of_sequence(context, object);

	return of_table != NULL && of_sequence != NULL && strcmp(of_table, of_sequence) != 0
	           ? arena_printf(context->arena, "in production the table belongs to %s, the sequence to %s", of_table,
	                          of_sequence)
	           : NULL;
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	const char *reason = refuse(context, change->wanted);
	struct verdict verdict = { reason != NULL ? CHANGE_REFUSE : CHANGE_ALTER, 0, reason };

	(void)attribute;
	return verdict;
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context;
	set_owner_column(change->wanted, STEP_ALTER, steps);
}

static void
drop(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	(void)context;
	steps_add(steps, object, STEP_DROP, LOCK_SHARE_ROW_EXCLUSIVE, 0, "ALTER SEQUENCE %Q OWNED BY NONE",
	          object_schema(object), object_get(object, "sequence"));
}

static void
relate(const struct kind_context *context, const struct object *object, struct edges *edges)
{
	const char *identity[] = { object_text(object, "table_schema"), object_text(object, "table"),
		                       object_text(object, "column") };
	const struct object *column = catalog_find(edges_catalog(edges), kind_find("column"), identity);

	(void)context;
	if (column != NULL)
		edges_after(edges, column);
}

const struct kind kind_sequence_ownership = {
	.name = "sequence_ownership",
	.plural = "sequence ownerships",
	.catalog = "pg_class", /* has no OID of its own */
	.query = sequence_ownership_sql,
	.cost = 4,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_IN_SCHEMA | KIND_OF_PARENT,
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.refuse = refuse,
	.relate = relate,
};
