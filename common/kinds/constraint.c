/*
 * constraint.c - keys, unique, check and exclusion constraints and foreign keys of tables.
 *
 * Validated checks are written inside CREATE TABLE; everything else after the rows are there.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/constraint.sql.h"
#include "kinds/facet.h"
#include "kinds/not_null.h"
#include "kinds/operator_class.h"
#include "kinds/partition_index.h"
#include "kinds/primary_key.h"
#include "kinds/table_link.h"
#include "kinds/table_parts.h"
#include "kinds/tablespace.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define BUILD_HAZARDS (HAZARD_SCANS | HAZARD_BLOCKS_WRITES | HAZARD_MAY_FAIL)
#define REBUILD_HAZARDS (BUILD_HAZARDS | HAZARD_BLOCKS_READS | HAZARD_REBUILDS)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "local", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_IGNORE, 0, 0, "t" },
	{ "columns", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_JUDGE, REBUILD_HAZARDS, 0, NULL },
	{ "include", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "expression", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "referenced_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "referenced_table", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "referenced_columns", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "match", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "on_update", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS | HAZARD_BEHAVIOUR, 0, NULL },
	{ "on_delete", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS | HAZARD_BEHAVIOUR, 0, NULL },
	{ "on_delete_columns", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS | HAZARD_BEHAVIOUR, 150000,
	  NULL },
	{ "deferrable", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "f" },
	{ "deferred", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "f" },
	{ "validated", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_SCANS | HAZARD_MAY_FAIL, 0, "t" },
	{ "enforced", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS | HAZARD_BEHAVIOUR, 180000, "t" },
	{ "period", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 180000, "f" },
	{ "no_inherit", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "f" },
	{ "nulls_not_distinct", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 150000, "f" },
	{ "exclusion", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
	{ "clustered", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, 0, 0, "f" },
	{ "replica_identity", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "f" },
	{ "index_comment", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL }, /* of the index behind a key */
	{ "index_extensions", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL }, /* that it goes with */
	{ "tablespace", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	FACET_COMMENT,
};

static const char *const parents[] = { "table", "foreign_table", NULL };

static bool
is_type(const struct object *constraint, char type)
{
	const char *is = object_get(constraint, "type");

	return is != NULL && is[0] == type;
}

static const char *
table_name(const struct object *constraint)
{
	return object_text(constraint, "table");
}

static void
address(struct buffer *out, const struct object *constraint)
{
	sql_append(out, "CONSTRAINT %I ON %Q", object_name(constraint), object_schema(constraint), table_name(constraint));
}

/* ---- definition ---- */

/* With PERIOD (18) the last column is the one that must not overlap. */
static void
write_key(struct buffer *out, const char *names, const char *before_last, const char *after_last)
{
	struct name_list list;

	name_list_init(&list, names);
	buffer_append_text(out, " (");
	for (size_t i = 0; i < list.count; i++) {
		bool last = i + 1 == list.count;

		buffer_append_text(out, i == 0 ? "" : ", ");
		buffer_append_text(out, last ? before_last : "");
		sql_append(out, "%I", list.items[i]);
		buffer_append_text(out, last ? after_last : "");
	}
	buffer_append_char(out, ')');
	name_list_fini(&list);
}

static void
write_unique(struct buffer *out, const struct object *constraint, const char *tablespace)
{
	buffer_append_text(out, is_type(constraint, 'p') ? "PRIMARY KEY" : "UNIQUE");
	if (object_is(constraint, "nulls_not_distinct"))
		buffer_append_text(out, " NULLS NOT DISTINCT");
	write_key(out, object_get(constraint, "columns"), "", object_is(constraint, "period") ? " WITHOUT OVERLAPS" : "");
	if (object_get(constraint, "include") != NULL) {
		buffer_append_text(out, " INCLUDE ");
		write_names(out, object_get(constraint, "include"));
	}
	write_relation_options(out, object_get(constraint, "options"));
	write_tablespace(out, " USING INDEX", tablespace);
}

