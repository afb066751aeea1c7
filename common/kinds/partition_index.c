#include "build.h"

#include "kinds/partition_index.h"

#include "kinds/table_parts.h"
#include "kinds/tablespace.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define BUILD_HAZARDS (HAZARD_SCANS | HAZARD_BLOCKS_WRITES)

static bool
is_index(const struct object *object)
{
	return strcmp(object->kind->name, "index") == 0;
}

static bool
is_key(const struct object *constraint)
{
	return object_says(constraint, "type", "p") || object_says(constraint, "type", "u") ||
	       object_says(constraint, "type", "x");
}


/* ---- form ---- */

/* Behind words that say the order only, which does not count (index.c CompareIndexInfo). */
static const char *
skip_order(const char *keys)
{
	static const char *const words[] = { " DESC", " NULLS FIRST", " NULLS LAST" };

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		size_t length = strlen(words[i]);

		if (strncmp(keys, words[i], length) == 0 && strchr(", ", keys[length]) != NULL)
			keys += length;
	}
	return keys;
}

static bool
same_keys(const char *a, const char *b)
{
	char quote = '\0';

	while (a != NULL && b != NULL) {
		if (quote == '\0') {
			a = skip_order(a);
			b = skip_order(b);
		}
		if (*a != *b)
			return false;
		if (*a == '\0')
			return true;
		if (*a == quote)
			quote = '\0';
		else if (quote == '\0' && (*a == '"' || *a == '\''))
			quote = *a;
		a++;
		b++;
	}
	return false;
}

/* "id, code": the keys of an index over just these columns (a LIST) */
static char *
keys_of_columns(struct buffer *names, const char *columns)
{
	write_names(names, columns);
	names->data[names->length - 1] = '\0';
	return names->data + 1;
}

bool
partition_index_has_keys(const struct object *index, const char *columns)
{
	struct buffer names = BUFFER_INIT;
	bool same = same_text(object_get(index, "keys"), keys_of_columns(&names, columns));

	buffer_fini(&names);
	return same;
}

static bool
same_indexes(const struct object *a, const struct object *b)
{
	return same_keys(object_get(a, "keys"), object_get(b, "keys")) &&
	       same_text(object_get(a, "method"), object_get(b, "method")) &&
	       same_text(object_get(a, "include"), object_get(b, "include")) &&
	       object_is(a, "unique") == object_is(b, "unique") &&
	       object_is(a, "nulls_not_distinct") == object_is(b, "nulls_not_distinct") &&
	       same_text(object_get(a, "predicate"), object_get(b, "predicate"));
}

static bool
same_key(const struct object *a, const struct object *b)
{
	return is_key(a) && same_text(object_get(a, "type"), object_get(b, "type")) &&
	       same_text(object_get(a, "columns"), object_get(b, "columns")) &&
	       same_text(object_get(a, "include"), object_get(b, "include")) &&
	       same_text(object_get(a, "exclusion"), object_get(b, "exclusion")) &&
	       object_is(a, "period") == object_is(b, "period") &&
	       object_is(a, "nulls_not_distinct") == object_is(b, "nulls_not_distinct");
}

/* A key serves as a part of an index too, if it looks the same. */
static bool
key_serves_as(const struct object *index, const struct object *key)
{
	struct buffer names = BUFFER_INIT;

	if (object_says(key, "type", "x") || !is_key(key) || !object_is(index, "unique") ||
	    object_get(index, "predicate") != NULL || object_get(index, "include") != NULL ||
	    object_get(key, "include") != NULL || object_is(key, "period"))
		return false;
	bool same = same_keys(object_get(index, "keys"), keys_of_columns(&names, object_get(key, "columns")));
	buffer_fini(&names);
	return same && object_is(index, "nulls_not_distinct") == object_is(key, "nulls_not_distinct");
}

bool
partition_index_matches(const struct object *above, const struct object *own)
{
	if (is_index(above))
		return is_index(own) ? same_indexes(above, own) : key_serves_as(above, own);
	return !is_index(own) && same_key(above, own);
}

const char *
partition_index_refuse(const struct kind_context *context, const struct object *above)
{
	bool excludes = !is_index(above) && (object_says(above, "type", "x") || object_is(above, "period"));

	return !excludes || context->version >= 180005 || (context->version >= 170011 && context->version < 180000)
	           ? NULL
	           : "attaching what excludes to the partitioned table's needs PostgreSQL 17.11 or 18.5";
}

/* ---- levels ---- */

const struct object *
partition_index_search(const struct catalog *catalog, const struct object *table,
                       bool (*each)(void *argument, const struct object *index), void *argument)
{
	static const char *const holders[] = { "constraint", "index" };

	for (size_t i = 0; table != NULL && i < COUNT_OF(holders); i++) {
		const struct object *part;
		uint32_t count = catalog_children(catalog, table, kind_find(holders[i]), &part);

		for (; count > 0; count--, part++)
			if ((is_index(part) || is_key(part)) && each(argument, part))
				return part;
	}
	return NULL;
}

