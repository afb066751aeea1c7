/*
 * collect.c - rows to objects.
 */
#include "build.h"

#include "kinds/facet.h"
#include "reader/collect.h"
#include "reader/pattern.h"

/* As the server writes it: digits and nothing else. */
static uint32_t
to_oid(const char *text)
{
	uint32_t oid = 0;
	for (; *text >= '0' && *text <= '9'; text++)
		oid = oid * 10 + (uint32_t)(*text - '0');
	return oid;
}

static uint32_t
oid_value(const PGresult *result, int column)
{
	return to_oid(PQgetvalue(result, 0, column));
}

uint32_t
collect_class_id(const struct collect *collect, const char *catalog_name)
{
	return (uint32_t)(uintptr_t)map_get(collect->class_ids, catalog_name, strlen(catalog_name));
}

int
collect_class_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	const char *name = arena_strdup(collect->arena, PQgetvalue(result, 0, 1));
	map_put(collect->class_ids, name, strlen(name), (void *)(uintptr_t)oid_value(result, 0));
	return 0;
}

int
collect_member_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	id_map_put(collect->members, oid_value(result, 0), oid_value(result, 1), 0, oid_value(result, 2));
	return 0;
}

static void
keep_text(struct collect *collect, struct id_map *places, struct vector *texts, const PGresult *result)
{
	id_map_put(places, oid_value(result, 0), oid_value(result, 1), oid_value(result, 2), (uint32_t)texts->count);
	vector_add(texts, arena_strdup(collect->arena, PQgetvalue(result, 0, 3)));
}

int
collect_comment_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	keep_text(collect, collect->comments, &collect->comment_texts, result);
	return 0;
}

int
collect_label_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	keep_text(collect, collect->labels, &collect->label_texts, result);
	return 0;
}

int
collect_extension_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	keep_text(collect, collect->extensions, &collect->extension_texts, result);
	return 0;
}

int
collect_source_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	struct catalog_info *info = &collect->catalog->info;
	struct arena *arena = collect->catalog->arena;
	info->database = arena_strdup(arena, PQgetvalue(result, 0, 0));
	info->encoding = arena_strdup(arena, PQgetvalue(result, 0, 1));
	info->collate = arena_strdup(arena, PQgetvalue(result, 0, 2));
	info->ctype = arena_strdup(arena, PQgetvalue(result, 0, 3));
	info->server_version_text = arena_strdup(arena, PQgetvalue(result, 0, 4));
	return 0;
}

int
collect_unmodelled_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	uint64_t count = strtoull(PQgetvalue(result, 0, 1), NULL, 10);
	if (count > 0)
		catalog_add_unmodelled(collect->catalog, PQgetvalue(result, 0, 0), count,
		                       PQgetisnull(result, 0, 2) ? NULL : PQgetvalue(result, 0, 2));
	return 0;
}

/* Maps the result's columns to the kind's attributes; a column that is neither is a defect of the .sql file. */
int
collect_kind_begin(void *context, const PGresult *shape, struct error *error)
{
	struct collect_kind *state = context;
	const struct kind *kind = state->kind;
	state->class_id = collect_class_id(state->collect, kind->catalog);
	state->oid_column = state->subid_column = state->classid_column = -1;
	state->owner_attribute = kind_attribute_of_role(kind, ROLE_OWNER);
	state->acl_attribute = kind_attribute_of_role(kind, ROLE_ACL);
	state->comment_attribute = kind_attribute_of_role(kind, ROLE_COMMENT);
	state->labels_attribute = kind_attribute_of_role(kind, ROLE_LABELS);
	state->extensions_attribute = kind_attribute_of_role(kind, ROLE_EXTENSIONS);
	state->columns = arena_alloc(state->collect->arena, kind->attribute_count * sizeof(int));
	for (unsigned i = 0; i < kind->attribute_count; i++)
		state->columns[i] = -1;
	for (int column = 0; column < PQnfields(shape); column++) {
		const char *name = PQfname(shape, column);
		int attribute = kind_attribute(kind, name);
		if (attribute >= 0)
			state->columns[attribute] = column;
		else if (strcmp(name, "oid") == 0)
			state->oid_column = column;
		else if (strcmp(name, "subid") == 0)
			state->subid_column = column;
		else if (strcmp(name, "classid") == 0)
			state->classid_column = column;
		else
			return error_set(error, ERROR_FAILED, "the query of kind %s returns an unknown column \"%s\"", kind->name,
			                 name);
	}
	return 0;
}

/*
 * Whether the user's table patterns leave this object out.  As in pg_dump, -t means relations that
 * match and nothing else; parts of a relation that is out go with it, for want of a parent.
 */
