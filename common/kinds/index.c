/*
 * index.c - indexes of tables and materialized views, less those that a constraint owns.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/facet.h"
#include "kinds/index.sql.h"
#include "kinds/operator_class.h"
#include "kinds/partition_index.h"
#include "kinds/table_parts.h"
#include "kinds/tablespace.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

#define BUILD_HAZARDS (HAZARD_BLOCKS_WRITES | HAZARD_SCANS)
#define REBUILD_HAZARDS (BUILD_HAZARDS | HAZARD_BLOCKS_READS | HAZARD_REBUILDS)

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "method", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, "btree" },
	{ "keys", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "include", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS, 0, NULL },
	{ "unique", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS | HAZARD_MAY_FAIL, 0, "f" },
	{ "nulls_not_distinct", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS | HAZARD_MAY_FAIL, 150000,
	  "f" },
	{ "predicate", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_REBUILD, REBUILD_HAZARDS | HAZARD_MAY_FAIL, 0, NULL },
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
	{ "statistics", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
	{ "valid", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, REBUILD_HAZARDS, 0, "t" },
	{ "clustered", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, 0, 0, "f" },
	{ "replica_identity", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, "f" },
	{ "tablespace", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL },
	FACET_EXTENSIONS,
	FACET_COMMENT,
};

static const char *const parents[] = { "table", "materialized_view", NULL };

static void
address(struct buffer *out, const struct object *index)
{
	sql_append(out, "INDEX %Q", object_schema(index), object_name(index));
}

void
write_index_on(struct buffer *sql, const struct object *index, bool only, const char *name, const char *schema,
               const char *table, const char *tablespace)
{
	sql_append(sql, object_is(index, "unique") ? "CREATE UNIQUE INDEX %I ON " : "CREATE INDEX %I ON ", name);
	sql_append(sql, only ? "ONLY %Q USING %I (%X)" : "%Q USING %I (%X)", schema, table, object_text(index, "method"),
	           object_text(index, "keys"));
	if (object_get(index, "include") != NULL)
		sql_append(sql, " INCLUDE (%X)", object_get(index, "include"));
	if (object_is(index, "nulls_not_distinct"))
		buffer_append_text(sql, " NULLS NOT DISTINCT");
	write_relation_options(sql, object_get(index, "options"));
	write_tablespace(sql, "", tablespace);
	if (object_get(index, "predicate") != NULL)
		sql_append(sql, " WHERE %X", object_get(index, "predicate"));
}

/* "2=500": the statistics target of the index's second column */
static void
statistics_steps(const struct object *index, const char *otherwise_of, struct steps *steps)
{
	struct name_list list;

	name_list_init(&list, otherwise_of != NULL ? otherwise_of : object_get(index, "statistics"));
	for (size_t i = 0; i < list.count; i++) {
		char *target = list.items[i] + strcspn(list.items[i], "=");

		if (*target == '=')
			*target++ = '\0';
		steps_add(steps, index, STEP_ALTER, LOCK_SHARE_UPDATE_EXCLUSIVE, 0,
		          "ALTER INDEX %Q ALTER COLUMN %ld SET STATISTICS %ld", object_schema(index), object_name(index),
		          strtol(list.items[i], NULL, 10), otherwise_of != NULL ? -1L : strtol(target, NULL, 10));
	}
	name_list_fini(&list);
}

static void
create(const struct kind_context *context, const struct object *index, struct steps *steps)
{
	bool exists = table_exists(context, index);
	unsigned hazards = object_is(index, "unique") ? BUILD_HAZARDS | HAZARD_MAY_FAIL : BUILD_HAZARDS;
	const struct object *former = partition_index_former(context, index);
	const char *tablespace = tablespace_for(context, index, former);
	struct buffer sql = BUFFER_INIT;

	write_index_on(&sql, index, table_of_part_is_partitioned(context, index), object_name(index), object_schema(index),
	               object_text(index, "table"), tablespace);
	steps_take(steps, index, STEP_CREATE, exists ? LOCK_SHARE : LOCK_NONE, exists ? hazards : 0, &sql);
	buffer_fini(&sql);
	partition_index_reach(context, index, steps);
	statistics_steps(index, NULL, steps);
	table_index_role_steps(index, NULL, steps);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *index = change->wanted;

	(void)context;
	if (change_allows(change, "options"))
		relation_options_steps(change, "ALTER INDEX", LOCK_SHARE_UPDATE_EXCLUSIVE, 0, steps);
	if (change_allows(change, "statistics")) {
		if (object_get(change->current, "statistics") != NULL)
			statistics_steps(index, object_get(change->current, "statistics"), steps);
		statistics_steps(index, NULL, steps);
	}
	if (change_allows(change, "clustered") && !object_is(index, "clustered"))
		steps_add(steps, index, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0, "ALTER TABLE %Q SET WITHOUT CLUSTER",
		          object_schema(index), object_text(index, "table"));
	table_index_role_steps(index, change->current, steps);
}

/* What another index or the table itself takes away, this one need not. */
static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	struct verdict verdict = { CHANGE_ALTER, attributes[attribute].hazards, NULL };
	bool wanted = object_is(change->wanted, attributes[attribute].name);

	if (!wanted)
		verdict.rule =
			strcmp(attributes[attribute].name, "clustered") == 0 && !table_will_be_clustered(context, change->wanted)
				? CHANGE_ALTER
				: CHANGE_IGNORE;
	else if (strcmp(attributes[attribute].name, "valid") == 0)
		verdict.rule = CHANGE_REBUILD;
	return verdict;
}

