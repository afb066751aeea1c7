/*
 * column.c - columns of tables and attributes of composite types.
 *
 * Columns of views are objects only where they carry a comment, privileges, a default or a setting: nothing but those
 * is written for them.
 */
#include "build.h"

#include "kinds/kinds.h"

#include "kinds/column.sql.h"
#include "kinds/column_form.h"
#include "kinds/facet.h"
#include "kinds/foreign_options.h"
#include "kinds/generated.h"
#include "kinds/identity.h"
#include "kinds/not_null.h"
#include "kinds/table_link.h"
#include "kinds/table_parts.h"
#include "kinds/typed_table.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const struct attribute attributes[] = {
	{ "schema", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "relation", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "name", ATTRIBUTE_TEXT, ROLE_IDENTITY, CHANGE_REFUSE, 0, 0, NULL },
	{ "position", ATTRIBUTE_ORDINAL, ROLE_PLAIN, CHANGE_IGNORE, 0, 0, NULL },
	{ "type", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BLOCKS_READS, 0, NULL },
	{ "collation", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "not_null", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_SCANS | HAZARD_BLOCKS_READS, 0, "f" },
	NOT_NULL_ATTRIBUTES,
	{ "identity", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "identity_options", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL },
	{ "generated", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_LOSES_DATA, 0, NULL },
	{ "expression", ATTRIBUTE_EXPRESSION, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_REWRITES, 0, NULL },
	{ "storage", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BLOCKS_READS, 0, NULL },
	{ "own_storage", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 0, NULL }, /* the type's, where `storage` differs */
	{ "compression", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BLOCKS_READS, 140000, NULL },
	{ "statistics", ATTRIBUTE_INTEGER, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, 0, 0, NULL },
	{ "inherited", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, 0, 0, "f" },
	{ "foreign_options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL },
	FOREIGN_SECRETS,
	FACET_ACL,
	FACET_COMMENT,
	FACET_LABELS,
};

static const char *const parents[] = { "table", "view", "materialized_view", "composite", "foreign_table", NULL };

static const char *
relation(const struct object *column)
{
	return object_get(column, "relation");
}

static void
address(struct buffer *out, const struct object *column)
{
	sql_append(out, "COLUMN %Q.%I", object_schema(column), relation(column), object_name(column));
}

static const char *
parent_kind(const struct kind_context *context, const struct object *column)
{
	const struct object *parent = catalog_parent(table_catalog_of(context, column), column);

	return parent != NULL ? parent->kind->name : "";
}

static bool
is_of(const struct kind_context *context, const struct object *column, const char *kind)
{
	return strcmp(parent_kind(context, column), kind) == 0;
}

/* Of a foreign one too: ALTER TABLE speaks of both. */
static bool
is_of_table(const struct kind_context *context, const struct object *column)
{
	return is_of(context, column, "table") || is_of(context, column, "foreign_table");
}

/* A domain's conditions are looked at for each row, even for NULL (tablecmds.c, ATExecAddColumn). */
static bool
has_conditions(const struct kind_context *context, const struct object *column)
{
	const struct object *domain = NULL;
	const struct object *condition;
	const uint32_t *list;
	uint32_t count = catalog_depends(context->wanted, column, &list);

	for (uint32_t i = 0; i < count && domain == NULL; i++)
		if (context->wanted->objects[list[i]].kind == kind_find("domain"))
			domain = &context->wanted->objects[list[i]];
	return domain != NULL &&
	       (object_is(domain, "not_null") ||
	        catalog_children(context->wanted, domain, kind_find("domain_constraint"), &condition) > 0);
}

/* A default that the server has to compute for each row makes ADD COLUMN write the table anew. */
static bool
fills_rows_one_by_one(const struct kind_context *context, const struct object *column)
{
	const char *expression = table_default_expression(context->wanted, column);

	if (object_get(column, "identity") != NULL || has_conditions(context, column))
		return true;
	if (object_get(column, "generated") != NULL)
		return object_says(column, "generated", "s");
	if (expression == NULL)
		return false;
	return strchr(expression, '(') != NULL && strcmp(expression, "now()") != 0 && expression[0] != '\'';
}

