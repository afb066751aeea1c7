/*
 * table_types.c - which type can hold every value of which.
 *
 * Works on format_type's text.  Facts about rewrites: tablecmds.c ATColumnChangeRequiresRewrite, and the support
 * functions varchar_support, numeric_support, varbit_support, timestamp_support, interval_support.
 */
#include "build.h"

#include "kinds/table_parts.h"

#include "postgres/sql.h"

#define MOST_MODIFIERS 2
#define DOMAIN_LEVELS_MOST 100 /* an archive may hold a circle */

/* Digits of a second that times have anyway (MAX_TIMESTAMP_PRECISION, MAX_TIME_PRECISION, MAX_INTERVAL_PRECISION):
 * saying so takes nothing away. */
#define FULL_PRECISION 6

/* "numeric(10,2)[]": base "numeric[]", modifiers 10 and 2 */
struct type_text {
	char *base;
	int modifiers[MOST_MODIFIERS];
	int count; /* -1: in a form that is not understood */
};

static const char *
or_empty(const char *type)
{
	return type != NULL ? type : "";
}

static void
parse_type(struct arena *arena, const char *text, struct type_text *type)
{
	const char *open = strchr(text, '(');
	const char *close = open != NULL ? strchr(open, ')') : NULL;
	const char *at = open;

	memset(type, 0, sizeof(*type));
	type->base = arena_strdup(arena, text);
	if (close == NULL || strchr(text, '"') != NULL)
		return;
	type->base = arena_printf(arena, "%.*s%s", (int)(open - text), text, close + 1);
	while (at < close && type->count >= 0) {
		char *end;
		long value = strtol(at + 1, &end, 10);

		if (end == at + 1 || (*end != ',' && *end != ')') || type->count == MOST_MODIFIERS) {
			type->count = -1;
			return;
		}
		type->modifiers[type->count++] = (int)value;
		at = end;
	}
}

static bool
begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static struct verdict
widening(unsigned hazards)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BLOCKS_READS | hazards, NULL };

	return verdict;
}

static struct verdict
costing(struct verdict verdict, unsigned hazards)
{
	if (verdict.rule == CHANGE_ALTER)
		verdict.hazards |= hazards;
	return verdict;
}

static struct verdict
refusal(struct arena *arena, bool narrows, const char *current, const char *wanted)
{
	struct verdict verdict = { CHANGE_REFUSE, 0, NULL };

	verdict.reason = arena_printf(
		arena, narrows ? "narrowing it from %s to %s could lose data" : "turning %s into %s could lose or change data",
		current, wanted);
	return verdict;
}

/* Digits before the point and after it. */
static bool
numeric_widens(const struct type_text *current, const struct type_text *wanted, unsigned *hazards)
{
	int scale = current->modifiers[1];
	int wanted_scale = wanted->modifiers[1];

	*hazards = 0;
	if (wanted->count == 0)
		return true;
	if (current->count <= 0 || wanted->count < 0)
		return false;
	if (scale != wanted_scale)
		*hazards = HAZARD_REWRITES;
	return wanted_scale >= scale && wanted->modifiers[0] - wanted_scale >= current->modifiers[0] - scale;
}

static struct verdict
judge_modifiers(struct arena *arena, const struct type_text *current, const struct type_text *wanted,
                const char *current_text, const char *wanted_text)
{
	static const struct {
		const char *name;
		int full; /* a modifier that is as wide as none; 0: no such */
	} measured[] = {
		{ "character varying", 0 },  { "bit varying", 0 },           { "timestamp", FULL_PRECISION },
		{ "time ", FULL_PRECISION }, { "interval", FULL_PRECISION },
	};
	unsigned hazards = 0;

	if (begins(current->base, "numeric"))
		return numeric_widens(current, wanted, &hazards) ? widening(hazards)
		                                                 : refusal(arena, true, current_text, wanted_text);
	for (size_t i = 0; i < COUNT_OF(measured); i++) {
		if (!begins(current->base, measured[i].name))
			continue;
		if (wanted->count == 0 || (measured[i].full > 0 && wanted->modifiers[0] >= measured[i].full) ||
		    (current->count == 1 && wanted->count == 1 && wanted->modifiers[0] >= current->modifiers[0]))
			return widening(0);
		return refusal(arena, true, current_text, wanted_text);
	}
	return refusal(arena, false, current_text, wanted_text);
}