static void
write_foreign_key(struct buffer *out, const struct object *constraint)
{
	const char *period = object_is(constraint, "period") ? "PERIOD " : "";
	const char *match = object_get(constraint, "match");
	const char *on_update = object_get(constraint, "on_update");
	const char *on_delete = object_get(constraint, "on_delete");

	buffer_append_text(out, "FOREIGN KEY");
	write_key(out, object_get(constraint, "columns"), period, "");
	sql_append(out, " REFERENCES %Q", object_get(constraint, "referenced_schema"),
	           object_get(constraint, "referenced_table"));
	write_key(out, object_get(constraint, "referenced_columns"), period, "");
	if (match != NULL && strcmp(match, "SIMPLE") != 0)
		sql_append(out, " MATCH %X", match);
	if (on_update != NULL && strcmp(on_update, "NO ACTION") != 0)
		sql_append(out, " ON UPDATE %X", on_update);
	if (on_delete != NULL && strcmp(on_delete, "NO ACTION") != 0)
		sql_append(out, " ON DELETE %X", on_delete);
	if (object_get(constraint, "on_delete_columns") != NULL) {
		buffer_append_char(out, ' ');
		write_names(out, object_get(constraint, "on_delete_columns"));
	}
}

static void
write_not_null_constraint(struct buffer *out, const struct object *constraint)
{
	struct name_list names;

	buffer_append_text(out, "NOT NULL");
	name_list_init(&names, object_get(constraint, "columns"));
	for (size_t i = 0; i < names.count; i++)
		sql_append(out, " %I", names.items[i]);
	name_list_fini(&names);
	if (object_is(constraint, "no_inherit"))
		buffer_append_text(out, " NO INHERIT");
}

