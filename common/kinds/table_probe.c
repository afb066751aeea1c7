/*
 * table_probe.c - questions to production's rows before something is tightened.
 *
 * Columns that production does not have yet take part with the value that adding them will give to every row.
 */
#include "build.h"

#include "kinds/table_probe.h"

#include "kinds/not_null.h"
#include "kinds/table_link.h"
#include "kinds/table_parts.h"
#include "kinds/typed_table.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define NO_EXAMPLE "NULL::pg_catalog.text"

static bool
is_mentioned(const struct name_list *names, const char *text, const char *column)
{
	for (size_t i = 0; names != NULL && i < names->count; i++)
		if (strcmp(names->items[i], column) == 0)
			return true;
	return table_text_mentions(text, column);
}

const char *
probe_skip(const char *text, const char *stops)
{
	char quote = '\0';
	int depth = 0;

	for (; *text != '\0' && (quote != '\0' || depth > 0 || strchr(stops, *text) == NULL); text++) {
		if (quote != '\0')
			quote = *text == quote ? '\0' : quote;
		else if (*text == '"' || *text == '\'')
			quote = *text;
		else if (*text == '(')
			depth++;
		else if (*text == ')')
			depth--;
	}
	return text;
}

char *
probe_next_element(struct arena *arena, const char **text)
{
	const char *start = *text + strspn(*text, " ");
	const char *end = probe_skip(start, ",");

	if (*start == '\0')
		return NULL;
	*text = *end == ',' ? end + 1 : end;
	while (end > start && end[-1] == ' ')
		end--;
	return arena_printf(arena, "%.*s", (int)(end - start), start);
}

/* Whether its type or what its default calls is still to be made. */
static bool
stands_on_new(const struct kind_context *context, const struct object *object)
{
	const uint32_t *list;
	uint32_t count = catalog_depends(context->wanted, object, &list);

	for (uint32_t i = 0; i < count; i++)
		if (catalog_counterpart(context->current, &context->wanted->objects[list[i]]) == NULL)
			return true;
	return false;
}

static void
add_column(struct probe_source *source, const struct object *column)
{
	const char *value = object_get(column, "expression");

	if (value == NULL)
		value = table_default_expression(source->context->wanted, column);
	if (stands_on_new(source->context, column) || object_get(column, "identity") != NULL ||
	    (value != NULL && strstr(value, "nextval(") != NULL)) {
		source->unknowable = true;
		return;
	}
	if (value == NULL)
		value = "NULL";
	else if (strchr("'0123456789", value[0]) == NULL)
		source->passing = true;
	sql_append(&source->added, ", CAST((%X) AS %X) AS %I", value, object_text(column, "type"), object_name(column));
}

void
probe_source_init(struct probe_source *source, const struct kind_context *context, const struct object *part,
                  const char *names, const char *text)
{
	const struct object *table = table_of_part(context, part);
	const struct object *column;
	struct name_list list;
	uint32_t count = table != NULL ? catalog_children(context->wanted, table, kind_find("column"), &column) : 0;

	*source = (struct probe_source){ .context = context, .part = part };
	name_list_init(&list, names);
	for (; count > 0; count--, column++)
		if (is_mentioned(&list, text, object_name(column)) && catalog_counterpart(context->current, column) == NULL)
			add_column(source, column);
	name_list_fini(&list);
}

void
probe_source_fini(struct probe_source *source)
{
	buffer_fini(&source->added);
}

void
probe_source_write(struct buffer *sql, const struct probe_source *source, bool only)
{
	const char *table = object_value(source->part, 1);

	sql_append(sql, only ? "(SELECT r.*%X FROM ONLY %Q AS r) AS %I" : "(SELECT r.*%X FROM %Q AS r) AS %I",
	           buffer_text(&source->added), object_schema(source->part), table, table);
}

/* "ROW(a, b)" or, for one column, just that. */
static void
write_key(struct buffer *sql, const struct name_list *names, const char *table)
{
	buffer_append_text(sql, "pg_catalog.concat_ws(', '");
	for (size_t i = 0; i < names->count; i++)
		sql_append(sql, ", %I.%I", table, names->items[i]);
	buffer_append_char(sql, ')');
}

