/*
 * table_parts.c - see table_parts.h.
 */
#include "build.h"

#include "kinds/table_parts.h"

#include "kinds/foreign_options.h"
#include "kinds/identity.h"
#include "kinds/not_null.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

const struct catalog *
table_catalog_of(const struct kind_context *context, const struct object *object)
{
	/* A double that is made for trying something out lies in neither: it is one of a wanted object. */
	return catalog_holds(context->current, object) ? context->current : context->wanted;
}

const struct object *
table_find(const struct catalog *catalog, const char *schema, const char *name)
{
	const char *identity[] = { schema, name };

	return catalog_find(catalog, kind_find("table"), identity);
}

const struct object *
table_find_part(const struct catalog *catalog, const char *kind, const char *schema, const char *table,
                const char *name)
{
	const char *identity[] = { schema, table, name };

	return catalog_find(catalog, kind_find(kind), identity);
}

const struct object *
table_default(const struct catalog *catalog, const struct object *column)
{
	const struct object *value;

	return catalog_children(catalog, column, kind_find("default"), &value) > 0 ? value : NULL;
}

const char *
table_default_expression(const struct catalog *catalog, const struct object *column)
{
	const struct object *value = table_default(catalog, column);

	return value != NULL ? object_get(value, "expression") : NULL;
}

const struct object *
table_default_sequence(const struct catalog *catalog, const struct object *column)
{
	const struct object *value = table_default(catalog, column);
	const uint32_t *list;
	uint32_t count = value != NULL ? catalog_depends(catalog, value, &list) : 0;

	for (uint32_t i = 0; i < count; i++)
		if (catalog->objects[list[i]].kind == kind_find("sequence"))
			return &catalog->objects[list[i]];
	return NULL;
}

const struct object *
table_inlined_default(const struct kind_context *context, const struct object *column)
{
	const struct object *value = table_default(context->wanted, column);

	return value != NULL && context->inlined(context, value) ? value : NULL;
}

const struct object *
table_of_part(const struct kind_context *context, const struct object *part)
{
	const struct catalog *catalog = table_catalog_of(context, part);
	const struct kind *table = kind_find("table");
	const struct object *whole = part;

	/* A double has no parent. */
	if (part->parent == OBJECT_NONE)
		return table_find(catalog, object_schema(part), object_value(part, 1));
	while (whole != NULL && whole->kind != table)
		whole = catalog_parent(catalog, whole);
	return whole;
}

bool
table_is_partitioned(const struct object *table)
{
	/* What has columns need not be a table. */
	return table != NULL && kind_attribute(table->kind, "partition_by") >= 0 &&
	       object_get(table, "partition_by") != NULL;
}

bool
table_of_part_is_partitioned(const struct kind_context *context, const struct object *part)
{
	return table_is_partitioned(table_of_part(context, part)) ||
	       table_is_partitioned(table_find(context->current, object_schema(part), object_value(part, 1)));
}

bool
table_exists(const struct kind_context *context, const struct object *part)
{
	const struct catalog *current = context->current;

	/* The second identity value of a part is its relation's name. */
	if (table_find(current, object_schema(part), object_value(part, 1)) != NULL)
		return true;
	const char *identity[] = { object_schema(part), object_value(part, 1) };
	return catalog_find(current, kind_find("materialized_view"), identity) != NULL;
}

void
table_each_parent(const struct kind_context *context, const struct catalog *catalog, const struct object *table,
                  bool linked, void (*each)(void *argument, const struct object *parent), void *argument)
{
	static const char *const links[] = { "partition", "inheritance" };

	for (size_t i = 0; i < COUNT_OF(links); i++) {
		const struct object *link;
		uint32_t count = catalog_children(catalog, table, kind_find(links[i]), &link);

		for (; count > 0; count--, link++) {
			const struct object *parent;

			if (linked && catalog_counterpart(context->current, link) == NULL)
				continue;
			parent = table_find(catalog, object_get(link, "parent_schema"), object_get(link, "parent"));
			if (parent != NULL)
				each(argument, parent);
		}
	}
}

struct part_search {
	const struct catalog *catalog;
	const struct object *part;
	const struct object *found;
};

