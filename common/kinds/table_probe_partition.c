/*
 * table_probe_partition.c - rows in the way of attaching a partition.
 *
 * Those of the table itself that its bound, or that of a level above, keeps out; and those of production's default
 * partition that would belong to it.  The bounds are put as conditions on the rows, as the server does
 * (partbounds.c get_qual_for_list, get_qual_for_range, get_qual_for_hash).
 */
#include "build.h"

#include "kinds/table_probe.h"

#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define MOST_KEYS 32 /* PARTITION_MAX_KEYS */

/* What a parent's rows are told apart by. */
struct partition_key {
	char *items[MOST_KEYS]; /* with COLLATE, without operator class */
	size_t count;
	bool plain; /* none has an operator class of its own */
};

static const struct object *
link_of(const struct catalog *catalog, const struct object *table)
{
	const struct object *link;

	return table != NULL && catalog_children(catalog, table, kind_find("partition"), &link) > 0 ? link : NULL;
}

static const struct object *
parent_of(const struct catalog *catalog, const struct object *link)
{
	return table_find(catalog, object_text(link, "parent_schema"), object_text(link, "parent"));
}

static bool
is_default(const struct object *link)
{
	return object_says(link, "bound", "DEFAULT");
}

/* The elements of the list in parentheses that the text has first; how many, at most MOST_KEYS. */
static size_t
read_list(struct arena *arena, const char *text, char **items)
{
	const char *open = probe_skip(text, "(");
	const char *end = *open == '(' ? probe_skip(open + 1, ")") : open;
	const char *list = *open == '(' ? arena_printf(arena, "%.*s", (int)(end - open - 1), open + 1) : "";
	size_t count = 0;

	while (count < MOST_KEYS && (items[count] = probe_next_element(arena, &list)) != NULL)
		count++;
	return count;
}

static void
read_key(struct arena *arena, const struct object *parent, struct partition_key *key)
{
	key->count = read_list(arena, object_text(parent, "partition_by"), key->items);
	key->plain = true;
	for (size_t i = 0; i < key->count; i++) {
		const char *end = probe_skip(key->items[i], " ");

		if (strncmp(end, " COLLATE ", 9) == 0)
			end = probe_skip(end + 9, " ");
		key->plain = key->plain && *end == '\0';
		key->items[i] = arena_printf(arena, "%.*s", (int)(end - key->items[i]), key->items[i]);
	}
}

static void
write_row(struct buffer *sql, char *const *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sql_append(sql, i == 0 ? "ROW(%X" : ", %X", items[i]);
	buffer_append_char(sql, ')');
}

/* One end of a range.  What is behind a MINVALUE or MAXVALUE does not count. */
static void
write_end(struct buffer *sql, const struct partition_key *key, char *const *values, bool lower)
{
	size_t count = 0;

	while (count < key->count && strcmp(values[count], "MINVALUE") != 0 && strcmp(values[count], "MAXVALUE") != 0)
		count++;
	bool endless = count < key->count;
	bool least = endless && strcmp(values[count], "MINVALUE") == 0;
	if (count == 0) {
		buffer_append_text(sql, least == lower ? " AND true" : " AND false");
		return;
	}
	buffer_append_text(sql, " AND ");
	write_row(sql, key->items, count);
	if (lower)
		buffer_append_text(sql, !endless || least ? " >= " : " > ");
	else
		buffer_append_text(sql, !endless || least ? " < " : " <= ");
	write_row(sql, values, count);
}

static bool
write_range(struct buffer *sql, struct arena *arena, const struct partition_key *key, const char *bound)
{
	char *lower[MOST_KEYS];
	char *upper[MOST_KEYS];
	const char *rest = probe_skip(bound, "(");

	rest = *rest == '(' ? probe_skip(rest + 1, ")") : rest;
	if (!key->plain || *rest == '\0' || read_list(arena, bound, lower) != key->count ||
	    read_list(arena, rest + 1, upper) != key->count)
		return false;
	buffer_append_text(sql, "(true");
	for (size_t i = 0; i < key->count; i++)
		sql_append(sql, " AND %X IS NOT NULL", key->items[i]);
	write_end(sql, key, lower, true);
	write_end(sql, key, upper, false);
	buffer_append_char(sql, ')');
	return true;
}