/* The key of a row as it will be: none where it would be another when it is asked again. */
static void
write_example(struct buffer *sql, const struct name_list *names, const struct probe_source *source)
{
	if (source->passing)
		buffer_append_text(sql, NO_EXAMPLE);
	else
		write_key(sql, names, object_value(source->part, 1));
}

/* The row as production has it: what a new column's default gives may be another value each time. */
static void
write_row(struct buffer *sql, const struct kind_context *context, const struct object *table, const char *name)
{
	const struct object **columns;
	uint32_t count = table != NULL ? catalog_children_in_order(context->current, table, kind_find("column"),
	                                                           context->arena, &columns)
	                               : 0;

	buffer_append_text(sql, "CAST(ROW(");
	for (uint32_t i = 0; i < count; i++)
		sql_append(sql, i == 0 ? "%I.%I" : ", %I.%I", name, object_name(columns[i]));
	buffer_append_text(sql, ") AS pg_catalog.text)");
}

void
probe_example(struct buffer *sql, const struct kind_context *context, const struct object *part)
{
	const char *name = object_value(part, 1);
	const struct object *table = table_find(context->current, object_schema(part), name);
	const struct object *constraint;
	uint32_t count =
		table != NULL ? catalog_children(context->current, table, kind_find("constraint"), &constraint) : 0;

	for (; count > 0; count--, constraint++)
		if (object_says(constraint, "type", "p")) {
			struct name_list names;

			name_list_init(&names, object_get(constraint, "columns"));
			write_key(sql, &names, name);
			name_list_fini(&names);
			return;
		}
	write_row(sql, context, table, name);
}

void
probe_begin(struct buffer *sql)
{
	buffer_append_text(sql, "SELECT pg_catalog.count(*), pg_catalog.min(v.example) FROM (SELECT ");
}

bool
probe_finish(struct buffer *sql, const struct kind_context *context, struct probe *probe, const char *reason)
{
	buffer_append_text(sql, " LIMIT " MOST_ROWS ") AS v");
	probe->query = arena_strdup(context->arena, buffer_text(sql));
	probe->reason = arena_strdup(context->arena, reason);
	return true;
}

/*
 * Whether computed values can be had of every row at all (a cast, a division): it counts none, but production's
 * error is the answer.
 */
static bool
finish_evaluation(struct buffer *sql, const struct probe_source *source, bool only, const char *expressions,
                  const char *predicate, struct probe *probe)
{
	sql_append(sql, "SELECT 0 * pg_catalog.count(pg_catalog.concat_ws('', %X)) FROM ", expressions);
	probe_source_write(sql, source, only);
	if (predicate != NULL)
		sql_append(sql, " WHERE %X", predicate);
	probe->query = arena_strdup(source->context->arena, buffer_text(sql));
	probe->reason = arena_strdup(source->context->arena, "%s rows cannot be computed");
	return true;
}

bool
probe_is_only(const struct kind_context *context, const struct object *part)
{
	return !table_is_partitioned(table_find(context->current, object_schema(part), object_value(part, 1)));
}

/* Whether the column may not hold NULL, by itself or by the domain that is its type. */
static bool
refuses_null(const struct kind_context *context, const struct object *column)
{
	const struct kind *domain = kind_find("domain");
	const uint32_t *list;
	uint32_t count = object_is(column, "not_null") ? 0 : catalog_depends(context->wanted, column, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *type = &context->wanted->objects[list[i]];

		if (type->kind == domain && object_is(type, "not_null"))
			return object_get(type, "default") == NULL;
	}
	/* One that is NOT VALID asks nothing of the rows that are there. */
	return object_is(column, "not_null") && (context->version < 180000 || object_is(column, "not_null_valid"));
}

