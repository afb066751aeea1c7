/*
 * facet.c - owner, privileges, comment and security labels of any object.
 *
 * The grant_class "COLUMN" marks privileges on one column of a relation, which GRANT
 * addresses by the relation.
 */
#include "build.h"

#include "kinds/facet.h"

#include "base/vector.h"
#include "catalog/catalog.h"
#include "kinds/grants.h"
#include "kinds/schema.h"
#include "kinds/writing.h"
#include "postgres/sql.h"

static const char *
value_of_role(const struct object *object, enum attribute_role role)
{
	int attribute = object == NULL ? -1 : kind_attribute_of_role(object->kind, role);

	return attribute < 0 ? NULL : object_value(object, (unsigned)attribute);
}

/* A column has its relation's owner. */
static const char *
owner_of(const struct catalog *catalog, const struct object *object)
{
	const char *owner = value_of_role(object, ROLE_OWNER);

	if (owner == NULL && object != NULL)
		owner = value_of_role(catalog_parent(catalog, object), ROLE_OWNER);
	return owner;
}

/* Who owns the object when the steps run; NULL: whoever runs them. */
static const char *
owner_by_then(const struct kind_context *context, const struct object *current, const struct object *wanted)
{
	bool changes =
		(context->options & KIND_WITH_OWNER) && (current == NULL || !schema_keeps_owner(context, current, wanted));
	const char *owner = changes ? owner_of(context->wanted, wanted) : NULL;

	return owner != NULL ? owner : owner_of(context->current, current);
}

bool
facet_is(enum attribute_role role)
{
	return role == ROLE_OWNER || role == ROLE_ACL || role == ROLE_COMMENT || role == ROLE_LABELS ||
	       role == ROLE_EXTENSIONS;
}

unsigned
facet_option(enum attribute_role role)
{
	switch (role) {
	case ROLE_OWNER:
		return KIND_WITH_OWNER;
	case ROLE_ACL:
	case ROLE_LABELS:
		return KIND_WITH_PRIVILEGES;
	default:
		return 0;
	}
}

static bool
is_default_privileges(const struct object *object)
{
	return object->kind->grant_class != NULL && strcmp(object->kind->grant_class, GRANT_CLASS_DEFAULT) == 0;
}

/* Privileges on what was there before them. */
static bool
is_of_system(const struct object *object)
{
	return object->kind->grant_class != NULL && strcmp(object->kind->grant_class, GRANT_CLASS_SYSTEM) == 0;
}

/* The column that privileges are on, or NULL. */
static const char *
column_of(const struct object *object)
{
	if (strcmp(object->kind->grant_class, "COLUMN") == 0)
		return object_name(object);
	return is_of_system(object) ? object_get(object, "column") : NULL;
}

/* What a list of GRANTs and REVOKEs is about. */
struct writing {
	const struct object *object;
	const char *owner; /* or NULL */
	unsigned hazards;
	struct steps *steps;
};

static void
append_privileges(struct buffer *sql, const struct object *object, uint32_t set)
{
	const char *column = column_of(object);
	bool first = true;

	for (unsigned i = 0; i < 32; i++) {
		if (!(set >> i & 1))
			continue;
		sql_append(sql, first ? "%K" : ", %K", grants_keyword(i));
		if (column != NULL)
			sql_append(sql, " (%I)", column);
		first = false;
	}
}

/* What follows ON.  Kinds that have an address of their own are granted on by it: a routine with its arguments. */
static void
append_target(struct buffer *sql, const struct object *object)
{
	const char *grant_class = object->kind->grant_class;

	if (is_default_privileges(object))
		sql_append(sql, "%X", object_get(object, "type"));
	else if (strcmp(grant_class, "COLUMN") == 0)
		sql_append(sql, "TABLE %Q", object_value(object, 0), object_value(object, 1));
	else if (object->kind->address != NULL)
		kind_address(sql, object);
	else if (object->kind->identity_count > 1)
		sql_append(sql, "%K %Q", grant_class, object_schema(object), object_name(object));
	else
		sql_append(sql, "%K %I", grant_class, object_name(object));
}

