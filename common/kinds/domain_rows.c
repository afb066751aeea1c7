/*
 * domain_rows.c - see domain_rows.h.
 */
#include "build.h"

#include "kinds/domain_rows.h"

#include "postgres/sql.h"

/* Whether object is a column that stores rows' values of exactly the type so spelt. */
static bool
stores_type(const struct catalog *catalog, const struct object *object, const char *type)
{
	const struct object *relation;

	if (strcmp(object->kind->name, "column") != 0 || !object_says(object, "type", type))
		return false;
	relation = catalog_parent(catalog, object);
	return relation != NULL && strcmp(relation->kind->name, "table") == 0;
}

/* One SELECT a column, joined by UNION ALL; returns how many. */
static uint32_t
append_values(struct buffer *sql, const struct catalog *catalog, const struct object *domain)
{
	struct buffer type = BUFFER_INIT;
	const uint32_t *list;
	uint32_t count = catalog_dependents(catalog, domain, &list);
	uint32_t found = 0;

	sql_append(&type, "%Q", object_schema(domain), object_name(domain));
	for (uint32_t i = 0; i < count; i++) {
		const struct object *column = &catalog->objects[list[i]];
		const struct object *relation;

		if (!stores_type(catalog, column, buffer_text(&type)))
			continue;
		relation = catalog_parent(catalog, column);
		if (found++ > 0)
			sql_append(sql, " UNION ALL ");
		sql_append(sql, "SELECT %I::%X AS value FROM ONLY %Q", object_name(column), object_get(domain, "type"),
		           object_schema(relation), object_name(relation));
	}
	buffer_fini(&type);
	return found;
}

char *
domain_rows_query(const struct kind_context *context, const struct object *domain, const char *condition)
{
	struct buffer sql = BUFFER_INIT;
	char *query = NULL;

	sql_append(&sql, "SELECT pg_catalog.count(*), pg_catalog.min(v.value::pg_catalog.text) FROM (SELECT value FROM (");
	if (append_values(&sql, context->current, domain) > 0) {
		sql_append(&sql, ") u WHERE %X LIMIT 1000) v", condition);
		query = arena_strdup(context->arena, buffer_text(&sql));
	}
	buffer_fini(&sql);
	return query;
}
