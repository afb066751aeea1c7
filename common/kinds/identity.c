/*
 * identity.c - from serial to identity and back, keeping the counter.
 *
 * Both forms count by a sequence that belongs to the column.  It cannot be handed from one form to the other, so the
 * old one is renamed, the new one made and set to where the old one stands, and the old one dropped: all in one
 * transaction, under the table's lock, so that no number is lost or given twice.
 */
#include "build.h"

#include "kinds/identity.h"

#include "kinds/table_parts.h"
#include "postgres/sql.h"

/* The name of the old sequence for as long as both are there. */
#define ASIDE "pgkeel_counter"

static bool
owns(const struct object *ownership, const struct object *column)
{
	return object_says(ownership, "table_schema", object_schema(column)) &&
	       object_says(ownership, "table", object_value(column, 1)) &&
	       object_says(ownership, "column", object_name(column));
}

static const struct object *
default_of(const struct catalog *catalog, const struct object *column)
{
	const struct object *value;

	return catalog_children(catalog, column, kind_find("default"), &value) > 0 ? value : NULL;
}

/* The sequence that the column owns and takes its default from, and nobody else uses. */
static const struct object *
serial_of(const struct catalog *catalog, const struct object *column)
{
	const struct object *value = default_of(catalog, column);
	const struct object *ownership;
	const struct object *sequence = NULL;
	const uint32_t *list;
	uint32_t count = catalog_kind_range(catalog, kind_find("sequence_ownership"), &ownership);

	const char *expression = value != NULL ? object_get(value, "expression") : NULL;

	if (expression == NULL || strncmp(expression, "nextval(", 8) != 0)
		return NULL;
	for (; count > 0 && sequence == NULL; count--, ownership++)
		if (owns(ownership, column))
			sequence = catalog_parent(catalog, ownership);
	count = sequence != NULL ? catalog_dependents(catalog, sequence, &list) : 0;
	bool used = false;
	for (uint32_t i = 0; i < count; i++) {
		const struct object *user = &catalog->objects[list[i]];

		used = used || user == value;
		if (user != value && user != column && catalog_parent(catalog, user) != sequence)
			return NULL;
	}
	return used ? sequence : NULL;
}

/* Only what both sides say: a sequence that the snapshot has too stays. */
static const struct object *
forerunner(const struct kind_context *context, const struct change *change)
{
	const struct object *sequence = serial_of(context->current, change->current);

	return sequence != NULL && catalog_counterpart(context->wanted, sequence) == NULL ? sequence : NULL;
}

const struct object *
identity_heir(const struct kind_context *context, const struct object *column)
{
	const struct object *sequence = serial_of(context->wanted, column);

	return sequence != NULL && catalog_counterpart(context->current, sequence) == NULL ? sequence : NULL;
}

static struct verdict
refuse(const char *reason)
{
	struct verdict verdict = { CHANGE_REFUSE, 0, reason };

	return verdict;
}

struct verdict
identity_judge(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BEHAVIOUR, NULL };
	bool is = object_get(change->current, "identity") != NULL;
	bool shall = object_get(change->wanted, "identity") != NULL;
	const char *options = object_get(change->wanted, "identity_options");

	if (is == shall)
		return verdict;
	if (is)
		return identity_heir(context, change->wanted) != NULL ? verdict
		                                                      : refuse("taking an identity away loses its counter");
	/* One that holds NULL is found by asking the rows. */
	if (!object_is(change->wanted, "not_null"))
		return refuse("only a column that is NOT NULL can become an identity");
	if (forerunner(context, change) != NULL)
		return verdict;
	if (options != NULL && strstr(options, "INCREMENT BY -") != NULL)
		return refuse("an identity that counts down would meet the numbers that rows already have");
	verdict.hazards |= HAZARD_SCANS | HAZARD_BLOCKS_READS;
	return verdict;
}

void
identity_begin_steps(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	const struct object *sequence = forerunner(context, change);

	if (default_of(context->current, change->current) != NULL)
		steps_add(steps, column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          "ALTER TABLE ONLY %Q ALTER COLUMN %I DROP DEFAULT", object_schema(column), object_value(column, 1),
		          object_name(column));
	if (sequence == NULL)
		return;
	steps_add(steps, column, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, 0, "ALTER SEQUENCE %Q OWNED BY NONE",
	          object_schema(sequence), object_name(sequence));
	steps_add(steps, column, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, 0, "ALTER SEQUENCE %Q RENAME TO %I",
	          object_schema(sequence), object_name(sequence), ASIDE);
}

/* The first number of the new counter, as text. */
static char *
first_number(struct arena *arena, const char *options)
{
	static const char *const clauses[] = { "START WITH ", "MINVALUE " };

	for (size_t i = 0; options != NULL && i < COUNT_OF(clauses); i++) {
		const char *clause = strstr(options, clauses[i]);

		if (clause != NULL) {
			clause += strlen(clauses[i]);
			return arena_printf(arena, "%.*s", (int)strcspn(clause, " "), clause);
		}
	}
	return arena_strdup(arena, "1");
}

