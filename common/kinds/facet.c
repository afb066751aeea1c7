/*
 * facet.c - owner, privileges and comment of any object.
 *
 * An ACL is worked on as a set of bits per grantee.  How an absent ACL reads depends on the kind's
 * grant_class (acl.c acldefault); "COLUMN" marks privileges on one column of a relation, which
 * GRANT addresses by the relation.
 */
#include "build.h"

#include "kinds/facet.h"

#include "base/vector.h"
#include "catalog/catalog.h"
#include "postgres/sql.h"

/* In the order in which aclitemout writes them (acl.h ACL_ALL_RIGHTS_STR). */
static const struct {
	char letter;
	const char *keyword;
	int since;
} privileges[] = {
	{ 'a', "INSERT", 0 },   { 'r', "SELECT", 0 },     { 'w', "UPDATE", 0 },  { 'd', "DELETE", 0 },
	{ 'D', "TRUNCATE", 0 }, { 'x', "REFERENCES", 0 }, { 't', "TRIGGER", 0 }, { 'X', "EXECUTE", 0 },
	{ 'U', "USAGE", 0 },    { 'C', "CREATE", 0 },     { 'T', "TEMPORARY", 0 }, { 'c', "CONNECT", 0 },
	{ 's', "SET", 150000 }, { 'A', "ALTER SYSTEM", 150000 }, { 'm', "MAINTAIN", 170000 },
};

/* Who may do what to a new object (acl.c acldefault). */
static const struct {
	const char *grant_class;
	const char *owner;
	const char *everyone;
} defaults[] = {
	{ "TABLE", "arwdDxtm", "" },
	{ "COLUMN", "", "" },
	{ "SEQUENCE", "rwU", "" },
	{ "FUNCTION", "X", "X" },
	{ "PROCEDURE", "X", "X" },
	{ "ROUTINE", "X", "X" },
	{ "TYPE", "U", "U" },
	{ "DOMAIN", "U", "U" },
	{ "SCHEMA", "UC", "" },
	{ "LANGUAGE", "U", "U" },
	{ "DATABASE", "CTc", "Tc" },
	{ "FOREIGN DATA WRAPPER", "U", "" },
	{ "FOREIGN SERVER", "U", "" },
};

#define OWNER    "o:"
#define EVERYONE "p:"
#define ROLE     "r:"
/* All that the owner of a table had before MAINTAIN (17): with these the owner has MAINTAIN too, where it exists. */
#define TABLE_OWNER "arwdDxt"

struct grant {
	const char *grantee; /* with its prefix */
	uint32_t held;
	uint32_t grantable; /* a part of held; never set for the owner, who may grant anything */
};

struct grants {
	struct arena *arena;
	struct grant *items;
	size_t count;
	size_t capacity;
};

/* The bits of the letters, 0 in *valid where one is unknown.  A "*" marks the letter before it. */
static bool
parse_letters(const char *letters, size_t length, uint32_t *held, uint32_t *grantable)
{
	uint32_t last = 0;

	*held = *grantable = 0;
	for (size_t i = 0; i < length; i++) {
		size_t number = 0;

		if (letters[i] == '*' && last != 0) {
			*grantable |= last;
			continue;
		}
		while (number < COUNT_OF(privileges) && privileges[number].letter != letters[i])
			number++;
		if (number == COUNT_OF(privileges))
			return false;
		last = (uint32_t)1 << number;
		*held |= last;
	}
	return true;
}

static uint32_t
letters_of(const char *letters)
{
	uint32_t held;
	uint32_t grantable;

	parse_letters(letters, strlen(letters), &held, &grantable);
	return held;
}

static uint32_t
known_to(int version)
{
	uint32_t known = 0;

	for (size_t i = 0; i < COUNT_OF(privileges); i++)
		if (version >= privileges[i].since)
			known |= (uint32_t)1 << i;
	return known;
}

static struct grant *
grants_find(const struct grants *grants, const char *grantee)
{
	for (size_t i = 0; i < grants->count; i++)
		if (strcmp(grants->items[i].grantee, grantee) == 0)
			return &grants->items[i];
	return NULL;
}