void
write_constraint_body(struct buffer *out, const struct object *constraint, const char *tablespace)
{
	if (is_type(constraint, 'x')) {
		/* pg_get_constraintdef has said all of it */
		sql_append(out, "%X", object_get(constraint, "exclusion"));
		return;
	}
	if (is_type(constraint, 'c'))
		sql_append(out, object_is(constraint, "no_inherit") ? "CHECK (%X) NO INHERIT" : "CHECK (%X)",
		           object_get(constraint, "expression"));
	else if (is_type(constraint, 'f'))
		write_foreign_key(out, constraint);
	else if (is_type(constraint, 'n'))
		write_not_null_constraint(out, constraint);
	else
		write_unique(out, constraint, tablespace);
	if (object_is(constraint, "deferrable"))
		buffer_append_text(out, object_is(constraint, "deferred") ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE");
	if (!object_is(constraint, "enforced"))
		buffer_append_text(out, " NOT ENFORCED");
	else if (!object_is(constraint, "validated"))
		buffer_append_text(out, " NOT VALID");
}

void
write_constraint_definition(struct buffer *out, const struct object *constraint)
{
	sql_append(out, "CONSTRAINT %I ", object_name(constraint));
	write_constraint_body(out, constraint, NULL);
}

/* ---- steps ---- */

/* Foreign keys of partitioned tables and inherited checks must reach the children; keys are made one by one. */
static bool
reaches_children(const struct kind_context *context, const struct object *constraint)
{
	if (is_type(constraint, 'f'))
		return table_of_part_is_partitioned(context, constraint);
	return (is_type(constraint, 'c') || is_type(constraint, 'n')) && !object_is(constraint, "no_inherit");
}

void
constraint_tablespace_step(struct steps *steps, const struct object *object, const struct object *constraint,
                           const char *schema, const char *name, const char *tablespace)
{
	if (tablespace != NULL && is_type(constraint, 'x'))
		steps_add(steps, object, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0, "ALTER INDEX %Q SET TABLESPACE %I", schema, name,
		          tablespace);
}

/* ---- an index that becomes a key ---- */

static bool
has_index(const struct object *constraint)
{
	return is_type(constraint, 'p') || is_type(constraint, 'u') || is_type(constraint, 'x');
}

/* Production's unique index of the same name and form, which the key can take over, or NULL. */
static const struct object *
index_to_adopt(const struct kind_context *context, const struct object *constraint)
{
	const struct object *index;

	if (!is_type(constraint, 'p') && !is_type(constraint, 'u'))
		return NULL;
	index = table_find_part(context->current, "index", object_schema(constraint), table_name(constraint),
	                        object_name(constraint));
	if (index == NULL || catalog_counterpart(context->wanted, index) != NULL || !object_is(index, "unique") ||
	    !object_is(index, "valid") || object_get(index, "predicate") != NULL || object_get(index, "include") != NULL ||
	    object_get(constraint, "include") != NULL || object_is(constraint, "period") ||
	    object_is(index, "nulls_not_distinct") != object_is(constraint, "nulls_not_distinct") ||
	    table_is_partitioned(table_find(context->current, object_schema(constraint), table_name(constraint))))
		return NULL;
	return partition_index_has_keys(index, object_get(constraint, "columns")) ? index : NULL;
}

static void
adopt_index(const struct object *constraint, struct steps *steps)
{
	const char *kind = is_type(constraint, 'p') ? "PRIMARY KEY" : "UNIQUE";
	const char *when = !object_is(constraint, "deferrable") ? ""
	                   : object_is(constraint, "deferred")  ? " DEFERRABLE INITIALLY DEFERRED"
	                                                        : " DEFERRABLE";

	steps_add(steps, constraint, STEP_CREATE, LOCK_ACCESS_EXCLUSIVE,
	          HAZARD_BLOCKS_READS | HAZARD_BEHAVIOUR | (is_type(constraint, 'p') ? HAZARD_SCANS | HAZARD_MAY_FAIL : 0),
	          "ALTER TABLE %Q ADD CONSTRAINT %I %X USING INDEX %I%X", object_schema(constraint), table_name(constraint),
	          object_name(constraint), kind, object_name(constraint), when);
	table_index_role_steps(constraint, NULL, steps);
}

static void
supersede(const struct kind_context *context, const struct change *change,
          void (*each)(void *argument, const struct object *object), void *argument)
{
	const struct object *index = change->current == NULL ? index_to_adopt(context, change->wanted) : NULL;

	const struct object *rival = change->current == NULL ? primary_key_rival(context, change->wanted) : NULL;

	if (index != NULL)
		each(argument, index);
	if (rival != NULL)
		each(argument, rival);
}

/* A check that comes down from a parent that is linked already. */
static bool
comes_from_parent(const struct kind_context *context, const struct object *constraint)
{
	return (is_type(constraint, 'c') || is_type(constraint, 'n')) && !object_is(constraint, "local") &&
	       table_parent_covers(context, constraint, is_type(constraint, 'c') ? "expression" : "columns");
}

/* A NOT NULL that production's column has already, as NOT VALID under another name: the column's change renames it. */
static bool
column_has_it(const struct kind_context *context, const struct object *constraint)
{
	const struct object *column = not_null_column(context->current, constraint);

	return column != NULL && object_is(column, "not_null");
}

static void
index_comment_step(const struct object *constraint, struct steps *steps)
{
	const char *comment = object_get(constraint, "index_comment");

	if (comment == NULL)
		steps_add(steps, constraint, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, "COMMENT ON INDEX %Q IS NULL",
		          object_schema(constraint), object_name(constraint));
	else
		steps_add(steps, constraint, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, "COMMENT ON INDEX %Q IS %L",
		          object_schema(constraint), object_name(constraint), comment);
}

/* `current` are the extensions that the index goes with so far. */
static void
index_extension_steps(const struct object *constraint, const char *current, struct steps *steps)
{
	struct buffer address = BUFFER_INIT;

	sql_append(&address, "INDEX %Q", object_schema(constraint), object_name(constraint));
	facet_extension_steps(constraint, buffer_text(&address), current, object_get(constraint, "index_extensions"),
	                      steps);
	buffer_fini(&address);
}

/* Of an index that is new, or (`index`) becomes the constraint's. */
static void
index_facet_steps(const struct object *constraint, const struct object *index, struct steps *steps)
{
	if (object_get(constraint, "index_comment") != NULL || (index != NULL && object_get(index, "comment") != NULL))
		index_comment_step(constraint, steps);
	index_extension_steps(constraint, index != NULL ? object_get(index, "extensions") : NULL, steps);
}

/* What production has in the stead of a new key, by another name, or NULL. */
static const struct object *
former_of(const struct kind_context *context, const struct object *constraint)
{
	const struct object *rival = primary_key_rival(context, constraint);

	return rival != NULL ? rival : partition_index_former(context, constraint);
}

static void
create(const struct kind_context *context, const struct object *constraint, struct steps *steps)
{
	bool exists = table_exists(context, constraint);
	bool scans = object_is(constraint, "validated");
	struct buffer sql = BUFFER_INIT;
	const char *tablespace =
		has_index(constraint) ? tablespace_for(context, constraint, former_of(context, constraint)) : NULL;
	enum lock_level lock = is_type(constraint, 'f') ? LOCK_SHARE_ROW_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE;
	unsigned hazards = !exists ? 0 : !scans ? HAZARD_BEHAVIOUR : BUILD_HAZARDS | HAZARD_BEHAVIOUR;

	if (hazards != 0 && lock == LOCK_ACCESS_EXCLUSIVE)
		hazards |= HAZARD_BLOCKS_READS;
	if (comes_from_parent(context, constraint) || column_has_it(context, constraint))
		return;
	if (primary_key_replace(context, constraint, steps))
		return;
	if (index_to_adopt(context, constraint) != NULL) {
		adopt_index(constraint, steps);
		index_facet_steps(constraint, index_to_adopt(context, constraint), steps);
		return;
	}
	sql_append(&sql,
	           reaches_children(context, constraint) ? "ALTER TABLE %Q ADD CONSTRAINT %I "
	                                                 : "ALTER TABLE ONLY %Q ADD CONSTRAINT %I ",
	           object_schema(constraint), table_name(constraint), object_name(constraint));
	write_constraint_body(&sql, constraint, tablespace);
	steps_take(steps, constraint, STEP_CREATE, exists ? lock : LOCK_NONE, hazards, &sql);
	buffer_fini(&sql);
	constraint_tablespace_step(steps, constraint, constraint, object_schema(constraint), object_name(constraint),
	                           tablespace);
	if (!is_type(constraint, 'c') && !is_type(constraint, 'f'))
		partition_index_reach(context, constraint, steps);
	table_index_role_steps(constraint, NULL, steps);
	index_facet_steps(constraint, NULL, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *constraint = change->wanted;
	const char *schema = object_schema(constraint);

	(void)context;
	if (change_allows(change, "deferrable") || change_allows(change, "deferred"))
		steps_add(steps, constraint, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
		          !object_is(constraint, "deferrable") ? "ALTER TABLE %Q ALTER CONSTRAINT %I NOT DEFERRABLE"
		          : object_is(constraint, "deferred")
		              ? "ALTER TABLE %Q ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED"
		              : "ALTER TABLE %Q ALTER CONSTRAINT %I DEFERRABLE INITIALLY IMMEDIATE",
		          schema, table_name(constraint), object_name(constraint));
	if (change_allows(change, "validated"))
		steps_add(steps, constraint, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, HAZARD_SCANS | HAZARD_MAY_FAIL,
		          "ALTER TABLE %Q VALIDATE CONSTRAINT %I", schema, table_name(constraint), object_name(constraint));
	if (change_allows(change, "options"))
		relation_options_steps(change, "ALTER INDEX", LOCK_SHARE_UPDATE_EXCLUSIVE, 0, steps);
	if (change_allows(change, "clustered") && !object_is(constraint, "clustered"))
		steps_add(steps, constraint, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0, "ALTER TABLE %Q SET WITHOUT CLUSTER", schema,
		          table_name(constraint));
	table_index_role_steps(constraint, change->current, steps);
	if (change_allows(change, "index_comment"))
		index_comment_step(constraint, steps);
	if (change_allows(change, "index_extensions"))
		index_extension_steps(constraint, object_get(change->current, "index_extensions"), steps);
}

static void
drop(const struct kind_context *context, const struct object *constraint, struct steps *steps)
{
	/* One that came from the parent goes with the parent's. */
	if (!object_is(constraint, "local") && table_parent_part(context, constraint) != NULL)
		return;
	if (catalog_children(table_catalog_of(context, constraint), constraint, kind_find("index_partition"),
	                     &(const struct object *){ NULL }) > 0)
		return;
	steps_add(steps, constraint, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR,
	          "ALTER TABLE %Q DROP CONSTRAINT %I", object_schema(constraint), table_name(constraint),
	          object_name(constraint));
}

/* A foreign key that refers to this key and will go on doing so in the same words. */
static const struct object *
loyal_foreign_key(const struct kind_context *context, const struct object *key)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(context->current, key, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *dependant = &context->current->objects[list[i]];
		const struct object *wanted = catalog_counterpart(context->wanted, dependant);

		if (dependant->kind == key->kind && is_type(dependant, 'f') &&
		    (wanted == NULL || object_same_values(dependant, wanted)))
			return dependant;
	}
	return NULL;
}

static struct verdict
judge_columns(const struct kind_context *context, const struct change *change)
{
	const struct object *loyal = loyal_foreign_key(context, change->current);

	if (loyal == NULL)
		return (struct verdict){ CHANGE_REBUILD, REBUILD_HAZARDS, NULL };
	return (struct verdict){ CHANGE_REFUSE, 0,
		                     arena_printf(context->arena, "%s refers to the key as it is",
		                                  object_description(context->arena, loyal)) };
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	const char *name = attributes[attribute].name;
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };

	if (strcmp(name, "columns") == 0)
		return judge_columns(context, change);
	bool wanted = object_is(change->wanted, name);
	if (strcmp(name, "deferrable") == 0 || strcmp(name, "deferred") == 0) {
		if (!is_type(change->wanted, 'f') || !is_type(change->current, 'f')) {
			verdict.rule = CHANGE_REBUILD;
			verdict.hazards |= REBUILD_HAZARDS;
		}
	} else if (!wanted && strcmp(name, "validated") == 0) {
		verdict.rule = CHANGE_KEEP; /* which is better */
	} else if (!wanted) {
		/* A mark that another index takes over goes from here by itself. */
		verdict.rule = strcmp(name, "clustered") == 0 && !table_will_be_clustered(context, change->wanted)
		                   ? CHANGE_ALTER
		                   : CHANGE_IGNORE;
	}
	return verdict;
}

