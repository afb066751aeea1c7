#include "build.h"

#include "import/probe.h"

#include "base/log.h"
#include "catalog/object.h"
#include "import/hints.h"

#define EXAMPLE_MOST 80

static bool
is_candidate(const struct plan_change *plan_change)
{
	const struct change *change = &plan_change->change;

	if (change->wanted == NULL || change->wanted->kind->probe == NULL)
		return false;
	switch (plan_change->decision) {
	case DECISION_CREATE:
	case DECISION_ALTER:
	case DECISION_REPLACE:
	case DECISION_REBUILD:
		return true;
	case DECISION_DROP:
	case DECISION_KEEP:
	case DECISION_WITHHOLD:
	case DECISION_NONE:
		break;
	}
	return false;
}

/* Whether the kind asks about this attribute alone: then it is what tightens. */
static bool
asks_about(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct change alone = *change;
	struct probe probe = { NULL, NULL };

	alone.allowed = UINT64_C(1) << attribute;
	return alone.current->kind->probe(context, &alone, &probe) && probe.query != NULL;
}

/*
 * What is held back: all of a new object; of a present one, the attributes that tighten, so that the others are
 * done.  Owner, privileges and comment never.
 */
static uint64_t
tightened(const struct kind_context *context, const struct change *change)
{
	const struct kind *kind = change->wanted->kind;
	uint64_t plain = 0;
	uint64_t asked = 0;

	if (change->current == NULL)
		return kind->attribute_count >= 64 ? UINT64_MAX : (UINT64_C(1) << kind->attribute_count) - 1;
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		if (!(change->differs >> i & 1) || kind->attributes[i].role != ROLE_PLAIN)
			continue;
		plain |= UINT64_C(1) << i;
		if (asks_about(context, change, i))
			asked |= UINT64_C(1) << i;
	}
	return asked != 0 ? asked : plain;
}

/* "%s rows are NULL" -> "17 rows are NULL (for example 42)".  The pattern is a kind's, never used as a format. */
static char *
make_reason(struct arena *arena, const char *pattern, const char *count, const char *example)
{
	const char *place = strstr(pattern, "%s");
	char *reason;

	if (place == NULL)
		reason = arena_strdup(arena, pattern);
	else
		reason = arena_printf(arena, "%.*s%s%s", (int)(place - pattern), pattern, count, place + 2);
	if (example == NULL)
		return reason;
	const char *more = strlen(example) > EXAMPLE_MOST ? "..." : "";
	return arena_printf(arena, "%s (for example %.*s%s)", reason, EXAMPLE_MOST, example, more);
}

static int
ask(struct connection *connection, const struct kind_context *context, const struct probe *probe, char **reason,
    struct error *error)
{
	PGresult *result = NULL;

	*reason = NULL;
	if (connection_query(connection, probe->query, 0, NULL, &result, error) < 0)
		return -1;
	if (PQntuples(result) > 0 && !PQgetisnull(result, 0, 0) && strcmp(PQgetvalue(result, 0, 0), "0") != 0) {
		bool has_example = PQnfields(result) > 1 && !PQgetisnull(result, 0, 1);

		*reason = make_reason(context->arena, probe->reason, PQgetvalue(result, 0, 0),
		                      has_example ? PQgetvalue(result, 0, 1) : NULL);
	}
	PQclear(result);
	return 0;
}

/* Classes of errors that values raise: data exceptions, broken domains, a function's RAISE. */
static bool
is_about_values(const struct error *error)
{
	static const char *const classes[] = { "22", "23", "P0" };

	for (size_t i = 0; i < COUNT_OF(classes); i++)
		if (strncmp(error->sqlstate, classes[i], 2) == 0)
			return true;
	return false;
}

/*
 * Whether it was the rows' values that made the question fail: then it can be planned.  What it says itself may
 * not be known yet (an enum's new label).
 */
static int
blame_rows(struct connection *connection, const struct kind_context *context, const struct probe *probe,
           const struct error *failure, char **reason, struct error *error)
{
	PGresult *result = NULL;

	if (!is_about_values(failure))
		return 0;
	if (connection_execute(connection, "ROLLBACK TO SAVEPOINT pgkeel", error) < 0)
		return -1;
	const char *explain = arena_printf(context->arena, "EXPLAIN %s", probe->query);
	if (connection_query(connection, explain, 0, NULL, &result, error) == 0)
		*reason = arena_printf(context->arena, "a row of production makes it fail: %s", failure->primary);
	else if (connection_is_alive(connection))
		error_clear(error);
	else
		return -1;
	PQclear(result);
	return 0;
}

/* The question could not be answered: with the rows to blame, that is the reason; else the statement will tell. */
static int
not_answered(struct connection *connection, const struct kind_context *context, const struct object *object,
             const struct probe *probe, char **reason, struct error *error)
{
	struct error failure = { 0 };

	if (!connection_is_alive(connection))
		return -1;
	error_move(&failure, error);
	int status = blame_rows(connection, context, probe, &failure, reason, error);
	if (status == 0 && *reason == NULL)
		log_event(LOG_WARNING, "probe.failed", "the rows for %s could not be looked at: %s",
		          object_description(context->arena, object), failure.primary);
	error_clear(&failure);
	return status;
}

static int
probe_change(struct connection *connection, struct plan *plan, struct plan_change *plan_change,
             const struct kind_context *context, size_t *withheld, struct error *error)
{
	const struct object *object = plan_change->change.wanted;
	struct probe probe = { NULL, NULL };
	char *reason = NULL;

	if (!object->kind->probe(context, &plan_change->change, &probe) || probe.query == NULL)
		return 0;
	if (connection_execute(connection, "SAVEPOINT pgkeel", error) < 0)
		return -1;
	if (ask(connection, context, &probe, &reason, error) < 0 &&
	    not_answered(connection, context, object, &probe, &reason, error) < 0)
		return -1;
	if (reason != NULL) {
		plan_withhold(plan, plan_change, tightened(context, &plan_change->change), reason);
		(*withheld)++;
	}
	return connection_execute(connection, "ROLLBACK TO SAVEPOINT pgkeel", error);
}

static int
probe_all(struct connection *connection, struct plan *plan, size_t *withheld, struct error *error)
{
	struct kind_context context;

	bool inside;

	plan_kind_context(plan, &context);
	if (hints_ask_begin(connection, "BEGIN READ ONLY", &inside, error) < 0)
		return -1;
	for (size_t i = 0; i < plan->change_count; i++)
		if (is_candidate(&plan->changes[i]) &&
		    probe_change(connection, plan, &plan->changes[i], &context, withheld, error) < 0)
			return -1;
	return hints_ask_end(connection, inside, error);
}

int
probe_plan(struct connection *connection, struct plan *plan, size_t *withheld, struct error *error)
{
	for (size_t i = 0; i < plan->change_count; i++)
		if (is_candidate(&plan->changes[i]))
			return probe_all(connection, plan, withheld, error);
	return 0;
}