/* ALTER DEFAULT PRIVILEGES has the role and the schema before GRANT or REVOKE. */
static void
begin_statement(struct buffer *sql, const struct object *object)
{
	if (!is_default_privileges(object))
		return;
	sql_append(sql, "ALTER DEFAULT PRIVILEGES FOR ROLE %I ", object_get(object, "role"));
	if (object_schema(object)[0] != '\0')
		sql_append(sql, "IN SCHEMA %I ", object_schema(object));
}

static void
append_grantee(struct buffer *sql, const struct writing *writing, const char *grantee)
{
	if (strcmp(grantee, GRANT_EVERYONE) == 0)
		sql_append(sql, "PUBLIC");
	else if (strncmp(grantee, GRANT_ROLE, strlen(GRANT_ROLE)) == 0)
		sql_append(sql, "%I", grantee + strlen(GRANT_ROLE));
	else if (writing->owner != NULL)
		sql_append(sql, "%I", writing->owner);
	else
		sql_append(sql, "CURRENT_USER");
}

static void
write_revoke(const struct writing *writing, const char *grantee, uint32_t set, bool only_option, bool cascade)
{
	struct buffer sql = BUFFER_INIT;

	if (set == 0)
		return;
	begin_statement(&sql, writing->object);
	buffer_append_text(&sql, only_option ? "REVOKE GRANT OPTION FOR " : "REVOKE ");
	append_privileges(&sql, writing->object, set);
	buffer_append_text(&sql, " ON ");
	append_target(&sql, writing->object);
	buffer_append_text(&sql, " FROM ");
	append_grantee(&sql, writing, grantee);
	if (cascade)
		buffer_append_text(&sql, " CASCADE");
	steps_add_text(writing->steps, writing->object, STEP_ALTER, LOCK_NONE, writing->hazards, buffer_text(&sql));
	buffer_fini(&sql);
}

static void
write_grant(const struct writing *writing, const char *grantee, uint32_t set, bool with_option)
{
	struct buffer sql = BUFFER_INIT;

	if (set == 0)
		return;
	begin_statement(&sql, writing->object);
	buffer_append_text(&sql, "GRANT ");
	append_privileges(&sql, writing->object, set);
	buffer_append_text(&sql, " ON ");
	append_target(&sql, writing->object);
	buffer_append_text(&sql, " TO ");
	append_grantee(&sql, writing, grantee);
	if (with_option)
		buffer_append_text(&sql, " WITH GRANT OPTION");
	steps_add_text(writing->steps, writing->object, STEP_ALTER, LOCK_NONE, writing->hazards, buffer_text(&sql));
	buffer_fini(&sql);
}

static const struct grant nothing = { "", 0, 0 };

static const struct grant *
grant_of(const struct grants *grants, const char *grantee)
{
	const struct grant *grant = grants_find(grants, grantee);

	return grant != NULL ? grant : &nothing;
}

/*
 * What is to be revoked from somebody, and may have been granted on by another who can: a REVOKE of ours does not reach
 * what others granted, and fails where the grantee granted on itself.
 */
static uint32_t
tangled(const struct writing *writing, const struct grants *current, const struct grants *wanted)
{
	uint32_t revoked = 0;
	uint32_t grantable = 0;

	for (size_t i = 0; i < current->count && !is_default_privileges(writing->object); i++) {
		const struct grant *from = &current->items[i];
		const struct grant *to = grant_of(wanted, from->grantee);

		revoked |= (from->held & ~to->held) | (from->grantable & ~to->grantable);
		grantable |= from->grantable;
	}
	return revoked & grantable;
}

/* Takes all that others have granted of the tangled privileges back; who is to keep them gets them from the owner. */
static void
write_untangling(const struct writing *writing, const struct grants *current, const struct grants *wanted, uint32_t set)
{
	for (size_t i = 0; i < current->count; i++) {
		const struct grant *from = &current->items[i];
		uint32_t kept = from->grantable & set & grant_of(wanted, from->grantee)->held;

		write_revoke(writing, from->grantee, kept, true, true);
		write_revoke(writing, from->grantee, from->grantable & set & ~kept, false, true);
	}
}

