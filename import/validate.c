#include "build.h"

#include "import/validate.h"

#include "import/render.h"
#include "import/required.h"

/* Schemas of users, and what an extension does not bring.  classid is the catalog that holds `id`. */
#define USER_SCHEMA "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgkeel')"
#define NO_MEMBER(classid, id)                                                                   \
	" AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog." classid \
	"'::pg_catalog.regclass AND e.objid = " id " AND e.deptype = 'e')"
#define FROM_CLASS                                                                               \
	"SELECT pg_catalog.count(*)::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n" \
	" ON n.oid = c.relnamespace WHERE " USER_SCHEMA " AND c.relpersistence <> 't'" NO_MEMBER("pg_class", "c.oid")

/*
 * What is counted: kinds of the model on one side, plain SQL on the other.  Columns of views and
 * the not-null constraints of PostgreSQL 18 are no objects of their own and not counted.
 */
static const struct count_rule {
	const char *what;
	const char *kinds[3];
	const char *sql;
} rules[] = {
	{ "schemas",
	  { "schema" },
	  "SELECT pg_catalog.count(*)::text FROM pg_catalog.pg_namespace n WHERE " USER_SCHEMA NO_MEMBER("pg_namespace",
	                                                                                                 "n.oid") },
	{ "tables", { "table", "foreign_table" }, FROM_CLASS " AND c.relkind IN ('r', 'p', 'f')" },
	{ "columns",
	  { "column" },
	  "SELECT pg_catalog.count(*)::text FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
	  " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE " USER_SCHEMA
	  " AND c.relpersistence <> 't' AND c.relkind IN ('r', 'p', 'c', 'f') AND a.attnum > 0 AND NOT "
	  "a.attisdropped" NO_MEMBER(
		  "pg_class",
		  "c.oid") " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE c.relkind = 'c' AND e.deptype = 'e'"
	               " AND e.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND e.objid = c.reltype)" },
	{ "indexes",
	  { "index" },
	  FROM_CLASS
	  " AND c.relkind IN ('i', 'I') AND EXISTS (SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class t"
	  " ON t.oid = i.indrelid WHERE i.indexrelid = c.oid AND t.relkind IN ('r', 'p', 'm')" NO_MEMBER(
		  "pg_class", "t.oid") ")"
	                           " AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = c.oid"
	                           " AND k.contype IN ('p', 'u', 'x'))" },
	{ "constraints",
	  { "constraint", "domain_constraint" },
	  "SELECT pg_catalog.count(*)::text FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_namespace n"
	  " ON n.oid = k.connamespace LEFT JOIN pg_catalog.pg_class c ON c.oid = k.conrelid WHERE " USER_SCHEMA
	  " AND (k.conrelid = 0 AND k.contype = 'c' OR c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'"
	  " AND (k.contype IN ('p', 'u', 'c', 'f', 'x') OR k.contype = 'n' AND NOT k.convalidated)"
	  " AND NOT (k.contype = 'f' AND k.conparentid <> 0)"
	  " AND NOT (k.contype IN ('c', 'n') AND NOT k.conislocal AND NOT c.relispartition))" NO_MEMBER(
		  "pg_class", "k.conrelid") NO_MEMBER("pg_type", "k.contypid") },
	{ "views", { "view", "materialized_view" }, FROM_CLASS " AND c.relkind IN ('v', 'm')" },
	{ "functions",
	  { "function" },
	  "SELECT pg_catalog.count(*)::text FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n"
	  " ON n.oid = p.pronamespace WHERE " USER_SCHEMA " AND p.prokind IN ('f', 'p', 'w')" NO_MEMBER(
		  "pg_proc", "p.oid") " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid = "
	                          "'pg_catalog.pg_proc'::pg_catalog.regclass"
	                          " AND i.objid = p.oid AND i.deptype = 'i')" },
	{ "sequences",
	  { "sequence" },
	  FROM_CLASS " AND c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid ="
	             " 'pg_catalog.pg_class'::pg_catalog.regclass AND i.objid = c.oid AND i.deptype = 'i')" },
};

