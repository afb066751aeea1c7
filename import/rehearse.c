#include "build.h"

#include "import/rehearse.h"

#include "base/log.h"
#include "catalog/catalog.h"
#include "catalog/object.h"
#include "import/elaborate.h"
#include "import/hints.h"
#include "import/interrupt.h"

/* What is known of a wanted object that is not in production as it should be. */
enum outcome {
	OUTCOME_OPEN,    /* not tried yet */
	OUTCOME_UNKNOWN, /* not made, for no fault of its own: a failure of what stands on it may be due to that */
	OUTCOME_MADE,    /* it is there, as wanted */
	OUTCOME_REFUSED, /* withheld */
};

struct rehearsal {
	struct kind_context parts; /* in which a create writes only such parts as hold data; first: see inlines_data */
	struct kind_context whole; /* that of the trial */
	struct connection *connection;
	struct plan *plan;       /* which learns */
	struct plan *trial;      /* which is run */
	unsigned char *outcomes; /* enum outcome, by index in the wanted catalog */
	bool type_changes; /* one that is there could not be tried: it may have other literals (a new label of an enum) */
	size_t withheld;
};

/* Locks are asked for with patience for a moment only; a function's body may name what is not there yet. */
static const char *const settings[] = { "SET LOCAL lock_timeout = 1000", "SET LOCAL statement_timeout = 30000",
	                                    "SET LOCAL check_function_bodies = off" };

/*
 * What the server says of a statement that it cannot make, whoever runs it and whatever rows there are: classes 42
 * (syntax error or access rule violation), 22 (data exception: a literal that is none of its type) and 0A (feature
 * not supported), less rights and names that are taken.
 */
static bool
is_refusal(const struct error *problem)
{
	static const char *const others[] = { "42501", "42710", "42P07", "42P06", "42723", "42701" };

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (strcmp(problem->sqlstate, others[i]) == 0)
			return false;
	return strncmp(problem->sqlstate, "42", 2) == 0 || strncmp(problem->sqlstate, "22", 2) == 0 ||
	       strncmp(problem->sqlstate, "0A", 2) == 0;
}

/* --- what an object stands on --- */

struct footing {
	const struct rehearsal *rehearsal;
	const struct plan_change *change; /* the object's own */
	const struct object *likeness;    /* whose columns are there as wanted, in a table like it; or NULL */
	bool refused;      /* something of it is withheld: so will be what stands on it */
	bool in_use;       /* something of it holds production's rows */
	bool opaque;       /* something of it may need what the catalog does not tell */
	bool changes;      /* something of it is there and will be another */
	bool lacks_column; /* something of it is not there yet */
	bool lacks_relation;
	bool lacks_other;
};

/* Syntax, values of options, what is named: it is not there, whatever else is.  22P02: a label that an enum is to get.
 */
static bool
is_of_its_own(const char *sqlstate)
{
	return strcmp(sqlstate, "42601") == 0 || strcmp(sqlstate, "42704") == 0 ||
	       (strncmp(sqlstate, "22", 2) == 0 && strcmp(sqlstate, "22P02") != 0);
}

/* Whether the server may have said that only because of what is not as it will be. */
static bool
may_be_due_to(const struct footing *footing, const char *sqlstate)
{
	return (footing->changes && !is_of_its_own(sqlstate)) ||
	       (footing->opaque && footing->rehearsal->type_changes && strncmp(sqlstate, "22", 2) == 0) ||
	       (footing->lacks_column && strcmp(sqlstate, "42703") == 0) ||
	       (footing->lacks_relation && strcmp(sqlstate, "42P01") == 0) ||
	       (footing->lacks_other && (strcmp(sqlstate, "42704") == 0 || !is_of_its_own(sqlstate)));
}