/* What others than the grantee could grant. */
static uint32_t
grantable_by_others(const struct grants *grants, const char *grantee)
{
	uint32_t grantable = 0;

	for (size_t i = 0; i < grants->count; i++)
		if (strcmp(grants->items[i].grantee, grantee) != 0)
			grantable |= grants->items[i].grantable;
	return grantable;
}

static void
write_difference(const struct writing *writing, const struct grants *current, const struct grants *wanted)
{
	uint32_t untangled = tangled(writing, current, wanted);

	write_untangling(writing, current, wanted, untangled);
	for (size_t i = 0; i < current->count; i++) {
		const struct grant *from = &current->items[i];
		const struct grant *to = grant_of(wanted, from->grantee);
		uint32_t lost = from->held & ~to->held;

		write_revoke(writing, from->grantee, lost & ~(from->grantable & untangled), false, false);
		write_revoke(writing, from->grantee, from->grantable & to->held & ~to->grantable & ~untangled, true, false);
	}
	for (size_t i = 0; i < wanted->count; i++) {
		const struct grant *to = &wanted->items[i];
		const struct grant *from = grant_of(current, to->grantee);
		bool owner = strcmp(to->grantee, GRANT_OWNER) == 0;
		uint32_t gone = owner ? 0 : untangled & grantable_by_others(current, to->grantee);

		write_grant(writing, to->grantee, to->held & ~to->grantable & ~(from->held & ~gone), false);
		write_grant(writing, to->grantee, to->grantable & ~(from->grantable & ~untangled), true);
	}
}

/* A sequence has columns, too: they are what can be selected from it. */
static bool
has_columns(const struct object *object)
{
	return strcmp(object->kind->grant_class, "TABLE") == 0 || strcmp(object->kind->grant_class, "SEQUENCE") == 0;
}

/*
 * REVOKE on a relation takes the same privilege on each column with it: give back what the
 * columns are to keep.
 */
static void
write_column_grants(const struct kind_context *context, const struct writing *relation, const struct grants *current,
                    const struct grants *wanted)
{
	for (unsigned k = 0; k < kind_count; k++) {
		const struct object *column;
		uint32_t count;

		if (kinds[k]->grant_class == NULL || strcmp(kinds[k]->grant_class, "COLUMN") != 0)
			continue;
		count = catalog_children(context->wanted, relation->object, kinds[k], &column);
		for (; count > 0; count--, column++) {
			const char *acl = value_of_role(column, ROLE_ACL);
			struct writing writing = { column, relation->owner, relation->hazards, relation->steps };
			struct grants grants;

			if (acl == NULL || catalog_counterpart(context->current, column) == NULL)
				continue;
			grants = grants_of(context, column, acl);
			for (size_t i = 0; i < grants.count; i++) {
				const struct grant *grant = &grants.items[i];
				const struct grant *from = grants_find(current, grant->grantee);
				const struct grant *to = grants_find(wanted, grant->grantee);
				uint32_t revoked = from == NULL ? 0 : from->held & ~(to == NULL ? 0 : to->held);

				write_grant(&writing, grant->grantee, revoked & grant->held & ~grant->grantable, false);
				write_grant(&writing, grant->grantee, revoked & grant->grantable, true);
			}
		}
	}
}

/* What ALTER DEFAULT PRIVILEGES calls objects of a grant class, or NULL. */
static const char *
type_of_defaults(const char *grant_class)
{
	static const char *const types[][2] = { { "TABLE", "TABLES" },        { "SEQUENCE", "SEQUENCES" },
		                                    { "ROUTINE", "FUNCTIONS" },   { "FUNCTION", "FUNCTIONS" },
		                                    { "PROCEDURE", "FUNCTIONS" }, { "TYPE", "TYPES" },
		                                    { "DOMAIN", "TYPES" },        { "SCHEMA", "SCHEMAS" } };

	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (strcmp(types[i][0], grant_class) == 0)
			return types[i][1];
	return NULL;
}

