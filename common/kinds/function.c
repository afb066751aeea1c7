/*
 * function.c - functions, procedures and window functions.
 *
 * The identity is the name and the types of the input arguments.  ROUTINE addresses all three sorts (PostgreSQL 11).
 * A change is one CREATE OR REPLACE with everything in it, since that resets what it does not mention; what it cannot
 * reach (result type, renamed arguments, removed defaults: functioncmds.c, pg_proc.c) is a rebuild.
 *
 * The catalog does not know what a quoted body refers to, so bodies must not be checked when they are stored: whoever
 * runs these statements sets check_function_bodies to off.
 */
#include "build.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/function.sql.h"
#include "kinds/kinds.h"
#include "kinds/setting.h"
#include "kinds/table_probe.h"
#include "kinds/writing.h"

#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

/* X(field, type, role, rule, hazards, since, fallback) */
#define ATTRIBUTES(X)                                                                                   \
	X(SCHEMA, "schema", TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL)                                 \
	X(NAME, "name", TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL)                                     \
	X(ARGUMENTS, "arguments", TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL)                           \
	X(ROUTINE, "routine", TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "function")             \
	X(WINDOW, "window", BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "f")                      \
	X(SIGNATURE, "signature", EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL)          \
	X(RESULT, "result", TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL)                     \
	X(LANGUAGE, "language", TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)                \
	X(VOLATILITY, "volatility", TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, "VOLATILE")      \
	X(STRICT, "strict", BOOL, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, "f")                     \
	X(SECURITY_DEFINER, "security_definer", BOOL, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_PRIVILEGE, 0, "f") \
	X(LEAKPROOF, "leakproof", BOOL, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_PRIVILEGE, 0, "f")               \
	X(PARALLEL, "parallel", TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, "UNSAFE")            \
	X(COST, "cost", TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)                        \
	X(ROWS, "rows", TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)                        \
	X(SUPPORT, "support", EXPRESSION, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)            \
	X(TRANSFORMS, "transforms", LIST, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)            \
	X(CONFIG, "config", LIST, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)                    \
	X(LIBRARY, "library", TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)                  \
	X(BODY, "body", TEXT, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 0, NULL)                        \
	X(SQL_BODY, "sql_body", EXPRESSION, ROLE_PLAIN, CHANGE_REPLACE, HAZARD_BEHAVIOUR, 140000, NULL)     \
	X(ALL_TYPES, "all_types", TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL)                               \
	X(ARGUMENT_MODES, "argument_modes", TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL)                     \
	X(ARGUMENT_NAMES, "argument_names", LIST, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL)                     \
	X(DEFAULT_COUNT, "default_count", INTEGER, ROLE_NOTE, CHANGE_IGNORE, 0, 0, "0")

enum field {
#define X(field, name, type, role, rule, hazards, since, fallback) FIELD_##field,
	ATTRIBUTES(X)
#undef X
		FIELD_COUNT
};

