#include "build.h"

#include "import/elaborate.h"

#include "base/log.h"
#include "catalog/object.h"
#include "import/hints.h"

/* Locks are asked for with patience for a moment only: the answer is a convenience. */
static const char *const limits[] = { "SET LOCAL lock_timeout = 1000", "SET LOCAL statement_timeout = 30000" };

/* The differing attributes for which asking can help. */
static uint64_t
differing_text(const struct change *change)
{
	const struct kind *kind = change->current->kind;
	uint64_t found = 0;

	for (unsigned i = 0; i < kind->attribute_count; i++)
		if ((change->differs >> i & 1) && kind->attributes[i].type == ATTRIBUTE_EXPRESSION)
			found |= UINT64_C(1) << i;
	return found;
}

/* What stands on something that production lacks cannot be what production has; asked now, the server would take
 * another in its place (an overload that the argument can be cast to). */
static bool
stands_on_missing(const struct plan *plan, const struct object *wanted)
{
	const uint32_t *list;
	uint32_t count = catalog_depends(plan->wanted, wanted, &list);

	for (uint32_t i = 0; i < count; i++)
		if (catalog_counterpart(plan->current, &plan->wanted->objects[list[i]]) == NULL)
			return true;
	return false;
}

static bool
is_candidate(const struct plan *plan, const struct change *change)
{
	return change->current != NULL && change->wanted != NULL && change->current->kind->elaborate != NULL &&
	       differing_text(change) != 0 && !stands_on_missing(plan, change->wanted);
}

/* Leaves the savepoint's work undone, whatever happened in it. */
static int
undo(struct connection *connection, struct error *error)
{
	if (connection_execute(connection, "ROLLBACK TO SAVEPOINT pgkeel", error) < 0)
		return -1;
	return connection_execute(connection, "RELEASE SAVEPOINT pgkeel", error);
}

static int
make_and_read(struct connection *connection, const struct elaboration *elaboration, PGresult **answer,
              struct error *error)
{
	for (size_t i = 0; i < elaboration->statements->count; i++)
		if (connection_execute(connection, elaboration->statements->items[i]->sql, error) < 0)
			return -1;
	return connection_query(connection, elaboration->query, 0, NULL, answer, error);
}

int
elaborate_object(struct connection *connection, const struct kind_context *context, const struct object *object,
                 PGresult **answer, struct error *problem, struct error *error)
{
	struct steps statements;
	struct elaboration elaboration = { &statements, NULL };

	*answer = NULL;
	steps_init(&statements, context->arena);
	if (!object->kind->elaborate(context, object, &elaboration) || elaboration.query == NULL)
		return 0;
	if (connection_execute(connection, "SAVEPOINT pgkeel", error) < 0)
		return -1;
	if (make_and_read(connection, &elaboration, answer, problem) < 0) {
		if (!connection_is_alive(connection)) {
			error_move(error, problem);
			return -1;
		}
		log_event(LOG_DEBUG, "elaborate.failed", "%s could not be elaborated: %s",
		          object_description(context->arena, object), problem->primary);
	}
	return undo(connection, error);
}

/* *answer stays NULL where the server could not make this form. */
static int
attempt(struct connection *connection, const struct kind_context *context, const struct object *object,
        PGresult **answer, struct error *error)
{
	struct error problem = { 0 };

	int failed = elaborate_object(connection, context, object, answer, &problem, error);
	error_clear(&problem);
	return failed;
}

/* Whether both answers hold the same in the column of the attribute, or in that of its tree (elaborate_tree). */
static bool
same_value(const PGresult *a, const PGresult *b, const char *attribute, const char *suffix)
{
	char quoted[2 + 64 + 8];

	/* PQfnumber folds case unless quoted. */
	snprintf(quoted, sizeof(quoted), "\"%s%s\"", attribute, suffix);
	int column_a = PQfnumber(a, quoted);
	int column_b = PQfnumber(b, quoted);

	if (column_a < 0 || column_b < 0 || PQntuples(a) != 1 || PQntuples(b) != 1)
		return false;
	bool null_a = PQgetisnull(a, 0, column_a);
	bool null_b = PQgetisnull(b, 0, column_b);
	if (null_a || null_b)
		return null_a && null_b;
	return strcmp(PQgetvalue(a, 0, column_a), PQgetvalue(b, 0, column_b)) == 0;
}

/* Whether production's text is what the server makes of the wanted one.  Its own text, written again, need not give
 * the same: EXTRACT("YEAR" …) comes back as EXTRACT(YEAR …), which says year. */
static bool
same_as_present(const struct change *change, unsigned attribute, const PGresult *wanted)
{
	char quoted[2 + 64 + 1];
	const char *present = object_value(change->current, attribute);

	snprintf(quoted, sizeof(quoted), "\"%s\"", change->current->kind->attributes[attribute].name);
	int column = PQfnumber(wanted, quoted);

	return present != NULL && column >= 0 && PQntuples(wanted) == 1 && !PQgetisnull(wanted, 0, column) &&
	       strcmp(PQgetvalue(wanted, 0, column), present) == 0;
}

/*
 * Trees leave out how a call is spelled, which versions change (AT TIME ZONE, SUBSTRING … FROM).  Between servers of
 * one major version a spelling is what somebody wrote, so there only the text counts.
 */
static uint64_t
equal_attributes(const struct plan *plan, const struct change *change, const PGresult *wanted, const PGresult *current)
{
	bool same_major = plan->wanted->info.server_version / 10000 == plan->options.version / 10000;

	const struct kind *kind = change->current->kind;
	uint64_t equal = 0;

	if (wanted == NULL)
		return 0;
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const char *name = kind->attributes[i].name;

		if (!(change->differs >> i & 1) || kind->attributes[i].role != ROLE_PLAIN)
			continue;
		if (same_as_present(change, i, wanted) ||
		    (current != NULL &&
		     (same_value(wanted, current, name, "") || (!same_major && same_value(wanted, current, name, " tree")))))
			equal |= UINT64_C(1) << i;
	}
	return equal;
}