static bool
is_filtered_out(const struct collect_kind *state, const char *const *values)
{
	const struct reader_options *options = state->collect->options;
	const struct kind *kind = state->kind;
	if ((kind->traits & KIND_OF_DATABASE) && (options->schemas.count > 0 || options->tables.count > 0))
		return true;
	if (!(kind->traits & KIND_IN_SCHEMA) || kind->parents != NULL)
		return false;
	bool relation = strcmp(kind->catalog, "pg_class") == 0;
	if (options->tables.count > 0)
		return !relation || !pattern_any_qualified(&options->tables, values[0], values[1]);
	return relation && pattern_any_qualified(&options->exclude_tables, values[0], values[1]);
}

static int
convert_acl(struct collect_kind *state, const char **values, struct error *error)
{
	const char **acl = &values[state->acl_attribute];
	const char *owner = state->owner_attribute >= 0 ? values[state->owner_attribute] : NULL;
	if (facet_acl_from_server(state->collect->catalog->arena, *acl, owner, acl) != 0)
		return error_set(error, ERROR_FAILED, "cannot understand the privileges \"%s\" of a %s", *acl,
		                 state->kind->name);
	return 0;
}

/* An extension's object, or one that PostgreSQL made as a part of another (the functions and casts of a range type). */
static bool
is_no_object_of_its_own(const struct collect *collect, const struct kind *kind, uint32_t class_id, uint32_t oid,
                        uint32_t sub_id)
{
	return id_map_get(collect->members, class_id, oid, 0) != ID_MAP_NONE ||
	       (sub_id == 0 && !(kind->traits & KIND_IS_PART) &&
	        id_map_get(collect->aliases, class_id, oid, 0) != ID_MAP_NONE);
}

static void
take_text(const struct id_map *places, const struct vector *texts, uint32_t class_id, uint32_t oid, uint32_t sub_id,
          const char **value)
{
	uint32_t place = id_map_get(places, class_id, oid, sub_id);
	if (place != ID_MAP_NONE)
		*value = texts->items[place];
}

static void
keep_place(struct collect *collect, struct object_place place)
{
	if (collect->place_count == collect->place_capacity) {
		collect->place_capacity = collect->place_capacity ? 2 * collect->place_capacity : 4096;
		collect->places = xrealloc(collect->places, collect->place_capacity, sizeof(*collect->places));
	}
	collect->places[collect->place_count++] = place;
}

int
collect_kind_row(void *context, const PGresult *result, struct error *error)
{
	struct collect_kind *state = context;
	struct collect *collect = state->collect;
	const struct kind *kind = state->kind;
	uint32_t oid = state->oid_column >= 0 ? oid_value(result, state->oid_column) : 0;
	uint32_t sub_id = state->subid_column >= 0 ? oid_value(result, state->subid_column) : 0;
	uint32_t class_id = state->classid_column >= 0 ? oid_value(result, state->classid_column) : state->class_id;
	if (oid != 0 && is_no_object_of_its_own(collect, kind, class_id, oid, sub_id))
		return 0;

	const char *values[OBJECT_ATTRIBUTES_MOST] = { NULL };
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		int column = state->columns[i];
		if (column < 0)
			values[i] = kind->attributes[i].fallback;
		else
			values[i] = PQgetisnull(result, 0, column) ? NULL : PQgetvalue(result, 0, column);
	}
	if (is_filtered_out(state, values))
		return 0;
	/* A kind may answer for its comment itself (one that hides an initial comment, say). */
	if (oid != 0 && state->comment_attribute >= 0 && state->columns[state->comment_attribute] < 0)
		take_text(collect->comments, &collect->comment_texts, class_id, oid, sub_id, &values[state->comment_attribute]);
	if (oid != 0 && state->labels_attribute >= 0)
		take_text(collect->labels, &collect->label_texts, class_id, oid, sub_id, &values[state->labels_attribute]);
	if (oid != 0 && state->extensions_attribute >= 0)
		take_text(collect->extensions, &collect->extension_texts, class_id, oid, sub_id,
		          &values[state->extensions_attribute]);
	if (state->acl_attribute >= 0 && values[state->acl_attribute] != NULL && convert_acl(state, values, error) != 0)
		return -1;

	uint32_t number = catalog_add(collect->catalog, kind, values);
	if (oid != 0)
		keep_place(collect, (struct object_place){ class_id, oid, sub_id, number });
	return 0;
}

