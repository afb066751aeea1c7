/*
 * cast.c - casts between types.
 */
#include "build.h"

#include "kinds/cast.sql.h"
#include "kinds/facet.h"
#include "kinds/kinds.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "source", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "target", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "method", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "function", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "context", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "EXPLICIT" },
	FACET_COMMENT,
};

/* Types are the server's text. */
static void
cast_address(struct buffer *out, const struct object *cast)
{
	sql_append(out, "CAST (%X AS %X)", object_get(cast, "source"), object_get(cast, "target"));
}

static void
cast_create(const struct kind_context *context, const struct object *cast, struct steps *steps)
{
	const char *function = object_get(cast, "function");
	const char *method = object_text(cast, "method");
	const char *when = object_get(cast, "context");
	struct buffer sql = BUFFER_INIT;

	(void)context;
	buffer_append_text(&sql, "CREATE ");
	cast_address(&sql, cast);
	if (function != NULL)
		sql_append(&sql, " WITH FUNCTION %X", function);
	else
		buffer_append_text(&sql, method != NULL && strcmp(method, "inout") == 0 ? " WITH INOUT" : " WITHOUT FUNCTION");
	if (when != NULL && strcmp(when, "EXPLICIT") != 0)
		sql_append(&sql, " AS %X", when);
	steps_take(steps, cast, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

const struct kind kind_cast = {
	.name = "cast",
	.plural = "casts",
	.catalog = "pg_cast",
	.query = cast_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.address = cast_address,
	.create = cast_create,
};
