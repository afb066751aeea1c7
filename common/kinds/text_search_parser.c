/*
 * text_search_parser.c - text search parsers: names for functions.  Only a superuser may create one.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/standing.h"
#include "kinds/text_search_parser.sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "definition", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL }, /* in parentheses */
	FACET_COMMENT,
};

const struct kind kind_text_search_parser = {
	.name = "text_search_parser",
	.plural = "text search parsers",
	.sql = "TEXT SEARCH PARSER",
	.catalog = "pg_ts_parser",
	.query = text_search_parser_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.traits = KIND_IN_SCHEMA,
	.create = standing_create,
	.judge = standing_judge,
};
