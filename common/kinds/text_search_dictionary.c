/*
 * text_search_dictionary.c - text search dictionaries.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/standing.h"
#include "kinds/text_search_dictionary.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "template", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "options", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

static void
create(const struct kind_context *context, const struct object *dictionary, struct steps *steps)
{
	const char *options = object_get(dictionary, "options");
	struct buffer sql = BUFFER_INIT;

	(void)context;
	sql_append(&sql, "CREATE TEXT SEARCH DICTIONARY %Q (TEMPLATE = %X", object_schema(dictionary),
	           object_name(dictionary), object_get(dictionary, "template"));
	if (options != NULL)
		sql_append(&sql, ", %X", options);
	buffer_append_char(&sql, ')');
	steps_take(steps, dictionary, STEP_CREATE, LOCK_NONE, 0, &sql);
	buffer_fini(&sql);
}

/* The length of what stands before the next of the stops that is not in quotes. */
static size_t
span_outside_quotes(const char *text, const char *stops)
{
	size_t length = 0;
	char quote = '\0';

	for (; text[length] != '\0'; length++) {
		if (quote != '\0')
			quote = text[length] == quote ? '\0' : quote;
		else if (text[length] == '\'' || text[length] == '"')
			quote = text[length];
		else if (strchr(stops, text[length]) != NULL)
			break;
	}
	return length;
}

/* Whether the options have one of that (quoted) name. */
static bool
has_option(const char *options, const char *name, size_t length)
{
	while (options != NULL && *options != '\0') {
		if (span_outside_quotes(options, " =") == length && strncmp(options, name, length) == 0)
			return true;
		options += span_outside_quotes(options, ",");
		options += strspn(options, ", ");
	}
	return false;
}

/* The wanted options, and the names of those that go: a name without a value removes it. */
static void
alter_options(const struct change *change, struct steps *steps)
{
	const struct object *dictionary = change->wanted;
	const char *current = object_get(change->current, "options");
	const char *wanted = object_get(dictionary, "options");
	struct buffer sql = BUFFER_INIT;
	bool any = wanted != NULL;

	sql_append(&sql, "ALTER TEXT SEARCH DICTIONARY %Q (", object_schema(dictionary), object_name(dictionary));
	if (wanted != NULL)
		sql_append(&sql, "%X", wanted);
	while (current != NULL && *current != '\0') {
		size_t length = span_outside_quotes(current, " =");

		if (!has_option(wanted, current, length)) {
			if (any)
				buffer_append_text(&sql, ", ");
			buffer_append(&sql, current, length);
			any = true;
		}
		current += span_outside_quotes(current, ",");
		current += strspn(current, ", ");
	}
	buffer_append_char(&sql, ')');
	steps_take(steps, dictionary, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* the options are all that is altered */
	if (change_allows(change, "options"))
		alter_options(change, steps);
}

const struct kind kind_text_search_dictionary = {
	.name = "text_search_dictionary",
	.plural = "text search dictionaries",
	.sql = "TEXT SEARCH DICTIONARY",
	.catalog = "pg_ts_dict",
	.query = text_search_dictionary_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.create = create,
	.alter = alter,
	.judge = standing_judge,
};
