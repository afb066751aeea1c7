/*
 * catalog.h - all objects of one database, sorted, indexed and digested.
 *
 * Built once (by the reader from a server, or by the codec from an archive), then
 * read-only.  It owns everything in its arena.  Objects are sorted by kind, then by
 * identity, so a kind is one range and the children of a parent are one range per kind.
 */
#ifndef COMMON_CATALOG_CATALOG_H
#define COMMON_CATALOG_CATALOG_H

#include "base/digest.h"
#include "base/error.h"
#include "base/vector.h"
#include "catalog/object.h"

/* What is known of where it was read. */
struct catalog_info {
	int server_version; /* 150018; 0: unknown */
	const char *server_version_text;
	const char *database;
	const char *encoding;
	const char *collate;
	const char *ctype;
	const char *stamp; /* the catalog stamp at the time of reading, or NULL */
};

/* Something the database holds that no kind models. */
struct unmodelled {
	const char *what; /* "publications" */
	uint64_t count;
	const char *example; /* one name, or NULL */
};

/* The children of one kind that a parent has. */
struct family {
	uint32_t first;
	uint32_t count;
};

struct catalog {
	struct arena *arena;
	struct catalog_info info;
	struct object *objects;
	uint32_t count;
	uint32_t capacity;
	uint32_t *kind_start; /* kind_count + 1 entries: range of each kind */

	/* Children as ranges of objects: those of one parent and kind lie together. */
	uint32_t *families_start; /* count + 1: by parent */
	struct family *families;  /* of one parent in the order of kinds */

	/* Dependencies as index ranges: what object i depends on, and what depends on it. */
	uint32_t *depends_start; /* count + 1 */
	uint32_t *depends;
	uint32_t *dependents_start; /* count + 1 */
	uint32_t *dependents;

	struct unmodelled *unmodelled;
	size_t unmodelled_count;
};

/* Whether an object lies in this catalog. */
static inline bool
catalog_holds(const struct catalog *catalog, const struct object *object)
{
	return object >= catalog->objects && object < catalog->objects + catalog->count;
}

struct catalog *catalog_new(void);          /* empty and unfinished */
void catalog_free(struct catalog *catalog); /* NULL is allowed */
/* An empty finished catalog, the left side of a plan that creates everything. */
struct catalog *catalog_new_empty(int server_version);

/* Adds an object; its number until catalog_finish is the return value. */
uint32_t catalog_add(struct catalog *catalog, const struct kind *kind, const char *const *values);
/* Adds "from depends on to" (numbers from catalog_add); duplicates and self-edges are dropped later. */
void catalog_add_dependency(struct catalog *catalog, uint32_t from, uint32_t to);
/*
 * Sorts, finds parents, builds ranges and dependency indexes.  Objects of a kind with parents
 * whose parent is absent are dropped and counted in *orphans (may be NULL).  ARCHIVE error on
 * two objects of one identity.  If renumbered is not NULL it gets a malloced array from old
 * numbers to indexes (OBJECT_NONE for dropped ones).
 */
int catalog_finish(struct catalog *catalog, uint32_t *orphans, uint32_t **renumbered, struct error *error);

/* NULL where absent.  identity has the kind's identity_count values. */
const struct object *catalog_find(const struct catalog *catalog, const struct kind *kind, const char *const *identity);
/*
 * The objects of a kind in a schema that have this name of their own, whatever lies between (an index by its name
 * alone): *list points at indexes, returns how many.  The first call for a kind sorts it; not for two threads at once.
 */
uint32_t catalog_find_named(const struct catalog *catalog, const struct kind *kind, const char *schema,
                            const char *name, const uint32_t **list);
/*
 * What has this name among the relations of a schema (tables, indexes, keys, sequences … share their names), but not
 * `self` (may be NULL) by its identity; or NULL.  The first call sorts them; not for two threads at once.
 */
const struct object *catalog_find_relation(const struct catalog *catalog, const char *schema, const char *name,
                                           const struct object *self);
/* The object of the same identity in this catalog. */
const struct object *catalog_counterpart(const struct catalog *catalog, const struct object *object);
/* Those of the same kind whose identity is the object's but for its last value (a function's other arguments): *first,
 * returns how many, the counterpart among them. */
uint32_t catalog_namesakes(const struct catalog *catalog, const struct object *object, const struct object **first);
const struct object *catalog_parent(const struct catalog *catalog, const struct object *object); /* or NULL */
/* The children of parent that are of kind: *first, returns how many; sorted by identity. */
uint32_t catalog_children(const struct catalog *catalog, const struct object *parent, const struct kind *kind,
                          const struct object **first);
/* The same sorted by the kind's ORDINAL attribute, as an array in the given arena. */
uint32_t catalog_children_in_order(const struct catalog *catalog, const struct object *parent, const struct kind *kind,
                                   struct arena *arena, const struct object ***children);
uint32_t catalog_kind_range(const struct catalog *catalog, const struct kind *kind, const struct object **first);
/* What object depends on / what depends on it: *list points at indexes, returns how many. */
uint32_t catalog_depends(const struct catalog *catalog, const struct object *object, const uint32_t **list);
uint32_t catalog_dependents(const struct catalog *catalog, const struct object *object, const uint32_t **list);

/*
 * The fingerprint: SHA-256 over all values that say what the schema is: not owners, ACLs, notes,
 * dependencies or where it was read.  Neither a kind without objects nor an attribute at its
 * fallback adds to it, so a version with more kinds and attributes gives old schemas the same.
 */
void catalog_fingerprint(const struct catalog *catalog, char text[DIGEST_TEXT_SIZE]);

void catalog_add_unmodelled(struct catalog *catalog, const char *what, uint64_t count, const char *example);

#endif
