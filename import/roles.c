#include "build.h"

#include "import/roles.h"

#include "base/map.h"
#include "base/vector.h"
#include "catalog/object.h"
#include "kinds/facet.h"
#include "postgres/sql.h"

struct role_check {
	struct plan *plan;
	struct map *known;
	PGresult *names; /* owns the keys of known */
};

static int
load_roles(struct connection *connection, struct role_check *check, struct error *error)
{
	if (connection_query(connection, "SELECT rolname FROM pg_catalog.pg_roles", 0, NULL, &check->names, error) < 0)
		return -1;
	int count = PQntuples(check->names);
	check->known = map_new((size_t)count);
	for (int i = 0; i < count; i++) {
		char *name = PQgetvalue(check->names, i, 0);

		map_put(check->known, name, strlen(name), name);
	}
	return 0;
}

static bool
is_known(const struct role_check *check, const char *name)
{
	/* What a policy's list says for everybody; no role can have that name. */
	if (strcmp(name, "public") == 0)
		return true;
	return map_get(check->known, name, strlen(name)) != NULL;
}

static const char *
missing_reason(const struct role_check *check, const char *role)
{
	struct buffer quoted = BUFFER_INIT;

	sql_append_identifier(&quoted, role);
	const char *reason = arena_printf(check->plan->arena, "role %s does not exist in production", buffer_text(&quoted));
	buffer_fini(&quoted);
	return reason;
}

/* Whether the plan would set this attribute of the wanted object. */
static bool
is_set(const struct plan_change *plan_change, unsigned attribute)
{
	const struct change *change = &plan_change->change;
	uint64_t bit = UINT64_C(1) << attribute;

	if (plan_change->withheld & bit)
		return false;
	return change->current == NULL || plan_change->decision == DECISION_REBUILD || (change->differs & bit) != 0;
}

static void
check_facet(const struct role_check *check, struct plan_change *plan_change, unsigned attribute)
{
	struct vector roles = { 0 };

	facet_roles(plan_change->change.wanted, attribute, check->plan->arena, &roles);
	for (size_t i = 0; i < roles.count; i++) {
		if (is_known(check, roles.items[i]))
			continue;
		plan_withhold(check->plan, plan_change, UINT64_C(1) << attribute, missing_reason(check, roles.items[i]));
		break;
	}
	vector_fini(&roles);
}

/* A list of roles that is part of what the object is (a policy's TO): the object waits for the role. */
static void
check_list(const struct role_check *check, struct plan_change *plan_change, unsigned attribute)
{
	const struct object *wanted = plan_change->change.wanted;
	const char *value = object_value(wanted, attribute);
	unsigned attributes = wanted->kind->attribute_count;
	uint64_t all = attributes >= 64 ? UINT64_MAX : (UINT64_C(1) << attributes) - 1;
	char **roles = NULL;
	size_t count = 0;

	if (value == NULL || sql_array_split(value, &roles, &count) < 0)
		return;
	for (size_t i = 0; i < count; i++) {
		if (roles[i] == NULL || is_known(check, roles[i]))
			continue;
		uint64_t held = plan_change->change.current == NULL ? all : UINT64_C(1) << attribute;
		plan_withhold(check->plan, plan_change, held, missing_reason(check, roles[i]));
		break;
	}
	free(roles);
}

static void
check_change(const struct role_check *check, struct plan_change *plan_change)
{
	const struct kind *kind = plan_change->change.wanted->kind;
	unsigned options = check->plan->options.kind_options;

	for (unsigned i = 0; i < kind->attribute_count; i++) {
		const struct attribute *attribute = &kind->attributes[i];

		if (plan_change->decision == DECISION_WITHHOLD || plan_change->decision == DECISION_NONE)
			return;
		if (!is_set(plan_change, i))
			continue;
		if ((attribute->role == ROLE_OWNER && attribute->rule != CHANGE_IGNORE && (options & KIND_WITH_OWNER)) ||
		    (attribute->role == ROLE_ACL && (options & KIND_WITH_PRIVILEGES)))
			check_facet(check, plan_change, i);
		else if (attribute->role == ROLE_PLAIN && attribute->type == ATTRIBUTE_LIST &&
		         strcmp(attribute->name, "roles") == 0)
			check_list(check, plan_change, i);
	}
}

int
roles_check_plan(struct connection *connection, struct plan *plan, struct error *error)
{
	struct role_check check = { plan, NULL, NULL };

	if (plan->change_count == 0)
		return 0;
	int failed = load_roles(connection, &check, error);
	for (size_t i = 0; failed == 0 && i < plan->change_count; i++)
		if (plan->changes[i].change.wanted != NULL)
			check_change(&check, &plan->changes[i]);
	map_free(check.known);
	PQclear(check.names);
	return failed;
}