static void
write_list(struct buffer *sql, struct arena *arena, const struct partition_key *key, const char *bound)
{
	const char *open = probe_skip(bound, "(");
	const char *list =
		*open == '(' ? arena_printf(arena, "%.*s", (int)(probe_skip(open + 1, ")") - open - 1), open + 1) : "";
	char *value;

	buffer_append_text(sql, "(false");
	while ((value = probe_next_element(arena, &list)) != NULL) {
		if (strcmp(value, "NULL") == 0)
			sql_append(sql, " OR %X IS NULL", key->items[0]);
		else
			sql_append(sql, " OR %X = %X", key->items[0], value);
	}
	buffer_append_char(sql, ')');
}

/* The server's own function, which asks the parent for its operator classes. */
static bool
write_hash(struct buffer *sql, const struct kind_context *context, const struct partition_key *key,
           const struct object *link)
{
	const char *bound = object_text(link, "bound");
	const char *modulus = strstr(bound, "modulus ");
	const char *remainder = strstr(bound, "remainder ");
	struct buffer parent = BUFFER_INIT;

	if (modulus == NULL || remainder == NULL || parent_of(context->current, link) == NULL)
		return false;
	sql_append(&parent, "%Q", object_text(link, "parent_schema"), object_text(link, "parent"));
	sql_append(sql, "pg_catalog.satisfies_hash_partition(CAST(%L AS pg_catalog.regclass), %ld, %ld",
	           buffer_text(&parent), strtol(modulus + strlen("modulus "), NULL, 10),
	           strtol(remainder + strlen("remainder "), NULL, 10));
	for (size_t i = 0; i < key->count; i++)
		sql_append(sql, ", %X", key->items[i]);
	buffer_append_char(sql, ')');
	buffer_fini(&parent);
	return true;
}

/* A condition that is true of the rows that a bound lets in; false where it cannot be told. */
static bool
write_bound(struct buffer *sql, const struct kind_context *context, const struct catalog *catalog,
            const struct object *link)
{
	const struct object *parent = parent_of(catalog, link);
	const char *by = parent != NULL ? object_text(parent, "partition_by") : "";
	struct partition_key key;

	if (parent == NULL || is_default(link))
		return false;
	read_key(context->arena, parent, &key);
	if (key.count == 0)
		return false;
	if (strncmp(by, "RANGE", 5) == 0)
		return write_range(sql, context->arena, &key, object_text(link, "bound"));
	if (strncmp(by, "HASH", 4) == 0)
		return write_hash(sql, context, &key, link);
	write_list(sql, context->arena, &key, object_text(link, "bound"));
	return true;
}

/* Calls each for the links of all partitions of a table. */
static void
each_partition(const struct catalog *catalog, const struct object *parent,
               void (*each)(void *argument, const struct object *link), void *argument)
{
	const uint32_t *list;
	uint32_t count = parent != NULL ? catalog_dependents(catalog, parent, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *table = &catalog->objects[list[i]];
		const struct object *link = strcmp(table->kind->name, "table") == 0 ? link_of(catalog, table) : NULL;

		if (link != NULL && parent_of(catalog, link) == parent)
			each(argument, link);
	}
}

struct sibling_search {
	const struct kind_context *context;
	struct buffer *sql;
	const struct object *found;
};

static void
keep_out(void *argument, const struct object *link)
{
	struct sibling_search *search = argument;
	struct buffer bound = BUFFER_INIT;

	if (catalog_counterpart(search->context->wanted, link) != link &&
	    catalog_counterpart(search->context->wanted, link) != NULL)
		return; /* it is asked for on that side */
	if (write_bound(&bound, search->context, table_catalog_of(search->context, link), link))
		sql_append(search->sql, " OR %X", buffer_text(&bound));
	buffer_fini(&bound);
}

static void
find_default(void *argument, const struct object *link)
{
	struct sibling_search *search = argument;

	if (is_default(link))
		search->found = link;
}

/* " OR …" for each level: what keeps a row out. */
static void
write_outside(struct buffer *sql, const struct kind_context *context, const struct object *link)
{
	for (; link != NULL; link = link_of(context->wanted, parent_of(context->wanted, link))) {
		struct buffer bound = BUFFER_INIT;

		if (is_default(link)) {
			struct sibling_search search = { context, sql, NULL };

			each_partition(context->wanted, parent_of(context->wanted, link), keep_out, &search);
			each_partition(context->current, parent_of(context->current, link), keep_out, &search);
		} else if (write_bound(&bound, context, context->wanted, link))
			sql_append(sql, " OR (%X) IS NOT TRUE", buffer_text(&bound));
		buffer_fini(&bound);
	}
}

