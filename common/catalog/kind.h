/*
 * kind.h - what a kind of catalog object is: one const descriptor.
 *
 * Everything mechanical (reading, encoding, comparing, printing, facets, dropping) is
 * written once over these descriptors.  A kind supplies its query, its attribute table
 * and only the SQL that is peculiar to it.  It never sees the graph, the connection or
 * the policy: it is handed objects and answers with steps, edges and verdicts.
 */
#ifndef COMMON_CATALOG_KIND_H
#define COMMON_CATALOG_KIND_H

#include "base/arena.h"
#include "base/buffer.h"
#include "catalog/step.h"

struct catalog;
struct object;
struct kind;

/* How a value's text is to be understood.  A value is text or NULL. */
enum attribute_type {
	ATTRIBUTE_TEXT,
	ATTRIBUTE_BOOL, /* "t" or "f" */
	ATTRIBUTE_INTEGER,
	ATTRIBUTE_LIST,       /* PostgreSQL array text */
	ATTRIBUTE_EXPRESSION, /* SQL that the server deparsed: compared with care across versions */
	ATTRIBUTE_ORDINAL,    /* place among the siblings: 1, 2, …; the query gives any numbers of that order, with gaps
	                       * where something was dropped */
};

/* What a value is for. */
enum attribute_role {
	ROLE_IDENTITY, /* first in the table; the last identity value is the object's own name,
	                * or, where the kind says so, its argument types */
	ROLE_PLAIN,
	ROLE_OWNER,
	ROLE_ACL,        /* NULL: the default.  Otherwise a LIST in the form of facet.h */
	ROLE_COMMENT,    /* filled by the reader from pg_description */
	ROLE_LABELS,     /* filled by the reader from pg_seclabel: a LIST of provider and label in turn */
	ROLE_SECRETS,    /* a LIST of names whose values no snapshot holds: compared, not in the fingerprint */
	ROLE_EXTENSIONS, /* filled by the reader from pg_depend: a LIST of extensions that it is dropped with */
	ROLE_NOTE,       /* told and kept, never compared, not in the fingerprint */
};

/* What a difference in this attribute means.  Zero is "nobody has judged it": refused. */
enum change_rule {
	CHANGE_UNJUDGED = 0,
	CHANGE_IGNORE,  /* not a difference to act on (order of columns) */
	CHANGE_KEEP,    /* production has more than is asked for (a constraint that is validated): left so and listed */
	CHANGE_ALTER,   /* the kind's alter writes it in place; nothing is lost */
	CHANGE_REPLACE, /* CREATE OR REPLACE of the whole object */
	CHANGE_REBUILD, /* drop and create, dependants too; the object holds no data */
	CHANGE_JUDGE,   /* ask the kind's judge */
	CHANGE_REFUSE,  /* always withheld */
};

struct attribute {
	const char *name; /* as in the query's result and the archive's header line */
	enum attribute_type type;
	enum attribute_role role;
	enum change_rule rule;
	unsigned hazards;     /* of changing it: enum hazard bits */
	int since;            /* first server version that has it (150000), 0: all */
	const char *fallback; /* its value on servers and in archives without it; NULL: SQL NULL */
};

enum kind_trait {
	KIND_IN_SCHEMA = 1 << 0,  /* the first identity value is a schema: an implied dependency */
	KIND_HOLDS_DATA = 1 << 1, /* dropping it loses rows or a counter: never dropped by a rebuild */
	KIND_INLINE = 1 << 2,     /* its create can be part of its parent's (column in CREATE TABLE): see `inlines` */
	KIND_OF_PARENT = 1 << 3,  /* goes with its parent: DROP of the parent drops it */
	KIND_AFTER_DATA = 1 << 4, /* made after rows are loaded in a restore (indexes, keys, triggers), unless inlined */
	/* The server itself carries it over when what it stands on is altered (an index over a retyped column). */
	KIND_SURVIVES_ALTER = 1 << 5,
	KIND_OF_DATABASE = 1 << 6, /* in no schema: not read where the user asks for certain schemas or tables */
	KIND_APART = 1 << 7,       /* no part of what the schema is: not in the fingerprint */
	KIND_PRIVILEGES = 1 << 8,  /* compared only with KIND_WITH_PRIVILEGES */
	/* May use a row type's columns so that the relation can be given no column with a value while it is there
	 * (tablecmds.c find_composite_type_dependencies in 15.20; 15.18 did not mind). */
	KIND_PINS_ROW_TYPE = 1 << 9,
	KIND_OPAQUE = 1 << 10,    /* it may need what the catalog does not tell (a function with a quoted body) */
	KIND_EVALUATES = 1 << 11, /* making it runs the functions it stands on, where there are rows */
	KIND_IS_PART = 1 << 12,   /* the server made it as a part of another object, and it is read all the same */
	/* Its schema and own name are among those that relations share: see `relation_name`. */
	KIND_NAMES_RELATION = 1 << 13,
	KIND_LOADS_LIBRARY = 1 << 14, /* making it may load a library, which another server may lack */
};