int
collect_dependency_row(void *context, const PGresult *result, struct error *error)
{
	(void)error;
	struct collect *collect = context;
	if (collect->dependency_count == collect->dependency_capacity) {
		collect->dependency_capacity = collect->dependency_capacity ? 2 * collect->dependency_capacity : 4096;
		collect->dependencies =
			xrealloc(collect->dependencies, collect->dependency_capacity, sizeof(*collect->dependencies));
	}
	struct dependency_row *row = &collect->dependencies[collect->dependency_count];
	*row = (struct dependency_row){ oid_value(result, 0), oid_value(result, 1), oid_value(result, 2),
		                            oid_value(result, 3), oid_value(result, 4), oid_value(result, 5) };
	if (*PQgetvalue(result, 0, 6) == 'i')
		id_map_put(collect->aliases, row->class_id, row->object_id, 0, (uint32_t)collect->dependency_count);
	collect->dependency_count++;
	return 0;
}

/* Rewrite rules belong to views, row types to tables, array types to elements: at most a few links. */
#define MOST_ALIAS_LINKS 8

/* The object that stands for (class, oid, sub): itself, the whole of its part, what it is internal to, or its
 * extension. */
static uint32_t
resolve(const struct collect *collect, uint32_t class_id, uint32_t oid, uint32_t sub_id)
{
	for (int link = 0; link < MOST_ALIAS_LINKS; link++) {
		uint32_t number = id_map_get(collect->objects, class_id, oid, sub_id);
		if (number == ID_MAP_NONE && sub_id != 0)
			number = id_map_get(collect->objects, class_id, oid, 0);
		if (number != ID_MAP_NONE)
			return number;
		uint32_t extension = id_map_get(collect->members, class_id, oid, 0);
		if (extension != ID_MAP_NONE)
			return id_map_get(collect->objects, collect_class_id(collect, "pg_extension"), extension, 0);
		uint32_t alias = id_map_get(collect->aliases, class_id, oid, 0);
		if (alias == ID_MAP_NONE)
			return ID_MAP_NONE;
		const struct dependency_row *row = &collect->dependencies[alias];
		class_id = row->ref_class_id;
		oid = row->ref_object_id;
		sub_id = row->ref_sub_id;
	}
	return ID_MAP_NONE;
}

/* A map that knows how many will come never grows. */
static void
index_objects(struct collect *collect)
{
	collect->objects = id_map_new(collect->place_count);
	for (size_t i = 0; i < collect->place_count; i++) {
		const struct object_place *place = &collect->places[i];
		id_map_put(collect->objects, place->class_id, place->object_id, place->sub_id, place->number);
	}
	free(collect->places);
	collect->places = NULL;
}

void
collect_resolve_dependencies(struct collect *collect)
{
	index_objects(collect);
	for (size_t i = 0; i < collect->dependency_count; i++) {
		const struct dependency_row *row = &collect->dependencies[i];
		uint32_t from = resolve(collect, row->class_id, row->object_id, row->sub_id);
		uint32_t to = resolve(collect, row->ref_class_id, row->ref_object_id, row->ref_sub_id);
		if (from != ID_MAP_NONE && to != ID_MAP_NONE && from != to)
			catalog_add_dependency(collect->catalog, from, to);
	}
}

/* Packs the object anew; the old bytes stay in the arena. */
static void
set_ordinal(struct catalog *catalog, struct object *object, unsigned ordinal, uint32_t number)
{
	const char *values[OBJECT_ATTRIBUTES_MOST];
	char text[16];
	struct object changed;
	object_values(object, values);
	snprintf(text, sizeof(text), "%u", number);
	values[ordinal] = text;
	object_pack(&changed, catalog->arena, object->kind, values);
	object->data = changed.data;
	object->size = changed.size;
}

/* The children of one parent, which lie together.  As many different numbers as the greatest of them have no gap. */
static void
number_family(struct collect *collect, struct object *first, uint32_t count, unsigned ordinal)
{
	struct catalog *catalog = collect->catalog;
	const struct kind *kind = first->kind;
	long most = 0;
	for (uint32_t i = 0; i < count; i++) {
		long number = object_number(&first[i], kind->attributes[ordinal].name, 0);
		most = number > most ? number : most;
	}
	if (most == (long)count)
		return;
	const struct object **children;
	catalog_children_in_order(catalog, catalog_parent(catalog, first), kind, collect->arena, &children);
	for (uint32_t i = 0; i < count; i++)
		set_ordinal(catalog, &catalog->objects[children[i]->index], ordinal, i + 1);
}

void
collect_number_siblings(struct collect *collect)
{
	struct catalog *catalog = collect->catalog;
	for (unsigned k = 0; k < kind_count; k++) {
		int ordinal = kind_ordinal(kinds[k]);
		uint32_t end = catalog->kind_start[k + 1];
		for (uint32_t first = catalog->kind_start[k], next; ordinal >= 0 && first < end; first = next) {
			uint32_t parent = catalog->objects[first].parent;
			for (next = first + 1; next < end && catalog->objects[next].parent == parent; next++)
				;
			number_family(collect, &catalog->objects[first], next - first, (unsigned)ordinal);
		}
	}
}