/* Rows of the table that may not be in it as a partition: "example FROM …"; false where there is nothing to ask. */
static bool
write_own_rows(struct buffer *sql, const struct kind_context *context, const struct object *link)
{
	struct buffer outside = BUFFER_INIT;
	struct probe_source source;

	if (!table_exists(context, link))
		return false;
	write_outside(&outside, context, link);
	probe_source_init(&source, context, link, NULL, buffer_text(&outside));
	bool any = outside.length > 0 && !source.unknowable;
	if (any) {
		probe_example(sql, context, link);
		buffer_append_text(sql, " AS example FROM ");
		probe_source_write(sql, &source, probe_is_only(context, link));
		sql_append(sql, " WHERE false%X", buffer_text(&outside));
	}
	probe_source_fini(&source);
	buffer_fini(&outside);
	return any;
}

/* The same of the rows that production's default partition would have to give away. */
static bool
write_rows_of_default(struct buffer *sql, const struct kind_context *context, const struct object *link)
{
	struct sibling_search search = { context, NULL, NULL };
	struct buffer bound = BUFFER_INIT;

	each_partition(context->current, parent_of(context->current, link), find_default, &search);
	bool any = search.found != NULL && search.found != catalog_counterpart(context->current, link) &&
	           write_bound(&bound, context, context->wanted, link);
	if (any) {
		probe_example(sql, context, search.found);
		sql_append(sql, " AS example FROM %Q AS %I WHERE %X", object_schema(search.found),
		           object_text(search.found, "table"), object_text(search.found, "table"), buffer_text(&bound));
	}
	buffer_fini(&bound);
	return any;
}

/* Rows of the table that one foreign key of a level above would refuse. */
static void
write_rows_refused(struct buffer *sql, const struct kind_context *context, const struct object *link,
                   const struct object *key)
{
	const char *table = object_text(link, "table");
	const char *referenced = object_text(key, "referenced_table");
	struct name_list names;
	struct name_list others;
	struct buffer there = BUFFER_INIT;
	bool known = true;

	name_list_init(&names, object_get(key, "columns"));
	name_list_init(&others, object_get(key, "referenced_columns"));
	sql_append(&there, "NOT EXISTS (SELECT FROM %Q AS referenced WHERE true", object_text(key, "referenced_schema"),
	           referenced);
	for (size_t i = 0; i < names.count && known; i++) {
		known = i < others.count &&
		        table_find_part(context->current, "column", object_schema(link), table, names.items[i]) != NULL &&
		        table_find_part(context->current, "column", object_text(key, "referenced_schema"), referenced,
		                        others.items[i]) != NULL;
		if (known)
			sql_append(&there, " AND referenced.%I = %I.%I", others.items[i], table, names.items[i]);
	}
	if (known) {
		buffer_append_text(sql, sql->length > 0 ? " UNION ALL SELECT " : "");
		probe_example(sql, context, link);
		sql_append(sql, " AS example FROM %Q AS %I WHERE %X)", object_schema(link), table, table, buffer_text(&there));
		for (size_t i = 0; i < names.count; i++)
			sql_append(sql, " AND %I.%I IS NOT NULL", table, names.items[i]);
	}
	buffer_fini(&there);
	name_list_fini(&names);
	name_list_fini(&others);
}

/* Foreign keys of all levels above come down with the link: production's, and new ones. */
static bool
write_rows_refused_above(struct buffer *sql, const struct kind_context *context, const struct object *link)
{
	const struct catalog *const sides[] = { context->current, context->wanted };
	size_t start = sql->length;

	for (const struct object *level = link; level != NULL && table_exists(context, link);
	     level = link_of(context->wanted, parent_of(context->wanted, level)))
		for (size_t i = 0; i < COUNT_OF(sides); i++) {
			const struct object *parent = parent_of(sides[i], level);
			const struct object *key;
			uint32_t count = parent != NULL ? catalog_children(sides[i], parent, kind_find("constraint"), &key) : 0;

			for (; count > 0; count--, key++)
				if (object_says(key, "type", "f") && object_is(key, "validated") && !object_is(key, "period") &&
				    (i == 0 || catalog_counterpart(context->current, key) == NULL))
					write_rows_refused(sql, context, link, key);
		}
	return sql->length > start;
}