/* An object that differs.  Bits of `differs` and `allowed` are attribute numbers. */
struct change {
	const struct object *current; /* NULL: to be created */
	const struct object *wanted;  /* NULL: only in production */
	uint64_t differs;
	uint64_t allowed;
};

enum kind_option {
	KIND_WITH_OWNER = 1 << 0,
	KIND_WITH_PRIVILEGES = 1 << 1, /* security labels too */
	KIND_WITH_SETTINGS = 1 << 2,   /* ALTER DATABASE … SET */
};

/* Where a server has room; nothing is known where nobody has asked it (schema.sql is for any server). */
struct tablespaces {
	const char *database; /* the database's own: what lies there names none */
	bool elsewhere;       /* the session's default_tablespace puts what names none in another */
	const char *usable;   /* LIST of others in which the role may create */
	const char *barred;   /* LIST of those in which it may not */
};

/* What a kind may look at while it writes steps. */
struct kind_context {
	struct arena *arena;
	const struct catalog *current; /* production; never NULL (may be empty) */
	const struct catalog *wanted;
	int version; /* of the server that will run the SQL */
	unsigned options;
	struct tablespaces tablespaces;
	/* Whether the planner lets this child be written inside its parent's create. */
	bool (*inlined)(const struct kind_context *context, const struct object *child);
	/* Whether the plan makes the snapshot's object or, where production has it, changes this attribute of it. */
	bool (*does)(const struct kind_context *context, const struct object *wanted, const char *attribute);
	/* Whether the plan drops what only production has. */
	bool (*drops)(const struct kind_context *context, const struct object *current);
	/* Whether production's object is part of this plan's creations (a new table has no rows). */
	bool (*is_new)(const struct kind_context *context, const struct object *object);
	void *planner;
};

struct verdict {
	enum change_rule rule; /* ALTER, REPLACE, REBUILD, IGNORE, KEEP or REFUSE */
	unsigned hazards;
	const char *reason; /* for REFUSE: a clause for people: "narrowing loses data"; else NULL */
};

/*
 * Order that pg_depend does not say: collected by `relate`, which is called for objects of
 * either side; edges_catalog is the side's catalog, in which the other object is looked up.
 */
struct edges;
const struct catalog *edges_catalog(const struct edges *edges);
void edges_after(struct edges *edges, const struct object *must_be_ready_first); /* NULL is nothing */
void edges_behind(struct edges *edges, const struct object *is_ready_first);     /* and can do without it */

/* How to let the target say the wanted form of deparsed text: run inside a transaction that is rolled back. */
struct elaboration {
	struct steps *statements; /* create the wanted form as something temporary */
	char *query;              /* one row; columns named like the attributes they answer */
};

/* How to ask production's rows whether a tightening would fail. */
struct probe {
	/* one row: count of violating rows (bigint, bounded), one example (text or NULL); values that make it fail are
	 * reason enough too */
	char *query;
	char *reason; /* "%s rows are NULL": with the count put in place of %s */
};

struct kind {
	const char *name;    /* "table": in archives, JSON and on the command line; [a-z_] */
	const char *plural;  /* "tables" */
	const char *sql;     /* "TABLE", for the generic address; NULL where `address` is given */
	const char *catalog; /* the pg_catalog table whose OIDs are its classid: "pg_class" */
	const char *query;   /* text of its .sql file */
	unsigned cost;       /* of the query in a large database beside the others', in hundredths; 0: next to nothing */
	const struct attribute *attributes;
	unsigned attribute_count; /* at most 64 */
	unsigned identity_count;
	const char *const *parents; /* names of kinds its parent may be of, ended by NULL; NULL: no parent.
	                             * The parent has this identity less its last value. */
	unsigned traits;
	/* The comment that the server itself has given the object, which counts as none; NULL: there are none such. */
	const char *(*initial_comment)(const struct object *object);
	const char *grant_class; /* "TABLE", "SEQUENCE", "FUNCTION" …: for GRANT ON; NULL: no ACL */

