/*
 * foreign_options.c - see foreign_options.h.
 */
#include "build.h"

#include "kinds/foreign_options.h"

#include "kinds/writing.h"
#include "postgres/sql.h"

/* Splits "name=value" in place. */
static const char *
split_value(char *option)
{
	char *equals = strchr(option, '=');

	if (equals == NULL)
		return "";
	*equals = '\0';
	return equals + 1;
}

static void
begin_option(struct buffer *out, bool *any)
{
	buffer_append_text(out, *any ? ", " : " OPTIONS (");
	*any = true;
}

void
write_foreign_options(struct buffer *out, const char *options)
{
	struct name_list list;
	bool any = false;

	name_list_init(&list, options);
	for (size_t i = 0; i < list.count; i++) {
		const char *value;

		if (list.items[i] == NULL)
			continue;
		value = split_value(list.items[i]);
		begin_option(out, &any);
		sql_append(out, "%I %L", list.items[i], value);
	}
	if (any)
		buffer_append_char(out, ')');
	name_list_fini(&list);
}

/* The item of that name (its first `length` bytes), or NULL. */
static const char *
find_option(const struct name_list *list, const char *name, size_t length)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] != NULL && strcspn(list->items[i], "=") == length &&
		    strncmp(list->items[i], name, length) == 0)
			return list->items[i];
	return NULL;
}

bool
write_foreign_options_change(struct buffer *out, const char *current_options, const char *wanted_options)
{
	struct name_list current;
	struct name_list wanted;
	bool any = false;

	name_list_init(&current, current_options);
	name_list_init(&wanted, wanted_options);
	for (size_t i = 0; i < current.count; i++) {
		size_t length = current.items[i] == NULL ? 0 : strcspn(current.items[i], "=");

		if (length == 0 || find_option(&wanted, current.items[i], length) != NULL)
			continue;
		begin_option(out, &any);
		buffer_append_text(out, "DROP ");
		(void)split_value(current.items[i]); /* the item is its name from here on */
		sql_append_identifier(out, current.items[i]);
	}
	for (size_t i = 0; i < wanted.count; i++) {
		size_t length = wanted.items[i] == NULL ? 0 : strcspn(wanted.items[i], "=");
		const char *was = length == 0 ? NULL : find_option(&current, wanted.items[i], length);
		const char *value;

		if (length == 0 || (was != NULL && strcmp(was, wanted.items[i]) == 0))
			continue;
		value = split_value(wanted.items[i]);
		begin_option(out, &any);
		sql_append(out, was != NULL ? "SET %I %L" : "ADD %I %L", wanted.items[i], value);
	}
	if (any)
		buffer_append_char(out, ')');
	name_list_fini(&current);
	name_list_fini(&wanted);
	return any;
}

struct verdict
foreign_secrets_judge(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_IGNORE, 0, NULL };
	struct name_list current;
	struct name_list wanted;

	name_list_init(&current, object_get(change->current, "secrets"));
	name_list_init(&wanted, object_get(change->wanted, "secrets"));
	for (size_t i = 0; i < wanted.count && verdict.rule == CHANGE_IGNORE; i++) {
		if (find_option(&current, wanted.items[i], strlen(wanted.items[i])) != NULL)
			continue;
		verdict.rule = CHANGE_REFUSE;
		verdict.reason =
			arena_printf(context->arena, "secrets are not in snapshots: set its option %s by hand", wanted.items[i]);
	}
	name_list_fini(&current);
	name_list_fini(&wanted);
	return verdict;
}