/* Adds to what the grantee has already: two roles may have granted to one. */
static void
grants_add(struct grants *grants, const char *grantee, uint32_t held, uint32_t grantable)
{
	struct grant *grant = grants_find(grants, grantee);

	if (held == 0)
		return;
	if (strcmp(grantee, OWNER) == 0)
		grantable = 0;
	if (grant != NULL) {
		grant->held |= held;
		grant->grantable |= grantable;
		return;
	}
	if (grants->count == grants->capacity) {
		struct grant *items;

		grants->capacity = grants->capacity == 0 ? 8 : grants->capacity * 2;
		items = arena_alloc(grants->arena, grants->capacity * sizeof(*items));
		if (grants->count > 0)
			memcpy(items, grants->items, grants->count * sizeof(*items));
		grants->items = items;
	}
	grants->items[grants->count++] = (struct grant){ arena_strdup(grants->arena, grantee), held, grantable };
}

static int
compare_grantees(const void *a, const void *b)
{
	return strcmp(((const struct grant *)a)->grantee, ((const struct grant *)b)->grantee);
}

static const char *
grants_text(const struct grants *grants)
{
	struct buffer text = BUFFER_INIT;
	struct buffer entry = BUFFER_INIT;
	const char *result;

	buffer_append_char(&text, '{');
	for (size_t i = 0; i < grants->count; i++) {
		const struct grant *grant = &grants->items[i];

		buffer_clear(&entry);
		buffer_append_text(&entry, grant->grantee);
		buffer_append_char(&entry, '=');
		for (size_t p = 0; p < COUNT_OF(privileges); p++) {
			if (!(grant->held >> p & 1))
				continue;
			buffer_append_char(&entry, privileges[p].letter);
			if (grant->grantable >> p & 1)
				buffer_append_char(&entry, '*');
		}
		sql_array_append(&text, buffer_text(&entry), i == 0);
	}
	buffer_append_char(&text, '}');
	result = arena_strdup(grants->arena, buffer_text(&text));
	buffer_fini(&text);
	buffer_fini(&entry);
	return result;
}

/*
 * "grantee=letters/grantor", names in double quotes where aclitemout found them unsafe.  Reads
 * the grantee into name (empty: PUBLIC); returns what follows, or NULL where it is malformed.
 */
static const char *
parse_role(const char *item, struct buffer *name)
{
	bool quoted = false;

	buffer_clear(name);
	for (; *item != '\0' && (quoted || *item != '='); item++) {
		if (*item != '"')
			buffer_append_char(name, *item);
		else if (quoted && item[1] == '"')
			buffer_append_char(name, *item++);
		else
			quoted = !quoted;
	}
	return *item == '=' && !quoted ? item + 1 : NULL;
}

static int
add_aclitem(struct grants *grants, const char *item, const char *owner)
{
	struct buffer name = BUFFER_INIT;
	struct buffer grantee = BUFFER_INIT;
	const char *letters = item == NULL ? NULL : parse_role(item, &name);
	const char *end = letters == NULL ? NULL : strchr(letters, '/');
	uint32_t held;
	uint32_t grantable;
	int result = -1;

	if (end != NULL && parse_letters(letters, (size_t)(end - letters), &held, &grantable)) {
		if (name.length == 0) {
			buffer_append_text(&grantee, EVERYONE);
		} else if (owner != NULL && strcmp(buffer_text(&name), owner) == 0) {
			buffer_append_text(&grantee, OWNER);
			if ((held & letters_of(TABLE_OWNER)) == letters_of(TABLE_OWNER))
				held &= ~letters_of("m");
		} else {
			buffer_append_text(&grantee, ROLE);
			buffer_append_text(&grantee, buffer_text(&name));
		}
		grants_add(grants, buffer_text(&grantee), held, grantable);
		result = 0;
	}
	buffer_fini(&name);
	buffer_fini(&grantee);
	return result;
}

int
facet_acl_from_server(struct arena *arena, const char *aclitems, const char *owner, const char **acl)
{
	struct grants grants = { arena, NULL, 0, 0 };
	char **items = NULL;
	size_t count = 0;
	int result = 0;

	*acl = NULL;
	if (aclitems == NULL)
		return 0;
	if (sql_array_split(aclitems, &items, &count) != 0)
		return -1;
	for (size_t i = 0; i < count && result == 0; i++)
		result = add_aclitem(&grants, items[i], owner);
	free(items);
	if (result != 0)
		return -1;
	if (grants.count > 1)
		qsort(grants.items, grants.count, sizeof(*grants.items), compare_grantees);
	*acl = grants_text(&grants);
	return 0;
}