/* Rows for which the expression of a new generated column fails, or gives NULL where it may not. */
static bool
probe_generated(const struct kind_context *context, const struct object *column, struct probe *probe)
{
	const char *expression = object_get(column, "expression");
	bool only = probe_is_only(context, column);
	struct probe_source source;
	struct buffer sql = BUFFER_INIT;
	bool found = false;

	probe_source_init(&source, context, column, NULL, expression);
	if (source.unknowable || stands_on_new(context, column)) {
		/* Nothing can be asked. */
	} else if (!refuses_null(context, column)) {
		found = finish_evaluation(&sql, &source, only, expression, NULL, probe);
	} else {
		probe_begin(&sql);
		probe_example(&sql, context, column);
		buffer_append_text(&sql, " AS example FROM ");
		probe_source_write(&sql, &source, only);
		sql_append(&sql, " WHERE (%X) IS NULL", expression);
		found = probe_finish(&sql, context, probe,
		                     "it is NOT NULL and %s rows (counted up to " MOST_ROWS ") would have no value");
	}
	probe_source_fini(&source);
	buffer_fini(&sql);
	return found;
}

static bool
tightens_null(const struct kind_context *context, const struct change *change)
{
	if (!refuses_null(context, change->wanted))
		return false;
	return change_allows(change, "not_null_valid") || change_allows(change, "not_null_no_inherit") ||
	       (!object_is(change->current, "not_null") &&
	        (change_allows(change, "not_null") ||
	         (change_allows(change, "identity") && object_get(change->wanted, "identity") != NULL)));
}

/* Days beyond the last timestamp (END_TIMESTAMP of datatype/timestamp.h) are dates still. */
static bool
turns_days_into_times(const struct change *change)
{
	return change_allows(change, "type") && object_says(change->current, "type", "date") &&
	       strncmp(object_text(change->wanted, "type"), "timestamp", 9) == 0;
}

/* Rows of a column that production has. */
static bool
probe_present_column(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *column = change->wanted;
	const char *table = object_value(column, 1);
	bool nulls = tightens_null(context, change);
	bool days = turns_days_into_times(change);
	struct buffer sql = BUFFER_INIT;

	if (!nulls && !days)
		return false;
	probe_begin(&sql);
	probe_example(&sql, context, column);
	sql_append(&sql,
	           !days && not_null_is_alone(context, column) ? " AS example FROM ONLY %Q AS %I WHERE "
	                                                       : " AS example FROM %Q AS %I WHERE ",
	           object_schema(column), table, table);
	if (nulls)
		sql_append(&sql, "%I.%I IS NULL", table, object_name(column));
	if (nulls && days)
		buffer_append_text(&sql, " OR ");
	if (days)
		sql_append(&sql, "(pg_catalog.isfinite(%I.%I) AND %I.%I > '294276-12-31')", table, object_name(column), table,
		           object_name(column));
	bool found = probe_finish(&sql, context, probe,
	                          !days   ? "%s rows (counted up to " MOST_ROWS ") are NULL"
	                          : nulls ? "%s rows (counted up to " MOST_ROWS ") are NULL or after the last timestamp"
	                                  : "%s rows (counted up to " MOST_ROWS ") are after the last timestamp");
	buffer_fini(&sql);
	return found;
}

static void
add_rows_of_heir(void *sql, const struct object *link)
{
	sql_append(sql, " UNION ALL SELECT NULL::pg_catalog.text FROM %Q", object_schema(link), object_value(link, 1));
}

/* A new column that may not be NULL and says no value for the rows that are there, those of new heirs too. */
static bool
probe_missing_values(const struct kind_context *context, const struct object *column, struct probe *probe)
{
	struct buffer sql = BUFFER_INIT;

	if (!refuses_null(context, column) || object_get(column, "identity") != NULL ||
	    (table_default_expression(context->wanted, column) != NULL && typed_table_attribute(context, column) == NULL))
		return false;
	probe_begin(&sql);
	sql_append(&sql, "NULL::pg_catalog.text AS example FROM %Q", object_schema(column), object_value(column, 1));
	table_each_new_heir(context, column, add_rows_of_heir, &sql);
	bool found =
		probe_finish(&sql, context, probe,
	                 "it is NOT NULL without a default, and %s rows (of the first " MOST_ROWS ") would have no value");
	buffer_fini(&sql);
	return found;
}