/* What is withheld stays as it is, in the rehearsal and after it. */
static bool
is_made_so(const struct plan_change *change)
{
	return change->decision == DECISION_CREATE || change->decision == DECISION_ALTER ||
	       change->decision == DECISION_REPLACE || change->decision == DECISION_REBUILD;
}

/* What the object is, in the end, a part of. */
static const struct object *
whole_of(const struct rehearsal *rehearsal, const struct object *object)
{
	const struct object *above = object;

	while (catalog_parent(rehearsal->trial->wanted, above) != NULL)
		above = catalog_parent(rehearsal->trial->wanted, above);
	return above;
}

/* What was to come with something new that is refused. */
static bool
is_part_of_refused(const struct rehearsal *rehearsal, const struct object *object)
{
	const struct object *whole = whole_of(rehearsal, object);
	const struct plan_change *change = plan_change_of(rehearsal->trial, whole);

	return whole != object && change != NULL && change->change.wanted == whole && change->decision == DECISION_CREATE &&
	       rehearsal->outcomes[whole->index] == OUTCOME_REFUSED;
}

static void
look_at_footing(void *argument, const struct object *dependency)
{
	struct footing *footing = argument;
	const struct rehearsal *rehearsal = footing->rehearsal;
	const struct plan_change *change = plan_change_of(rehearsal->trial, dependency);

	if ((dependency->kind->traits & KIND_HOLDS_DATA) &&
	    catalog_counterpart(rehearsal->trial->current, dependency) != NULL)
		footing->in_use = true;
	footing->opaque = footing->opaque || (dependency->kind->traits & KIND_OPAQUE);
	if (is_part_of_refused(rehearsal, dependency))
		footing->refused = true;
	if (change == NULL || change->change.wanted != dependency || !is_made_so(change))
		return;
	if (footing->likeness != NULL && (dependency->kind->traits & KIND_HOLDS_DATA) &&
	    whole_of(rehearsal, dependency) == footing->likeness &&
	    rehearsal->outcomes[dependency->index] != OUTCOME_REFUSED)
		return;
	enum outcome outcome = rehearsal->outcomes[dependency->index];
	if (outcome == OUTCOME_MADE)
		return;
	if (change->decision != DECISION_CREATE)
		/* What is refused stays as it is, and what stands on it has to do with that. */
		footing->changes = footing->changes ||
		                   (outcome != OUTCOME_REFUSED && plan_reshapes(rehearsal->trial, change, footing->change));
	else if (outcome == OUTCOME_REFUSED)
		footing->refused = true;
	else if (dependency->kind->parents != NULL && (dependency->kind->traits & KIND_HOLDS_DATA))
		footing->lacks_column = true;
	else if (strcmp(dependency->kind->catalog, "pg_class") == 0)
		footing->lacks_relation = true;
	else
		footing->lacks_other = true;
}

static void
leave_unknown(struct rehearsal *rehearsal, const struct object *object)
{
	const struct plan_change *change = plan_change_of(rehearsal->trial, object);

	rehearsal->outcomes[object->index] = OUTCOME_UNKNOWN;
	if (change != NULL && change->decision != DECISION_CREATE && strcmp(object->kind->catalog, "pg_type") == 0)
		rehearsal->type_changes = true;
}

static void
find_footing(struct footing *footing, const struct object *object)
{
	const struct plan *trial = footing->rehearsal->trial;

	footing->change = plan_change_of(trial, object);
	if (footing->change != NULL)
		plan_each_dependency(trial, object, look_at_footing, footing);
}

typedef void part_visit(struct rehearsal *rehearsal, const struct object *part, void *argument);

/* The parts that the object's create writes along, and theirs. */
static void
each_part(struct rehearsal *rehearsal, const struct object *object, part_visit *visit, void *argument)
{
	for (unsigned k = 0; k < kind_count; k++) {
		const struct object *child;
		uint32_t count = 0;

		if ((kinds[k]->traits & KIND_INLINE) && kinds[k]->parents != NULL)
			count = catalog_children(rehearsal->trial->wanted, object, kinds[k], &child);
		for (uint32_t i = 0; i < count; i++) {
			if (!rehearsal->whole.inlined(&rehearsal->whole, &child[i]))
				continue;
			visit(rehearsal, &child[i], argument);
			each_part(rehearsal, &child[i], visit, argument);
		}
	}
}