	/* "TABLE public.orders", "COLUMN public.orders.total", "CONSTRAINT c ON public.orders": what follows
	 * COMMENT ON.  NULL: `sql` and the qualified (or single) name. */
	void (*address)(struct buffer *out, const struct object *object);
	void (*create)(const struct kind_context *context, const struct object *object, struct steps *steps);
	/* The attributes in change->allowed whose rule is ALTER or REPLACE (facets are done by the planner). */
	void (*alter)(const struct kind_context *context, const struct change *change, struct steps *steps);
	/* NULL: DROP <address>. */
	void (*drop)(const struct kind_context *context, const struct object *object, struct steps *steps);
	struct verdict (*judge)(const struct kind_context *context, const struct change *change, unsigned attribute);
	/* A reason (arena or static) why it cannot be created on this target, or NULL. */
	const char *(*refuse)(const struct kind_context *context, const struct object *object);
	/* Of a kind with KIND_NAMES_RELATION, where it is not the schema and the own name of each object: the name, and its
	 * schema in *schema; NULL: this one takes none (a check has no index). */
	const char *(*relation_name)(const struct object *object, const char **schema);
	/* Of one that only production has: whether it goes with what it stands on when that is made anew, since it could
	 * not be made again as it was (a part of an index whose columns change).  NULL: never. */
	bool (*goes_along)(const struct kind_context *context, const struct object *object);
	/* Whether production, when these attributes of a present object are withheld, keeps a form that a dependant was not
	 * made for.  `attributes` are those of the dependant that then cannot be done; more may be added.  NULL: never. */
	bool (*misfits)(const struct kind_context *context, const struct change *change, uint64_t withheld,
	                const struct change *dependant, uint64_t *attributes);
	void (*relate)(const struct kind_context *context, const struct object *object, struct edges *edges);
	/* Whether this one (of a kind with KIND_INLINE) may be inside its parent's create at all; NULL: yes. */
	bool (*inlines)(const struct kind_context *context, const struct object *object);
	/* Whether this one (of a kind with KIND_HOLDS_DATA) is computed when it is read and holds nothing, so that the new
	 * thing that it is a part of can do without it; NULL: never. */
	bool (*holds_nothing)(const struct object *object);
	/* For a kind without `misfits`: names of the attributes that whatever stands on an object is made for, ended by
	 * NULL; it waits while a change of one of them is withheld.  NULL: none, an object serves as well in its old form.
	 */
	const char *const *shaping;
	/* Whether an object that stands on a relation has stored values of its row type, or a stored body that has some, so
	 * that the relation can be given no column with a value while it is there; NULL: never. */
	bool (*stores_rows_of)(const struct object *object, const struct object *relation);
	/* An object of production that, for as long as it is as it is, holds some of the attributes of an ALTER as they are
	 * (their bits in *attributes); NULL: there is none. */
	const struct object *(*held_by)(const struct kind_context *context, const struct change *change,
	                                uint64_t *attributes);
	/* Attributes that an object is made without, and why (a reason as of `refuse`); NULL: as it is wanted. */
	const char *(*lacks)(const struct kind_context *context, const struct object *object, uint64_t *attributes);
	/* Attributes that only follow from another object's being made (a column is inherited by a link to the parent), and
	 * are no differences of their own while that is withheld.  NULL: none. */
	uint64_t (*follows)(const struct kind_context *context, const struct change *change);
	/* Why a catalog that anybody may have written cannot be a server's, or NULL: asked once of each that is decoded. */
	const char *(*unsound)(const struct catalog *catalog);
	/* False where there is nothing to ask. */
	bool (*elaborate)(const struct kind_context *context, const struct object *object, struct elaboration *elaboration);
	bool (*probe)(const struct kind_context *context, const struct change *change, struct probe *probe);
	/* Objects that only production has and that this change's own statements take over with nothing lost (a serial's
	 * sequence, whose counter goes on in an identity).  Asked of changes that are done. */
	void (*supersede)(const struct kind_context *context, const struct change *change,
	                  void (*each)(void *argument, const struct object *object), void *argument);
};

/* The address of an object, whatever its kind. */
void kind_address(struct buffer *out, const struct object *object);
/* The attribute's number, or -1. */
int kind_attribute(const struct kind *kind, const char *name);
int kind_attribute_of_role(const struct kind *kind, enum attribute_role role);
int kind_ordinal(const struct kind *kind); /* the ATTRIBUTE_ORDINAL one, or -1 */

/* The table of all kinds, in canonical order (kinds/kinds.c). */
extern const struct kind *const kinds[];
extern const unsigned kind_count;
const struct kind *kind_find(const char *name); /* NULL where unknown */
unsigned kind_number(const struct kind *kind);  /* its place in kinds[] */

#endif
