/*
 * publication.c - publications; their tables and schemas are kinds of their own.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "catalog/catalog.h"
#include "kinds/facet.h"
#include "kinds/publication.h"
#include "kinds/publication.sql.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "all_tables", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, HAZARD_REBUILDS | HAZARD_BEHAVIOUR, 0, "f" },
	{ "publish", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, "insert, update, delete, truncate" },
	{ "via_root", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, "f" },
	{ "generated_columns", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 180000, "none" },
	FACET_OWNER,
	FACET_COMMENT,
	FACET_LABELS,
};

/* The parameters, from what each of them will be. */
static void
write_parameters(struct buffer *sql, const char *publish, const char *via_root, const char *generated_columns)
{
	sql_append(sql, " (publish = %L, publish_via_partition_root = %K", publish,
	           via_root != NULL && strcmp(via_root, "t") == 0 ? "true" : "false");
	if (generated_columns != NULL)
		sql_append(sql, ", publish_generated_columns = %L", generated_columns);
	buffer_append_char(sql, ')');
}

static void
create(const struct kind_context *context, const struct object *publication, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "CREATE PUBLICATION %I", object_name(publication));
	if (object_is(publication, "all_tables"))
		buffer_append_text(&sql, " FOR ALL TABLES");
	buffer_append_text(&sql, " WITH");
	write_parameters(&sql, object_get(publication, "publish"), object_get(publication, "via_root"),
	                 context->version >= 180000 ? object_get(publication, "generated_columns") : NULL);
	steps_take(steps, publication, STEP_CREATE, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	if (!change_allows(change, "publish") && !change_allows(change, "via_root") &&
	    !change_allows(change, "generated_columns"))
		return;
	sql_append(&sql, "ALTER PUBLICATION %I SET", object_name(change->wanted));
	write_parameters(&sql, change_value(change, "publish"), change_value(change, "via_root"),
	                 context->version >= 180000 ? change_value(change, "generated_columns") : NULL);
	steps_take(steps, change->wanted, STEP_ALTER, LOCK_NONE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

bool
publication_member_goes(const struct kind_context *context, const struct object *member)
{
	const char *identity[] = { object_get(member, "publication") };
	const struct object *publication = catalog_find(context->wanted, &kind_publication, identity);

	return publication != NULL && object_is(publication, "all_tables");
}

/* Nothing can be added to one of all tables. */
static const char *const shaping[] = { "all_tables", NULL };

const struct kind kind_publication = {
	.name = "publication",
	.plural = "publications",
	.sql = "PUBLICATION",
	.catalog = "pg_publication",
	.query = publication_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 1,
	.traits = KIND_OF_DATABASE | KIND_AFTER_DATA,
	.shaping = shaping,
	.create = create,
	.alter = alter,
};