void
column_settings_step(const struct object *column, bool of_view, struct steps *steps)
{
	struct buffer settings = BUFFER_INIT;
	struct buffer sql = BUFFER_INIT;

	write_column_settings(&settings, column);
	/* A table's column says it in its definition. */
	if (of_view && object_get(column, "compression") != NULL)
		sql_append(&settings,
		           settings.length > 0 ? ",\n    ALTER COLUMN %I SET COMPRESSION %I"
		                               : "\n    ALTER COLUMN %I SET COMPRESSION %I",
		           object_name(column), object_get(column, "compression"));
	if (settings.length > 0) {
		sql_append(&sql, "ALTER TABLE ONLY %Q", object_schema(column), relation(column));
		buffer_append(&sql, settings.data, settings.length);
		steps_take(steps, column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0, &sql);
	}
	buffer_fini(&settings);
	buffer_fini(&sql);
}

static void
create_in_table(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;
	unsigned hazards = 0;

	if (table_exists(context, column) && fills_rows_one_by_one(context, column))
		hazards = HAZARD_REWRITES | HAZARD_BLOCKS_READS;
	sql_append(&sql, "ALTER TABLE %Q ADD COLUMN %I ", object_schema(column), relation(column), object_name(column));
	write_column_definition(&sql, context, column);
	steps_take(steps, column, STEP_CREATE, LOCK_ACCESS_EXCLUSIVE, hazards, &sql);
	buffer_fini(&sql);
}

/* `clause` takes the name and the type. */
static void
attribute_step(const struct kind_context *context, const struct object *column, const char *clause,
               enum step_action action, unsigned hazards, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "ALTER TYPE %Q ", object_schema(column), relation(column));
	sql_append(&sql, clause, object_name(column), object_get(column, "type"));
	if (object_get(column, "collation") != NULL)
		sql_append(&sql, " COLLATE %X", object_get(column, "collation"));
	if (typed_tables_exist(context, catalog_parent(context->wanted, column)))
		buffer_append_text(&sql, " CASCADE");
	steps_take(steps, column, action, LOCK_ACCESS_EXCLUSIVE, hazards, &sql);
	buffer_fini(&sql);
}

/* The type has brought the column with its attribute: what the table says of it besides. */
static void
typed_column_steps(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	const struct object *value = table_inlined_default(context, column);

	if (value != NULL)
		steps_add(steps, column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, 0,
		          "ALTER TABLE ONLY %Q ALTER COLUMN %I SET DEFAULT %X", object_schema(column), relation(column),
		          object_name(column), object_text(value, "expression"));
	if (object_is(column, "not_null"))
		steps_add(steps, column, STEP_ALTER, LOCK_ACCESS_EXCLUSIVE, HAZARD_SCANS | HAZARD_MAY_FAIL,
		          "ALTER TABLE ONLY %Q ALTER COLUMN %I SET NOT NULL", object_schema(column), relation(column),
		          object_name(column));
}

static void
alter_relation_step(const char *relations, const struct object *column, struct steps *steps, enum lock_level lock,
                    unsigned hazards, struct buffer *sql)
{
	struct buffer whole = BUFFER_INIT;

	buffer_append_text(&whole, relations);
	sql_append(&whole, " %Q ALTER COLUMN %I ", object_schema(column), relation(column), object_name(column));
	buffer_append_text(&whole, buffer_text(sql));
	steps_take(steps, column, STEP_ALTER, lock, hazards, &whole);
	buffer_fini(&whole);
	buffer_clear(sql);
}

/* Down to the children. */
static void
alter_step(const struct object *column, struct steps *steps, enum lock_level lock, unsigned hazards, struct buffer *sql)
{
	alter_relation_step("ALTER TABLE", column, steps, lock, hazards, sql);
}

/* Settings are each table's own: without ONLY, storage, compression and statistics would be set in the children too. */
static void
set_step(const struct object *column, struct steps *steps, enum lock_level lock, unsigned hazards, struct buffer *sql)
{
	alter_relation_step("ALTER TABLE ONLY", column, steps, lock, hazards, sql);
}