static const struct attribute attributes[] = {
#define X(field, name, type, role, rule, hazards, since, fallback) \
	{ name, ATTRIBUTE_##type, role, rule, hazards, since, fallback },
	ATTRIBUTES(X)
#undef X
		FACET_OWNER,
	FACET_ACL,
	FACET_EXTENSIONS,
	FACET_COMMENT,
	FACET_LABELS,
};

static bool
is_true(const char *value)
{
	return value != NULL && strcmp(value, "t") == 0;
}

static bool
is_text(const char *value, const char *text)
{
	return value != NULL && strcmp(value, text) == 0;
}

/*
 * "IN" before the first type says that the list is of input arguments only: without any mode a procedure's
 * list may be read with its OUT arguments as well, and then be ambiguous (parse_func.c, LookupFuncWithArgs).
 */
static void
function_address(struct buffer *out, const struct object *function)
{
	const char *arguments = object_value(function, FIELD_ARGUMENTS);
	bool procedure = is_text(object_value(function, FIELD_ROUTINE), "procedure");

	sql_append(out, "ROUTINE %Q(", object_schema(function), object_value(function, FIELD_NAME));
	if (procedure && arguments[0] != '\0')
		buffer_append_text(out, "IN ");
	sql_append(out, "%X)", arguments);
}

/* A dollar quote whose tag the text does not contain. */
static void
write_dollar_quoted(struct buffer *out, const char *text)
{
	struct buffer tag = BUFFER_INIT;

	buffer_append_text(&tag, "$function");
	while (strstr(text, buffer_text(&tag)) != NULL)
		buffer_append_char(&tag, '_');
	buffer_append_char(&tag, '$');
	buffer_append(out, tag.data, tag.length);
	buffer_append_text(out, text);
	buffer_append(out, tag.data, tag.length);
	buffer_fini(&tag);
}

static void
write_config(struct buffer *out, const char *config)
{
	struct name_list list;

	name_list_init(&list, config);
	for (size_t i = 0; i < list.count; i++) {
		char *value = list.items[i] == NULL ? NULL : strchr(list.items[i], '=');

		if (value == NULL)
			continue;
		*value++ = '\0';
		buffer_append_text(out, "\n SET ");
		write_setting(out, list.items[i], value);
	}
	name_list_fini(&list);
}

static void
write_transforms(struct buffer *out, const char *transforms)
{
	struct name_list list;

	name_list_init(&list, transforms);
	for (size_t i = 0; i < list.count; i++)
		sql_append(out, i == 0 ? "\n TRANSFORM FOR TYPE %X" : ", FOR TYPE %X", list.items[i]);
	name_list_fini(&list);
}

static void
write_body(struct buffer *out, const char *const *values)
{
	const char *body = values[FIELD_BODY] == NULL ? "" : values[FIELD_BODY];

	buffer_append_char(out, '\n');
	if (values[FIELD_SQL_BODY] != NULL)
		sql_append(out, "%X", values[FIELD_SQL_BODY]);
	else if (values[FIELD_LIBRARY] != NULL)
		sql_append(out, "AS %L, %L", values[FIELD_LIBRARY], body);
	else {
		buffer_append_text(out, "AS ");
		write_dollar_quoted(out, body);
	}
}

static void
write_number(struct buffer *out, const char *keyword, const char *number)
{
	if (number != NULL)
		sql_append(out, " %K %X", keyword, number);
}

/* What only functions have: a procedure takes none of these (functioncmds.c). */
static void
write_function_properties(struct buffer *out, const char *const *values)
{
	if (is_true(values[FIELD_WINDOW]))
		buffer_append_text(out, " WINDOW");
	if (!is_text(values[FIELD_VOLATILITY], "VOLATILE") && values[FIELD_VOLATILITY] != NULL)
		sql_append(out, " %X", values[FIELD_VOLATILITY]);
	if (is_true(values[FIELD_STRICT]))
		buffer_append_text(out, " STRICT");
	if (is_true(values[FIELD_LEAKPROOF]))
		buffer_append_text(out, " LEAKPROOF");
	if (!is_text(values[FIELD_PARALLEL], "UNSAFE") && values[FIELD_PARALLEL] != NULL)
		sql_append(out, " PARALLEL %X", values[FIELD_PARALLEL]);
	write_number(out, "COST", values[FIELD_COST]);
	write_number(out, "ROWS", values[FIELD_ROWS]);
	if (values[FIELD_SUPPORT] != NULL)
		sql_append(out, " SUPPORT %X", values[FIELD_SUPPORT]);
}

static void
write_function(struct buffer *out, const char *verb, const char *schema, const char *const *values)
{
	bool procedure = is_text(values[FIELD_ROUTINE], "procedure");

	sql_append(out, "%K %K %Q(%X)", verb, procedure ? "PROCEDURE" : "FUNCTION", schema, values[FIELD_NAME],
	           values[FIELD_SIGNATURE]);
	if (!procedure && values[FIELD_RESULT] != NULL)
		sql_append(out, "\n RETURNS %X", values[FIELD_RESULT]);
	sql_append(out, "\n LANGUAGE %I", values[FIELD_LANGUAGE]);
	write_transforms(out, values[FIELD_TRANSFORMS]);
	if (!procedure)
		write_function_properties(out, values);
	if (is_true(values[FIELD_SECURITY_DEFINER]))
		buffer_append_text(out, " SECURITY DEFINER");
	write_config(out, values[FIELD_CONFIG]);
	write_body(out, values);
}

static void
function_create(const struct kind_context *context, const struct object *function, struct steps *steps)
{
	const char *values[COUNT_OF(attributes)];
	struct buffer sql = BUFFER_INIT;

	(void)context;
	object_values(function, values);
	write_function(&sql, "CREATE", object_schema(function), values);
	steps_take(steps, function, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

/* What a result depends on, seen from outside. */
#define RESULT_FIELDS                                                                            \
	(UINT64_C(1) << FIELD_STRICT | UINT64_C(1) << FIELD_LANGUAGE | UINT64_C(1) << FIELD_CONFIG | \
	 UINT64_C(1) << FIELD_LIBRARY | UINT64_C(1) << FIELD_BODY | UINT64_C(1) << FIELD_SQL_BODY)

/* Whether results of production's function are stored: the server does not compute them anew. */
static bool
is_stored(const struct catalog *current, const struct object *function)
{
	static const char *const keepers[] = { "index", "column", "constraint", "table", "materialized_view" };
	const uint32_t *list;
	uint32_t count = catalog_dependents(current, function, &list);

	for (uint32_t i = 0; i < count; i++)
		for (size_t k = 0; k < COUNT_OF(keepers); k++)
			if (current->objects[list[i]].kind == kind_find(keepers[k]))
				return true;
	return false;
}

static void
function_alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const char *values[COUNT_OF(attributes)];
	const char *current[COUNT_OF(attributes)];
	uint64_t withheld = change->differs & ~change->allowed;
	unsigned hazards = 0;
	struct buffer sql = BUFFER_INIT;

	object_values(change->wanted, values);
	object_values(change->current, current);
	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		if ((withheld >> i & 1) != 0)
			values[i] = current[i];
		if ((change->allowed >> i & 1) != 0)
			hazards |= attributes[i].hazards;
	}
	if ((change->allowed & ((UINT64_C(1) << FIELD_COUNT) - 1)) == 0)
		return;
	if ((change->allowed & RESULT_FIELDS) != 0 && is_stored(context->current, change->current))
		hazards |= HAZARD_STALE;
	write_function(&sql, "CREATE OR REPLACE", object_schema(change->wanted), values);
	steps_take(steps, change->wanted, STEP_REPLACE, LOCK_NONE, hazards, &sql);
	buffer_fini(&sql);
}


/* An argument that has a name keeps it; one that has none may get one. */
static bool
names_can_stay(const char *current_text, const char *wanted_text)
{
	struct name_list current;
	struct name_list wanted;
	bool can = true;

	name_list_init(&current, current_text);
	name_list_init(&wanted, wanted_text);
	for (size_t i = 0; i < current.count && can; i++) {
		const char *name = current.items[i] == NULL ? "" : current.items[i];

		can = name[0] == '\0' || (i < wanted.count && same_text(name, wanted.items[i]));
	}
	name_list_fini(&current);
	name_list_fini(&wanted);
	return can;
}

/* With how many arguments a function can be called. */
struct arity {
	long least;
	long most;
};

static struct arity
arity_of(struct arena *arena, const struct object *function)
{
	const char *arguments = object_value(function, FIELD_ARGUMENTS);
	struct arity arity = { 0, 0 };

	while (probe_next_element(arena, &arguments) != NULL)
		arity.most++;
	arity.least = arity.most - object_number(function, "default_count", 0);
	return arity;
}

/* Whether a call that gives as few arguments as both allow could mean either of them (namespace.c in 15). */
static bool
is_ambiguous(struct arena *arena, const struct object *one, const struct object *other)
{
	const char *types[] = { object_value(one, FIELD_ARGUMENTS), object_value(other, FIELD_ARGUMENTS) };
	struct arity first = arity_of(arena, one);
	struct arity second = arity_of(arena, other);
	long given = first.least > second.least ? first.least : second.least;

	if (given > first.most || given > second.most)
		return false;
	while (given-- > 0)
		if (strcmp(probe_next_element(arena, &types[0]), probe_next_element(arena, &types[1])) != 0)
			return false;
	return true;
}

static bool
has_variadic(const struct object *function)
{
	const char *modes = object_value(function, FIELD_ARGUMENT_MODES);

	return modes != NULL && strchr(modes, 'v') != NULL;
}

/*
 * A function of production's own from which calls could not tell this one: neither could be called then, whether by
 * what the snapshot makes or by what production runs today.
 */
static const char *
refuse_ambiguous(const struct kind_context *context, const struct object *function)
{
	const struct object *present = catalog_counterpart(context->current, function);
	const struct object *other;
	uint32_t count = has_variadic(function) ? 0 : catalog_namesakes(context->current, function, &other);

	for (; count > 0; count--, other++)
		if (catalog_counterpart(context->wanted, other) == NULL && !has_variadic(other) &&
		    is_ambiguous(context->arena, function, other) &&
		    (present == NULL || !is_ambiguous(context->arena, present, other)))
			return arena_printf(context->arena, "calls could not tell it from production's own %s",
			                    object_description(context->arena, other));
	return NULL;
}

/* The arguments differ in names, modes, defaults or OUT types. */
static struct verdict
function_judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	const struct object *current = change->current;
	const struct object *wanted = change->wanted;
	struct verdict verdict = { CHANGE_REPLACE, HAZARD_BEHAVIOUR, NULL };

	(void)context;
	(void)attribute;
	if (!same_text(object_value(current, FIELD_ALL_TYPES), object_value(wanted, FIELD_ALL_TYPES)) ||
	    !same_text(object_value(current, FIELD_ARGUMENT_MODES), object_value(wanted, FIELD_ARGUMENT_MODES)) ||
	    !names_can_stay(object_value(current, FIELD_ARGUMENT_NAMES), object_value(wanted, FIELD_ARGUMENT_NAMES)) ||
	    object_number(wanted, "default_count", 0) < object_number(current, "default_count", 0)) {
		verdict.rule = CHANGE_REBUILD;
		verdict.hazards = REBUILD_HAZARDS;
	}
	return verdict;
}

