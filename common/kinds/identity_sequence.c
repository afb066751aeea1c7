/*
 * identity_sequence.c - what the sequence of an identity column has of its own: privileges, a comment, whether it is
 * logged.
 *
 * All else is said of the column, which makes it.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/identity.h"
#include "kinds/identity_sequence.sql.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL }, /* the column's */
	{ "sequence_schema", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "sequence", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	{ "persistence", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 150000, "p" },
	/* The table's, always. */
	{ "owner", ATTRIBUTE_TEXT, ROLE_OWNER, CHANGE_IGNORE, 0, 0, NULL },
	{ "acl", ATTRIBUTE_LIST, ROLE_ACL, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
	{ "comment", ATTRIBUTE_TEXT, ROLE_COMMENT, CHANGE_JUDGE, 0, 0, NULL },
	{ "security_labels", ATTRIBUTE_LIST, ROLE_LABELS, CHANGE_JUDGE, HAZARD_PRIVILEGE, 0, NULL },
};

static const char *const parents[] = { "table", NULL };

static void
address(struct buffer *out, const struct object *sequence)
{
	sql_append(out, "SEQUENCE %Q", object_text(sequence, "sequence_schema"), object_text(sequence, "sequence"));
}

static void
persistence_step(const struct object *sequence, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	buffer_append_text(&sql, "ALTER ");
	address(&sql, sequence);
	buffer_append_text(&sql, object_says(sequence, "persistence", "u") ? " SET UNLOGGED" : " SET LOGGED");
	steps_take(steps, sequence, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BLOCKS_WRITES | HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

/* The column has made it as its table is. */
static void
create(const struct kind_context *context, const struct object *sequence, struct steps *steps)
{
	const struct object *table = catalog_parent(context->wanted, sequence);

	if (table != NULL && context->version >= 150000 &&
	    !object_says(table, "persistence", object_get(sequence, "persistence")))
		persistence_step(sequence, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context;
	if (change_allows(change, "persistence"))
		persistence_step(change->wanted, steps);
}

/* It goes with its column's identity. */
static void
drop(const struct kind_context *context, const struct object *sequence, struct steps *steps)
{
	(void)context;
	(void)sequence;
	(void)steps;
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };
	const char *name = object_text(change->current, "sequence");

	if (!object_says(change->wanted, "sequence", name) ||
	    !object_says(change->wanted, "sequence_schema", object_get(change->current, "sequence_schema")))
		return (struct verdict){ CHANGE_REFUSE, 0,
			                     arena_printf(context->arena, "production's sequence has another name, %s", name) };
	if (strcmp(attributes[attribute].name, "persistence") == 0 && object_says(change->wanted, "persistence", "u"))
		return (struct verdict){ CHANGE_REFUSE, 0, "an unlogged sequence loses its counter in a crash" };
	return verdict;
}

/* It has gone by another name since, where production keeps something of the name. */
static const char *
refuse(const struct kind_context *context, const struct object *sequence)
{
	const struct object *taken = identity_name_holder(context, sequence);
	const struct object *table = catalog_parent(context->wanted, sequence);
	bool plain = object_get(sequence, "acl") == NULL && object_get(sequence, "comment") == NULL &&
	             object_get(sequence, "security_labels") == NULL &&
	             (table == NULL || object_says(table, "persistence", object_get(sequence, "persistence")));

	return plain || taken == NULL ? NULL
	                              : arena_printf(context->arena, "production has %s of that name",
	                                             object_description(context->arena, taken));
}

static const char *
relation_name(const struct object *sequence, const char **schema)
{
	*schema = object_text(sequence, "sequence_schema");
	return object_text(sequence, "sequence");
}

/* A new owner of the table changes who holds what on the sequence. */
static void
relate(const struct kind_context *context, const struct object *sequence, struct edges *edges)
{
	(void)context;
	edges_after(edges, catalog_parent(edges_catalog(edges), sequence));
	edges_after(edges, table_find_part(edges_catalog(edges), "column", object_schema(sequence),
	                                   object_text(sequence, "table"), object_name(sequence)));
}

const struct kind kind_identity_sequence = {
	.name = "identity_sequence",
	.plural = "sequences of identity columns",
	.catalog = "pg_class",
	.query = identity_sequence_sql,
	.cost = 5,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_OF_PARENT | KIND_IS_PART | KIND_NAMES_RELATION,
	.relation_name = relation_name,
	.grant_class = "SEQUENCE",
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.refuse = refuse,
	.relate = relate,
};