/* What has come down with a new column of the parent and shall not be here. */
static void
deviate(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	const struct object *parent = table_parent_part(context, column);
	const struct object *theirs = parent != NULL ? table_inlined_default(context, parent) : NULL;
	const struct object *own = table_inlined_default(context, column);
	struct buffer sql = BUFFER_INIT;

	if (parent == NULL)
		return;
	if (own != NULL &&
	    (theirs == NULL || strcmp(object_text(own, "expression"), object_text(theirs, "expression")) != 0))
		sql_append(&sql, "SET DEFAULT %X", object_text(own, "expression"));
	else if (own == NULL && theirs != NULL)
		buffer_append_text(&sql, "DROP DEFAULT");
	if (sql.length > 0)
		set_step(column, steps, LOCK_ACCESS_EXCLUSIVE, 0, &sql);
	if (context->version < 180000 && object_is(parent, "not_null") && !object_is(column, "not_null")) {
		buffer_append_text(&sql, "DROP NOT NULL");
		set_step(column, steps, LOCK_ACCESS_EXCLUSIVE, 0, &sql);
	}
	if (object_is(column, "not_null") && !object_is(parent, "not_null")) {
		buffer_append_text(&sql, "SET NOT NULL");
		set_step(column, steps, LOCK_ACCESS_EXCLUSIVE, HAZARD_SCANS | HAZARD_BLOCKS_READS | HAZARD_MAY_FAIL, &sql);
	}
	buffer_fini(&sql);
}

static void
create(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	if (is_of(context, column, "composite")) {
		attribute_step(context, column, "ADD ATTRIBUTE %I %X", STEP_CREATE, HAZARD_BEHAVIOUR, steps);
		return;
	}
	if (is_of(context, column, "materialized_view"))
		column_settings_step(column, true, steps);
	if (!is_of_table(context, column))
		return;
	/* ADD COLUMN on the parent adds it here too. */
	if (typed_table_attribute(context, column) != NULL)
		typed_column_steps(context, column, steps);
	else if (object_is(column, "inherited") && table_parent_covers(context, column, "type"))
		deviate(context, column, steps);
	else if (!table_comes_down_by_then(context, column))
		create_in_table(context, column, steps);
	column_settings_step(column, false, steps);
	not_null_comment_step(context, column, steps);
}

static void
drop(const struct kind_context *context, const struct object *column, struct steps *steps)
{
	if (is_of(context, column, "composite"))
		steps_add(steps, column, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_LOSES_DATA, "ALTER TYPE %Q DROP ATTRIBUTE %I",
		          object_schema(column), relation(column), object_name(column));
	else if (is_of_table(context, column) && !(object_is(column, "inherited") && table_parent_part(context, column)))
		steps_add(steps, column, STEP_DROP, LOCK_ACCESS_EXCLUSIVE, HAZARD_LOSES_DATA, "ALTER TABLE %Q DROP COLUMN %I",
		          object_schema(column), relation(column), object_name(column));
}

/* ---- alter ---- */

static void
alter_type(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	struct verdict verdict = table_judge_type(context, change->current, object_get(column, "type"));
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "TYPE %X", object_get(column, "type"));
	if (object_get(column, "collation") != NULL)
		sql_append(&sql, " COLLATE %X", object_get(column, "collation"));
	alter_step(column, steps, LOCK_ACCESS_EXCLUSIVE, verdict.hazards, &sql);
	buffer_fini(&sql);
}

/* Where a sequence begins unless it is said: at its lower limit, or at the upper one when it counts down (sequence.c
 * init_params). */
static void
write_identity_start(struct buffer *sql, const char *options)
{
	bool down = options != NULL && strstr(options, "INCREMENT BY -") != NULL;
	const char *limit = down ? "MAXVALUE " : "MINVALUE ";
	const char *clause = options != NULL ? strstr(options, limit) : NULL;

	sql_append(sql, " SET START WITH %ld", clause != NULL ? strtol(clause + strlen(limit), NULL, 10) : down ? -1L : 1L);
}

/* The sequence's options, in the form "SET …" each; those that are not said go back to their default. */
static void
write_identity_settings(struct buffer *sql, const char *options)
{
	static const struct {
		const char *clause;
		const char *otherwise;
	} clauses[] = {
		{ "INCREMENT BY ", "SET INCREMENT BY 1" },
		{ "MINVALUE ", "SET NO MINVALUE" },
		{ "MAXVALUE ", "SET NO MAXVALUE" },
		{ "START WITH ", NULL }, /* follows the limits: write_identity_start */
		{ "CACHE ", "SET CACHE 1" },
		{ "CYCLE", "SET NO CYCLE" },
	};
	/* A quoted name in front may hold anything. */
	const char *start = identity_options_behind_name(options);

	for (size_t i = 0; i < COUNT_OF(clauses); i++) {
		const char *clause = start != NULL ? strstr(start, clauses[i].clause) : NULL;

		if (clause == NULL && clauses[i].otherwise == NULL) {
			write_identity_start(sql, start);
			continue;
		}
		if (sql->length > 0)
			buffer_append_char(sql, ' ');
		if (clause == NULL) {
			buffer_append_text(sql, clauses[i].otherwise);
			continue;
		}
		size_t length = strlen(clauses[i].clause);
		buffer_append_text(sql, "SET ");
		buffer_append(sql, clause, length + strcspn(clause + length, " "));
	}
}

