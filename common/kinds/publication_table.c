/*
 * publication_table.c - a table of a publication, with its row filter and its list of columns.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/publication.h"
#include "kinds/publication_table.sql.h"
#include "kinds/table_parts.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define REBUILD_HAZARDS (HAZARD_REBUILDS | HAZARD_BEHAVIOUR)

static const struct attribute attributes[] = {
	{ "publication", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL }, /* schema.table, as they are */
	{ "table_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, 0, 0, NULL },
	{ "columns", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 150000, NULL },
	{ "filter", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 150000, NULL },
};

static const char *const parents[] = { "publication", NULL };

static void
address(struct buffer *out, const struct object *member)
{
	sql_append(out, "TABLE %Q OF PUBLICATION %I", object_text(member, "table_schema"), object_text(member, "table"),
	           object_get(member, "publication"));
}

static void
create(const struct kind_context *context, const struct object *member, struct steps *steps)
{
	const char *filter = object_get(member, "filter");
	struct buffer sql = BUFFER_INIT;

	(void)context;
	sql_append(&sql, "ALTER PUBLICATION %I ADD TABLE ONLY %Q", object_get(member, "publication"),
	           object_text(member, "table_schema"), object_text(member, "table"));
	if (object_get(member, "columns") != NULL) {
		buffer_append_char(&sql, ' ');
		write_names(&sql, object_get(member, "columns"));
	}
	if (filter != NULL)
		sql_append(&sql, " WHERE (%X)", filter);
	steps_take(steps, member, STEP_CREATE, LOCK_SHARE_UPDATE_EXCLUSIVE, HAZARD_BEHAVIOUR, &sql);
	buffer_fini(&sql);
}

static void
drop(const struct kind_context *context, const struct object *member, struct steps *steps)
{
	(void)context;
	steps_add(steps, member, STEP_DROP, LOCK_SHARE_UPDATE_EXCLUSIVE, HAZARD_BEHAVIOUR,
	          "ALTER PUBLICATION %I DROP TABLE ONLY %Q", object_get(member, "publication"),
	          object_text(member, "table_schema"), object_text(member, "table"));
}

/* The server does not record on which columns a list of columns stands. */
static void
relate(const struct kind_context *context, const struct object *member, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const char *schema = object_text(member, "table_schema");
	const char *table = object_text(member, "table");
	const struct object *parent = schema == NULL || table == NULL ? NULL : table_find(catalog, schema, table);
	const struct object *column;
	uint32_t count;

	(void)context;
	if (parent == NULL)
		return;
	edges_after(edges, parent);
	if (object_get(member, "columns") == NULL && object_get(member, "filter") == NULL)
		return;
	count = catalog_children(catalog, parent, kind_find("column"), &column);
	for (; count > 0; count--, column++)
		edges_after(edges, column);
}

static bool
elaborate(const struct kind_context *context, const struct object *member, struct elaboration *elaboration)
{
	char *name = arena_printf(context->arena, "pgkeel_elaborated_%u", (unsigned)member->index);
	const char *table = object_text(member, "table");
	struct buffer sql = BUFFER_INIT;

	if (object_get(member, "filter") == NULL || context->version < 150000)
		return false;
	steps_add(elaboration->statements, member, STEP_CREATE, LOCK_NONE, 0, "CREATE TEMPORARY TABLE %Q (LIKE %Q)",
	          "pg_temp", table, object_text(member, "table_schema"), table);
	/* A temporary table cannot be published; a policy deparses its expression in the same way. */
	steps_add(elaboration->statements, member, STEP_CREATE, LOCK_NONE, 0, "CREATE POLICY %I ON %Q USING (%X)", name,
	          "pg_temp", table, object_get(member, "filter"));
	sql_append(&sql,
	           "SELECT pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS filter FROM pg_catalog.pg_policy p"
	           " JOIN pg_catalog.pg_class c ON c.oid = p.polrelid"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L AND p.polname = %L",
	           table, name);
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

const struct kind kind_publication_table = {
	.name = "publication_table",
	.plural = "published tables",
	.catalog = "pg_publication_rel",
	.query = publication_table_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 2,
	.parents = parents,
	.traits = KIND_OF_PARENT | KIND_AFTER_DATA,
	.address = address,
	.create = create,
	.drop = drop,
	.goes_along = publication_member_goes,
	.relate = relate,
	.elaborate = elaborate,
};