static void
note_partition(void *argument, const struct object *partition)
{
	(void)partition;
	*(bool *)argument = true;
}

/* Production's own partitions would have to get a part of it each, which is to be attached. */
static const char *
refuse_for_own_partitions(const struct kind_context *context, const struct object *constraint)
{
	bool any = false;

	table_each_own_partition(context, table_of_part(context, constraint), note_partition, &any);
	return any ? partition_index_refuse(context, constraint) : NULL;
}

static const char *
refuse_for_version(const struct kind_context *context, const struct object *constraint)
{
	bool partitioned = table_of_part_is_partitioned(context, constraint);

	if (is_type(constraint, 'n') && context->version < 180000)
		return "a NOT NULL that is NOT VALID needs PostgreSQL 18";
	if (is_type(constraint, 'f') && partitioned && !object_is(constraint, "validated") && context->version < 180000)
		return "a foreign key of a partitioned table that is NOT VALID needs PostgreSQL 18";
	if (is_type(constraint, 'x') && partitioned && context->version < 170000)
		return "an exclusion constraint of a partitioned table needs PostgreSQL 17";
	return NULL;
}

static const char *
refuse(const struct kind_context *context, const struct object *constraint)
{
	const char *reason = refuse_for_version(context, constraint);

	if (reason != NULL)
		return reason;
	if (column_has_it(context, constraint) &&
	    object_is(not_null_column(context->current, constraint), "not_null_valid"))
		return "production's column is NOT NULL and valid";
	if (has_index(constraint))
		reason = table_refuse_for_partitioning(context, constraint, object_get(constraint, "columns"),
		                                       object_get(constraint, "exclusion"));
	if (reason == NULL)
		reason = refuse_for_own_partitions(context, constraint);
	if (reason == NULL)
		reason = primary_key_refuse(context, constraint);
	if (reason == NULL)
		reason = table_refuse_check(context, constraint);
	return reason != NULL ? reason
	                      : table_refuse_for_columns(context, constraint, object_get(constraint, "columns"),
	                                                 is_type(constraint, 'x') ? object_get(constraint, "exclusion")
	                                                                          : object_get(constraint, "expression"));
}