/* What default privileges of one role have given less than the kind's default, of what the object is to have. */
static void
restore_usual(const struct writing *writing, const struct grants *usual, const struct grants *given,
              const struct grants *wanted)
{
	for (size_t i = 0; i < usual->count; i++) {
		const struct grant *from = grants_find(given, usual->items[i].grantee);
		const struct grant *to = grants_find(wanted, usual->items[i].grantee);
		uint32_t lacking = usual->items[i].held & ~(from != NULL ? from->held : 0);

		write_grant(writing, usual->items[i].grantee, lacking & (to != NULL ? to->held : 0), false);
	}
}

/*
 * Production's default privileges give a new object other than its kind's default.  Which role's count is known only to
 * the server, so what any of them may have given is taken back, and what any may have left out is given: revoking what
 * nobody has, or granting what is there, does nothing.
 */
static void
undo_defaults(const struct kind_context *context, const struct writing *writing, const struct object *wanted,
              const struct grants *to)
{
	const char *type = type_of_defaults(wanted->kind->grant_class);
	const struct object *privileges;
	struct grants usual = grants_of(context, wanted, NULL);
	uint32_t taken = 0;
	uint32_t count =
		type != NULL ? catalog_kind_range(context->current, kind_find("default_privileges"), &privileges) : 0;

	for (; count > 0; count--, privileges++) {
		const char *schema = object_schema(privileges);
		struct grants given = { context->arena, NULL, 0, 0 };
		int attribute = kind_attribute_of_role(privileges->kind, ROLE_ACL);

		if (!object_says(privileges, "type", type) || object_value(privileges, (unsigned)attribute) == NULL ||
		    (schema[0] != '\0' && strcmp(schema, object_value(wanted, 0)) != 0))
			continue;
		grants_parse(&given, object_value(privileges, (unsigned)attribute));
		grants_change_owner(&given, writing->owner);
		for (size_t i = 0; i < given.count; i++) {
			const struct grant *as_usual = grants_find(&usual, given.items[i].grantee);
			uint32_t more = given.items[i].held & ~(as_usual != NULL ? as_usual->held : 0);

			if (strcmp(given.items[i].grantee, GRANT_OWNER) == 0)
				continue;
			write_revoke(writing, given.items[i].grantee, more, false, false);
			taken |= strcmp(given.items[i].grantee, GRANT_EVERYONE) == 0 ? 0 : more;
		}
		/* Those of a schema only add. */
		if (schema[0] == '\0')
			restore_usual(writing, &usual, &given, to);
	}
	/* Whoever runs this, and is the owner, may be one of those roles. */
	if (writing->owner == NULL)
		write_grant(writing, GRANT_OWNER, taken & grant_of(to, GRANT_OWNER)->held, false);
}

/* What either side grants to the role that is the owner by then, the owner has: there is one entry for both. */
static void
settle_owner(struct grants *current, struct grants *wanted, const char *owner)
{
	grants_change_owner(current, owner);
	grants_change_owner(wanted, owner);
}

static void
write_acl(const struct kind_context *context, const struct object *current, const struct object *wanted,
          unsigned attribute, struct steps *steps)
{
	const char *acl = object_value(wanted, attribute);
	bool is_new = current == NULL && !is_of_system(wanted);
	struct writing writing = { wanted, owner_by_then(context, current, wanted),
		                       is_new ? 0 : wanted->kind->attributes[attribute].hazards, steps };
	struct grants from;
	struct grants to;

	/* A server that has no privileges on such a thing gives it none by default either. */
	if (wanted->kind->grant_class == NULL || wanted->kind->attributes[attribute].since > context->version)
		return;
	to = grants_of(context, wanted, acl);
	if (current == NULL)
		undo_defaults(context, &writing, wanted, &to);
	if (current == NULL && acl == NULL)
		return;
	from = grants_of(context, wanted, current == NULL ? NULL : object_value(current, attribute));
	if (is_default_privileges(wanted))
		writing.owner = object_get(wanted, "role");
	else
		settle_owner(&from, &to, writing.owner);
	write_difference(&writing, &from, &to);
	if (current != NULL && has_columns(wanted))
		write_column_grants(context, &writing, &from, &to);
}