/*
 * Besides defaults and SQL bodies, versions differ in whether they write IN before a procedure's arguments (14 does).
 * The same function is made in the temporary schema, under its own name: that may stand before an argument's
 * in the body.
 */
static bool
function_elaborate(const struct kind_context *context, const struct object *function, struct elaboration *elaboration)
{
	const char *values[COUNT_OF(attributes)];
	struct buffer sql = BUFFER_INIT;
	struct buffer address = BUFFER_INIT;

	object_values(function, values);
	if (values[FIELD_SQL_BODY] != NULL && context->version < 140000)
		return false;
	steps_add(elaboration->statements, function, STEP_ALTER, LOCK_NONE, 0, "SET LOCAL check_function_bodies = off");
	write_function(&sql, "CREATE", "pg_temp", values);
	steps_take(elaboration->statements, function, STEP_CREATE, LOCK_NONE, 0, &sql);
	sql_append(&address, "%Q(%X)", "pg_temp", values[FIELD_NAME], values[FIELD_ARGUMENTS]);
	sql_append(&sql, "SELECT pg_catalog.pg_get_function_arguments(p.oid) AS signature");
	if (context->version >= 140000)
		sql_append(&sql, ", pg_catalog.pg_get_function_sqlbody(p.oid) AS sql_body");
	elaborate_tree(
		&sql, "signature",
		"pg_catalog.concat_ws(' ', p.proargtypes, p.proallargtypes, p.proargmodes, p.proargnames, p.pronargdefaults,"
		" p.proargdefaults)",
		NULL);
	sql_append(&sql, " FROM pg_catalog.pg_proc p WHERE p.oid = %L::pg_catalog.regprocedure", buffer_text(&address));
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	buffer_fini(&address);
	return true;
}