bool
table_probe_column(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *column = change->wanted;

	if (change->current != NULL && change_allows(change, "identity_options"))
		return probe_identity_limits(context, column, probe);
	if (table_find(context->current, object_schema(column), object_value(column, 1)) == NULL)
		return false;
	if (change->current != NULL)
		return probe_present_column(context, change, probe);
	if (object_get(column, "expression") != NULL)
		return probe_generated(context, column, probe);
	if (probe_counter(context, column, probe))
		return true;
	return probe_missing_values(context, column, probe);
}

struct checking {
	const struct kind_context *context;
	const struct object *check;
	struct buffer sql;
	bool unknowable;
};

/* " UNION ALL " rows of the table of `part` that violate the check. */
static void
add_violations(struct checking *checking, const struct object *part)
{
	const char *expression = object_get(checking->check, "expression");
	struct probe_source source;

	probe_source_init(&source, checking->context, part, NULL, expression);
	buffer_append_text(&checking->sql, checking->sql.length > 0 ? " UNION ALL SELECT " : "");
	probe_example(&checking->sql, checking->context, part);
	buffer_append_text(&checking->sql, " AS example FROM ");
	probe_source_write(&checking->sql, &source, object_is(checking->check, "no_inherit"));
	sql_append(&checking->sql, " WHERE NOT (%X)", expression);
	checking->unknowable = checking->unknowable || source.unknowable;
	probe_source_fini(&source);
}

static void
add_violations_of_heir(void *argument, const struct object *link)
{
	const struct checking *checking = argument;

	/* The rows of a foreign one are somewhere else. */
	if (table_exists(checking->context, link))
		add_violations(argument, link);
}

static bool
probe_check(const struct kind_context *context, const struct object *constraint, struct probe *probe)
{
	struct checking checking = { context, constraint, BUFFER_INIT, false };
	struct buffer sql = BUFFER_INIT;

	if (table_exists(context, constraint))
		add_violations(&checking, constraint);
	table_each_later_heir(context, constraint, add_violations_of_heir, &checking);
	bool found = checking.sql.length > 0 && !checking.unknowable;
	if (found) {
		probe_begin(&sql);
		buffer_append_text(&sql, buffer_text(&checking.sql));
		probe_finish(&sql, context, probe, "%s rows (counted up to " MOST_ROWS ") violate the check");
	}
	buffer_fini(&checking.sql);
	buffer_fini(&sql);
	return found;
}

/* Keys that occur more than once, and, in a primary key, those with a NULL. */
static bool
probe_unique(const struct kind_context *context, const struct object *constraint, struct probe *probe)
{
	struct name_list names;
	struct probe_source source;
	struct buffer sql = BUFFER_INIT;
	struct buffer key = BUFFER_INIT;

	name_list_init(&names, object_get(constraint, "columns"));
	probe_source_init(&source, context, constraint, object_get(constraint, "columns"), NULL);
	probe_begin(&sql);
	write_example(&sql, &names, &source);
	buffer_append_text(&sql, " AS example FROM ");
	probe_source_write(&sql, &source, probe_is_only(context, constraint));
	for (size_t i = 0; i < names.count; i++)
		sql_append(&key, i == 0 ? "%I" : ", %I", names.items[i]);
	if (!object_is(constraint, "nulls_not_distinct") && object_says(constraint, "type", "u"))
		for (size_t i = 0; i < names.count; i++)
			sql_append(&sql, i == 0 ? " WHERE %I IS NOT NULL" : " AND %I IS NOT NULL", names.items[i]);
	sql_append(&sql, " GROUP BY %X HAVING pg_catalog.count(*) > 1", buffer_text(&key));
	if (object_says(constraint, "type", "p"))
		for (size_t i = 0; i < names.count; i++)
			sql_append(&sql, " OR pg_catalog.bool_or(%I IS NULL)", names.items[i]);
	bool found =
		!source.unknowable &&
		probe_finish(&sql, context, probe, "%s keys (counted up to " MOST_ROWS ") occur more than once or are NULL");
	probe_source_fini(&source);
	buffer_fini(&key);
	buffer_fini(&sql);
	name_list_fini(&names);
	return found;
}