bool
facet_same_acl(const struct kind_context *context, const struct object *current, const struct object *wanted,
               unsigned attribute)
{
	struct steps steps;
	struct writing writing = { wanted, NULL, 0, &steps };

	if (wanted->kind->grant_class == NULL)
		return false;
	struct grants one = grants_of(context, current, object_value(current, attribute));
	struct grants other = grants_of(context, wanted, object_value(wanted, attribute));
	steps_init(&steps, context->arena);
	if (is_default_privileges(wanted))
		writing.owner = object_get(wanted, "role");
	else
		settle_owner(&one, &other, owner_by_then(context, current, wanted));
	write_difference(&writing, &one, &other);
	return steps.count == 0;
}

void
facet_reset_acl(const struct kind_context *context, const struct object *object, struct steps *steps)
{
	int attribute = kind_attribute_of_role(object->kind, ROLE_ACL);
	struct writing writing = { object, owner_of(context->current, object), HAZARD_PRIVILEGE, steps };
	struct grants from = grants_of(context, object, object_value(object, (unsigned)attribute));
	struct grants to = grants_of(context, object, NULL);

	write_difference(&writing, &from, &to);
}

static void
write_owner(const struct object *current, const struct object *wanted, unsigned attribute, struct steps *steps)
{
	const char *owner = object_value(wanted, attribute);
	const char *owned_by = current == NULL ? NULL : object_value(current, attribute);
	bool relation = strcmp(wanted->kind->catalog, "pg_class") == 0;
	struct buffer sql = BUFFER_INIT;

	/* A part may tell its relation's owner, default privileges their role: they have none to change. */
	if (wanted->kind->attributes[attribute].rule == CHANGE_IGNORE ||
	    (wanted->kind->grant_class != NULL &&
	     (strcmp(wanted->kind->grant_class, "COLUMN") == 0 || is_default_privileges(wanted))))
		return;
	if (owner == NULL || (owned_by != NULL && strcmp(owner, owned_by) == 0))
		return;
	buffer_append_text(&sql, "ALTER ");
	kind_address(&sql, wanted);
	sql_append(&sql, " OWNER TO %I", owner);
	steps_add_text(steps, wanted, STEP_ALTER, relation ? LOCK_ACCESS_EXCLUSIVE : LOCK_NONE,
	               current == NULL ? 0 : wanted->kind->attributes[attribute].hazards, buffer_text(&sql));
	buffer_fini(&sql);
}

static void
write_comment(const struct object *current, const struct object *wanted, unsigned attribute, struct steps *steps)
{
	const char *comment = object_value(wanted, attribute);
	const char *was = current == NULL ? NULL : object_value(current, attribute);
	bool relation = strcmp(wanted->kind->catalog, "pg_class") == 0;
	struct buffer sql = BUFFER_INIT;

	if (comment == was || (comment != NULL && was != NULL && strcmp(comment, was) == 0))
		return;
	buffer_append_text(&sql, "COMMENT ON ");
	kind_address(&sql, wanted);
	if (comment == NULL && wanted->kind->initial_comment != NULL)
		comment = wanted->kind->initial_comment(wanted);
	sql_append(&sql, " IS %L", comment);
	steps_add_text(steps, wanted, STEP_ALTER, relation ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_NONE, 0, buffer_text(&sql));
	buffer_fini(&sql);
}

static const char *
find_label(const struct name_list *labels, const char *provider)
{
	for (size_t i = 0; i + 1 < labels->count; i += 2)
		if (labels->items[i] != NULL && strcmp(labels->items[i], provider) == 0)
			return labels->items[i + 1];
	return NULL;
}

static void
label_step(const struct object *object, const char *provider, const char *label, unsigned hazards, struct steps *steps)
{
	struct buffer sql = BUFFER_INIT;

	sql_append(&sql, "SECURITY LABEL FOR %I ON ", provider);
	kind_address(&sql, object);
	sql_append(&sql, " IS %L", label);
	steps_take(steps, object, STEP_ALTER, LOCK_NONE, hazards, &sql);
	buffer_fini(&sql);
}