static bool
one_extracts(const char *newer, const char *older)
{
	return newer != NULL && older != NULL && strstr(newer, "EXTRACT(") != NULL && strstr(older, "date_part(") != NULL;
}

/*
 * EXTRACT is another function from PostgreSQL 14 on (numeric, no longer date_part's double precision), so here
 * one source text makes two schemas: neither server can say that they were meant to be the same, nor can the older
 * one be given the newer one's.
 */
static const char extract_reason[] =
	"EXTRACT of type numeric needs PostgreSQL 14, and an older one cannot tell it from date_part";

static bool
differs_by_extract(const struct plan *plan, const struct change *change)
{
	const struct kind *kind = change->current->kind;
	bool wanted_is_newer = plan->wanted->info.server_version >= 140000;

	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const char *current = object_value(change->current, i);
		const char *wanted = object_value(change->wanted, i);

		if (kind->attributes[i].type == ATTRIBUTE_EXPRESSION &&
		    (wanted_is_newer ? one_extracts(wanted, current) : one_extracts(current, wanted)))
			return true;
	}
	return false;
}

struct extracts {
	struct plan *plan;
	bool *numeric; /* by index in the wanted catalog: whether EXTRACT makes it another thing */
	bool found;    /* something that the object in question stands on is */
};

static void
look_for_numeric(void *context, const struct object *dependency)
{
	struct extracts *extracts = context;
	const struct object *last = extracts->plan->wanted->objects + extracts->plan->wanted->count;

	if (dependency >= extracts->plan->wanted->objects && dependency < last)
		extracts->found = extracts->found || extracts->numeric[dependency->index];
}

/* One pass over what differs in text; true if it found more. */
static bool
spread_extracts(struct extracts *extracts)
{
	bool more = false;

	for (size_t i = 0; i < extracts->plan->change_count; i++) {
		const struct change *change = &extracts->plan->changes[i].change;

		if (change->current == NULL || change->wanted == NULL || extracts->numeric[change->wanted->index])
			continue;
		extracts->found = differs_by_extract(extracts->plan, change);
		if (!extracts->found)
			plan_each_dependency(extracts->plan, change->wanted, look_for_numeric, extracts);
		extracts->numeric[change->wanted->index] = extracts->found;
		more = more || extracts->found;
	}
	return more;
}

/* With EXTRACT's type those of the columns differ that it makes, and with them the text of what stands on those. */
static void
withhold_extracts(struct plan *plan)
{
	struct extracts extracts = { .plan = plan };

	if ((plan->wanted->info.server_version >= 140000) == (plan->options.version >= 140000))
		return;
	extracts.numeric = xcalloc((size_t)plan->wanted->count + 1, sizeof(*extracts.numeric));
	while (spread_extracts(&extracts))
		;
	for (size_t i = 0; i < plan->change_count; i++) {
		struct plan_change *plan_change = &plan->changes[i];
		const struct change *change = &plan_change->change;

		if (change->current == NULL || change->wanted == NULL || !extracts.numeric[change->wanted->index])
			continue;
		uint64_t text = differing_text(change);
		if (text != 0)
			plan_withhold(plan, plan_change, text, extract_reason);
	}
	free(extracts.numeric);
}

static int
elaborate_change(struct connection *connection, struct plan *plan, struct plan_change *plan_change,
                 const struct kind_context *context, struct error *error)
{
	const struct change *change = &plan_change->change;
	PGresult *wanted = NULL;
	PGresult *current = NULL;

	int failed = attempt(connection, context, change->wanted, &wanted, error);
	if (failed == 0 && wanted != NULL)
		failed = attempt(connection, context, change->current, &current, error);
	uint64_t equal = failed == 0 ? equal_attributes(plan, change, wanted, current) : 0;
	PQclear(wanted);
	PQclear(current);
	if (equal != 0)
		plan_settle_equal(plan, plan_change, equal);
	return failed;
}

static int
elaborate_all(struct connection *connection, struct plan *plan, struct arena *scratch, struct error *error)
{
	struct kind_context context;

	plan_kind_context(plan, &context);
	context.arena = scratch;
	for (size_t i = 0; i < COUNT_OF(limits); i++)
		if (connection_execute(connection, limits[i], error) < 0)
			return -1;
	for (size_t i = 0; i < plan->change_count; i++) {
		if (!is_candidate(plan, &plan->changes[i].change))
			continue;
		arena_reset(scratch);
		if (elaborate_change(connection, plan, &plan->changes[i], &context, error) < 0)
			return -1;
	}
	withhold_extracts(plan);
	return 0;
}

int
elaborate_plan(struct connection *connection, struct plan *plan, struct error *error)
{
	bool wanted = false;

	for (size_t i = 0; i < plan->change_count && !wanted; i++)
		wanted = is_candidate(plan, &plan->changes[i].change);
	if (!wanted)
		return 0;
	bool inside;
	if (hints_ask_begin(connection, "BEGIN", &inside, error) < 0)
		return -1;
	struct arena *scratch = arena_new();
	int failed = elaborate_all(connection, plan, scratch, error);
	arena_free(scratch);
	if (!connection_is_alive(connection))
		return failed;
	struct error undoing = { 0 };
	if (hints_ask_end(connection, inside, &undoing) < 0 && failed == 0) {
		error_move(error, &undoing);
		failed = -1;
	}
	error_clear(&undoing);
	return failed;
}