/* What stands for the names of all enums in `lossless`. */
static const char any_enum[] = "(enum)";

/*
 * To a type of another name, in which every value has its exact place.  To text: what no setting of the session writes
 * in more than one way, and whose cast to text writes what its output function does (booleans and inet do not).
 */
static const struct {
	const char *from;
	const char *to;
	unsigned hazards;
	int digits; /* to numeric: digits before the point that the type can have; to character varying: characters */
} lossless[] = {
	{ "character varying", "text", 0, 0 },
	{ "text", "character varying", 0, 0 },
	{ "cidr", "inet", 0, 0 },
	{ "bit", "bit varying", HAZARD_REWRITES, 0 },
	{ "date", "timestamp without time zone", HAZARD_REWRITES, 0 },
	{ "smallint", "integer", HAZARD_REWRITES, 0 },
	{ "smallint", "bigint", HAZARD_REWRITES, 0 },
	{ "integer", "bigint", HAZARD_REWRITES, 0 },
	{ "smallint", "real", HAZARD_REWRITES, 0 },
	{ "smallint", "double precision", HAZARD_REWRITES, 0 },
	{ "integer", "double precision", HAZARD_REWRITES, 0 },
	{ "real", "double precision", HAZARD_REWRITES, 0 },
	{ "smallint", "numeric", HAZARD_REWRITES, 5 },
	{ "integer", "numeric", HAZARD_REWRITES, 10 },
	{ "bigint", "numeric", HAZARD_REWRITES, 19 },
	{ "smallint", "text", HAZARD_REWRITES, 0 },
	{ "integer", "text", HAZARD_REWRITES, 0 },
	{ "bigint", "text", HAZARD_REWRITES, 0 },
	{ "numeric", "text", HAZARD_REWRITES, 0 },
	{ "uuid", "text", HAZARD_REWRITES, 0 },
	{ "json", "text", HAZARD_REWRITES, 0 },
	{ "jsonb", "text", HAZARD_REWRITES, 0 },
	{ "xml", "text", HAZARD_REWRITES, 0 },
	{ any_enum, "text", HAZARD_REWRITES, 0 },
	{ "smallint", "character varying", HAZARD_REWRITES, 6 },
	{ "integer", "character varying", HAZARD_REWRITES, 11 },
	{ "bigint", "character varying", HAZARD_REWRITES, 20 },
	{ "numeric", "character varying", HAZARD_REWRITES, 0 },
	{ "uuid", "character varying", HAZARD_REWRITES, 36 },
	{ "json", "character varying", HAZARD_REWRITES, 0 },
	{ "jsonb", "character varying", HAZARD_REWRITES, 0 },
	{ "xml", "character varying", HAZARD_REWRITES, 0 },
	{ any_enum, "character varying", HAZARD_REWRITES, 63 }, /* NAMEDATALEN - 1 bytes */
	{ "jsonb", "json", HAZARD_REWRITES, 0 },
};

/* "integer[]" to "integer"; whether it was an array. */
static bool
strip_array(char *base)
{
	size_t length = strlen(base);

	if (length < 2 || strcmp(base + length - 2, "[]") != 0)
		return false;
	base[length - 2] = '\0';
	return true;
}

static bool
is_text(const char *base)
{
	return strcmp(base, "text") == 0 || strcmp(base, "character varying") == 0;
}

static bool
is_integer(const char *base)
{
	return strcmp(base, "smallint") == 0 || strcmp(base, "integer") == 0 || strcmp(base, "bigint") == 0;
}

/* "lower(a)", "COALESCE(a, b)": as the server deparses them, without a space; operators stand between spaces. */
static bool
calls_something(const char *text)
{
	for (const char *open = text != NULL ? strchr(text, '(') : NULL; open != NULL; open = strchr(open + 1, '('))
		if (open > text && strchr(" (,", open[-1]) == NULL)
			return true;
	return false;
}

