/*
 * aggregate.c - aggregate functions.
 *
 * CREATE OR REPLACE AGGREGATE changes everything but arguments and result (pg_aggregate.c, AggregateCreate).  ROUTINE
 * addresses aggregates too, by their argument types alone, whether plain or ordered-set.
 */
#include "build.h"

#include "kinds/aggregate.sql.h"
#include "kinds/facet.h"
#include "kinds/kinds.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "arguments", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "signature", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "*" },
	{ "result", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "definition", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

static void
aggregate_address(struct buffer *out, const struct object *aggregate)
{
	sql_append(out, "ROUTINE %Q(%X)", object_schema(aggregate), object_get(aggregate, "name"),
	           object_get(aggregate, "arguments"));
}

static void
aggregate_create(const struct kind_context *context, const struct object *aggregate, struct steps *steps)
{
	(void)context;
	steps_add(steps, aggregate, STEP_CREATE, LOCK_NONE, 0, "CREATE AGGREGATE %Q(%X) (%X)", object_schema(aggregate),
	          object_get(aggregate, "name"), object_get(aggregate, "signature"), object_get(aggregate, "definition"));
}

static void
aggregate_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *aggregate = change->wanted;

	(void)context; /* the definition is all that is replaced */
	steps_add(steps, aggregate, STEP_REPLACE, LOCK_NONE, HAZARD_BEHAVIOUR, "CREATE OR REPLACE AGGREGATE %Q(%X) (%X)",
	          object_schema(aggregate), object_get(aggregate, "name"), object_get(aggregate, "signature"),
	          object_get(aggregate, "definition"));
}

static const char *const shaping[] = { "signature", "result", NULL };

const struct kind kind_aggregate = {
	.name = "aggregate",
	.plural = "aggregates",
	.sql = "ROUTINE",
	.catalog = "pg_proc",
	.query = aggregate_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA,
	.shaping = shaping,
	.grant_class = "ROUTINE",
	.address = aggregate_address,
	.create = aggregate_create,
	.alter = aggregate_alter,
};