static void
search_part(void *argument, const struct object *parent)
{
	struct part_search *search = argument;

	if (search->found == NULL)
		search->found = table_find_part(search->catalog, search->part->kind->name, object_schema(parent),
		                                object_name(parent), object_name(search->part));
}

const struct object *
table_parent_part(const struct kind_context *context, const struct object *part)
{
	const struct object *table = table_of_part(context, part);
	struct part_search search = { table_catalog_of(context, part), part, NULL };

	if (table != NULL)
		table_each_parent(context, search.catalog, table, true, search_part, &search);
	return search.found;
}

struct cover_search {
	const struct kind_context *context;
	const struct object *part;
	const char *attribute;
	bool found;
};

/* Statements reach all levels below, past parents that only production has. */
static void
search_cover(void *argument, const struct object *parent)
{
	struct cover_search *search = argument;
	const struct kind_context *context = search->context;
	const struct object *above = table_find_part(context->wanted, search->part->kind->name, object_schema(parent),
	                                             object_name(parent), object_name(search->part));

	/* To make one adds nothing to what is there below it. */
	bool reaches = above != NULL && (catalog_counterpart(context->current, above) != NULL ||
	                                 catalog_counterpart(context->current, search->part) == NULL);
	if (reaches && context->does(context, above, search->attribute))
		search->found = true;
	else
		table_each_parent(context, context->current, parent, true, search_cover, argument);
}

bool
table_parent_covers(const struct kind_context *context, const struct object *part, const char *attribute)
{
	const struct object *table = table_find(context->current, object_schema(part), object_value(part, 1));
	struct cover_search search = { context, part, attribute, false };

	if (table != NULL)
		table_each_parent(context, context->current, table, true, search_cover, &search);
	return search.found;
}

struct giving {
	const struct kind_context *context;
	const struct object *part;
	void (*each)(void *argument, const struct object *part);
	void *argument;
};

static void
visit_giver(void *argument, const struct object *parent)
{
	const struct giving *giving = argument;
	const struct kind_context *context = giving->context;
	const struct object *above = table_find_part(context->current, giving->part->kind->name, object_schema(parent),
	                                             object_name(parent), object_name(giving->part));
	const struct object *wanted = above != NULL ? catalog_counterpart(context->wanted, above) : NULL;

	if (wanted != NULL)
		giving->each(giving->argument, wanted);
	else if (above != NULL)
		table_each_parent(context, context->current, parent, true, visit_giver, argument);
}

void
table_each_giver(const struct kind_context *context, const struct object *part,
                 void (*each)(void *argument, const struct object *part), void *argument)
{
	const struct object *table = table_find(context->current, object_schema(part), object_value(part, 1));
	struct giving giving = { context, part, each, argument };

	if (table != NULL)
		table_each_parent(context, context->current, table, true, visit_giver, &giving);
}

static bool
is_heir_of(const struct catalog *catalog, const struct object *heir, const struct object *table)
{
	static const char *const links[] = { "partition", "inheritance" };

	for (size_t i = 0; i < COUNT_OF(links); i++) {
		const struct object *link;
		uint32_t count = catalog_children(catalog, heir, kind_find(links[i]), &link);

		for (; count > 0; count--, link++)
			if (object_says(link, "parent", object_name(table)) &&
			    object_says(link, "parent_schema", object_schema(table)))
				return true;
	}
	return false;
}

void
table_each_heir(const struct catalog *catalog, const struct object *table,
                void (*each)(void *argument, const struct object *heir), void *argument)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(catalog, table, &list);

	for (uint32_t i = 0; i < count; i++)
		if (is_heir_of(catalog, &catalog->objects[list[i]], table))
			each(argument, &catalog->objects[list[i]]);
}

static void
note_heir(void *argument, const struct object *heir)
{
	bool *found = argument;

	*found = *found || heir != NULL;
}

bool
table_has_heirs(const struct kind_context *context, const struct object *part)
{
	const struct object *table = table_find(context->current, object_schema(part), object_value(part, 1));
	bool found = false;

	if (table != NULL)
		table_each_heir(context->current, table, note_heir, &found);
	return found;
}