/* With PERIOD (18) the referenced rows together must cover the last column. */
static void
write_reference(struct buffer *sql, const struct object *constraint, const struct name_list *names, const char *table)
{
	struct name_list referenced;
	bool period = object_is(constraint, "period");

	name_list_init(&referenced, object_get(constraint, "referenced_columns"));
	size_t count = names->count < referenced.count ? names->count : referenced.count;
	size_t compared = period && count > 0 ? count - 1 : count;
	if (period && count > 0)
		sql_append(sql, " AND NOT COALESCE((SELECT pg_catalog.range_agg(referenced.%I)", referenced.items[compared]);
	else
		buffer_append_text(sql, " AND NOT EXISTS (SELECT");
	sql_append(sql, " FROM %Q AS referenced WHERE true", object_get(constraint, "referenced_schema"),
	           object_get(constraint, "referenced_table"));
	for (size_t i = 0; i < compared; i++)
		sql_append(sql, " AND referenced.%I = %I.%I", referenced.items[i], table, names->items[i]);
	buffer_append_char(sql, ')');
	if (compared < count)
		sql_append(sql, " OPERATOR(pg_catalog.@>) %I.%I, false)", table, names->items[compared]);
	name_list_fini(&referenced);
}

static bool
has_columns(const struct kind_context *context, const struct object *table, const char *names)
{
	struct name_list list;
	bool all = true;

	name_list_init(&list, names);
	for (size_t i = 0; i < list.count; i++)
		all = all && table_find_part(context->current, "column", object_schema(table), object_name(table),
		                             list.items[i]) != NULL;
	name_list_fini(&list);
	return all;
}

/* Rows whose key is not in the referenced table; all of them where that table is still to be made. */
static bool
probe_foreign_key(const struct kind_context *context, const struct object *constraint, struct probe *probe)
{
	const char *table = object_value(constraint, 1);
	const struct object *referenced = table_find(context->current, object_get(constraint, "referenced_schema"),
	                                             object_get(constraint, "referenced_table"));
	struct name_list names;
	struct probe_source source;
	struct buffer sql = BUFFER_INIT;

	if (referenced != NULL && !has_columns(context, referenced, object_get(constraint, "referenced_columns")))
		return false;
	name_list_init(&names, object_get(constraint, "columns"));
	probe_source_init(&source, context, constraint, object_get(constraint, "columns"), NULL);
	probe_begin(&sql);
	write_example(&sql, &names, &source);
	buffer_append_text(&sql, " AS example FROM ");
	probe_source_write(&sql, &source, probe_is_only(context, constraint));
	for (size_t i = 0; i < names.count; i++)
		sql_append(&sql, i == 0 ? " WHERE %I.%I IS NOT NULL" : " AND %I.%I IS NOT NULL", table, names.items[i]);
	if (referenced != NULL)
		write_reference(&sql, constraint, &names, table);
	bool found =
		!source.unknowable &&
		probe_finish(&sql, context, probe, "%s rows (counted up to " MOST_ROWS ") refer to a row that is not there");
	probe_source_fini(&source);
	buffer_fini(&sql);
	name_list_fini(&names);
	return found;
}

/* Whether the change can meet rows that are in the way. */
static bool
tightens(const struct change *change)
{
	static const char *const loosening[] = { "options", "clustered", "replica_identity", "deferrable", "deferred" };
	uint64_t harmless = 0;

	if (change->current == NULL)
		return true;
	for (size_t i = 0; i < COUNT_OF(loosening); i++) {
		int number = kind_attribute(change->wanted->kind, loosening[i]);

		if (number >= 0)
			harmless |= UINT64_C(1) << number;
	}
	return (change->allowed & ~harmless) != 0;
}