/* ---- order ---- */

static void
note_link(void *argument, const struct object *link)
{
	*(bool *)argument = *(bool *)argument || link != NULL;
}

static bool
inlines(const struct kind_context *context, const struct object *constraint)
{
	bool waits = false;

	if (!is_type(constraint, 'c') || !object_is(constraint, "validated") || !object_is(constraint, "enforced"))
		return false;
	table_each_later_heir(context, constraint, note_link, &waits);
	return !waits;
}

static void
behind_link(void *edges, const struct object *link)
{
	edges_behind(edges, link);
}

/* The key that a foreign key of a partitioned table refers to counts only when all partitions have theirs. */
static void
relate_partitions(const struct catalog *catalog, const struct object *constraint, const struct object *key,
                  struct edges *edges)
{
	const uint32_t *list;
	uint32_t count = catalog_dependents(catalog, key, &list);

	for (uint32_t i = 0; i < count; i++) {
		const struct object *below = &catalog->objects[list[i]];
		const struct object *link;

		if (partition_index_above(catalog, below) != key)
			continue;
		if (catalog_children(catalog, below, kind_find("index_partition"), &link) > 0)
			edges_after(edges, link);
		relate_partitions(catalog, constraint, below, edges);
	}
}

struct referring {
	const struct catalog *catalog;
	const struct object *constraint;
	struct edges *edges;
};

