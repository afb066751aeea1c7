/*
 * transform.c - how a language sees the values of a type.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/transform.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "type", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "language", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "from_sql", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "to_sql", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_COMMENT,
};

static void
address(struct buffer *out, const struct object *transform)
{
	sql_append(out, "TRANSFORM FOR %X LANGUAGE %I", object_get(transform, "type"), object_get(transform, "language"));
}

static void
write_transform(const struct object *transform, enum step_action action, unsigned hazards, struct steps *steps)
{
	const char *from_sql = object_get(transform, "from_sql");
	const char *to_sql = object_get(transform, "to_sql");
	struct buffer sql = BUFFER_INIT;

	buffer_append_text(&sql, action == STEP_CREATE ? "CREATE " : "CREATE OR REPLACE ");
	address(&sql, transform);
	if (from_sql != NULL)
		sql_append(&sql, " (FROM SQL WITH FUNCTION %X", from_sql);
	if (to_sql != NULL)
		sql_append(&sql, from_sql != NULL ? ", TO SQL WITH FUNCTION %X" : " (TO SQL WITH FUNCTION %X", to_sql);
	buffer_append_char(&sql, ')');
	steps_take(steps, transform, action, LOCK_NONE, hazards, &sql);
	buffer_fini(&sql);
}

static void
create(const struct kind_context *context, const struct object *transform, struct steps *steps)
{
	(void)context;
	write_transform(transform, STEP_CREATE, 0, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* both functions are replaced, together */
	write_transform(change->wanted, STEP_REPLACE, HAZARD_BEHAVIOUR, steps);
}

const struct kind kind_transform = {
	.name = "transform",
	.plural = "transforms",
	.catalog = "pg_transform",
	.query = transform_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.address = address,
	.create = create,
	.alter = alter,
};