/* A part that holds rows is one of its whole; others can be made by themselves. */
static void
look_at_data_part(struct rehearsal *rehearsal, const struct object *part, void *footing)
{
	(void)rehearsal; /* the footing has it */
	if (part->kind->traits & KIND_HOLDS_DATA)
		find_footing(footing, part);
}

/* --- trying --- */

/* 1: done; 0: *problem says why not; -1: the connection is lost. */
static int
run(struct rehearsal *rehearsal, const char *sql, struct error *problem, struct error *error)
{
	struct connection *connection = rehearsal->connection;

	if (connection_execute(connection, "SAVEPOINT pgkeel", error) < 0)
		return -1;
	int done = connection_execute(connection, sql, problem) == 0;
	if (!connection_is_alive(connection)) {
		error_move(error, problem);
		return -1;
	}
	if (!done && connection_execute(connection, "ROLLBACK TO SAVEPOINT pgkeel", error) < 0)
		return -1;
	return connection_execute(connection, "RELEASE SAVEPOINT pgkeel", error) < 0 ? -1 : done;
}

static int
run_all(struct rehearsal *rehearsal, const struct steps *steps, struct error *problem, struct error *error)
{
	int done = 1;

	for (size_t i = 0; i < steps->count && done == 1; i++)
		done = run(rehearsal, steps->items[i]->sql, problem, error);
	return done;
}

/* What the plan says of the object, or would do to it: all of what is new, what text is altered of what is there. */
static void
refuse(struct rehearsal *rehearsal, const struct object *object, const struct error *problem)
{
	struct plan *plan = rehearsal->plan;
	struct plan_change *change = plan_change_of(plan, object);

	rehearsal->outcomes[object->index] = OUTCOME_REFUSED;
	if (change == NULL || change->decision == DECISION_NONE || change->decision == DECISION_WITHHOLD)
		return;
	uint64_t held = UINT64_MAX;
	if (change->change.current != NULL)
		held = change->change.allowed;
	plan_withhold(plan, change, held,
	              arena_printf(plan->arena, "production's PostgreSQL %d cannot make it as PostgreSQL %d did: %s",
	                           plan->options.version / 10000, plan->wanted->info.server_version / 10000,
	                           problem->primary));
	rehearsal->withheld++;
}

static void
note_outcome(struct rehearsal *rehearsal, const struct object *object, int done, const struct footing *footing,
             const struct error *problem)
{
	if (done == 1)
		rehearsal->outcomes[object->index] = OUTCOME_MADE;
	else if (!footing->refused && is_refusal(problem) && !may_be_due_to(footing, problem->sqlstate))
		refuse(rehearsal, object, problem);
	else {
		leave_unknown(rehearsal, object);
		log_event(LOG_DEBUG, "rehearse.unknown", "%s could not be tried: %s",
		          object_description(rehearsal->whole.arena, object), problem->primary);
	}
}

static void
part_is_made(struct rehearsal *rehearsal, const struct object *part, void *argument)
{
	(void)argument;
	rehearsal->outcomes[part->index] = OUTCOME_MADE;
}

/* Whether this part is written in its whole's create when parts are tried one by one. */
static bool
inlines_data(const struct kind_context *context, const struct object *part)
{
	const struct rehearsal *rehearsal = (const struct rehearsal *)(uintptr_t)context;

	return (part->kind->traits & KIND_HOLDS_DATA) && rehearsal->whole.inlined(&rehearsal->whole, part);
}

struct parting {
	int status; /* as of run */
	struct error *error;
};