/* The link by which the column will come down, or NULL. */
static const struct object *
later_link(const struct kind_context *context, const struct object *column)
{
	const struct object *table = table_of_part(context, column);
	const struct object *link;
	uint32_t count;

	if (!object_is(column, "inherited") || catalog_counterpart(context->current, column) != NULL || table == NULL ||
	    catalog_counterpart(context->current, table) == NULL)
		return NULL;
	count = catalog_children(context->wanted, table, kind_find("inheritance"), &link);
	for (; count > 0; count--, link++) {
		const struct object *above = table_find_part(context->wanted, "column", object_get(link, "parent_schema"),
		                                             object_get(link, "parent"), object_name(column));

		/* A parent that production has too, so that its column is added by a statement of its own. */
		if (above != NULL && catalog_counterpart(context->current, link) == NULL &&
		    catalog_counterpart(context->current, above) == NULL &&
		    table_find(context->current, object_schema(above), object_value(above, 1)) != NULL)
			return link;
	}
	return NULL;
}

const struct object *
table_comes_down_from(const struct kind_context *context, const struct object *column)
{
	const struct object *link = later_link(context, column);

	return link != NULL ? table_find_part(context->wanted, "column", object_get(link, "parent_schema"),
	                                      object_get(link, "parent"), object_name(column))
	                    : NULL;
}

bool
table_comes_down_later(const struct kind_context *context, const struct object *column)
{
	return later_link(context, column) != NULL;
}

bool
table_comes_down_by_then(const struct kind_context *context, const struct object *column)
{
	const struct object *link = later_link(context, column);

	return link != NULL && context->does(context, link, "parent");
}

void
table_each_new_heir(const struct kind_context *context, const struct object *column,
                    void (*each)(void *argument, const struct object *link), void *argument)
{
	const struct object *table = table_of_part(context, column);
	const uint32_t *list;
	uint32_t count = table != NULL ? catalog_dependents(context->wanted, table, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *child = &context->wanted->objects[list[i]];
		const struct object *part = child->kind == table->kind
		                                ? table_find_part(context->wanted, "column", object_schema(child),
		                                                  object_name(child), object_name(column))
		                                : NULL;
		const struct object *link = part != NULL ? later_link(context, part) : NULL;

		if (link != NULL)
			each(argument, link);
	}
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
	       (unsigned char)c >= 0x80;
}

static bool
has_word(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = text; length > 0 && (at = strstr(at, word)) != NULL; at++)
		if ((at == text || !is_word(at[-1])) && !is_word(at[length]))
			return true;
	return false;
}

/* Asked of each column for each text: nothing is copied but a name with quotes in it, which the text doubles. */
bool
table_text_mentions(const char *text, const char *column)
{
	struct buffer name = BUFFER_INIT;
	bool found;

	if (text == NULL || strchr(column, '"') == NULL)
		return text != NULL && has_word(text, column);
	for (const char *at = column; *at != '\0'; at++) {
		if (*at == '"')
			buffer_append_char(&name, '"');
		buffer_append_char(&name, *at);
	}
	found = has_word(text, buffer_text(&name));
	buffer_fini(&name);
	return found;
}

static bool
is_new(const struct kind_context *context, const struct object *column)
{
	return catalog_counterpart(context->current, column) == NULL;
}

bool
table_column_changes(const struct kind_context *context, const struct object *column)
{
	const struct object *current = catalog_counterpart(context->current, column);

	return current == NULL || object_differences(current, column) != 0;
}

/* After those columns of the part's own table that it names and that are picked. */
static void
relate_named_columns(const struct kind_context *context, const struct object *part, const char *names, const char *text,
                     bool (*picks)(const struct kind_context *context, const struct object *column),
                     struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *table;
	const struct object *column;
	struct name_list list;
	uint32_t count;

	/* Asked of every part, also where all is new. */
	if (context->current->count == 0 || (names == NULL && text == NULL))
		return;
	table = table_find(catalog, object_schema(part), object_value(part, 1));
	if (table == NULL || catalog_counterpart(context->current, table) == NULL)
		return;
	name_list_init(&list, names);
	count = catalog_children(catalog, table, kind_find("column"), &column);
	for (; count > 0; count--, column++)
		if (column != part && picks(context, column) &&
		    (name_list_has(&list, object_name(column)) || table_text_mentions(text, object_name(column))))
			edges_after(edges, column);
	name_list_fini(&list);
}