/* Modes are letters as in pg_proc.proargmodes. */
static const char *
function_refuse(const struct kind_context *context, const struct object *function)
{
	const char *routine = object_value(function, FIELD_ROUTINE);
	const char *modes = object_value(function, FIELD_ARGUMENT_MODES);

	if (context->version < 140000 && routine != NULL && strcmp(routine, "procedure") == 0 && modes != NULL &&
	    strchr(modes, 'o') != NULL)
		return "an OUT argument of a procedure needs PostgreSQL 14";
	return refuse_ambiguous(context, function);
}

/* Of a base type, which has taken the functions that it is made of with it (base_type.c). */
static bool
goes_with_type(const struct kind_context *context, const struct object *function)
{
	const uint32_t *list;
	uint32_t count = catalog_depends(context->current, function, &list);

	for (uint32_t i = 0; i < count; i++)
		if (context->current->objects[list[i]].kind == kind_find("shell_type"))
			return true;
	return false;
}

static void
function_drop(const struct kind_context *context, const struct object *function, struct steps *steps)
{
	static const char keyword[] = "ROUTINE";
	struct buffer address = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;

	function_address(&address, function);
	sql_append(&sql, goes_with_type(context, function) ? "DROP %K IF EXISTS%X" : "DROP %K%X", keyword,
	           buffer_text(&address) + strlen(keyword));
	steps_take(steps, function, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, 0, &sql);
	buffer_fini(&address);
	buffer_fini(&sql);
}

/*
 * An SQL body that has a row of the relation: as an argument, or made in it
 * (tablecmds.c find_composite_type_dependencies in 15.20; what reads the relation itself is known by its columns).
 */
static bool
stores_rows_of(const struct object *function, const struct object *relation)
{
	const char *body = object_value(function, FIELD_SQL_BODY);
	const char *arguments = object_value(function, FIELD_ARGUMENTS);
	struct buffer made = BUFFER_INIT;
	bool has = false;

	if (body == NULL)
		return false;
	struct arena *scratch = arena_new();
	sql_append(&made, "::%Q", object_schema(relation), object_name(relation));
	has = strstr(body, buffer_text(&made)) != NULL;
	for (const char *type; !has && (type = probe_next_element(scratch, &arguments)) != NULL;)
		has = text_ends_with_row_type(type, relation);
	buffer_fini(&made);
	arena_free(scratch);
	return has;
}

static const char *const shaping[] = { "routine", "window", "signature", "result", NULL };

const struct kind kind_function = {
	.name = "function",
	.plural = "functions",
	.sql = "ROUTINE",
	.catalog = "pg_proc",
	.query = function_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.traits = KIND_IN_SCHEMA | KIND_OPAQUE | KIND_PINS_ROW_TYPE | KIND_LOADS_LIBRARY,
	.shaping = shaping,
	.stores_rows_of = stores_rows_of,
	.grant_class = "ROUTINE",
	.address = function_address,
	.create = function_create,
	.alter = function_alter,
	.drop = function_drop,
	.judge = function_judge,
	.refuse = function_refuse,
	.elaborate = function_elaborate,
};