static void
drop(const struct kind_context *context, const struct object *index, struct steps *steps)
{
	const struct object *link;

	/* An attached index goes with its parent's. */
	if (catalog_children(table_catalog_of(context, index), index, kind_find("index_partition"), &link) > 0)
		return;
	steps_add(steps, index, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BLOCKS_READS, "DROP INDEX %Q",
	          object_schema(index), object_name(index));
}

/* A partitioned table's own index of the same definition, which only production has: it is attached to every new
 * partition, under names that this one's parts would need. */
static const struct object *
same_but_for_name(const struct kind_context *context, const struct object *index)
{
	const struct object *table = catalog_parent(context->wanted, index);
	const struct object *present = table != NULL ? catalog_counterpart(context->current, table) : NULL;
	const struct object *other;
	uint32_t count = present != NULL && table_is_partitioned(table)
	                     ? catalog_children(context->current, present, index->kind, &other)
	                     : 0;

	for (; count > 0; count--, other++)
		if (catalog_counterpart(context->wanted, other) == NULL && object_differences(other, index) == 0)
			return other;
	return NULL;
}

static const char *
refuse_for_twin(const struct kind_context *context, const struct object *index)
{
	const struct object *attachment;
	const struct object *above = index;

	if (context->current->count == 0)
		return NULL;
	if (catalog_children(context->wanted, index, kind_find("index_partition"), &attachment) > 0) {
		const char *reason = attachment->kind->refuse(context, attachment);

		/* One that could not be attached would only be a second one of the same. */
		if (reason != NULL)
			return reason;
		above = table_find_part(context->wanted, "index", object_text(attachment, "parent_schema"),
		                        object_text(attachment, "parent_table"), object_text(attachment, "parent_index"));
	}
	const struct object *twin = above != NULL ? same_but_for_name(context, above) : NULL;

	return twin != NULL
	           ? arena_printf(context->arena, "production has the same as %s", object_description(context->arena, twin))
	           : NULL;
}

static const char *
refuse(const struct kind_context *context, const struct object *index)
{
	const char *reason = refuse_for_twin(context, index);

	if (reason == NULL && object_is(index, "unique"))
		reason = table_refuse_for_partitioning(context, index, NULL, object_text(index, "keys"));
	if (reason == NULL)
		reason = table_refuse_for_columns(context, index, NULL, object_text(index, "keys"));
	return reason != NULL ? reason : table_refuse_for_columns(context, index, NULL, object_get(index, "predicate"));
}

static void
relate(const struct kind_context *context, const struct object *index, struct edges *edges)
{
	table_relate_new_columns(context, index, NULL, object_text(index, "keys"), edges);
	table_relate_row_identity(context, index, NULL, object_text(index, "keys"), edges);
	table_relate_new_columns(context, index, NULL, object_get(index, "include"), edges);
	table_relate_new_columns(context, index, NULL, object_get(index, "predicate"), edges);
	table_relate_partitions(context, index, edges);
	partition_index_relate(context, index, edges);
	operator_class_relate(index, edges);
}

/* Both forms are made with the keys alone and with the predicate alone, so that each is compared for itself. */
static bool
elaborate(const struct kind_context *context, const struct object *index, struct elaboration *elaboration)
{
	const char *table = object_text(index, "table");
	const char *predicate = object_get(index, "predicate");
	struct steps *statements = elaboration->statements;
	struct buffer sql = BUFFER_INIT;

	add_temporary_likeness(context, statements, index, table);
	steps_add(statements, index, STEP_CREATE, LOCK_NONE, 0, "CREATE INDEX pgkeel_keys ON %Q USING %I (%X)", "pg_temp",
	          table, object_text(index, "method"), object_text(index, "keys"));
	if (predicate != NULL)
		steps_add(statements, index, STEP_CREATE, LOCK_NONE, 0, "CREATE INDEX pgkeel_predicate ON %Q ((1)) WHERE %X",
		          "pg_temp", table, predicate);
	buffer_append_text(&sql, "SELECT pg_catalog.pg_get_indexdef(k.oid) AS keys,"
	                         " (SELECT pg_catalog.pg_get_expr(i.indpred, i.indrelid) FROM pg_catalog.pg_index i"
	                         " JOIN pg_catalog.pg_class p ON p.oid = i.indexrelid"
	                         " WHERE p.relname = 'pgkeel_predicate' AND p.relnamespace = k.relnamespace) AS predicate");
	elaborate_tree(&sql, "keys",
	               "pg_catalog.concat_ws(' ', x.indkey, x.indclass, x.indcollation, x.indoption, x.indexprs)", NULL);
	elaborate_tree(&sql, "predicate",
	               "(SELECT CAST(i.indpred AS pg_catalog.text) FROM pg_catalog.pg_index i"
	               " JOIN pg_catalog.pg_class p ON p.oid = i.indexrelid"
	               " WHERE p.relname = 'pgkeel_predicate' AND p.relnamespace = k.relnamespace)",
	               NULL);
	buffer_append_text(&sql, " FROM pg_catalog.pg_class k JOIN pg_catalog.pg_index x ON x.indexrelid = k.oid"
	                         " WHERE k.relname = 'pgkeel_keys'"
	                         " AND k.relnamespace = pg_catalog.pg_my_temp_schema()");
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

static const char *const shaping[] = { "keys", "unique", "predicate", "valid", NULL };

const struct kind kind_index = {
	.name = "index",
	.plural = "indexes",
	.catalog = "pg_class",
	.query = index_sql,
	.cost = 33,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_NAMES_RELATION | KIND_OF_PARENT | KIND_AFTER_DATA | KIND_SURVIVES_ALTER | KIND_EVALUATES,
	.shaping = shaping,
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.refuse = refuse,
	.goes_along = partition_index_goes,
	.relate = relate,
	.elaborate = elaborate,
	.probe = table_probe_index,
};