static void
alter_generated(const struct change *change, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;
	unsigned hazards;

	generated_write_change(&sql, change, &hazards);
	if (sql.length > 0)
		alter_step(change->wanted, steps, LOCK_ACCESS_EXCLUSIVE, hazards, &sql);
	buffer_fini(&sql);
}

static void
alter_identity(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	struct buffer sql = BUFFER_INIT;
	bool is = object_get(change->current, "identity") != NULL;
	bool shall = object_get(column, "identity") != NULL;

	if (change_allows(change, "identity") && !shall) {
		/* The sequence that goes on counting takes it away when it is made. */
		if (identity_heir(context, column) == NULL) {
			buffer_append_text(&sql, "DROP IDENTITY");
			alter_step(column, steps, LOCK_ACCESS_EXCLUSIVE, HAZARD_LOSES_DATA | HAZARD_BEHAVIOUR, &sql);
		}
	} else if (change_allows(change, "identity") && !is) {
		identity_begin_steps(context, change, steps);
		buffer_append_text(&sql, "ADD");
		identity_write(&sql, context, column);
		alter_step(column, steps, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, &sql);
		identity_counter_steps(context, change, steps);
	} else if (change_allows(change, "identity")) {
		sql_append(&sql, object_says(column, "identity", "a") ? "SET GENERATED ALWAYS" : "SET GENERATED BY DEFAULT");
		alter_step(column, steps, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, &sql);
	}
	if (change_allows(change, "identity_options") && is && shall) {
		write_identity_settings(&sql, object_get(column, "identity_options"));
		alter_step(column, steps, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, &sql);
	}
	buffer_fini(&sql);
}

static void
alter_options(const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	struct name_list gone;
	struct buffer sql = BUFFER_INIT;
	bool any = false;

	name_list_init(&gone, object_get(change->current, "options"));
	for (size_t i = 0; i < gone.count; i++) {
		gone.items[i][strcspn(gone.items[i], "=")] = '\0';
		sql_append(&sql, any ? ", %I" : "RESET (%I", gone.items[i]);
		any = true;
	}
	name_list_fini(&gone);
	if (any) {
		buffer_append_char(&sql, ')');
		set_step(column, steps, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, &sql);
	}
	buffer_fini(&sql);
}

/* Another type brings its own storage and forgets the compression (tablecmds.c ATExecAlterColumnType). */
static void
alter_storage(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	const char *storage = object_get(column, "storage");
	const char *compression = object_get(column, "compression");
	bool retyped = change_allows(change, "type") || change_allows(change, "collation");
	struct buffer sql = BUFFER_INIT;

	/* SET STORAGE DEFAULT is of 16. */
	if (storage == NULL && context->version < 160000)
		storage = object_get(change->current, "own_storage");
	if (retyped ? object_get(column, "storage") != NULL : change_allows(change, "storage")) {
		sql_append(&sql, "SET STORAGE %X", storage != NULL ? storage : "DEFAULT");
		set_step(column, steps, LOCK_ACCESS_EXCLUSIVE, 0, &sql);
	}
	if (context->version >= 140000 && (retyped ? compression != NULL : change_allows(change, "compression"))) {
		sql_append(&sql, compression != NULL ? "SET COMPRESSION %I" : "SET COMPRESSION DEFAULT", compression);
		set_step(column, steps, LOCK_ACCESS_EXCLUSIVE, 0, &sql);
	}
	buffer_fini(&sql);
}