void
partition_each_below(const struct catalog *catalog, const struct object *table,
                     void (*each)(void *argument, const struct object *partition), void *argument)
{
	const uint32_t *list;
	uint32_t count = table_is_partitioned(table) ? catalog_dependents(catalog, table, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *partition = &catalog->objects[list[i]];
		const struct object *link =
			partition->kind == table->kind
				? table_find_part(catalog, "partition", object_schema(partition), object_name(partition), "partition")
				: NULL;

		if (link != NULL && object_says(link, "parent", object_name(table)) &&
		    object_says(link, "parent_schema", object_schema(table)))
			each(argument, partition);
	}
}

const struct object *
partition_trigger_above(const struct catalog *catalog, const struct object *link, const char *name)
{
	const struct object *trigger = NULL;

	while (link != NULL && trigger == NULL) {
		const char *schema = object_text(link, "parent_schema");
		const char *parent = object_text(link, "parent");

		trigger = table_find_part(catalog, "trigger", schema, parent, name);
		if (trigger != NULL && strstr(object_text(trigger, "definition"), " FOR EACH ROW ") == NULL)
			trigger = NULL;
		link = table_find_part(catalog, "partition", schema, parent, "partition");
	}
	return trigger;
}

static const struct object *
attachment_of(const struct catalog *catalog, const struct object *index)
{
	const struct object *attachment;

	return catalog_children(catalog, index, kind_find("index_partition"), &attachment) > 0 ? attachment : NULL;
}

const struct object *
partition_index_above(const struct catalog *catalog, const struct object *index)
{
	const struct object *attachment = attachment_of(catalog, index);
	const struct object *above;

	if (attachment == NULL)
		return NULL;
	above = table_find_part(catalog, "index", object_text(attachment, "parent_schema"),
	                        object_text(attachment, "parent_table"), object_text(attachment, "parent_index"));
	if (above != NULL)
		return above;
	return table_find_part(catalog, "constraint", object_text(attachment, "parent_schema"),
	                       object_text(attachment, "parent_table"), object_text(attachment, "parent_index"));
}

struct level_search {
	const struct catalog *catalog;
	const struct object *above;
};

static bool
is_below(void *argument, const struct object *index)
{
	const struct level_search *search = argument;

	return partition_index_above(search->catalog, index) == search->above;
}

const struct object *
partition_index_below(const struct catalog *catalog, const struct object *table, const struct object *above)
{
	return partition_index_search(catalog, table, is_below, &(struct level_search){ catalog, above });
}

static bool
is_free(void *argument, const struct object *index)
{
	const struct level_search *search = argument;

	return attachment_of(search->catalog, index) == NULL && partition_index_matches(search->above, index);
}

const struct object *
partition_index_free(const struct catalog *catalog, const struct object *table, const struct object *above)
{
	return partition_index_search(catalog, table, is_free, &(struct level_search){ catalog, above });
}

const struct object *
partition_index_wanted(const struct kind_context *context, const struct object *table, const struct object *above)
{
	const struct object *wanted = catalog_counterpart(context->wanted, above);

	return wanted != NULL ? partition_index_below(context->wanted, table, wanted) : NULL;
}

const struct object *
partition_index_parent(const struct kind_context *context, const struct object *link)
{
	if (catalog_counterpart(context->current, link) != NULL)
		return NULL;
	return table_find(context->current, object_text(link, "parent_schema"), object_text(link, "parent"));
}

/* ---- order ---- */

struct sibling_search {
	const struct kind_context *context;
	const struct object *table;
	const struct object *index;
};

/* Whether the parent's index shall get another one of this form. */
static bool
shall_have_a_sibling(void *argument, const struct object *above)
{
	const struct sibling_search *search = argument;
	const struct object *below = partition_index_wanted(search->context, search->table, above);

	return below != NULL && below != search->index && partition_index_matches(above, search->index);
}

/*
 * One that nothing is said about is made after the link that would take it in another's stead.  A plain index comes
 * before a key that serves as well: the parent's index takes the older of the two, its key nothing but a key.
 */
void
partition_index_relate(const struct kind_context *context, const struct object *index, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *table = catalog_parent(catalog, index);
	struct sibling_search search = { context, table, index };
	const struct object *parent;
	const struct object *link;
	const struct object *plain;

	if (catalog != context->wanted || table == NULL ||
	    catalog_children(catalog, table, kind_find("partition"), &link) == 0)
		return;
	parent = partition_index_parent(context, link);
	if (attachment_of(catalog, index) == NULL &&
	    partition_index_search(context->current, parent, shall_have_a_sibling, &search) != NULL)
		edges_after(edges, link);
	for (uint32_t count = is_index(index) ? 0 : catalog_children(catalog, table, kind_find("index"), &plain); count > 0;
	     count--, plain++)
		if (partition_index_matches(plain, index))
			edges_after(edges, plain);
}

