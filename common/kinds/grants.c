/*
 * grants.c - see grants.h.
 */
#include "build.h"

#include "kinds/grants.h"

#include "kinds/facet.h"
#include "postgres/sql.h"

/* In the order in which aclitemout writes them (acl.h ACL_ALL_RIGHTS_STR). */
static const struct {
	const char *keyword;
	int since;
	char letter;
} privileges[] = {
	{ "INSERT", 0, 'a' },        { "SELECT", 0, 'r' },
	{ "UPDATE", 0, 'w' },        { "DELETE", 0, 'd' },
	{ "TRUNCATE", 0, 'D' },      { "REFERENCES", 0, 'x' },
	{ "TRIGGER", 0, 't' },       { "EXECUTE", 0, 'X' },
	{ "USAGE", 0, 'U' },         { "CREATE", 0, 'C' },
	{ "TEMPORARY", 0, 'T' },     { "CONNECT", 0, 'c' },
	{ "SET", 150000, 's' },      { "ALTER SYSTEM", 150000, 'A' },
	{ "MAINTAIN", 170000, 'm' },
};

/* Who may do what to a new object (acl.c acldefault). */
static const struct {
	const char *grant_class;
	const char *owner;
	const char *everyone;
} defaults[] = {
	{ "TABLE", "arwdDxtm", "" },   { "COLUMN", "", "" },         { "SEQUENCE", "rwU", "" },
	{ "FUNCTION", "X", "X" },      { "PROCEDURE", "X", "X" },    { "ROUTINE", "X", "X" },
	{ "TYPE", "U", "U" },          { "DOMAIN", "U", "U" },       { "SCHEMA", "UC", "" },
	{ "LANGUAGE", "U", "U" },      { "DATABASE", "CTc", "Tc" },  { "FOREIGN DATA WRAPPER", "U", "" },
	{ "FOREIGN SERVER", "U", "" }, { "LARGE OBJECT", "rw", "" },
};

/* All that the owner of a table had before MAINTAIN (17): with these the owner has MAINTAIN too, where it exists. */
#define TABLE_OWNER "arwdDxt"

/* The bits of the letters; false where one is unknown.  A "*" marks the letter before it. */
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

const char *
grants_keyword(unsigned bit)
{
	return privileges[bit].keyword;
}

struct grant *
grants_find(const struct grants *grants, const char *grantee)
{
	for (size_t i = 0; i < grants->count; i++)
		if (strcmp(grants->items[i].grantee, grantee) == 0)
			return &grants->items[i];
	return NULL;
}

void
grants_add(struct grants *grants, const char *grantee, uint32_t held, uint32_t grantable)
{
	struct grant *grant = grants_find(grants, grantee);

	if (held == 0)
		return;
	if (strcmp(grantee, GRANT_OWNER) == 0)
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
			buffer_append_text(&grantee, GRANT_EVERYONE);
		} else if (owner != NULL && strcmp(buffer_text(&name), owner) == 0) {
			buffer_append_text(&grantee, GRANT_OWNER);
			if ((held & letters_of(TABLE_OWNER)) == letters_of(TABLE_OWNER))
				held &= ~letters_of("m");
		} else {
			buffer_append_text(&grantee, GRANT_ROLE);
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

void
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

		if (letters == NULL || letters - items[i] < 2 ||
		    !parse_letters(letters + 1, strlen(letters + 1), &held, &grantable))
			continue;
		*letters = '\0';
		grants_add(grants, items[i], held, grantable);
	}
	free(items);
}

/* Default privileges of all schemas begin with what the server grants by itself, those of one schema with nothing. */
static const char *
class_of_default_privileges(const struct object *object)
{
	static const struct {
		const char *type;
		const char *grant_class;
	} types[] = {
		{ "TABLES", "TABLE" }, { "SEQUENCES", "SEQUENCE" }, { "FUNCTIONS", "ROUTINE" },
		{ "TYPES", "TYPE" },   { "SCHEMAS", "SCHEMA" },     { "LARGE OBJECTS", "LARGE OBJECT" },
	};

	for (size_t i = 0; object_schema(object)[0] == '\0' && i < COUNT_OF(types); i++)
		if (object_says(object, "type", types[i].type))
			return types[i].grant_class;
	return "";
}

static void
grants_default(struct grants *grants, const struct object *object, int version)
{
	const char *grant_class = object->kind->grant_class;

	if (strcmp(grant_class, GRANT_CLASS_DEFAULT) == 0)
		grant_class = class_of_default_privileges(object);
	if (strcmp(grant_class, GRANT_CLASS_SYSTEM) == 0 && object_get(object, "initial") != NULL)
		grants_parse(grants, object_get(object, "initial"));

	for (size_t i = 0; i < COUNT_OF(defaults); i++) {
		if (strcmp(defaults[i].grant_class, grant_class) == 0) {
			grants_add(grants, GRANT_OWNER, letters_of(defaults[i].owner), 0);
			grants_add(grants, GRANT_EVERYONE, letters_of(defaults[i].everyone), 0);
		}
	}
	/* initdb grants on this one schema (setup_privileges; CREATE up to 14). */
	if (strcmp(object->kind->grant_class, "SCHEMA") == 0 && strcmp(object_name(object), "public") == 0)
		grants_add(grants, GRANT_EVERYONE, letters_of(version >= 150000 ? "U" : "UC"), 0);
}

static bool
is_of_tables(const struct object *object)
{
	const char *grant_class = object->kind->grant_class;

	return strcmp(grant_class, "TABLE") == 0 ||
	       (strcmp(grant_class, GRANT_CLASS_SYSTEM) == 0 && object_says(object, "sort", "TABLE")) ||
	       (strcmp(grant_class, GRANT_CLASS_DEFAULT) == 0 && object_says(object, "type", "TABLES"));
}

struct grants
grants_of(const struct kind_context *context, const struct object *object, const char *acl)
{
	struct grants grants = { context->arena, NULL, 0, 0 };
	uint32_t known = known_to(context->version);
	struct grant *owner;

	if (acl == NULL)
		grants_default(&grants, object, context->version);
	else
		grants_parse(&grants, acl);
	owner = grants_find(&grants, GRANT_OWNER);
	if (owner != NULL && is_of_tables(object) && (owner->held & letters_of(TABLE_OWNER)) == letters_of(TABLE_OWNER))
		owner->held |= letters_of("m");
	for (size_t i = 0; i < grants.count; i++) {
		grants.items[i].held &= known;
		grants.items[i].grantable &= known;
	}
	return grants;
}

void
grants_change_owner(struct grants *grants, const char *owner)
{
	for (size_t i = 0; owner != NULL && i < grants->count; i++) {
		struct grant *grant = &grants->items[i];

		if (strncmp(grant->grantee, GRANT_ROLE, strlen(GRANT_ROLE)) == 0 &&
		    strcmp(grant->grantee + strlen(GRANT_ROLE), owner) == 0) {
			grants_add(grants, GRANT_OWNER, grant->held, 0);
			grants->items[i].held = grants->items[i].grantable = 0; /* grants_add may have moved the items */
		}
	}
}