/* A function or type that is still to be made cannot be asked. */
static bool
runs_what_is_new(const struct kind_context *context, const struct object *object)
{
	const uint32_t *list;
	uint32_t count = catalog_depends(context->wanted, object, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *dependency = &context->wanted->objects[list[i]];

		if (!(dependency->kind->traits & KIND_HOLDS_DATA) && catalog_counterpart(context->current, dependency) == NULL)
			return true;
	}
	return false;
}

bool
table_probe_constraint(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *constraint = change->wanted;

	if (!object_is(constraint, "validated") || !tightens(change) ||
	    (!object_says(constraint, "type", "f") && runs_what_is_new(context, constraint)) ||
	    (!object_says(constraint, "type", "c") && !table_exists(context, constraint)))
		return false;
	switch (object_text(constraint, "type")[0]) {
	case 'c':
		return probe_check(context, constraint, probe);
	case 'f':
		return probe_foreign_key(context, constraint, probe);
	case 'p':
	case 'u':
		return object_is(constraint, "period") ? table_probe_overlaps(context, constraint, probe)
		                                       : probe_unique(context, constraint, probe);
	case 'x':
		return table_probe_overlaps(context, constraint, probe);
	default:
		return false;
	}
}

/* Keys that occur more than once; `keys` are the bare ones. */
static bool
probe_duplicates(const struct object *index, const struct probe_source *source, bool only, const char *keys,
                 const char *not_null, struct buffer *sql, struct probe *probe)
{
	probe_begin(sql);
	if (source->passing)
		buffer_append_text(sql, NO_EXAMPLE " AS example FROM ");
	else
		sql_append(sql, "pg_catalog.concat_ws(', ', %X) AS example FROM ", keys);
	probe_source_write(sql, source, only);
	sql_append(sql, " WHERE %X", object_is(index, "nulls_not_distinct") ? "true" : not_null);
	if (object_get(index, "predicate") != NULL)
		sql_append(sql, " AND (%X)", object_get(index, "predicate"));
	sql_append(sql, " GROUP BY %X HAVING pg_catalog.count(*) > 1", keys);
	return probe_finish(sql, source->context, probe, "%s keys (counted up to " MOST_ROWS ") occur more than once");
}

bool
table_probe_index(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *index = change->wanted;
	const char *keys = object_text(index, "keys");
	bool computed = strchr(keys, '(') != NULL || object_get(index, "predicate") != NULL;
	struct probe_source source;
	struct buffer said = BUFFER_INIT;
	struct buffer bare = BUFFER_INIT;
	struct buffer not_null = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;
	bool found = false;

	if (!(object_is(index, "unique") || computed) || !tightens(change) || runs_what_is_new(context, index) ||
	    table_find(context->current, object_schema(index), object_value(index, 1)) == NULL)
		return false;
	sql_append(&said, object_get(index, "predicate") != NULL ? "%X %X" : "%X", keys, object_get(index, "predicate"));
	probe_source_init(&source, context, index, NULL, buffer_text(&said));
	buffer_fini(&said);
	for (char *key; (key = probe_next_element(context->arena, &keys)) != NULL;) {
		/* without collation, operator class and order */
		key = arena_printf(context->arena, "%.*s", (int)(probe_skip(key, " ") - key), key);
		sql_append(&not_null, not_null.length > 0 ? " AND %X IS NOT NULL" : "%X IS NOT NULL", key);
		/* A bare constant would not do to group by. */
		sql_append(&bare, bare.length > 0 ? ", COALESCE(%X)" : "COALESCE(%X)", key);
	}
	if (source.unknowable)
		found = false;
	else if (object_is(index, "unique"))
		found = probe_duplicates(index, &source, probe_is_only(context, index), buffer_text(&bare),
		                         buffer_text(&not_null), &sql, probe);
	else
		found = finish_evaluation(&sql, &source, probe_is_only(context, index), buffer_text(&bare),
		                          object_get(index, "predicate"), probe);
	probe_source_fini(&source);
	buffer_fini(&bare);
	buffer_fini(&not_null);
	buffer_fini(&sql);
	return found;
}