static void
alter_settings(const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	struct buffer sql = BUFFER_INIT;

	if (change_allows(change, "statistics")) {
		sql_append(&sql, "SET STATISTICS %ld", object_number(column, "statistics", -1));
		set_step(column, steps, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, &sql);
	}
	if (change_allows(change, "foreign_options") &&
	    write_foreign_options_change(&sql, object_get(change->current, "foreign_options"),
	                                 object_get(column, "foreign_options")))
		set_step(column, steps, LOCK_ACCESS_EXCLUSIVE, HAZARD_BEHAVIOUR, &sql);
	if (change_allows(change, "options")) {
		alter_options(change, steps);
		if (object_get(column, "options") != NULL) {
			struct buffer settings = BUFFER_INIT;

			/* " WITH (…)", or nothing */
			write_relation_options(&settings, object_get(column, "options"));
			if (settings.length > 0) {
				sql_append(&sql, "SET %X", strchr(buffer_text(&settings), '('));
				set_step(column, steps, LOCK_SHARE_UPDATE_EXCLUSIVE, 0, &sql);
			}
			buffer_fini(&settings);
		}
	}
	buffer_fini(&sql);
}

static void
alter(const struct kind_context *context, const struct change *change, struct steps *steps)
{
	const struct object *column = change->wanted;
	struct buffer sql = BUFFER_INIT;

	if (is_of(context, column, "composite")) {
		if (change_allows(change, "type") || change_allows(change, "collation"))
			attribute_step(context, column, "ALTER ATTRIBUTE %I TYPE %X", STEP_ALTER, HAZARD_BEHAVIOUR, steps);
		return;
	}
	/* A parent's type comes down to its children by itself. */
	if ((change_allows(change, "type") || change_allows(change, "collation")) &&
	    !table_parent_covers(context, column, "type") && !table_parent_covers(context, column, "collation"))
		alter_type(context, change, steps);
	not_null_alter(context, change, steps);
	alter_generated(change, steps);
	alter_identity(context, change, steps);
	alter_storage(context, change, steps);
	alter_settings(change, steps);
	buffer_fini(&sql);
}

/* A partition has its parent's columns and no others: one of its own, or of a parent that it does not have yet, has to
 * wait until it is detached. */
static const char *
refuse_in_partition(const struct kind_context *context, const struct object *column)
{
	const struct object *link =
		table_find_part(context->current, "partition", object_schema(column), relation(column), "partition");

	return link != NULL && (!object_is(column, "inherited") ||
	                        table_find_part(context->wanted, "column", object_text(link, "parent_schema"),
	                                        object_text(link, "parent"), object_name(column)) == NULL)
	           ? arena_printf(context->arena, "production's table is attached to %s, which has no such column",
	                          object_text(link, "parent"))
	           : NULL;
}

static bool
is_virtual(const struct object *column)
{
	return object_says(column, "generated", "v");
}

bool
column_is_too_new(const struct kind_context *context, const struct object *column)
{
	return context->version < 180000 && is_virtual(column);
}

static const char *
refuse_new(const struct kind_context *context, const struct object *column)
{
	if (column_is_too_new(context, column))
		return "virtual generated columns need PostgreSQL 18";
	const char *reason = refuse_in_partition(context, column);

	return reason != NULL ? reason : table_refuse_column(context, column);
}

/* ---- judge ---- */

static struct verdict
refuse(const char *reason)
{
	struct verdict verdict = { CHANGE_REFUSE, 0, reason };

	return verdict;
}

static struct verdict
judge_identity_options(const struct change *change)
{
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BEHAVIOUR, NULL };
	const char *current = identity_options_behind_name(object_get(change->current, "identity_options"));
	const char *wanted = identity_options_behind_name(object_get(change->wanted, "identity_options"));

	/* Without an identity on both sides `identity` itself differs and says all. */
	bool same = current == NULL || wanted == NULL ? current == wanted : strcmp(current, wanted) == 0;
	if (same || object_get(change->current, "identity") == NULL || object_get(change->wanted, "identity") == NULL)
		verdict.rule = CHANGE_IGNORE;
	return verdict;
}

static bool
is_partition(const struct catalog *catalog, const struct object *column)
{
	const struct object *table = catalog_parent(catalog, column);
	const struct object *link;

	return table != NULL && catalog_children(catalog, table, kind_find("partition"), &link) > 0;
}

