#include "build.h"

#include "import/refusal.h"

#include "catalog/object.h"
#include "import/journal.h"
#include "reader/reader.h"

/* SQLSTATEs, or classes of them, that say nothing about the statement (errcodes.txt). */
static const char *const others[] = {
	"08",    /* connection, also a foreign server's */
	"25006", /* a database that is read-only */
	"28",    /* authorization */
	"40",    /* deadlock, serialization */
	"53",    /* resources */
	"55P03", /* a lock */
	"57",    /* cancelled, shut down */
	"58",    /* the system's failures */
	"72",    /* a snapshot too old */
	"XX",    /* the server's own failures, damaged data */
};

static bool
is_one_of(const char *sqlstate, const char *const *prefixes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(sqlstate, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

/* A file that the server lacks is a damaged database, unless it is the library of a function or an extension. */
static bool
lacks_library(const struct step *step, const struct error *problem)
{
	return strcmp(problem->sqlstate, "58P01") == 0 && step->object != NULL &&
	       (step->object->kind->traits & KIND_LOADS_LIBRARY) &&
	       (step->action == STEP_CREATE || step->action == STEP_REPLACE);
}

/* Raised by code of production's own over a statement that reads no rows: an event trigger, with which somebody forbids
 * what is tried.  Going on would be against their will. */
static bool
is_veto(const struct step *step, const struct error *problem)
{
	return strcmp(problem->sqlstate, "P0001") == 0 &&
	       !(step->hazards & (HAZARD_SCANS | HAZARD_REWRITES | HAZARD_MAY_FAIL));
}

bool
refusal_is(const struct step *step, const struct error *problem)
{
	return problem->sqlstate[0] != '\0' && !is_veto(step, problem) &&
	       (!is_one_of(problem->sqlstate, others, COUNT_OF(others)) || lacks_library(step, problem));
}

bool
refusal_may_follow(const struct error *problem)
{
	static const char *const absent[] = { "3F000", "42703", "42704", "42883", "42P01" };

	return is_one_of(problem->sqlstate, absent, COUNT_OF(absent));
}

struct refusal *
refusal_new(struct arena *arena, const struct step *step, const struct error *problem)
{
	struct refusal *refusal = arena_zalloc(arena, sizeof(*refusal));

	refusal->object = step->object != NULL ? object_description(arena, step->object) : "";
	refusal->action = step->action;
	refusal->sql = arena_strdup(arena, step->sql);
	refusal->message = arena_strdup(arena, problem->primary);
	refusal->on_rights = strcmp(problem->sqlstate, "42501") == 0;
	refusal->made = step->action == STEP_CREATE ? step->object : NULL;
	return refusal;
}

int
refusal_of_rights(struct connection *connection, const struct refusal *refusal, bool *is, struct error *error)
{
	/* A schema that is not there is one that the plan makes. */
	static const char sql[] =
		"SELECT COALESCE((SELECT pg_catalog.has_schema_privilege(n.oid, 'CREATE') FROM pg_catalog.pg_namespace n"
		" WHERE n.nspname = $1), pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'))::text";
	const struct object *made = refusal->made;
	char *may = NULL;

	*is = false;
	if (made == NULL || made->kind->parents != NULL)
		return 0;
	const char *values[] = { (made->kind->traits & KIND_IN_SCHEMA) != 0 ? object_schema(made) : NULL };
	if (connection_query_value(connection, sql, 1, values, &may, error) < 0)
		return -1;
	*is = may != NULL && strcmp(may, "true") == 0;
	free(may);
	return 0;
}

/* --- the history --- */

static bool
same_text(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool
is_of_this_snapshot(const struct target *target, const struct journal_run *run)
{
	const char *options = arena_printf(target->arena, "%u", settings_kind_options(target->settings));

	return same_text(run->content, target->manifest->content) && same_text(run->options, options);
}

/* Whether the schema is as the run left it: the stamp costs something, and not every read has taken it. */
static int
check_schema(const struct target *target, const struct journal_run *run, bool *same, struct error *error)
{
	char *stamp = NULL;

	*same = same_text(run->stamp_after, target->current->info.stamp);
	if (target->current->info.stamp != NULL)
		return 0;
	if (reader_stamp(target->connection, &stamp, error) < 0)
		return -1;
	*same = same_text(run->stamp_after, stamp);
	free(stamp);
	return 0;
}

static void
add_recalled(struct vector *refusals, struct arena *arena, const struct journal_step *step, const char *run)
{
	struct refusal *refusal = arena_zalloc(arena, sizeof(*refusal));

	for (int action = STEP_CREATE; action <= STEP_DROP; action++)
		if (strcmp(step_action_name((enum step_action)action), step->action) == 0)
			refusal->action = (enum step_action)action;
	refusal->object = step->object != NULL ? step->object : "";
	refusal->sql = step->sql;
	refusal->message = step->error != NULL ? step->error : "";
	refusal->run = run;
	vector_add(refusals, refusal);
}

static int
read_history(struct target *target, struct vector *refusals, struct error *error)
{
	struct journal_place place;
	struct journal_run *run = NULL;
	struct vector steps = { 0 };
	bool same = false;

	if (journal_look(target->connection, &place, error) < 0)
		return -1;
	if (!place.readable)
		return 0;
	if (journal_newest_good(target->connection, target->arena, &run, error) < 0)
		return -1;
	if (run == NULL || !is_of_this_snapshot(target, run))
		return 0;
	int failed = journal_refused_steps(target->connection, target->arena, run->id, &steps, error);
	if (failed == 0 && steps.count > 0)
		failed = check_schema(target, run, &same, error);
	for (size_t i = 0; same && i < steps.count; i++)
		add_recalled(refusals, target->arena, steps.items[i], run->id);
	vector_fini(&steps);
	return failed;
}

int
refusals_recall(struct target *target, struct vector *refusals, struct error *error)
{
	vector_clear(refusals);
	if (target->manifest == NULL)
		return 0;
	int failed = read_history(target, refusals, error);
	if (failed == 0 || !connection_is_alive(target->connection))
		return failed;
	error_clear(error); /* a history of another layout: the plan can do without */
	return 0;
}

int
refusals_record(const struct target *target, size_t first, const char *run, size_t seq, struct error *error)
{
	size_t count = target->refusals.count - first;
	struct journal_record *records = xcalloc(count + 1, sizeof(*records));
	struct step *steps = xcalloc(count + 1, sizeof(*steps));

	for (size_t i = 0; i < count; i++) {
		const struct refusal *refusal = target->refusals.items[first + i];

		steps[i].action = refusal->action;
		steps[i].sql = (char *)(uintptr_t)refusal->sql;
		records[i].seq = seq + i;
		records[i].step = &steps[i];
		records[i].object = refusal->object;
		records[i].outcome = "refused";
		records[i].error = refusal->message;
		records[i].started = journal_clock();
	}
	int failed = journal_add_steps(target->connection, run, records, count, error);
	free(steps);
	free(records);
	return failed;
}

/* --- the plan --- */

static bool
is_described(const struct object *object, const char *description, struct buffer *room)
{
	buffer_clear(room);
	object_describe(room, object);
	return strcmp(buffer_text(room), description) == 0;
}

/* What a plan is about has a change, mostly; what is only to be made anew for the sake of something else has none yet.
 */
static const struct object *
find_described(const struct plan *plan, const char *description)
{
	struct buffer room = BUFFER_INIT;
	const struct object *found = NULL;

	for (size_t i = 0; found == NULL && i < plan->change_count; i++) {
		const struct change *change = &plan->changes[i].change;
		const struct object *object = change->wanted != NULL ? change->wanted : change->current;

		if (is_described(object, description, &room))
			found = object;
	}
	for (uint32_t i = 0; found == NULL && i < plan->current->count; i++)
		if (is_described(&plan->current->objects[i], description, &room))
			found = &plan->current->objects[i];
	buffer_fini(&room);
	return found;
}

static const char *
reason_of(struct arena *arena, const struct refusal *refusal)
{
	if (refusal->run == NULL)
		return arena_printf(arena, "production's server refused it: %s", refusal->message);
	return arena_printf(arena, "production's server refused it in run %s, and apply --retry-refused tries it again: %s",
	                    refusal->run, refusal->message);
}

void
refusals_withhold(const struct target *target)
{
	struct plan *plan = target->plan;

	for (size_t i = 0; i < target->refusals.count; i++) {
		const struct refusal *refusal = target->refusals.items[i];
		const struct object *object = find_described(plan, refusal->object);

		if (object != NULL)
			plan_withhold_statement(plan, object, refusal->sql, reason_of(plan->arena, refusal));
	}
}

bool
refusal_is_parted(const struct target *target, const struct refusal *refusal)
{
	const struct object *object = find_described(target->plan, refusal->object);
	const struct plan_change *change = object != NULL ? plan_change_of(target->plan, object) : NULL;

	return refusal->action == STEP_CREATE && change != NULL && change->in_parts && change->decision == DECISION_CREATE;
}

/* Another object may need the same statement. */
static bool
is_planned(const struct plan *plan, const struct refusal *refusal)
{
	struct buffer room = BUFFER_INIT;
	bool found = false;

	for (size_t i = 0; i < plan->group_count && !found; i++)
		for (size_t j = 0; j < plan->groups[i].count && !found; j++) {
			const struct step *step = plan->groups[i].steps[j];

			found = strcmp(step->sql, refusal->sql) == 0 &&
			        (step->object == NULL || is_described(step->object, refusal->object, &room));
		}
	buffer_fini(&room);
	return found;
}

bool
refusals_are_planned(const struct target *target, size_t first)
{
	for (size_t i = first; i < target->refusals.count; i++)
		if (is_planned(target->plan, target->refusals.items[i]))
			return true;
	return false;
}