void
identity_counter_steps(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	const struct object *sequence = forerunner(context, change);
	struct buffer table = BUFFER_INIT;

	sql_append(&table, "%Q", object_schema(column), object_value(column, 1));
	if (sequence != NULL) {
		steps_add(steps, column, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, 0,
		          "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(%L, %L), last_value, is_called) FROM %Q",
		          buffer_text(&table), object_name(column), object_schema(sequence), ASIDE);
		steps_add(steps, column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0, "DROP SEQUENCE %Q", object_schema(sequence),
		          ASIDE);
	} else {
		steps_add(steps, column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_SCANS,
		          "SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(%L, %L), pg_catalog.max(%I)) FROM %Q"
		          " HAVING pg_catalog.max(%I) >= %X",
		          buffer_text(&table), object_name(column), object_name(column), object_schema(column),
		          object_value(column, 1), object_name(column),
		          first_number(context->arena, object_get(column, "identity_options")));
	}
	buffer_fini(&table);
}

void
identity_supersede(const struct kind_context *context, const struct change *change,
                   void (*each)(void *argument, const struct object *object), void *argument)
{
	int number = kind_attribute(change->wanted->kind, "identity");
	const struct object *value;
	const struct object *sequence;
	const struct object *ownership;

	if (change->current == NULL || !(change->allowed >> number & 1))
		return;
	if (object_get(change->wanted, "identity") == NULL) {
		sequence = table_find_part(context->current, "identity_sequence", object_schema(change->current),
		                           object_value(change->current, 1), object_name(change->current));
		if (sequence != NULL)
			each(argument, sequence);
		return;
	}
	value = default_of(context->current, change->current);
	if (value != NULL)
		each(argument, value);
	sequence = forerunner(context, change);
	if (sequence == NULL)
		return;
	each(argument, sequence);
	if (catalog_children(context->current, sequence, kind_find("sequence_ownership"), &ownership) > 0)
		each(argument, ownership);
}

/* ---- back ---- */

/* Production's identity column for which the new sequence will count, or NULL. */
static const struct object *
testator(const struct kind_context *context, const struct object *sequence)
{
	const struct object *ownership;
	const struct object *column;
	const struct object *current;

	if (catalog_children(context->wanted, sequence, kind_find("sequence_ownership"), &ownership) == 0)
		return NULL;
	if (object_get(ownership, "table_schema") == NULL || object_get(ownership, "table") == NULL ||
	    object_get(ownership, "column") == NULL)
		return NULL;
	column = table_find_part(context->wanted, "column", object_get(ownership, "table_schema"),
	                         object_get(ownership, "table"), object_get(ownership, "column"));
	current = column != NULL ? catalog_counterpart(context->current, column) : NULL;
	if (current == NULL || object_get(current, "identity") == NULL || object_get(column, "identity") != NULL)
		return NULL;
	return identity_heir(context, column) == sequence ? current : NULL;
}

/* "public.t_id_seq" as SQL writes it. */
static char *
counter_name(struct arena *arena, const struct object *column)
{
	static const char prefix[] = "SEQUENCE NAME ";
	const char *options = object_get(column, "identity_options");
	bool quoted = false;
	struct buffer sql = BUFFER_INIT;

	if (options != NULL && strncmp(options, prefix, strlen(prefix)) == 0) {
		options += strlen(prefix);
		for (; *options != '\0' && (quoted || *options != ' '); options++) {
			quoted ^= *options == '"';
			buffer_append_char(&sql, *options);
		}
	} else {
		sql_append(&sql, "%Q", object_schema(column),
		           arena_printf(arena, "%s_%s_seq", object_value(column, 1), object_name(column)));
	}
	char *name = arena_strdup(arena, buffer_text(&sql));
	buffer_fini(&sql);
	return name;
}

bool
identity_steps_aside(const struct kind_context *context, const struct object *sequence)
{
	return testator(context, sequence) != NULL;
}

void
identity_step_aside(const struct kind_context *context, const struct object *sequence, struct steps *steps)
{
	const struct object *column = testator(context, sequence);

	if (column != NULL)
		steps_add(steps, sequence, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          "ALTER SEQUENCE %X RENAME TO %I", counter_name(context->arena, column), ASIDE);
}

void
identity_hand_over(const struct kind_context *context, const struct object *sequence, struct steps *steps)
{
	const struct object *column = testator(context, sequence);
	struct buffer name = BUFFER_INIT;

	if (column == NULL)
		return;
	sql_append(&name, "%Q", object_schema(sequence), object_name(sequence));
	steps_add(steps, sequence, STEP_ALTER, LOCK_SHARE_ROW_EXCLUSIVE, 0,
	          "SELECT pg_catalog.setval(%L, last_value, is_called) FROM %Q", buffer_text(&name), object_schema(column),
	          ASIDE);
	steps_add(steps, sequence, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
	          "ALTER TABLE %Q ALTER COLUMN %I DROP IDENTITY", object_schema(column), object_value(column, 1),
	          object_name(column));
	buffer_fini(&name);
}