static bool
relate_referenced(void *argument, const struct object *key)
{
	const struct referring *referring = argument;

	relate_partitions(referring->catalog, referring->constraint, key, referring->edges);
	return false;
}

/* A new table that inherits a NOT NULL has a valid one: the parent's comes down as it is when it is made afterwards. */
static void
relate_heirs(const struct kind_context *context, const struct object *constraint, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *table = catalog_parent(catalog, constraint);
	const uint32_t *list;
	uint32_t count = table != NULL ? catalog_dependents(catalog, table, &list) : 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *child = &catalog->objects[list[i]];

		if (child->kind == table->kind && catalog_counterpart(context->current, child) == NULL)
			edges_after(edges, child);
	}
}

static void
relate(const struct kind_context *context, const struct object *constraint, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);

	table_relate_new_columns(
		context, constraint, object_get(constraint, "columns"),
		is_type(constraint, 'x') ? object_get(constraint, "exclusion") : object_get(constraint, "expression"), edges);
	table_relate_row_identity(context, constraint, object_get(constraint, "columns"), NULL, edges);
	table_relate_new_columns(context, constraint, object_get(constraint, "include"), NULL, edges);
	if (catalog == context->wanted)
		table_each_later_heir(context, constraint, behind_link, edges);
	if (is_type(constraint, 'f')) {
		const struct object *referenced = table_find(catalog, object_get(constraint, "referenced_schema"),
		                                             object_get(constraint, "referenced_table"));

		if (referenced == NULL)
			return;
		edges_after(edges, referenced);
		if (table_is_partitioned(referenced))
			partition_index_search(catalog, referenced, relate_referenced,
			                       &(struct referring){ catalog, constraint, edges });
	} else if (is_type(constraint, 'c') && !object_is(constraint, "local") && table_exists(context, constraint)) {
		edges_after(edges, table_parent_part(context, constraint));
	} else if (is_type(constraint, 'n')) {
		relate_heirs(context, constraint, edges);
	} else if (!is_type(constraint, 'c')) {
		table_relate_partitions(context, constraint, edges);
		partition_index_relate(context, constraint, edges);
		operator_class_relate(constraint, edges);
	}
}