/* Whether a parent hands the column down by a link that the test lets through. */
static bool
is_handed_down(const struct kind_context *context, const struct object *column,
               bool (*test)(const struct kind_context *context, const struct object *link))
{
	const struct object *table = catalog_parent(context->wanted, column);
	const struct object *link;
	uint32_t count = table != NULL ? catalog_children(context->wanted, table, kind_find("inheritance"), &link) : 0;

	for (; count > 0; count--, link++)
		if (test(context, link) && table_find_part(context->wanted, "column", object_text(link, "parent_schema"),
		                                           object_text(link, "parent"), object_name(column)) != NULL)
			return true;
	return false;
}

static bool
is_any(const struct kind_context *context, const struct object *link)
{
	(void)context;
	return link != NULL;
}

static bool
will_be(const struct kind_context *context, const struct object *link)
{
	return catalog_counterpart(context->current, link) != NULL || context->does(context, link, "parent");
}

/*
 * Attaching and detaching a partition changes the mark, and what production keeps attached keeps it.  Otherwise a
 * column can become a table's own only when it has no parent left, and never cease to be.
 */
static struct verdict
judge_inherited(const struct kind_context *context, const struct change *change)
{
	struct verdict verdict = { CHANGE_IGNORE, 0, NULL };

	if (is_partition(context->wanted, change->wanted) || is_partition(context->current, change->current))
		return verdict;
	if (object_is(change->wanted, "inherited"))
		return refuse("production's column is the table's own, and stays so under a parent");
	return is_handed_down(context, change->wanted, is_any) ? refuse("production's column is its parent's alone")
	                                                       : verdict;
}

struct reaching {
	const struct kind_context *context;
	const struct object *column;
	bool found;
};

static void
search_reaching(void *argument, const struct object *parent)
{
	struct reaching *reaching = argument;
	const struct kind_context *context = reaching->context;

	if (table_find_part(context->wanted, "column", object_schema(parent), object_name(parent),
	                    object_name(reaching->column)) != NULL)
		reaching->found = true;
	else
		table_each_parent(context, context->current, parent, true, search_reaching, argument);
}

/* One that is made before its table is given the parent is the table's own. */
static const char *
lacks_parent(const struct kind_context *context, const struct object *column, uint64_t *missing)
{
	const struct object *table = table_find(context->current, object_schema(column), relation(column));
	struct reaching reaching = { context, column, false };

	if (!object_is(column, "inherited") || table == NULL || is_partition(context->wanted, column) ||
	    table_comes_down_later(context, column))
		return NULL;
	table_each_parent(context, context->current, table, true, search_reaching, &reaching);
	if (reaching.found)
		return NULL;
	*missing |= UINT64_C(1) << kind_attribute(column->kind, "inherited");
	return "it is made as the table's own, and stays so under a parent";
}

static const char *
lacks(const struct kind_context *context, const struct object *column, uint64_t *missing)
{
	return not_null_lacks(context, column, lacks_parent(context, column, missing), missing);
}

/* Without a parent a column is its table's own. */
static uint64_t
follows(const struct kind_context *context, const struct change *change)
{
	return !is_handed_down(context, change->wanted, will_be)
	           ? UINT64_C(1) << kind_attribute(change->wanted->kind, "inherited")
	           : 0;
}

static struct verdict
judge(const struct kind_context *context, const struct change *change, unsigned attribute)
{
	const char *name = attributes[attribute].name;
	struct verdict verdict = { CHANGE_ALTER, HAZARD_BLOCKS_READS, NULL };

	if (strcmp(name, "type") == 0)
		return column_judge_type(context, change);
	if (strcmp(name, "secrets") == 0)
		return foreign_secrets_judge(context, change);
	if (strcmp(name, "collation") == 0)
		return column_judge_collation(context, change);
	if (strncmp(name, "not_null", 8) == 0)
		return not_null_judge(context, change, name);
	if (strcmp(name, "inherited") == 0)
		return judge_inherited(context, change);
	if (strcmp(name, "identity") == 0)
		return identity_judge(context, change);
	if (strcmp(name, "identity_options") == 0)
		return judge_identity_options(change);
	if (strcmp(name, "generated") == 0 || strcmp(name, "expression") == 0)
		return generated_judge(context, change);
	return verdict;
}

/* ---- order, elaboration ---- */

static void
after_object(void *edges, const struct object *object)
{
	edges_after(edges, object);
}

static void
behind_object(void *edges, const struct object *object)
{
	edges_behind(edges, object);
}

