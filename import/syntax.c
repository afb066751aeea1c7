#include "build.h"

#include "import/syntax.h"

#include "base/map.h"
#include "catalog/object.h"
#include "postgres/sql.h"

struct checking {
	struct connection *connection;
	struct plan *plan;
	struct kind_context context;
	struct map *types; /* built-in types that were asked for: known or unknown */
};

static char known[] = "";

/* Whether the change writes text of the snapshot's server. */
static bool
is_candidate(const struct plan_change *plan_change)
{
	const struct change *change = &plan_change->change;

	if (change->wanted == NULL || change->wanted->kind->create == NULL)
		return false;
	if (plan_change->decision == DECISION_CREATE)
		return true;
	if (plan_change->decision != DECISION_ALTER && plan_change->decision != DECISION_REPLACE &&
	    plan_change->decision != DECISION_REBUILD)
		return false;
	for (unsigned i = 0; i < change->wanted->kind->attribute_count; i++)
		if ((change->allowed >> i & 1) && change->wanted->kind->attributes[i].type == ATTRIBUTE_EXPRESSION)
			return true;
	return false;
}

/*
 * Has production parse the statement.  *complaint becomes its message where it is of this SQLSTATE.  Other
 * complaints say nothing: what the statement stands on may not be there yet.
 */
static int
parse(struct checking *checking, const char *sql, const char *sqlstate, char **complaint, struct error *error)
{
	PGresult *result = PQprepare(connection_handle(checking->connection), "", sql, 0, NULL);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	int failed = 0;

	*complaint = NULL;
	if (!connection_is_alive(checking->connection))
		failed = connection_error(checking->connection, result, error);
	else if (PQresultStatus(result) != PGRES_COMMAND_OK && state != NULL && strcmp(state, sqlstate) == 0)
		*complaint = arena_strdup(checking->plan->arena, message != NULL ? message : sqlstate);
	PQclear(result);
	return failed;
}

/* Built-in types are written without a schema, since nothing is in the search path. */
static int
check_type(struct checking *checking, const char *type, char **complaint, struct error *error)
{
	struct buffer sql = BUFFER_INIT;
	char *found;

	*complaint = NULL;
	if (type == NULL || strpbrk(type, ".\"") != NULL)
		return 0;
	found = map_get(checking->types, type, strlen(type));
	if (found != NULL) {
		*complaint = found != known ? found : NULL;
		return 0;
	}
	sql_append(&sql, "SELECT CAST(NULL AS %X)", type);
	int failed = parse(checking, buffer_text(&sql), "42704", complaint, error);
	buffer_fini(&sql);
	if (failed == 0)
		map_put(checking->types, type, strlen(type), *complaint != NULL ? *complaint : known);
	return failed;
}

static int
find_complaint(struct checking *checking, const struct object *object, char **complaint, struct error *error)
{
	const char *kind = object->kind->name;
	struct steps steps;

	*complaint = NULL;
	if ((strcmp(kind, "column") == 0 || strcmp(kind, "domain") == 0) &&
	    check_type(checking, object_get(object, "type"), complaint, error) < 0)
		return -1;
	steps_init(&steps, checking->context.arena);
	if (*complaint == NULL)
		object->kind->create(&checking->context, object, &steps);
	for (size_t i = 0; i < steps.count && *complaint == NULL; i++)
		if (parse(checking, steps.items[i]->sql, "42601", complaint, error) < 0)
			return -1;
	return 0;
}

static int
check_change(struct checking *checking, struct plan_change *plan_change, int wanted_major, struct error *error)
{
	const struct object *object = plan_change->change.wanted;
	char *complaint = NULL;

	arena_reset(checking->context.arena);
	if (find_complaint(checking, object, &complaint, error) < 0)
		return -1;
	if (complaint == NULL)
		return 0;
	plan_withhold(checking->plan, plan_change,
	              plan_change->change.current != NULL ? plan_change->change.allowed : UINT64_MAX,
	              arena_printf(checking->plan->arena,
	                           "it needs PostgreSQL %d or another that is newer than production's %d, which says: %s",
	                           wanted_major, checking->context.version / 10000, complaint));
	return 0;
}

int
syntax_check_plan(struct connection *connection, struct plan *plan, struct error *error)
{
	int wanted_major = plan->wanted->info.server_version / 10000;
	struct checking checking = { .connection = connection, .plan = plan };
	int failed = 0;

	if (wanted_major <= connection_version(connection) / 10000)
		return 0;
	plan_kind_context(plan, &checking.context);
	checking.context.arena = arena_new();
	checking.types = map_new(64);
	for (size_t i = 0; i < plan->change_count && failed == 0; i++)
		if (is_candidate(&plan->changes[i]))
			failed = check_change(&checking, &plan->changes[i], wanted_major, error);
	map_free(checking.types);
	arena_free(checking.context.arena);
	return failed;
}