static bool
counts_kind(const struct count_rule *rule, const struct object *object)
{
	/* Columns of views are objects only where they carry something: not comparable by number. */
	if (strcmp(rule->what, "columns") == 0 && object->kind == kind_find("column") && object_get(object, "type") == NULL)
		return false;
	for (size_t i = 0; i < COUNT_OF(rule->kinds) && rule->kinds[i] != NULL; i++)
		if (strcmp(rule->kinds[i], object->kind->name) == 0)
			return true;
	return false;
}

/* One pass over each catalog: an object found only here counts as `alone`. */
static void
count_side(const struct count_rule *rule, const struct catalog *side, const struct catalog *other, long *all,
           long *alone)
{
	for (size_t i = 0; i < COUNT_OF(rule->kinds) && rule->kinds[i] != NULL; i++) {
		const struct kind *kind = kind_find(rule->kinds[i]);
		const struct object *first = NULL;
		uint32_t count = kind != NULL ? catalog_kind_range(side, kind, &first) : 0;

		for (uint32_t j = 0; j < count; j++) {
			if (!counts_kind(rule, &first[j]))
				continue;
			(*all)++;
			*alone += catalog_counterpart(other, &first[j]) == NULL;
		}
	}
}

static int
count_all(struct target *target, struct validation *validation, struct error *error)
{
	validation->count_count = COUNT_OF(rules);
	validation->counts = arena_zalloc(validation->arena, sizeof(*validation->counts) * COUNT_OF(rules));
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		struct validate_count *count = &validation->counts[i];
		char *value = NULL;
		long read = 0;

		count->what = rules[i].what;
		count_side(&rules[i], target->wanted, target->current, &count->snapshot, &count->missing);
		count_side(&rules[i], target->current, target->wanted, &read, &count->only_in_production);
		if (connection_query_value(target->connection, rules[i].sql, 0, NULL, &value, error) < 0)
			return error_prefix(error, "counting %s", rules[i].what);
		count->production = value != NULL ? strtol(value, NULL, 10) : 0;
		free(value);
		count->agrees = count->production == count->snapshot + count->only_in_production - count->missing;
		if (!count->agrees)
			vector_add(&validation->issues,
			           arena_printf(validation->arena, "production has %ld %s, expected %ld (snapshot) + %ld - %ld",
			                        count->production, count->what, count->snapshot, count->only_in_production,
			                        count->missing));
	}
	return 0;
}

/* What apply would still do is a difference; what is withheld was reported with its reason. */
static void
judge_structure(const struct target *target, struct validation *validation)
{
	const struct plan *plan = target->plan;
	size_t told = 0;

	for (size_t i = 0; i < plan->change_count; i++) {
		const struct plan_change *change = &plan->changes[i];
		const struct object *object = change->change.wanted;

		if (object == NULL || change->decision == DECISION_KEEP || change->decision == DECISION_WITHHOLD ||
		    change->decision == DECISION_NONE)
			continue;
		told++;
		vector_add(&validation->issues,
		           arena_printf(validation->arena, "%s %s", object_description(validation->arena, object),
		                        change->change.current == NULL ? "is missing" : "differs"));
	}
	if (told == 0 && !plan_is_empty(plan))
		vector_add(&validation->issues,
		           arena_printf(validation->arena, "%zu statements are pending", plan->step_count));
	if (plan->withheld_count > 0)
		vector_add(&validation->notes,
		           arena_printf(validation->arena, "%zu changes are withheld", plan->withheld_count));
}