/* A part of a whole that was made without it. */
static void
try_part(struct rehearsal *rehearsal, const struct object *part, void *argument)
{
	struct parting *parting = argument;
	struct footing footing = { .rehearsal = rehearsal };
	struct error problem = { 0 };
	struct steps steps;

	if (part->kind->traits & KIND_HOLDS_DATA) {
		rehearsal->outcomes[part->index] = OUTCOME_MADE;
		return;
	}
	if (parting->status < 0)
		return;
	find_footing(&footing, part);
	steps_init(&steps, rehearsal->parts.arena);
	part->kind->create(&rehearsal->parts, part, &steps);
	int done = run_all(rehearsal, &steps, &problem, parting->error);
	if (done < 0)
		parting->status = -1;
	else
		note_outcome(rehearsal, part, done, &footing, &problem);
	error_clear(&problem);
}

/* Once the whole was refused: which part is to blame?  A whole without any of those parts shows its own fault. */
static int
try_in_parts(struct rehearsal *rehearsal, const struct object *object, struct footing *footing, struct error *error)
{
	struct parting parting = { 0, error };
	struct error problem = { 0 };
	struct steps steps;

	each_part(rehearsal, object, look_at_data_part, footing);
	steps_init(&steps, rehearsal->parts.arena);
	object->kind->create(&rehearsal->parts, object, &steps);
	int done = run_all(rehearsal, &steps, &problem, error);
	if (done >= 0)
		note_outcome(rehearsal, object, done, footing, &problem);
	error_clear(&problem);
	if (done == 1)
		each_part(rehearsal, object, try_part, &parting);
	return done < 0 ? -1 : parting.status;
}

/* A part's double in the temporary schema: of the same parent, which says what sort of thing it is a part of. */
static struct object *
double_of(struct rehearsal *rehearsal, const struct object *part)
{
	struct arena *arena = rehearsal->parts.arena;
	const char **values = arena_alloc(arena, OBJECT_ATTRIBUTES_MOST * sizeof(*values));
	struct object *copy = arena_zalloc(arena, sizeof(*copy));

	object_values(part, values);
	values[0] = "pg_temp";
	object_pack(copy, arena, part->kind, values);
	copy->index = part->index;
	copy->parent = part->parent;
	return copy;
}

/* Whether what was added from `first` on names nothing but what is temporary; else it is taken out: not for trying. */
static bool
is_temporary(struct steps *steps, size_t first)
{
	for (size_t i = first; i < steps->count; i++)
		if (strstr(steps->items[i]->sql, "pg_temp") == NULL)
			steps->count = first;
	return steps->count > first;
}

/* What makes room for the double, or becomes it, is not there (a key of another name). */
static bool
keep_creations(struct steps *steps, size_t first)
{
	size_t kept = first;

	for (size_t i = first; i < steps->count; i++)
		if (steps->items[i]->action == STEP_CREATE)
			steps->items[kept++] = steps->items[i];
	steps->count = kept;
	return kept > first;
}

/* Adds what makes the double of what is there already, which holds no data, and to `steps` what changes it. */
static bool
add_altered_double(struct rehearsal *rehearsal, const struct change *change, struct steps *before, struct steps *steps)
{
	const struct kind *kind = change->wanted->kind;
	struct change copy = *change;
	size_t first = before->count;

	copy.wanted = double_of(rehearsal, change->wanted);
	copy.current = double_of(rehearsal, change->current);
	if (kind->alter == NULL)
		return false;
	if (!(kind->traits & KIND_HOLDS_DATA)) {
		kind->create(&rehearsal->parts, copy.current, before);
		if (!is_temporary(before, first) || !keep_creations(before, first))
			return false;
	}
	first = steps->count;
	kind->alter(&rehearsal->parts, &copy, steps);
	return is_temporary(steps, first);
}