static void
write_labels(const struct object *current, const struct object *wanted, unsigned attribute, struct steps *steps)
{
	unsigned hazards = current == NULL ? 0 : wanted->kind->attributes[attribute].hazards;
	struct name_list from;
	struct name_list to;

	name_list_init(&from, current == NULL ? NULL : object_value(current, attribute));
	name_list_init(&to, object_value(wanted, attribute));
	for (size_t i = 0; i + 1 < from.count; i += 2)
		if (from.items[i] != NULL && find_label(&to, from.items[i]) == NULL)
			label_step(wanted, from.items[i], NULL, hazards, steps);
	for (size_t i = 0; i + 1 < to.count; i += 2) {
		const char *label = to.items[i + 1];
		const char *was = to.items[i] == NULL ? NULL : find_label(&from, to.items[i]);

		if (to.items[i] != NULL && label != NULL && (was == NULL || strcmp(was, label) != 0))
			label_step(wanted, to.items[i], label, hazards, steps);
	}
	name_list_fini(&from);
	name_list_fini(&to);
}

static void
extension_steps(const struct object *object, const char *address, const struct name_list *these,
                const struct name_list *those, const char *verb, struct steps *steps)
{
	for (size_t i = 0; i < these->count; i++) {
		bool in_both = false;

		for (size_t k = 0; k < those->count; k++)
			in_both = in_both || strcmp(these->items[i], those->items[k]) == 0;
		if (!in_both)
			steps_add(steps, object, STEP_ALTER, LOCK_NONE, 0, "ALTER %X %K EXTENSION %I", address, verb,
			          these->items[i]);
	}
}

void
facet_extension_steps(const struct object *object, const char *address, const char *current, const char *wanted,
                      struct steps *steps)
{
	struct name_list from;
	struct name_list to;

	name_list_init(&from, current);
	name_list_init(&to, wanted);
	extension_steps(object, address, &from, &to, "NO DEPENDS ON", steps);
	extension_steps(object, address, &to, &from, "DEPENDS ON", steps);
	name_list_fini(&from);
	name_list_fini(&to);
}

static void
write_extensions(const struct object *current, const struct object *wanted, unsigned attribute, struct steps *steps)
{
	struct buffer address = BUFFER_INIT;

	kind_address(&address, wanted);
	facet_extension_steps(wanted, buffer_text(&address), current == NULL ? NULL : object_value(current, attribute),
	                      object_value(wanted, attribute), steps);
	buffer_fini(&address);
}

void
facet_steps(const struct kind_context *context, const struct object *current, const struct object *wanted,
            unsigned attribute, struct steps *steps)
{
	switch (wanted->kind->attributes[attribute].role) {
	case ROLE_OWNER:
		if (context->options & KIND_WITH_OWNER)
			write_owner(current, wanted, attribute, steps);
		break;
	case ROLE_ACL:
		if (context->options & KIND_WITH_PRIVILEGES)
			write_acl(context, current, wanted, attribute, steps);
		break;
	case ROLE_COMMENT:
		write_comment(current, wanted, attribute, steps);
		break;
	case ROLE_LABELS:
		if (context->options & KIND_WITH_PRIVILEGES)
			write_labels(current, wanted, attribute, steps);
		break;
	case ROLE_EXTENSIONS:
		write_extensions(current, wanted, attribute, steps);
		break;
	default:
		break;
	}
}

void
facet_roles(const struct object *object, unsigned attribute, struct arena *arena, struct vector *roles)
{
	struct grants grants = { arena, NULL, 0, 0 };
	const char *value = object_value(object, attribute);

	if (value == NULL)
		return;
	if (object->kind->attributes[attribute].role == ROLE_OWNER)
		vector_add(roles, arena_strdup(arena, value));
	if (object->kind->attributes[attribute].role != ROLE_ACL)
		return;
	grants_parse(&grants, value);
	for (size_t i = 0; i < grants.count; i++)
		if (strncmp(grants.items[i].grantee, GRANT_ROLE, strlen(GRANT_ROLE)) == 0)
			vector_add(roles, arena_strdup(arena, grants.items[i].grantee + strlen(GRANT_ROLE)));
}
