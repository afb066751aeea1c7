/*
 * aggregate.c - aggregate functions.
 *
 * CREATE OR REPLACE AGGREGATE changes everything but arguments, result and sort (pg_aggregate.c, AggregateCreate).
 * ROUTINE addresses aggregates too, by their argument types alone, whether plain or ordered-set.
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
	{ "hypothetical", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "f" },
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
write_aggregate(const struct object *aggregate, enum step_action action, unsigned hazards, const char *verb,
                struct steps *steps)
{
	steps_add(steps, aggregate, action, LOCK_NONE, hazards, "%K AGGREGATE %Q(%X) (%X%K)", verb,
	          object_schema(aggregate), object_get(aggregate, "name"), object_get(aggregate, "signature"),
	          object_get(aggregate, "definition"), object_is(aggregate, "hypothetical") ? ", HYPOTHETICAL" : "");
}

static void
aggregate_create(const struct kind_context *context, const struct object *aggregate, struct steps *steps)
{
	(void)context;
	write_aggregate(aggregate, STEP_CREATE, 0, "CREATE", steps);
}

static void
aggregate_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* the definition is all that is replaced */
	write_aggregate(change->wanted, STEP_REPLACE, HAZARD_BEHAVIOUR, "CREATE OR REPLACE", steps);
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