void
table_relate_new_columns(const struct kind_context *context, const struct object *part, const char *names,
                         const char *text, struct edges *edges)
{
	relate_named_columns(context, part, names, text, is_new, edges);
}

void
table_relate_row_identity(const struct kind_context *context, const struct object *part, const char *names,
                          const char *text, struct edges *edges)
{
	if (edges_catalog(edges) == context->wanted && object_is(part, "replica_identity"))
		relate_named_columns(context, part, names, text, table_column_changes, edges);
}

void
table_relate_all_columns(const struct kind_context *context, const struct object *table, struct edges *edges)
{
	const struct object *column;
	uint32_t count;

	if (table == NULL || catalog_counterpart(context->current, table) == NULL)
		return;
	count = catalog_children(edges_catalog(edges), table, kind_find("column"), &column);
	for (; count > 0; count--, column++)
		if (table_column_changes(context, column))
			edges_after(edges, column);
}

void
table_relate_partitions(const struct kind_context *context, const struct object *index, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *table = catalog_parent(catalog, index);
	const uint32_t *list;
	uint32_t count;

	if (!table_is_partitioned(table) || catalog_counterpart(context->current, index) != NULL)
		return;
	count = catalog_dependents(catalog, table, &list);
	for (uint32_t i = 0; i < count; i++) {
		const struct object *partition = &catalog->objects[list[i]];

		if (partition->kind == table->kind)
			edges_behind(edges, table_find_part(catalog, "partition", object_schema(partition), object_name(partition),
			                                    "partition"));
	}
}

void
table_each_own_partition(const struct kind_context *context, const struct object *table,
                         void (*each)(void *argument, const struct object *partition), void *argument)
{
	const struct object *current = table != NULL ? catalog_counterpart(context->current, table) : NULL;
	const uint32_t *list;
	uint32_t count = table_is_partitioned(current) ? catalog_dependents(context->current, current, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *partition = &context->current->objects[list[i]];
		const struct object *link = partition->kind == table->kind
		                                ? table_find_part(context->current, "partition", object_schema(partition),
		                                                  object_name(partition), "partition")
		                                : NULL;

		if (link != NULL && catalog_counterpart(context->wanted, link) == NULL &&
		    object_says(link, "parent_schema", object_schema(table)) && object_says(link, "parent", object_name(table)))
			each(argument, partition);
	}
}

char *
table_part_name(struct arena *arena, const struct object *partition, const struct object *part, unsigned number)
{
	char *name = arena_printf(arena, "%s_%s", object_name(partition), object_name(part));
	const char *suffix = number > 0 ? arena_printf(arena, "_%u", number) : "";
	size_t length = strlen(name);
	size_t most = 63 - strlen(suffix);

	if (length > most)
		/* Not within a character. */
		for (length = most; length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80; length--)
			;
	name[length] = '\0';
	return number > 0 ? arena_printf(arena, "%s%s", name, suffix) : name;
}

void
write_names(struct buffer *out, const char *names)
{
	struct name_list list;

	name_list_init(&list, names);
	buffer_append_char(out, '(');
	for (size_t i = 0; i < list.count; i++)
		sql_append(out, i == 0 ? "%I" : ", %I", list.items[i]);
	buffer_append_char(out, ')');
	name_list_fini(&list);
}

static void
write_column_values(struct buffer *out, const struct kind_context *context, const struct object *column, bool not_null)
{
	const struct object *value = table_inlined_default(context, column);

	if (value != NULL)
		sql_append(out, " DEFAULT %X", object_get(value, "expression"));
	if (object_get(column, "generated") != NULL)
		sql_append(out,
		           object_says(column, "generated", "s") ? " GENERATED ALWAYS AS (%X) STORED"
		                                                 : " GENERATED ALWAYS AS (%X) VIRTUAL",
		           object_get(column, "expression"));
	if (not_null)
		write_not_null(out, context, column);
	if (object_get(column, "identity") != NULL)
		identity_write(out, context, column);
}