/* Adds what makes the double as it is wanted. */
static bool
add_double(struct rehearsal *rehearsal, const struct object *object, struct steps *before, struct steps *steps)
{
	const struct plan_change *change = plan_change_of(rehearsal->trial, object);
	size_t first = steps->count;

	if (object->kind->create == NULL)
		return false;
	if (change != NULL && (change->decision == DECISION_ALTER || change->decision == DECISION_REPLACE))
		return add_altered_double(rehearsal, &change->change, before, steps);
	object->kind->create(&rehearsal->parts, double_of(rehearsal, object), steps);
	return is_temporary(steps, first) && keep_creations(steps, first);
}

/* What the object is or is a part of, where that holds rows and is in production. */
static const struct object *
table_in_use(const struct rehearsal *rehearsal, const struct object *object)
{
	const struct object *above = whole_of(rehearsal, object);

	if (!(above->kind->traits & KIND_HOLDS_DATA) || !(above->kind->traits & KIND_IN_SCHEMA) ||
	    catalog_counterpart(rehearsal->trial->current, above) == NULL)
		return NULL;
	return above;
}

/* A temporary table like the present one, and its columns as they will be. */
static void
write_likeness(struct rehearsal *rehearsal, const struct object *table, const struct object *part, struct steps *steps)
{
	const struct catalog *wanted = rehearsal->trial->wanted;

	steps_add(steps, part, STEP_CREATE, LOCK_NONE, 0, "CREATE TEMPORARY TABLE %Q (LIKE %Q INCLUDING GENERATED)",
	          "pg_temp", object_name(table), object_schema(table), object_name(table));
	for (unsigned k = 0; k < kind_count; k++) {
		const struct object *sibling;
		uint32_t count = 0;

		if ((kinds[k]->traits & KIND_HOLDS_DATA) && kinds[k]->parents != NULL)
			count = catalog_children(wanted, table, kinds[k], &sibling);
		for (uint32_t i = 0; i < count; i++) {
			const struct plan_change *change = plan_change_of(rehearsal->trial, &sibling[i]);

			if (change != NULL && change->change.wanted == &sibling[i] && is_made_so(change) && &sibling[i] != part &&
			    rehearsal->outcomes[sibling[i].index] != OUTCOME_REFUSED)
				add_double(rehearsal, &sibling[i], steps, steps);
		}
	}
}

/* Tries the double on the likeness of its table, as far as that can be made (*lacking).  Nothing stays. */
static int
try_double(struct rehearsal *rehearsal, const struct steps *likeness, const struct steps *doubles, bool *lacking,
           struct error *problem, struct error *error)
{
	int done = 1;

	if (connection_execute(rehearsal->connection, "SAVEPOINT pgkeel_double", error) < 0)
		return -1;
	for (size_t i = 0; i < likeness->count && done >= 0; i++) {
		struct error other = { 0 };

		done = run(rehearsal, likeness->items[i]->sql, &other, error);
		*lacking = *lacking || done == 0;
		error_clear(&other);
	}
	if (done >= 0)
		done = run_all(rehearsal, doubles, problem, error);
	if (done >= 0 && connection_execute(rehearsal->connection, "ROLLBACK TO SAVEPOINT pgkeel_double", error) < 0)
		return -1;
	return done;
}

/*
 * What says nothing on a temporary likeness.  42P16: what a temporary table cannot be given, a foreign key to a
 * permanent one; 42809: what it cannot be, a permanent one's partition, or what no plain table can.  Of a table itself,
 * which goes without its parts: 42704.
 */
static bool
is_due_to_likeness(const struct object *object, const struct object *table, const char *sqlstate)
{
	return strcmp(sqlstate, "42P16") == 0 || strcmp(sqlstate, "42809") == 0 ||
	       (object == table && strcmp(sqlstate, "42704") == 0);
}

