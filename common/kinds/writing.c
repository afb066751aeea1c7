/*
 * writing.c - see writing.h.
 */
#include "build.h"

#include "kinds/writing.h"

#include "catalog/catalog.h"
#include "kinds/table_parts.h"
#include "postgres/sql.h"

bool
change_allows(const struct change *change, const char *attribute)
{
	int number = kind_attribute(change->wanted->kind, attribute);

	return number >= 0 && (change->allowed >> number & 1) != 0;
}

bool
change_differs(const struct change *change, const char *attribute)
{
	int number = kind_attribute(change->wanted->kind, attribute);

	return number >= 0 && (change->differs >> number & 1) != 0;
}

const char *
change_value(const struct change *change, const char *attribute)
{
	int number = kind_attribute(change->wanted->kind, attribute);
	bool withheld = (change->differs >> number & 1) != 0 && (change->allowed >> number & 1) == 0;

	return object_value(withheld ? change->current : change->wanted, (unsigned)number);
}

/* In place of a NULL element, which only a damaged archive has; a terminator may be written over its own. */
static char empty[1];

void
name_list_init(struct name_list *list, const char *text)
{
	list->items = NULL;
	list->count = 0;
	if (text != NULL && sql_array_split(text, &list->items, &list->count) != 0) {
		list->items = NULL;
		list->count = 0;
	}
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == NULL)
			list->items[i] = empty;
}

void
name_list_fini(struct name_list *list)
{
	free(list->items);
	list->items = NULL;
	list->count = 0;
}

bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool
name_list_has_all(const struct name_list *whole, const struct name_list *part)
{
	for (size_t i = 0; i < part->count; i++) {
		size_t at = 0;

		while (at < whole->count && strcmp(whole->items[at], part->items[i]) != 0)
			at++;
		if (at == whole->count)
			return false;
	}
	return true;
}

bool
name_list_begins_with(const struct name_list *whole, const struct name_list *head)
{
	if (head->count > whole->count)
		return false;
	for (size_t i = 0; i < head->count; i++)
		if (!same_text(whole->items[i], head->items[i]))
			return false;
	return true;
}

bool
name_list_has(const struct name_list *list, const char *item)
{
	for (size_t i = 0; i < list->count; i++)
		if (same_text(list->items[i], item))
			return true;
	return false;
}

bool
text_list_has(const char *list, const char *item)
{
	struct name_list names;
	bool has;

	name_list_init(&names, list);
	has = name_list_has(&names, item);
	name_list_fini(&names);
	return has;
}

/* Splits "name=value" in place; value may be NULL (an option without one is true). */
static char *
split_option(char *option)
{
	char *equals = strchr(option, '=');

	if (equals == NULL)
		return NULL;
	*equals = '\0';
	return equals + 1;
}

/* An option's name may have a namespace: "toast.fillfactor". */
static void
write_option_name(struct buffer *out, char *name)
{
	char *dot = strchr(name, '.');

	if (dot != NULL) {
		*dot = '\0';
		sql_append(out, "%I.", name);
		*dot = '.';
		name = dot + 1;
	}
	sql_append(out, "%I", name);
}

static void
write_option(struct buffer *out, char *option, bool first)
{
	char *value = split_option(option);

	if (!first)
		buffer_append_text(out, ", ");
	write_option_name(out, option);
	if (value != NULL)
		sql_append(out, "=%L", value);
}

void
write_relation_options(struct buffer *out, const char *options)
{
	struct name_list list;

	name_list_init(&list, options);
	for (size_t i = 0; i < list.count; i++) {
		if (i == 0)
			buffer_append_text(out, " WITH (");
		write_option(out, list.items[i], i == 0);
	}
	if (list.count > 0)
		buffer_append_char(out, ')');
	name_list_fini(&list);
}

static bool
list_has_option(const struct name_list *list, const char *name)
{
	size_t length = strcspn(name, "=");

	for (size_t i = 0; i < list->count; i++)
		if (strcspn(list->items[i], "=") == length && strncmp(list->items[i], name, length) == 0)
			return true;
	return false;
}

bool
relation_options_have(const char *options, const char *name)
{
	struct name_list list;
	bool has;

	name_list_init(&list, options);
	has = list_has_option(&list, name);
	name_list_fini(&list);
	return has;
}

static bool
write_gone_options(struct buffer *out, const struct name_list *current, const struct name_list *wanted)
{
	bool any = false;

	for (size_t i = 0; i < current->count; i++) {
		if (list_has_option(wanted, current->items[i]))
			continue;
		if (any)
			buffer_append_text(out, ", ");
		(void)split_option(current->items[i]);
		write_option_name(out, current->items[i]);
		any = true;
	}
	return any;
}

static bool
write_new_options(struct buffer *out, const struct name_list *current, const struct name_list *wanted)
{
	bool any = false;

	for (size_t i = 0; i < wanted->count; i++) {
		if (name_list_has(current, wanted->items[i]))
			continue;
		write_option(out, wanted->items[i], !any);
		any = true;
	}
	return any;
}