/* ---- making ---- */

static const char *
free_name(const struct kind_context *context, const struct object *partition, const struct object *above)
{
	const char *schema = object_schema(partition);
	const char *name = table_part_name(context->arena, partition, above, 0);

	for (unsigned number = 1;
	     catalog_find_relation(context->wanted, schema, name, NULL) != NULL ||
	     catalog_find_relation(context->current, schema, name, NULL) != NULL;
	     number++)
		name = table_part_name(context->arena, partition, above, number);
	return name;
}

/* What production's partition has as its part of `above` now, which is made anew or was known by another name. */
static const struct object *
present_part(const struct kind_context *context, const struct object *above, const struct object *partition)
{
	const struct object *present = catalog_counterpart(context->current, above);
	const struct object *table = catalog_counterpart(context->current, partition);

	return present != NULL && table != NULL ? partition_index_below(context->current, table, present) : NULL;
}

const struct object *
partition_index_former(const struct kind_context *context, const struct object *index)
{
	const struct object *above =
		catalog_holds(context->wanted, index) ? partition_index_above(context->wanted, index) : NULL;
	const struct object *partition = above != NULL ? catalog_parent(context->wanted, index) : NULL;

	return partition != NULL ? present_part(context, above, partition) : NULL;
}

const char *
partition_index_make(const struct kind_context *context, const struct object *object, const struct object *above,
                     const struct object *partition, struct steps *steps)
{
	const char *name = free_name(context, partition, above);
	unsigned hazards = BUILD_HAZARDS | (is_index(above) && !object_is(above, "unique") ? 0 : HAZARD_MAY_FAIL);
	bool exists = catalog_counterpart(context->current, partition) != NULL;
	const struct object *former = present_part(context, above, partition);
	const char *tablespace = tablespace_for(context, former != NULL ? former : above, NULL);
	struct buffer sql = BUFFER_INIT;

	if (is_index(above)) {
		write_index_on(&sql, above, false, name, object_schema(partition), object_name(partition), tablespace);
	} else {
		sql_append(&sql, "ALTER TABLE %Q ADD CONSTRAINT %I ", object_schema(partition), object_name(partition), name);
		write_constraint_body(&sql, above, tablespace);
	}
	steps_take(steps, object, STEP_CREATE,
	           !exists           ? LOCK_NONE
	           : is_index(above) ? LOCK_SHARE
	                             : LOCK_ACCESS_EXCLUSIVE,
	           exists ? hazards : 0, &sql);
	buffer_fini(&sql);
	if (!is_index(above))
		constraint_tablespace_step(steps, object, above, object_schema(partition), name, tablespace);
	return name;
}

struct reaching {
	const struct kind_context *context;
	const struct object *above;
	struct steps *steps;
};

/* A partition that only production has gets its part of a parent's new index: its own of that form, if it has one. */
static void
reach_partition(void *argument, const struct object *partition)
{
	const struct reaching *reaching = argument;
	const struct object *above = reaching->above;
	const struct object *own = partition_index_free(reaching->context->current, partition, above);
	const char *name = own != NULL ? object_name(own)
	                               : partition_index_make(reaching->context, above, above, partition, reaching->steps);

	steps_add(reaching->steps, above, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, "ALTER INDEX %Q ATTACH PARTITION %Q",
	          object_schema(above), object_name(above), object_schema(partition), name);
}

void
partition_index_reach(const struct kind_context *context, const struct object *above, struct steps *steps)
{
	struct reaching reaching = { context, above, steps };

	table_each_own_partition(context, table_of_part(context, above), reach_partition, &reaching);
}

bool
partition_index_goes(const struct kind_context *context, const struct object *index)
{
	static const char *const kinds_above[] = { "index", "constraint" };
	const struct object *link;

	if (catalog_counterpart(context->wanted, index) != NULL ||
	    catalog_children(context->current, index, kind_find("index_partition"), &link) == 0)
		return false;
	const struct object *present = partition_index_above(context->current, index);
	/* With one of a level between, which goes itself. */
	if (present != NULL && catalog_counterpart(context->wanted, present) == NULL)
		return partition_index_goes(context, present);
	for (size_t i = 0; i < COUNT_OF(kinds_above); i++) {
		const struct object *above =
			table_find_part(context->wanted, kinds_above[i], object_text(link, "parent_schema"),
		                    object_text(link, "parent_table"), object_text(link, "parent_index"));

		if (above != NULL && !partition_index_matches(above, index))
			return true;
	}
	return false;
}