void
write_column_type(struct buffer *out, const struct kind_context *context, const struct object *column)
{
	sql_append(out, "%X", object_get(column, "type"));
	if (object_get(column, "compression") != NULL && context->version >= 140000)
		sql_append(out, " COMPRESSION %I", object_get(column, "compression"));
	if (object_get(column, "collation") != NULL)
		sql_append(out, " COLLATE %X", object_get(column, "collation"));
}

void
write_column_definition(struct buffer *out, const struct kind_context *context, const struct object *column)
{
	write_column_type(out, context, column);
	write_column_values(out, context, column, true);
}

void
write_heir_definition(struct buffer *out, const struct kind_context *context, const struct object *column,
                      bool comes_down)
{
	write_column_type(out, context, column);
	write_column_values(out, context, column, !comes_down || not_null_is_own(context, column));
}

static void
write_options(struct buffer *out, const char *options)
{
	struct buffer with = BUFFER_INIT;
	const char *list;

	/* " WITH (…)": only the list is wanted */
	write_relation_options(&with, options);
	list = strchr(buffer_text(&with), '(');
	buffer_append_text(out, list != NULL ? list : "()");
	buffer_fini(&with);
}

static void
begin_setting(struct buffer *out, const struct object *column)
{
	sql_append(out, out->length > 0 ? ",\n    ALTER COLUMN %I " : "\n    ALTER COLUMN %I ", object_name(column));
}

void
write_column_settings(struct buffer *out, const struct object *column)
{
	if (object_get(column, "storage") != NULL) {
		begin_setting(out, column);
		sql_append(out, "SET STORAGE %X", object_get(column, "storage"));
	}
	if (object_get(column, "statistics") != NULL) {
		begin_setting(out, column);
		sql_append(out, "SET STATISTICS %ld", object_number(column, "statistics", -1));
	}
	if (object_get(column, "options") != NULL) {
		begin_setting(out, column);
		buffer_append_text(out, "SET ");
		write_options(out, object_get(column, "options"));
	}
	if (object_get(column, "foreign_options") != NULL) {
		begin_setting(out, column);
		write_foreign_options(out, object_get(column, "foreign_options"));
	}
}

bool
table_will_be_clustered(const struct kind_context *context, const struct object *index)
{
	static const char *const kinds_with_index[] = { "index", "constraint" };
	const struct object *holder = catalog_parent(table_catalog_of(context, index), index);
	const struct object *wanted = holder != NULL ? catalog_counterpart(context->wanted, holder) : NULL;

	for (size_t i = 0; wanted != NULL && i < COUNT_OF(kinds_with_index); i++) {
		const struct object *other;
		uint32_t count = catalog_children(context->wanted, wanted, kind_find(kinds_with_index[i]), &other);

		for (; count > 0; count--, other++)
			if (object_is(other, "clustered"))
				return true;
	}
	return false;
}

void
table_replica_identity_step(const struct object *table, struct steps *steps)
{
	const char *identity = object_text(table, "replica_identity");

	if (strcmp(identity, "i") != 0)
		steps_add(steps, table, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          strcmp(identity, "f") == 0   ? "ALTER TABLE ONLY %Q REPLICA IDENTITY FULL"
		          : strcmp(identity, "n") == 0 ? "ALTER TABLE ONLY %Q REPLICA IDENTITY NOTHING"
		                                       : "ALTER TABLE ONLY %Q REPLICA IDENTITY DEFAULT",
		          object_schema(table), object_name(table));
}

struct verdict
table_judge_replica_identity(const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BEHAVIOUR, NULL };

	/* The index that it names has that difference too, and writes it. */
	if (object_says(change->wanted, "replica_identity", "i"))
		verdict.rule = CHANGE_IGNORE;
	return verdict;
}

void
table_index_role_steps(const struct object *index, const struct object *current, struct steps *steps)
{
	const char *schema = object_schema(index);
	const char *table = object_get(index, "table");

	if (object_is(index, "clustered") && (current == NULL || !object_is(current, "clustered")))
		steps_add(steps, index, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, "ALTER TABLE %Q CLUSTER ON %I", schema,
		          table, object_name(index));
	if (object_is(index, "replica_identity") && (current == NULL || !object_is(current, "replica_identity")))
		steps_add(steps, index, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0,
		          "ALTER TABLE ONLY %Q REPLICA IDENTITY USING INDEX %I", schema, table, object_name(index));
}