bool
table_type_serves(struct arena *arena, const char *current, const char *wanted, const char *const *texts, size_t count)
{
	struct type_text from;
	struct type_text to;
	bool calls = false;

	parse_type(arena, or_empty(current), &from);
	parse_type(arena, or_empty(wanted), &to);
	if (strcmp(from.base, to.base) == 0 || (is_text(from.base) && is_text(to.base)))
		return true;
	for (size_t i = 0; i < count; i++)
		calls = calls || calls_something(texts[i]);
	return is_integer(from.base) && is_integer(to.base) && !calls;
}

/* The object of that kind that `base` names, of those that the column or domain stands on; or NULL. */
static const struct object *
named_type(const struct catalog *catalog, const struct object *user, const char *kind, const char *base)
{
	const uint32_t *list;
	uint32_t count = catalog_depends(catalog, user, &list);
	const struct object *found = NULL;
	struct buffer name = BUFFER_INIT;

	for (uint32_t i = 0; i < count && found == NULL; i++) {
		const struct object *type = &catalog->objects[list[i]];

		if (type->kind != kind_find(kind))
			continue;
		buffer_clear(&name);
		sql_append(&name, "%Q", object_schema(type), object_name(type));
		if (strcmp(buffer_text(&name), base) == 0)
			found = type;
	}
	buffer_fini(&name);
	return found;
}

/* A domain's values are those of the type below it: that one takes its place, down to `*user`, which stands on it. */
static void
look_below_domains(const struct kind_context *context, const struct object **user, struct type_text *type)
{
	const struct object *domain;

	for (unsigned level = 0; level < DOMAIN_LEVELS_MOST; level++) {
		domain = named_type(context->current, *user, "domain", type->base);
		if (domain == NULL)
			return;
		parse_type(context->arena, object_text(domain, "type"), type);
		*user = domain;
	}
}

bool
table_type_changes_meaning(struct arena *arena, const char *current, const char *wanted)
{
	struct type_text from;
	struct type_text to;

	parse_type(arena, or_empty(current), &from);
	parse_type(arena, or_empty(wanted), &to);
	strip_array(from.base);
	strip_array(to.base);
	if (strcmp(from.base, to.base) == 0 || (is_text(from.base) && is_text(to.base)))
		return false;
	return is_text(to.base) || strcmp(to.base, "json") == 0;
}

static bool
same_modifiers(const struct type_text *one, const struct type_text *other)
{
	return one->count == other->count && one->count >= 0 &&
	       memcmp(one->modifiers, other->modifiers, sizeof(one->modifiers)) == 0;
}

struct verdict
table_judge_type(const struct kind_context *context, const struct object *column, const char *wanted)
{
	struct arena *arena = context->arena;
	const char *current = or_empty(object_get(column, "type"));
	struct type_text from;
	struct type_text to;
	unsigned array_hazards;

	/* NULL is a damaged archive's. */
	wanted = or_empty(wanted);
	parse_type(arena, current, &from);
	parse_type(arena, wanted, &to);
	if (strip_array(from.base) != strip_array(to.base))
		return refusal(arena, false, current, wanted);
	/* Elements are converted one by one, even where their bytes stay. */
	array_hazards = strchr(current, '[') != NULL ? HAZARD_REWRITES : 0;
	look_below_domains(context, &column, &from);
	if (strcmp(from.base, to.base) == 0)
		return costing(same_modifiers(&from, &to) ? widening(0) : judge_modifiers(arena, &from, &to, current, wanted),
		               array_hazards);
	if (is_text(to.base) && named_type(context->current, column, "enum", from.base) != NULL)
		from.base = arena_strdup(arena, any_enum);
	for (size_t i = 0; i < COUNT_OF(lossless); i++) {
		if (strcmp(from.base, lossless[i].from) != 0 || strcmp(to.base, lossless[i].to) != 0)
			continue;
		if (to.count == 0 ||
		    (lossless[i].digits > 0 && to.count > 0 && to.modifiers[0] - to.modifiers[1] >= lossless[i].digits))
			return widening(lossless[i].hazards | array_hazards);
		return refusal(arena, true, current, wanted);
	}
	return refusal(arena, false, current, wanted);
}