/* Rows: kind, then the identity values.  An object that the snapshot holds as not valid is as it should be. */
static const struct invalid_rule {
	const char *kind;
	const char *attribute;
	const char *what;
	const char *sql;
} invalid_rules[] = {
	{ "constraint", "validated", "is not validated",
	  "SELECT n.nspname, c.relname, k.conname FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c"
	  " ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
	  " WHERE NOT k.convalidated AND k.contype IN ('c', 'f') AND " USER_SCHEMA " ORDER BY 1, 2, 3" },
	{ "index", "valid", "is not valid",
	  "SELECT n.nspname, t.relname, c.relname FROM pg_catalog.pg_index i"
	  " JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
	  " JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace"
	  " WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i' AND " USER_SCHEMA " ORDER BY 1, 2, 3" },
};

/* The rows may be in the way of what the snapshot wants: that is told with what is withheld. */
static bool
is_withheld(const struct plan *plan, const struct object *wanted, int attribute)
{
	for (size_t i = 0; i < plan->withheld_count; i++)
		if (plan->withheld[i].change->change.wanted == wanted)
			return plan->withheld[i].change->withheld >> attribute & 1;
	return false;
}

static void
judge_invalid(struct target *target, const struct invalid_rule *rule, const char *const *identity,
              struct validation *validation)
{
	const struct kind *kind = kind_find(rule->kind);
	const struct object *wanted = kind != NULL ? catalog_find(target->wanted, kind, identity) : NULL;
	int number = kind != NULL ? kind_attribute(kind, rule->attribute) : -1;
	const char *value = wanted != NULL && number >= 0 ? object_value(wanted, (unsigned)number) : NULL;
	const char *text = arena_printf(validation->arena, "%s %s.%s on %s %s", rule->kind, identity[0], identity[2],
	                                identity[1], rule->what);
	/* Wanted as valid: an issue.  Wanted so, withheld, or production's own: only worth knowing. */
	bool issue = value != NULL && strcmp(value, "t") == 0 && !is_withheld(target->plan, wanted, number);

	vector_add(issue ? &validation->issues : &validation->notes, (void *)(uintptr_t)text);
}

static int
find_invalid(struct target *target, struct validation *validation, struct error *error)
{
	for (size_t i = 0; i < COUNT_OF(invalid_rules); i++) {
		PGresult *result = NULL;

		if (connection_query(target->connection, invalid_rules[i].sql, 0, NULL, &result, error) < 0)
			return -1;
		for (int row = 0; row < PQntuples(result); row++) {
			const char *identity[] = { PQgetvalue(result, row, 0), PQgetvalue(result, row, 1),
				                       PQgetvalue(result, row, 2) };

			judge_invalid(target, &invalid_rules[i], identity, validation);
		}
		PQclear(result);
	}
	return 0;
}

static int
check_required(struct target *target, struct validation *validation, struct error *error)
{
	struct vector names = { 0 };

	int failed = required_collect(target, validation->arena, &names, error);
	if (failed == 0)
		failed = required_check(target->connection, validation->arena, &names, &validation->issues, error);
	validation->required = names.count;
	vector_fini(&names);
	return failed;
}

int
validate_target(struct target *target, struct validation *validation, struct error *error)
{
	memset(validation, 0, sizeof(*validation));
	validation->arena = arena_new();
	target_fault(target->connection, "validate");
	judge_structure(target, validation);
	if (count_all(target, validation, error) < 0 || check_required(target, validation, error) < 0)
		return -1;
	return find_invalid(target, validation, error);
}

void
validation_fini(struct validation *validation)
{
	vector_fini(&validation->issues);
	vector_fini(&validation->notes);
	arena_free(validation->arena);
	memset(validation, 0, sizeof(*validation));
}

int
validation_verdict(const struct validation *validation, struct error *error)
{
	if (validation->issues.count == 0)
		return 0;
	error_set(error, ERROR_VALIDATION, "production differs from the snapshot: %s",
	          (const char *)validation->issues.items[0]);
	if (validation->issues.count > 1)
		error_detail(error, "%zu differences in all.", validation->issues.count);
	return error_hint(error, "\"pgkeel-import validate\" lists them, \"pgkeel-import plan\" tells what would mend it.");
}