/* Reads a LIST in the form of facet.h; what cannot be read is left out (archives may hold anything). */
static void
grants_parse(struct grants *grants, const char *acl)
{
	char **items = NULL;
	size_t count = 0;

	if (sql_array_split(acl, &items, &count) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		char *letters = items[i] == NULL ? NULL : strrchr(items[i], '=');
		uint32_t held;
		uint32_t grantable;

		if (letters == NULL || letters - items[i] < 2 || !parse_letters(letters + 1, strlen(letters + 1), &held, &grantable))
			continue;
		*letters = '\0';
		grants_add(grants, items[i], held, grantable);
	}
	free(items);
}

static void
grants_default(struct grants *grants, const struct object *object, int version)
{
	const char *grant_class = object->kind->grant_class;

	for (size_t i = 0; i < COUNT_OF(defaults); i++) {
		if (strcmp(defaults[i].grant_class, grant_class) == 0) {
			grants_add(grants, OWNER, letters_of(defaults[i].owner), 0);
			grants_add(grants, EVERYONE, letters_of(defaults[i].everyone), 0);
		}
	}
	/* initdb grants on this one schema (setup_privileges; CREATE up to 14). */
	if (strcmp(grant_class, "SCHEMA") == 0 && strcmp(object_name(object), "public") == 0)
		grants_add(grants, EVERYONE, letters_of(version >= 150000 ? "U" : "UC"), 0);
}

/* What the ACL means on the server that will run the SQL. */
static struct grants
grants_of(const struct kind_context *context, const struct object *object, const char *acl)
{
	struct grants grants = { context->arena, NULL, 0, 0 };
	uint32_t known = known_to(context->version);
	struct grant *owner;

	if (acl == NULL)
		grants_default(&grants, object, context->version);
	else
		grants_parse(&grants, acl);
	owner = grants_find(&grants, OWNER);
	if (owner != NULL && strcmp(object->kind->grant_class, "TABLE") == 0 &&
	    (owner->held & letters_of(TABLE_OWNER)) == letters_of(TABLE_OWNER))
		owner->held |= letters_of("m");
	for (size_t i = 0; i < grants.count; i++) {
		grants.items[i].held &= known;
		grants.items[i].grantable &= known;
	}
	return grants;
}

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
	const char *owner = context->options & KIND_WITH_OWNER ? owner_of(context->wanted, wanted) : NULL;

	return owner != NULL ? owner : owner_of(context->current, current);
}

/* ALTER … OWNER TO merges what the new owner had been granted into the owner's own (acl.c aclnewowner). */
static void
grants_change_owner(struct grants *grants, const char *owner)
{
	for (size_t i = 0; owner != NULL && i < grants->count; i++) {
		struct grant *grant = &grants->items[i];

		if (strncmp(grant->grantee, ROLE, strlen(ROLE)) == 0 && strcmp(grant->grantee + strlen(ROLE), owner) == 0) {
			grants_add(grants, OWNER, grant->held, 0);
			grants->items[i].held = grants->items[i].grantable = 0; /* grants_add may have moved the items */
		}
	}
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
	bool column = strcmp(object->kind->grant_class, "COLUMN") == 0;
	bool first = true;

	for (size_t i = 0; i < COUNT_OF(privileges); i++) {
		if (!(set >> i & 1))
			continue;
		sql_append(sql, first ? "%K" : ", %K", privileges[i].keyword);
		if (column)
			sql_append(sql, " (%I)", object_name(object));
		first = false;
	}
}

/* What follows ON.  A routine's address has its arguments, and its own keyword. */
static void
append_target(struct buffer *sql, const struct object *object)
{
	const char *grant_class = object->kind->grant_class;
	const char *const routines[] = { "FUNCTION", "PROCEDURE", "ROUTINE" };

	for (size_t i = 0; i < COUNT_OF(routines); i++) {
		if (strcmp(grant_class, routines[i]) == 0) {
			kind_address(sql, object);
			return;
		}
	}
	if (strcmp(grant_class, "COLUMN") == 0)
		sql_append(sql, "TABLE %Q", object_value(object, 0), object_value(object, 1));
	else if (object->kind->identity_count > 1)
		sql_append(sql, "%K %Q", grant_class, object_schema(object), object_name(object));
	else
		sql_append(sql, "%K %I", grant_class, object_name(object));
}