void
relation_options_steps(const struct change *change, const char *command, enum lock_level lock, unsigned hazards,
                       struct steps *steps)
{
	const struct object *object = change->wanted;
	struct name_list current;
	struct name_list wanted;
	struct buffer fresh = BUFFER_INIT;
	struct buffer gone = BUFFER_INIT;
	bool any_fresh;

	name_list_init(&current, object_get(change->current, "options"));
	name_list_init(&wanted, object_get(object, "options"));
	/* New ones first: finding the gone ones takes the current list's text apart. */
	sql_append(&fresh, "%K %Q SET (", command, object_schema(object), object_name(object));
	any_fresh = write_new_options(&fresh, &current, &wanted);
	buffer_append_char(&fresh, ')');
	name_list_fini(&wanted);
	name_list_init(&wanted, object_get(object, "options"));

	sql_append(&gone, "%K %Q RESET (", command, object_schema(object), object_name(object));
	if (write_gone_options(&gone, &current, &wanted)) {
		buffer_append_char(&gone, ')');
		steps_take(steps, object, STEP_ALTER, lock, hazards, &gone);
	}
	if (any_fresh)
		steps_take(steps, object, STEP_ALTER, lock, hazards, &fresh);
	buffer_fini(&fresh);
	buffer_fini(&gone);
	name_list_fini(&current);
	name_list_fini(&wanted);
}

struct step *
steps_take(struct steps *steps, const struct object *object, enum step_action action, enum lock_level lock,
           unsigned hazards, struct buffer *sql)
{
	struct step *step = steps_add_text(steps, object, action, lock, hazards, buffer_text(sql));

	buffer_clear(sql);
	return step;
}

void
elaborate_tree(struct buffer *query, const char *attribute, const char *tree, const char *relation)
{
	buffer_append_text(query, ", pg_catalog.regexp_replace(");
	buffer_append_text(query, tree);
	buffer_append_text(query, ", ' :(location|stmt_location|stmt_len|list_start|list_end|[a-z_]*format) -?[0-9]+'");
	if (relation != NULL)
		sql_append(query, " || '| :[a-z_]+ (' || %K.oid || '|' || %K.reltype || ')(?![0-9])'", relation, relation);
	sql_append(query, ", '', 'g') AS \"%K tree\"", attribute);
}

bool
elaborate_view_definition(const struct kind_context *context, const struct object *view,
                          struct elaboration *elaboration)
{
	char *name = arena_printf(context->arena, "pgkeel_elaborated_%u", (unsigned)view->index);
	struct buffer sql = BUFFER_INIT;

	steps_add(elaboration->statements, view, STEP_CREATE, LOCK_NONE, 0, "CREATE TEMPORARY VIEW %Q AS\n%X", "pg_temp",
	          name, object_get(view, "definition"));
	/* The columns as view.sql writes them: their types follow from the text, and differ between versions with it. */
	sql_append(&sql, "SELECT pg_catalog.btrim(pg_catalog.pg_get_viewdef(c.oid, false), ' ;') AS definition,"
	                 " (SELECT pg_catalog.array_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)"
	                 " || CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || o.collname ELSE '' END"
	                 " ORDER BY a.attnum) FROM pg_catalog.pg_attribute a"
	                 " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
	                 " LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation"
	                 " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns");
	/* Before 16 the tree names the view itself. */
	elaborate_tree(&sql, "definition", "CAST(r.ev_action AS pg_catalog.text)", "c");
	sql_append(&sql,
	           " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L",
	           name);
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

void
add_temporary_likeness(const struct kind_context *context, struct steps *statements, const struct object *object,
                       const char *table)
{
	const struct object *wanted = table_find(context->wanted, object_schema(object), table);
	const struct object *column;
	uint32_t count = wanted != NULL ? catalog_children(context->wanted, wanted, kind_find("column"), &column) : 0;

	steps_add(statements, object, STEP_CREATE, LOCK_NONE, 0, "CREATE TEMPORARY TABLE %Q (LIKE %Q)", "pg_temp", table,
	          object_schema(object), table);
	for (; count > 0; count--, column++)
		if (catalog_counterpart(context->current, column) != NULL && context->does(context, column, "type"))
			steps_add(statements, object, STEP_ALTER, LOCK_NONE, 0, "ALTER TABLE %Q ALTER COLUMN %I TYPE %X USING NULL",
			          "pg_temp", table, object_name(column), object_text(column, "type"));
}

bool
parent_is_in_production(const struct kind_context *context, const struct object *object)
{
	const struct object *parent = catalog_parent(context->wanted, object);

	return parent != NULL && catalog_counterpart(context->current, parent) != NULL;
}

bool
text_ends_with_row_type(const char *text, const struct object *relation)
{
	struct buffer name = BUFFER_INIT;
	size_t length = strlen(text);

	sql_append(&name, "%Q", object_schema(relation), object_name(relation));
	while (length >= 2 && strncmp(text + length - 2, "[]", 2) == 0)
		length -= 2;
	bool ends = length >= name.length && strncmp(text + length - name.length, name.data, name.length) == 0 &&
	            (length == name.length || text[length - name.length - 1] == ' ');
	buffer_fini(&name);
	return ends;
}
