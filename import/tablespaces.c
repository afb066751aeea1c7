#include "build.h"

#include "import/tablespaces.h"

#include "base/log.h"
#include "base/map.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const char *
value_of(const PGresult *result, int column, struct arena *arena)
{
	return PQgetisnull(result, 0, column) ? NULL : arena_strdup(arena, PQgetvalue(result, 0, column));
}

int
tablespaces_ask(struct connection *connection, struct arena *arena, struct tablespaces *tablespaces,
                struct error *error)
{
	static const char sql[] =
		"SELECT pg_catalog.min(s.spcname::pg_catalog.text) FILTER (WHERE s.oid = d.dattablespace), "
		"pg_catalog.current_setting('default_tablespace') <> '', "
		"pg_catalog.array_agg(s.spcname) FILTER (WHERE s.oid <> d.dattablespace AND u.usable), "
		"pg_catalog.array_agg(s.spcname) FILTER (WHERE s.oid <> d.dattablespace AND NOT u.usable) "
		"FROM pg_catalog.pg_database AS d CROSS JOIN pg_catalog.pg_tablespace AS s "
		"CROSS JOIN LATERAL (SELECT pg_catalog.has_tablespace_privilege(s.oid, 'CREATE') AS usable OFFSET 0) AS u "
		"WHERE d.datname = pg_catalog.current_database() AND s.spcname <> 'pg_global'";
	PGresult *result = NULL;

	if (connection_query(connection, sql, 0, NULL, &result, error) < 0)
		return -1;
	tablespaces->database = value_of(result, 0, arena);
	tablespaces->elsewhere = strcmp(PQgetvalue(result, 0, 1), "t") == 0;
	tablespaces->usable = value_of(result, 2, arena);
	tablespaces->barred = value_of(result, 3, arena);
	PQclear(result);
	return 0;
}

static const char *
tablespace_of(const struct object *object)
{
	int number = kind_attribute(object->kind, "tablespace");

	return number < 0 ? NULL : object_value(object, (unsigned)number);
}

void
tablespaces_check_plan(struct plan *plan)
{
	const char *barred = plan->options.tablespaces.barred;

	for (uint32_t i = 0; barred != NULL && i < plan->current->count; i++) {
		const struct object *object = &plan->current->objects[i];
		const char *name = tablespace_of(object);
		struct buffer quoted = BUFFER_INIT;

		if (name == NULL || !text_list_has(barred, name))
			continue;
		sql_append_identifier(&quoted, name);
		plan_let_stay(plan, object,
		              arena_printf(plan->arena, "it lies in tablespace %s, where this role may not create anything",
		                           buffer_text(&quoted)));
		buffer_fini(&quoted);
	}
}

void
tablespaces_tell(const struct plan *plan)
{
	const struct tablespaces *tablespaces = &plan->options.tablespaces;
	struct map *told = map_new(0);

	for (size_t i = 0; i < plan->change_count; i++) {
		const struct plan_change *change = &plan->changes[i];
		const char *name = change->decision == DECISION_CREATE ? tablespace_of(change->change.wanted) : NULL;
		struct buffer quoted = BUFFER_INIT;

		if (name == NULL || text_list_has(tablespaces->usable, name) ||
		    (tablespaces->database != NULL && strcmp(name, tablespaces->database) == 0) ||
		    map_get(told, name, strlen(name)) != NULL)
			continue;
		map_put(told, name, strlen(name), (void *)(uintptr_t)name);
		sql_append_identifier(&quoted, name);
		log_event(LOG_INFO, "tablespace.missing",
		          "%s tablespace %s: new objects of the snapshot that lie there go to the default one",
		          text_list_has(tablespaces->barred, name) ? "this role may not create in" : "production has no",
		          buffer_text(&quoted));
		buffer_fini(&quoted);
	}
	map_free(told);
}
