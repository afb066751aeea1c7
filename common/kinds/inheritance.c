/*
 * inheritance.c - one parent of a table that INHERITS.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/column_form.h"
#include "kinds/inheritance.sql.h"
#include "kinds/not_null.h"
#include "kinds/table_link.h"
#include "kinds/table_parts.h"
#include "kinds/table_probe.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "table", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "parent_schema", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "parent", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_REFUSE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "position", ATTRIBUTE_ORDINAL, ROLE_PLAIN, CHANGE_IGNORE, 0, 0, NULL },
};

static const char *const parents[] = { "table", "foreign_table", NULL };

static void
address(struct buffer *out, const struct object *link)
{
	sql_append(out, "INHERITANCE OF %Q FROM %Q", object_schema(link), object_text(link, "table"),
	           object_text(link, "parent_schema"), object_text(link, "parent"));
}

/* Whether the child's column does without the NOT NULL of the parent's. */
static bool
deviates(const struct kind_context *context, const struct object *link, const struct object *column)
{
	const struct object *above = table_find_part(context->wanted, "column", object_text(link, "parent_schema"),
	                                             object_text(link, "parent"), object_name(column));

	return above != NULL && not_null_comes_down(context, above) && !object_is(column, "not_null");
}

/* Sets or drops NOT NULL of those columns that do without the parent's. */
static void
deviation_steps(const struct kind_context *context, const struct object *link, const char *action, unsigned hazards,
                struct steps *steps)
{
	const struct object *table = table_of_part(context, link);
	const struct object *column;
	uint32_t count = table != NULL ? catalog_children(context->wanted, table, kind_find("column"), &column) : 0;

	for (; count > 0; count--, column++)
		if (deviates(context, link, column))
			steps_add(steps, link, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, hazards, "ALTER TABLE ONLY %Q ALTER COLUMN %I %X",
			          object_schema(link), object_text(link, "table"), object_name(column), action);
}

/* Up to 17 a child may do without its parent's NOT NULL, but not when it is given the parent. */
static void
create(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	bool loosens = context->version < 180000;
	unsigned hazards = table_exists(context, link) ? HAZARD_BLOCKS_READS : 0;

	if (loosens)
		deviation_steps(context, link, "SET NOT NULL", hazards != 0 ? hazards | HAZARD_SCANS | HAZARD_MAY_FAIL : 0,
		                steps);
	steps_add(steps, link, STEP_CREATE, LOCK_ACCESS_EXCLUSIVE, table_exists(context, link) ? HAZARD_BEHAVIOUR : 0,
	          "ALTER TABLE %Q INHERIT %Q", object_schema(link), object_text(link, "table"),
	          object_text(link, "parent_schema"), object_text(link, "parent"));
	if (loosens)
		deviation_steps(context, link, "DROP NOT NULL", hazards, steps);
}

static void
drop(const struct kind_context *context, const struct object *link, struct steps *steps)
{
	(void)context;
	steps_add(steps, link, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, "ALTER TABLE %Q NO INHERIT %Q",
	          object_schema(link), object_text(link, "table"), object_text(link, "parent_schema"),
	          object_text(link, "parent"));
}

/* Whether nothing of the kind in the table is there by inheritance alone. */
static bool
are_all_its_own(const struct catalog *catalog, const struct object *table, const char *kind, const char *attribute,
                bool own)
{
	const struct object *part;
	uint32_t count = catalog_children(catalog, table, kind_find(kind), &part);

	for (; count > 0; count--, part++)
		if (object_is(part, attribute) != own)
			return false;
	return true;
}

/*
 * A table that has all columns and checks of its own was made before it was given parents.  Made in the same way, it
 * keeps the order of its columns, which INHERITS in its CREATE would change to that of the parents.
 */
static bool
inlines(const struct kind_context *context, const struct object *link)
{
	const struct catalog *catalog = table_catalog_of(context, link);
	const struct object *table = table_of_part(context, link);

	return table == NULL || !are_all_its_own(catalog, table, "column", "inherited", false) ||
	       !are_all_its_own(catalog, table, "constraint", "local", true) || table_lacks_check(context, link);
}

/* Parents in their order. */
static void
relate_parents(const struct object *link, const struct object *table, struct edges *edges)
{
	const struct object *other;
	uint32_t count = catalog_children(edges_catalog(edges), table, link->kind, &other);

	for (; count > 0; count--, other++)
		if (object_number(other, "position", 0) < object_number(link, "position", 0))
			edges_after(edges, other);
}

/* Whether the parent has a column of that name in production, which is none of the snapshot's. */
static bool
is_kept_above(const struct kind_context *context, const struct object *link, const struct object *column)
{
	return table_find_part(context->current, "column", object_text(link, "parent_schema"), object_text(link, "parent"),
	                       object_name(column)) != NULL;
}

/*
 * The columns that the link needs on both sides.  One that the child only inherits comes down after it is linked: made
 * before, it would be the child's own for ever.
 */