/* Rows of the table to which the key refers. */
static void
write_rows_referred_to(struct buffer *sql, const struct kind_context *context, const struct object *link,
                       const struct object *key)
{
	const char *table = object_text(link, "table");
	const struct object *referring = table_find(context->current, object_schema(key), object_value(key, 1));
	struct name_list names;
	struct name_list others;

	/* Of a table that is still to be made none refers to anything. */
	if (referring == NULL)
		return;
	name_list_init(&names, object_get(key, "columns"));
	name_list_init(&others, object_get(key, "referenced_columns"));
	buffer_append_text(sql, sql->length > 0 ? " UNION ALL SELECT " : "");
	probe_example(sql, context, link);
	sql_append(sql, " AS example FROM %Q AS %I WHERE EXISTS (SELECT FROM %Q AS referring WHERE true",
	           object_schema(link), table, table, object_schema(referring), object_name(referring));
	for (size_t i = 0; i < names.count && i < others.count; i++)
		/* What a new column will hold may be anything. */
		if (table_find_part(context->current, "column", object_schema(referring), object_name(referring),
		                    names.items[i]) != NULL)
			sql_append(sql, " AND referring.%I = %I.%I", names.items[i], table, others.items[i]);
	buffer_append_char(sql, ')');
	name_list_fini(&names);
	name_list_fini(&others);
}

/* Whether the key refers to a level above the link in production. */
static bool
refers_above(const struct kind_context *context, const struct object *link, const struct object *key)
{
	for (const struct object *level = link; level != NULL;
	     level = link_of(context->current, parent_of(context->current, level)))
		if (object_says(key, "referenced_schema", object_text(level, "parent_schema")) &&
		    object_says(key, "referenced_table", object_text(level, "parent")))
			return true;
	return false;
}

/* DETACH takes no row away that a key to a level above refers to (ri_triggers.c RI_PartitionRemove_Check): production's
 * keys, and new ones, which may be there by then. */
static bool
write_rows_held(struct buffer *sql, const struct kind_context *context, const struct object *link)
{
	const struct catalog *const sides[] = { context->current, context->wanted };
	size_t start = sql->length;

	for (size_t i = 0; i < COUNT_OF(sides) && table_exists(context, link); i++) {
		const struct object *key;
		uint32_t count = catalog_kind_range(sides[i], kind_find("constraint"), &key);

		for (; count > 0; count--, key++)
			if (object_says(key, "type", "f") && (i == 0 || catalog_counterpart(context->current, key) == NULL) &&
			    refers_above(context, link, key))
				write_rows_referred_to(sql, context, link, key);
	}
	return sql->length > start;
}

/* Of another bound: its parent's foreign keys have been asked. */
static bool
probe_another_bound(const struct kind_context *context, const struct object *link, struct probe *probe)
{
	struct buffer own = BUFFER_INIT;
	struct buffer others = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;
	bool asks_own = write_own_rows(&own, context, link);
	bool asks_held = write_rows_held(&own, context, link);
	bool asks_default = write_rows_of_default(&others, context, link);

	probe_begin(&sql);
	buffer_append_text(&sql, buffer_text(&own));
	if (asks_default)
		sql_append(&sql, own.length > 0 ? " UNION ALL SELECT %X" : "%X", buffer_text(&others));
	bool asks = asks_own || asks_held || asks_default;
	if (asks)
		probe_finish(&sql, context, probe,
		             asks_held ? "%s rows (counted up to " MOST_ROWS
		                         ") would be in the wrong partition, or are referred to"
		                       : "%s rows (counted up to " MOST_ROWS ") would be in the wrong partition");
	buffer_fini(&own);
	buffer_fini(&others);
	buffer_fini(&sql);
	return asks;
}

static bool
probe_link(const struct kind_context *context, const struct object *link, struct probe *probe)
{
	struct buffer own = BUFFER_INIT;
	struct buffer others = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;
	bool asks_own = write_own_rows(&own, context, link);
	bool asks_keys = write_rows_refused_above(&own, context, link);
	bool asks_default = write_rows_of_default(&others, context, link);
	bool asks_table = asks_own || asks_keys;

	probe_begin(&sql);
	if (asks_table)
		buffer_append_text(&sql, buffer_text(&own));
	if (asks_default)
		sql_append(&sql, asks_table ? " UNION ALL SELECT %X" : "%X", buffer_text(&others));
	if (asks_table || asks_default)
		probe_finish(&sql, context, probe,
		             asks_keys  ? "%s rows (counted up to " MOST_ROWS ") would be in the wrong partition, or refer to a"
		                          " row that is not there"
		             : asks_own ? "%s rows (counted up to " MOST_ROWS ") would be in the wrong partition"
		                        : "%s rows (counted up to " MOST_ROWS ") of the default partition belong to it");
	buffer_fini(&own);
	buffer_fini(&others);
	buffer_fini(&sql);
	return asks_table || asks_default;
}

bool
table_probe_partition(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	if (change->current == NULL)
		return probe_link(context, change->wanted, probe);
	return change_allows(change, "bound") && probe_another_bound(context, change->wanted, probe);
}