/* Only what the object says is tried, on something temporary. */
static int
try_text(struct rehearsal *rehearsal, const struct object *object, struct error *error)
{
	const struct object *table = table_in_use(rehearsal, object);
	struct footing footing = { .rehearsal = rehearsal };
	struct error problem = { 0 };
	bool lacking = false;
	bool doubled = false;
	PGresult *answer = NULL;
	struct steps likeness;
	struct steps doubles;
	int failed = 0;

	leave_unknown(rehearsal, object);
	steps_init(&likeness, rehearsal->parts.arena);
	steps_init(&doubles, rehearsal->parts.arena);
	if (table != NULL)
		write_likeness(rehearsal, table, object, &likeness);
	if (table != NULL)
		doubled = add_double(rehearsal, object, &likeness, &doubles);
	if (doubled)
		failed = try_double(rehearsal, &likeness, &doubles, &lacking, &problem, error) < 0 ? -1 : 0;
	else if (object->kind->elaborate != NULL)
		failed = elaborate_object(rehearsal->connection, &rehearsal->whole, object, &answer, &problem, error);
	/* What is asked otherwise stands on the table as it is. */
	footing.likeness = doubled && !lacking ? table : NULL;
	find_footing(&footing, object);
	if (failed == 0 && problem.code != 0 && !is_due_to_likeness(object, table, problem.sqlstate) &&
	    is_refusal(&problem) && !footing.refused && !may_be_due_to(&footing, problem.sqlstate))
		refuse(rehearsal, object, &problem);
	PQclear(answer);
	error_clear(&problem);
	return failed;
}

/* The parts of what was tried so. */
static void
try_part_text(struct rehearsal *rehearsal, const struct object *part, void *argument)
{
	struct parting *parting = argument;

	if (parting->status == 0)
		parting->status = try_text(rehearsal, part, parting->error);
}

/* For what would be in the way of others. */
static int
try_aside(struct rehearsal *rehearsal, const struct object *object, bool creates, struct error *error)
{
	struct parting parting = { 0, error };

	if (try_text(rehearsal, object, error) < 0)
		return -1;
	if (creates && rehearsal->outcomes[object->index] != OUTCOME_REFUSED)
		each_part(rehearsal, object, try_part_text, &parting);
	return parting.status;
}

static int
try_create(struct rehearsal *rehearsal, const struct step *step, struct footing *footing, struct error *error)
{
	const struct object *object = step->object;
	struct error problem = { 0 };

	int done = run(rehearsal, step->sql, &problem, error);
	if (done == 1) {
		rehearsal->outcomes[object->index] = OUTCOME_MADE;
		each_part(rehearsal, object, part_is_made, NULL);
	} else if (done == 0)
		done = try_in_parts(rehearsal, object, footing, error);
	error_clear(&problem);
	return done < 0 ? -1 : 0;
}

/* A statement of a change to what is there. */
static int
try_change(struct rehearsal *rehearsal, const struct step *step, const struct footing *footing, struct error *error)
{
	struct error problem = { 0 };

	int done = run(rehearsal, step->sql, &problem, error);
	if (done >= 0)
		note_outcome(rehearsal, step->object, done, footing, &problem);
	error_clear(&problem);
	return done < 0 ? -1 : 0;
}

/* Whether the statement would keep others waiting, or take long. */
static bool
is_in_the_way(const struct step *step, const struct plan_change *change, const struct footing *footing)
{
	bool in_use = footing->in_use || change->change.current != NULL;

	return step->outside_transaction || (step->hazards & (HAZARD_SCANS | HAZARD_REWRITES)) != 0 ||
	       (in_use && step->lock > LOCK_SHARE_UPDATE_EXCLUSIVE);
}