static void
relate_columns(const struct kind_context *context, const struct object *link, const struct object *parent,
               struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *table = table_of_part(context, link);
	const struct object *column;
	uint32_t count = table != NULL ? catalog_children(catalog, table, kind_find("column"), &column) : 0;

	for (; count > 0; count--, column++) {
		const struct object *above =
			table_find_part(catalog, "column", object_schema(parent), object_name(parent), object_name(column));

		if (above == NULL && is_kept_above(context, link, column) && table_column_changes(context, column))
			edges_after(edges, column);
		if (above == NULL || table_comes_down_later(context, column) ||
		    (column_is_too_new(context, above) && column_is_too_new(context, column)))
			continue;
		if (table_column_changes(context, column))
			edges_after(edges, column);
		if (table_column_changes(context, above))
			edges_after(edges, above);
		/* A table that is made with the parent copies its default. */
		if (catalog == context->wanted && !table_exists(context, link))
			edges_behind(edges, table_default(catalog, above));
	}
}

static void
relate(const struct kind_context *context, const struct object *link, struct edges *edges)
{
	const struct catalog *catalog = edges_catalog(edges);
	const struct object *table = table_of_part(context, link);
	const struct object *parent = table_find(catalog, object_text(link, "parent_schema"), object_text(link, "parent"));

	if (table != NULL && !inlines(context, link))
		relate_parents(link, table, edges);
	if (table != NULL && (table_exists(context, link) || !inlines(context, link)))
		table_relate_link(context, link, table, edges);
	if (parent == NULL)
		return;
	edges_after(edges, parent);
	relate_columns(context, link, parent, edges);
}

/* ---- what stands in the way ---- */

static const struct object *
attachment_of(const struct catalog *catalog, const struct object *table)
{
	const struct object *link;

	return table != NULL && catalog_children(catalog, table, kind_find("partition"), &link) > 0 ? link : NULL;
}

struct ancestry {
	const struct kind_context *context;
	const struct object *table;
	bool found;
};

static void
search_ancestor(void *argument, const struct object *parent)
{
	struct ancestry *ancestry = argument;

	if (parent == ancestry->table)
		ancestry->found = true;
	else
		table_each_parent(ancestry->context, ancestry->context->current, parent, false, search_ancestor, argument);
}

/* Neither may be partitioned or a partition, nor the parent come from the table. */
static const char *
refuse_for_relations(const struct kind_context *context, const struct object *link)
{
	const struct catalog *current = context->current;
	const struct object *ends[] = {
		table_find(current, object_schema(link), object_text(link, "table")),
		table_find(current, object_text(link, "parent_schema"), object_text(link, "parent")),
	};
	struct ancestry ancestry = { context, ends[0], false };

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		const struct object *attachment = attachment_of(current, ends[i]);

		if (table_is_partitioned(ends[i]))
			return arena_printf(context->arena, "production's %s is partitioned",
			                    object_description(context->arena, ends[i]));
		if (attachment != NULL)
			return arena_printf(context->arena, "production's %s is attached to %s",
			                    object_description(context->arena, ends[i]), object_text(attachment, "parent"));
	}
	if (ends[0] != NULL && ends[1] != NULL)
		search_ancestor(&ancestry, ends[1]);
	return ancestry.found ? arena_printf(context->arena, "production's %s inherits from the table",
	                                     object_description(context->arena, ends[1]))
	                      : NULL;
}

static const char *
refuse(const struct kind_context *context, const struct object *link)
{
	const char *reason = refuse_for_relations(context, link);

	return reason != NULL ? reason : table_refuse_link(context, link);
}

/* Rows that are NULL where, for the moment in which the link is made, none may be. */
static bool
probe(const struct kind_context *context, const struct change *change, struct probe *probe)
{
	const struct object *link = change->wanted;
	const struct object *table = table_of_part(context, link);
	const struct object *column = NULL;
	struct probe_source source;
	struct buffer nulls = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;
	uint32_t count = 0;

	if (change->current == NULL && context->version < 180000 && table_exists(context, link) && table != NULL)
		count = catalog_children(context->wanted, table, kind_find("column"), &column);
	for (; count > 0; count--, column++)
		if (deviates(context, link, column))
			sql_append(&nulls, nulls.length > 0 ? " OR %I IS NULL" : "%I IS NULL", object_name(column));
	probe_source_init(&source, context, link, NULL, buffer_text(&nulls));
	bool asks = nulls.length > 0 && !source.unknowable;
	if (asks) {
		probe_begin(&sql);
		probe_example(&sql, context, link);
		buffer_append_text(&sql, " AS example FROM ");
		probe_source_write(&sql, &source, true);
		sql_append(&sql, " WHERE %X", buffer_text(&nulls));
		probe_finish(&sql, context, probe,
		             "%s rows (counted up to " MOST_ROWS ") are NULL where those of the parent cannot be");
	}
	probe_source_fini(&source);
	buffer_fini(&nulls);
	buffer_fini(&sql);
	return asks;
}

const struct kind kind_inheritance = {
	.name = "inheritance",
	.plural = "inheritances",
	.catalog = "pg_inherits",
	.query = inheritance_sql,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_INLINE | KIND_OF_PARENT,
	.address = address,
	.inlines = inlines,
	.create = create,
	.drop = drop,
	.refuse = refuse,
	.relate = relate,
	.probe = probe,
};