static void
append_grantee(struct buffer *sql, const struct writing *writing, const char *grantee)
{
	if (strcmp(grantee, EVERYONE) == 0)
		sql_append(sql, "PUBLIC");
	else if (strncmp(grantee, ROLE, strlen(ROLE)) == 0)
		sql_append(sql, "%I", grantee + strlen(ROLE));
	else if (writing->owner != NULL)
		sql_append(sql, "%I", writing->owner);
	else
		sql_append(sql, "CURRENT_USER");
}

static void
write_revoke(const struct writing *writing, const char *grantee, uint32_t set, bool only_option)
{
	struct buffer sql = BUFFER_INIT;

	if (set == 0)
		return;
	buffer_append_text(&sql, only_option ? "REVOKE GRANT OPTION FOR " : "REVOKE ");
	append_privileges(&sql, writing->object, set);
	buffer_append_text(&sql, " ON ");
	append_target(&sql, writing->object);
	buffer_append_text(&sql, " FROM ");
	append_grantee(&sql, writing, grantee);
	steps_add_text(writing->steps, writing->object, STEP_ALTER, LOCK_NONE, writing->hazards, buffer_text(&sql));
	buffer_fini(&sql);
}

static void
write_grant(const struct writing *writing, const char *grantee, uint32_t set, bool with_option)
{
	struct buffer sql = BUFFER_INIT;

	if (set == 0)
		return;
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

static void
write_difference(const struct writing *writing, const struct grants *current, const struct grants *wanted)
{
	static const struct grant nothing = { "", 0, 0 };

	for (size_t i = 0; i < current->count; i++) {
		const struct grant *from = &current->items[i];
		const struct grant *to = grants_find(wanted, from->grantee);

		if (to == NULL)
			to = &nothing;
		write_revoke(writing, from->grantee, from->held & ~to->held, false);
		write_revoke(writing, from->grantee, from->grantable & to->held & ~to->grantable, true);
	}
	for (size_t i = 0; i < wanted->count; i++) {
		const struct grant *to = &wanted->items[i];
		const struct grant *from = grants_find(current, to->grantee);

		if (from == NULL)
			from = &nothing;
		write_grant(writing, to->grantee, to->held & ~to->grantable & ~from->held, false);
		write_grant(writing, to->grantee, to->grantable & ~from->grantable, true);
	}
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

static void
write_acl(const struct kind_context *context, const struct object *current, const struct object *wanted,
          unsigned attribute, struct steps *steps)
{
	const char *acl = object_value(wanted, attribute);
	struct writing writing = { wanted, owner_by_then(context, current, wanted),
		                       current == NULL ? 0 : wanted->kind->attributes[attribute].hazards, steps };
	struct grants from;
	struct grants to;

	if (wanted->kind->grant_class == NULL || (current == NULL && acl == NULL))
		return;
	from = grants_of(context, wanted, current == NULL ? NULL : object_value(current, attribute));
	to = grants_of(context, wanted, acl);
	if (context->options & KIND_WITH_OWNER)
		grants_change_owner(&from, writing.owner);
	write_difference(&writing, &from, &to);
	if (current != NULL && strcmp(wanted->kind->grant_class, "TABLE") == 0)
		write_column_grants(context, &writing, &from, &to);
}

static void
write_owner(const struct object *current, const struct object *wanted, unsigned attribute, struct steps *steps)
{
	const char *owner = object_value(wanted, attribute);
	const char *owned_by = current == NULL ? NULL : object_value(current, attribute);
	bool relation = strcmp(wanted->kind->catalog, "pg_class") == 0;
	struct buffer sql = BUFFER_INIT;

	/* A column may tell its relation's owner, and has none to change. */
	if (wanted->kind->grant_class != NULL && strcmp(wanted->kind->grant_class, "COLUMN") == 0)
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
	sql_append(&sql, " IS %L", comment);
	steps_add_text(steps, wanted, STEP_ALTER, relation ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_NONE, 0, buffer_text(&sql));
	buffer_fini(&sql);
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
		if (strncmp(grants.items[i].grantee, ROLE, strlen(ROLE)) == 0)
			vector_add(roles, arena_strdup(arena, grants.items[i].grantee + strlen(ROLE)));
}
