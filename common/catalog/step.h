/*
 * step.h - one SQL statement of a plan, and lists of them.
 *
 * Steps live in the arena of their list.  Hazards are a set, never a scale.
 */
#ifndef COMMON_CATALOG_STEP_H
#define COMMON_CATALOG_STEP_H

#include "base/arena.h"

struct object;

/* PostgreSQL's table-level lock modes; the strongest that the statement takes on `object`'s relation. */
enum lock_level {
	LOCK_NONE,
	LOCK_ACCESS_SHARE,
	LOCK_ROW_SHARE,
	LOCK_ROW_EXCLUSIVE,
	LOCK_SHARE_UPDATE_EXCLUSIVE,
	LOCK_SHARE,
	LOCK_SHARE_ROW_EXCLUSIVE,
	LOCK_EXCLUSIVE,
	LOCK_ACCESS_EXCLUSIVE,
};

/* HAZARD(NAME, json name, what it means to people): kept in one list, hazards.def. */
enum hazard_bit {
#define HAZARD(name, json, meaning) HAZARD_BIT_##name,
#include "catalog/hazards.def"
#undef HAZARD
	HAZARD_COUNT
};
enum hazard {
#define HAZARD(name, json, meaning) HAZARD_##name = 1 << HAZARD_BIT_##name,
#include "catalog/hazards.def"
#undef HAZARD
};

enum step_action { STEP_CREATE, STEP_ALTER, STEP_REPLACE, STEP_DROP };

struct step {
	const struct object *object; /* what it is about, from either catalog */
	enum step_action action;
	char *sql; /* one statement, without a semicolon */
	enum lock_level lock;
	unsigned hazards;
	bool outside_transaction; /* cannot run in a transaction block */
	bool commit_after;        /* what it makes can be used only after a commit (enum values) */
	bool with_next;           /* no commit may come between it and the next one (what it takes away comes again) */
};

struct steps {
	struct arena *arena;
	struct step **items;
	size_t count;
	size_t capacity;
};

void steps_init(struct steps *steps, struct arena *arena);
/* Adds a step; the SQL is made by sql_append's directives (postgres/sql.h). */
struct step *steps_add(struct steps *steps, const struct object *object, enum step_action action, enum lock_level lock,
                       unsigned hazards, const char *format, ...);
/* The same with SQL that was put together in a buffer. */
struct step *steps_add_text(struct steps *steps, const struct object *object, enum step_action action,
                            enum lock_level lock, unsigned hazards, const char *sql);

const char *lock_level_name(enum lock_level level);    /* "ACCESS EXCLUSIVE", "none" */
const char *step_action_name(enum step_action action); /* "create" … */
const char *hazard_name(enum hazard_bit bit);
const char *hazard_meaning(enum hazard_bit bit);

#endif