/* ---- elaboration ---- */

static bool
elaborate(const struct kind_context *context, const struct object *constraint, struct elaboration *elaboration)
{
	const char *table = table_name(constraint);
	struct steps *statements = elaboration->statements;
	struct buffer sql = BUFFER_INIT;
	bool check = is_type(constraint, 'c');

	if (!check && !is_type(constraint, 'x'))
		return false;
	add_temporary_likeness(context, statements, constraint, table);
	if (check)
		steps_add(statements, constraint, STEP_CREATE, LOCK_NONE, 0, "ALTER TABLE %Q ADD CONSTRAINT %I CHECK (%X)",
		          "pg_temp", table, object_name(constraint), object_get(constraint, "expression"));
	else
		steps_add(statements, constraint, STEP_CREATE, LOCK_NONE, 0, "ALTER TABLE %Q ADD CONSTRAINT %I %X", "pg_temp",
		          table, object_name(constraint), object_get(constraint, "exclusion"));
	sql_append(&sql, "SELECT pg_catalog.pg_get_expr(k.conbin, k.conrelid) AS expression,"
	                 " CASE WHEN k.contype = 'x' THEN pg_catalog.pg_get_constraintdef(k.oid) END AS exclusion");
	elaborate_tree(&sql, "expression", "CAST(k.conbin AS pg_catalog.text)", "c");
	elaborate_tree(
		&sql, "exclusion",
		"pg_catalog.concat_ws(' ', k.condeferrable, k.condeferred, k.conexclop, i.indkey, i.indclass, i.indcollation,"
		" i.indoption, i.indexprs, i.indpred)",
		"c");
	sql_append(&sql,
	           " FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
	           " LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L AND k.conname = %L",
	           table, object_name(constraint));
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

static const char *const shaping[] = { "type", "columns", "deferrable", "period", NULL };

/* A key that stays as it is can be referred to by what it has alone, in whatever order. */
static bool
misfits(const struct kind_context *context, const struct change *change, uint64_t withheld,
        const struct change *dependant, uint64_t *undone)
{
	const struct object *reference = dependant->wanted;
	struct name_list has;
	struct name_list needs;

	(void)context;
	(void)withheld;
	(void)undone;
	if (reference->kind != &kind_constraint || !is_type(reference, 'f'))
		return false;
	name_list_init(&has, object_get(change->current, "columns"));
	name_list_init(&needs, object_get(reference, "referenced_columns"));
	bool fits = has.count == needs.count && name_list_has_all(&has, &needs) &&
	            object_is(change->current, "period") == object_is(reference, "period");
	name_list_fini(&has);
	name_list_fini(&needs);
	return !fits;
}

/* Checks and foreign keys have no index, so they share names only within their table. */
static const char *
relation_name(const struct object *constraint, const char **schema)
{
	*schema = object_schema(constraint);
	return has_index(constraint) ? object_name(constraint) : NULL;
}

const struct kind kind_constraint = {
	.name = "constraint",
	.plural = "constraints",
	.catalog = "pg_constraint",
	.query = constraint_sql,
	.cost = 30,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits =
		KIND_NAMES_RELATION | KIND_INLINE | KIND_OF_PARENT | KIND_AFTER_DATA | KIND_SURVIVES_ALTER | KIND_EVALUATES,
	.relation_name = relation_name,
	.shaping = shaping,
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.refuse = refuse,
	.goes_along = partition_index_goes,
	.misfits = misfits,
	.relate = relate,
	.inlines = inlines,
	.elaborate = elaborate,
	.probe = table_probe_constraint,
	.supersede = supersede,
};