static bool
is_inherited_now(const struct kind_context *context, const struct object *column)
{
	const struct object *current = catalog_counterpart(context->current, column);

	return current != NULL && object_is(current, "inherited");
}

/* The parent's column; a new one comes down to it only where the table has none of its own. */
static const struct object *
parent_that_reaches(const struct kind_context *context, const struct object *column)
{
	const struct object *parent = table_parent_part(context, column);
	bool own = catalog_counterpart(context->current, column) != NULL && !is_inherited_now(context, column);

	return parent != NULL && own && catalog_counterpart(context->current, parent) == NULL ? NULL : parent;
}

static void
relate(const struct kind_context *context, const struct object *column, struct edges *edges)
{
	if (edges_catalog(edges) == context->wanted && catalog_counterpart(context->current, column) == NULL &&
	    table_exists(context, column)) {
		edges_after(edges, table_comes_down_from(context, column));
		table_each_new_heir(context, column, behind_object, edges);
		table_relate_heirs(context, column, edges);
	}
	if (object_is(column, "inherited") && table_exists(context, column))
		edges_after(edges, parent_that_reaches(context, column));
	if (typed_table_attribute(context, column) != NULL)
		edges_after(edges, typed_table_attribute(context, column));
	if (edges_catalog(edges) == context->wanted && is_inherited_now(context, column))
		table_each_giver(context, column, after_object, edges);
	not_null_relate(context, column, edges);
	/* What a generated column is computed from may be new as well. */
	if (object_get(column, "expression") != NULL)
		table_relate_new_columns(context, column, NULL, object_get(column, "expression"), edges);
}

static bool
elaborate(const struct kind_context *context, const struct object *column, struct elaboration *elaboration)
{
	const char *name = object_name(column);
	struct steps *statements = elaboration->statements;
	struct buffer sql = BUFFER_INIT;

	if (object_get(column, "expression") == NULL)
		return false;
	add_temporary_likeness(context, statements, column, relation(column));
	steps_add(statements, column, STEP_ALTER, LOCK_NONE, 0, "ALTER TABLE %Q DROP COLUMN %I", "pg_temp",
	          relation(column), name);
	steps_add(statements, column, STEP_ALTER, LOCK_NONE, 0,
	          "ALTER TABLE %Q ADD COLUMN %I %X GENERATED ALWAYS AS (%X) STORED", "pg_temp", relation(column), name,
	          object_get(column, "type"), object_get(column, "expression"));
	sql_append(&sql, "SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression");
	elaborate_tree(&sql, "expression", "CAST(d.adbin AS pg_catalog.text)", "c");
	sql_append(&sql,
	           " FROM pg_catalog.pg_attrdef d"
	           " JOIN pg_catalog.pg_class c ON c.oid = d.adrelid"
	           " JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"
	           " WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = %L AND a.attname = %L",
	           relation(column), name);
	elaboration->query = arena_strdup(context->arena, buffer_text(&sql));
	buffer_fini(&sql);
	return true;
}

static void
supersede(const struct kind_context *context, const struct change *change,
          void (*each)(void *argument, const struct object *object), void *argument)
{
	identity_supersede(context, change, each, argument);
	not_null_supersede(context, change, each, argument);
}

static bool
stores_rows_of(const struct object *column, const struct object *relation)
{
	return text_ends_with_row_type(object_text(column, "type"), relation);
}

const struct kind kind_column = {
	.name = "column",
	.plural = "columns",
	.catalog = "pg_class",
	.query = column_sql,
	.cost = 28,
	.attributes = attributes,
	.attribute_count = COUNT_OF(attributes),
	.identity_count = 3,
	.parents = parents,
	.traits = KIND_HOLDS_DATA | KIND_INLINE | KIND_OF_PARENT | KIND_EVALUATES,
	.held_by = not_null_held_by,
	.stores_rows_of = stores_rows_of,
	.grant_class = "COLUMN",
	.address = address,
	.create = create,
	.alter = alter,
	.drop = drop,
	.judge = judge,
	.refuse = refuse_new,
	.holds_nothing = is_virtual,
	.misfits = column_misfits,
	.lacks = lacks,
	.follows = follows,
	.relate = relate,
	.elaborate = elaborate,
	.probe = table_probe_column,
	.supersede = supersede,
};