static int
try_step(struct rehearsal *rehearsal, const struct step *step, struct error *error)
{
	const struct object *object = step->object;
	const struct plan_change *change = object != NULL ? plan_change_of(rehearsal->trial, object) : NULL;
	struct footing footing = { .rehearsal = rehearsal };
	struct error problem = { 0 };

	if (change == NULL || change->change.wanted != object || step->action == STEP_DROP)
		return 0;
	enum outcome outcome = rehearsal->outcomes[object->index];
	if (outcome == OUTCOME_MADE && change->decision == DECISION_CREATE) {
		/* Owner, privileges, comment: of no consequence for what stands on it. */
		int done = run(rehearsal, step->sql, &problem, error);
		error_clear(&problem);
		return done < 0 ? -1 : 0;
	}
	/* A change may be several statements; what is made again is not gone yet. */
	if (outcome != OUTCOME_OPEN && outcome != OUTCOME_MADE)
		return 0;
	find_footing(&footing, object);
	if (footing.refused) {
		leave_unknown(rehearsal, object);
		return 0;
	}
	if (change->decision == DECISION_REBUILD || is_in_the_way(step, change, &footing))
		return try_aside(rehearsal, object, change->decision == DECISION_CREATE, error);
	if (change->decision != DECISION_CREATE)
		return try_change(rehearsal, step, &footing, error);
	return try_create(rehearsal, step, &footing, error);
}

static int
try_all(struct rehearsal *rehearsal, struct error *error)
{
	const struct plan *trial = rehearsal->trial;

	for (size_t i = 0; i < COUNT_OF(settings); i++)
		if (connection_execute(rehearsal->connection, settings[i], error) < 0)
			return -1;
	for (size_t i = 0; i < trial->group_count; i++) {
		for (size_t j = 0; j < trial->groups[i].count; j++) {
			if (interrupt_check(error) < 0 || try_step(rehearsal, trial->groups[i].steps[j], error) < 0)
				return -1;
			arena_reset(rehearsal->whole.arena);
		}
	}
	return 0;
}

static int
rehearse(struct rehearsal *rehearsal, struct error *error)
{
	struct error undoing = { 0 };
	bool inside;

	if (hints_ask_begin(rehearsal->connection, "BEGIN", &inside, error) < 0)
		return -1;
	int failed = try_all(rehearsal, error);
	if (!connection_is_alive(rehearsal->connection))
		return failed;
	if (hints_ask_end(rehearsal->connection, inside, &undoing) < 0 && failed == 0) {
		error_move(error, &undoing);
		failed = -1;
	}
	error_clear(&undoing);
	return failed;
}

/* Adds to *withheld. */
static int
rehearse_once(struct connection *connection, struct plan *plan, size_t *withheld, struct error *error)
{
	struct rehearsal rehearsal = { .connection = connection, .plan = plan };

	rehearsal.trial = plan_trial(plan, error);
	if (rehearsal.trial == NULL)
		return -1;
	plan_kind_context(rehearsal.trial, &rehearsal.whole);
	rehearsal.whole.arena = arena_new();
	rehearsal.parts = rehearsal.whole;
	rehearsal.parts.inlined = inlines_data;
	rehearsal.outcomes = xcalloc((size_t)plan->wanted->count + 1, 1);
	int failed = rehearsal.trial->step_count > 0 ? rehearse(&rehearsal, error) : 0;
	log_event(LOG_DEBUG, "rehearse.done", "%zu statements were tried, %zu changes withheld",
	          rehearsal.trial->step_count, rehearsal.withheld);
	*withheld += rehearsal.withheld;
	free(rehearsal.outcomes);
	arena_free(rehearsal.whole.arena);
	plan_free(rehearsal.trial);
	return failed;
}

int
rehearse_plan(struct connection *connection, struct plan *plan, struct error *error)
{
	size_t before = 0;
	size_t withheld = 0;

	if (plan->wanted->info.server_version / 10000 == connection_version(connection) / 10000)
		return 0;
	/* Without what is withheld the plan has other statements: what came with a parent's is to be said by itself. */
	do {
		before = withheld;
		if (rehearse_once(connection, plan, &withheld, error) < 0)
			return -1;
	} while (withheld > before);
	return 0;
}
