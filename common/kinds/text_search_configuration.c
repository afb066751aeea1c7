/*
 * text_search_configuration.c - text search configurations with their mappings.
 *
 * Mappings are a flat LIST: token type, its dictionaries (ready quoted), token type, …
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/standing.h"
#include "kinds/text_search_configuration.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "parser", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "mappings", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FACET_OWNER,
	FACET_COMMENT,
};

static const char *
find_mapping(const struct name_list *mappings, const char *token)
{
	for (size_t i = 0; i + 1 < mappings->count; i += 2)
		if (mappings->items[i] != NULL && mappings->items[i + 1] != NULL && strcmp(mappings->items[i], token) == 0)
			return mappings->items[i + 1];
	return NULL;
}

static void
mapping_step(const struct object *configuration, const char *verb, const char *token, const char *dictionaries,
             unsigned hazards, struct steps *steps)
{
	enum step_action action = hazards == 0 ? STEP_CREATE : STEP_ALTER;

	if (dictionaries == NULL)
		steps_add(steps, configuration, action, LOCK_NONE, hazards,
		          "ALTER TEXT SEARCH CONFIGURATION %Q %K MAPPING FOR %I", object_schema(configuration),
		          object_name(configuration), verb, token);
	else
		steps_add(steps, configuration, action, LOCK_NONE, hazards,
		          "ALTER TEXT SEARCH CONFIGURATION %Q %K MAPPING FOR %I WITH %X", object_schema(configuration),
		          object_name(configuration), verb, token, dictionaries);
}

/* From the current mappings (none for a new configuration) to the wanted ones. */
static void
write_mappings(const struct object *configuration, const char *current_list, unsigned hazards, struct steps *steps)
{
	struct name_list current;
	struct name_list wanted;

	name_list_init(&current, current_list);
	name_list_init(&wanted, object_get(configuration, "mappings"));
	for (size_t i = 0; i + 1 < current.count; i += 2)
		if (current.items[i] != NULL && find_mapping(&wanted, current.items[i]) == NULL)
			mapping_step(configuration, "DROP", current.items[i], NULL, hazards, steps);
	for (size_t i = 0; i + 1 < wanted.count; i += 2) {
		const char *token = wanted.items[i];
		const char *dictionaries = token == NULL ? NULL : wanted.items[i + 1];
		const char *was = dictionaries == NULL ? NULL : find_mapping(&current, token);

		if (dictionaries != NULL && (was == NULL || strcmp(was, dictionaries) != 0))
			mapping_step(configuration, was == NULL ? "ADD" : "ALTER", token, dictionaries, hazards, steps);
	}
	name_list_fini(&current);
	name_list_fini(&wanted);
}

static void
create(const struct kind_context *context, const struct object *configuration, struct steps *steps)
{
	(void)context;
	steps_add(steps, configuration, STEP_CREATE, LOCK_NONE, 0, "CREATE TEXT SEARCH CONFIGURATION %Q (PARSER = %X)",
	          object_schema(configuration), object_name(configuration), object_get(configuration, "parser"));
	write_mappings(configuration, NULL, 0, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	(void)context; /* the mappings are all that is altered */
	if (change_allows(change, "mappings"))
		write_mappings(change->wanted, object_get(change->current, "mappings"), HAZARD_BEHAVIOUR, steps);
}

const struct kind kind_text_search_configuration = {
	.name = "text_search_configuration",
	.plural = "text search configurations",
	.sql = "TEXT SEARCH CONFIGURATION",
	.catalog = "pg_ts_config",
	.query = text_search_configuration_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.create = create,
	.alter = alter,
	.judge = standing_judge,
};
