/*
 * not_null.h - what a column's NOT NULL is as a constraint: named since PostgreSQL 18, and perhaps NO INHERIT or NOT
 * VALID.
 *
 * One that is valid is part of its column.  One that is NOT VALID is also an object of the kind constraint, since it
 * has to be made after the tables that inherit it: made before, theirs would be valid.
 */
#ifndef COMMON_KINDS_NOT_NULL_H
#define COMMON_KINDS_NOT_NULL_H

#include "catalog/object.h"

/*
 * Columns' attributes.  not_null_name is only a name that the server would not have chosen: its own follows what table
 * and column were called at some time, and is nothing to compare.  not_null_constraint is the name, whoever chose it.
 */
#define NOT_NULL_ATTRIBUTES \
	{ "not_null_name", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, 0, 180000, NULL }, \
	{ "not_null_constraint", ATTRIBUTE_TEXT, ROLE_NOTE, CHANGE_IGNORE, 0, 180000, NULL }, \
	{ "not_null_no_inherit", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 180000, "f" }, \
	{ "not_null_valid", ATTRIBUTE_BOOL, ROLE_PLAIN, CHANGE_JUDGE, HAZARD_SCANS | HAZARD_MAY_FAIL, 180000, "t" }, \
	{ "not_null_local", ATTRIBUTE_BOOL, ROLE_NOTE, CHANGE_IGNORE, 0, 180000, "t" }, \
	{ "not_null_comment", ATTRIBUTE_TEXT, ROLE_PLAIN, CHANGE_JUDGE, 0, 180000, NULL }

/* " CONSTRAINT name NOT NULL NO INHERIT", as it is: the name only where the server would choose another. */
void write_not_null(struct buffer *out, const struct kind_context *context, const struct object *column);
/* The same as an element of a table, which names the column: for one that a parent hands down. */
void write_not_null_of(struct buffer *out, const struct kind_context *context, const struct object *column);
/* Whether the server gives a child's new column its parent's NOT NULL. */
bool not_null_comes_down(const struct kind_context *context, const struct object *parent);
/* Whether a child's column has the NOT NULL for itself, too. */
bool not_null_is_own(const struct kind_context *context, const struct object *column);

/* Whether a table's statement must not reach its children, which have, before 18, each its own. */
bool not_null_is_alone(const struct kind_context *context, const struct object *column);
/* All that follows from a change of these attributes and of not_null, less what a parent's statement makes. */
void not_null_alter(const struct kind_context *context, const struct change *change, struct steps *steps);
void not_null_comment_step(const struct kind_context *context, const struct object *column, struct steps *steps);
struct verdict not_null_judge(const struct kind_context *context, const struct change *change, const char *attribute);
/* It goes after that of the parents, after production's primary key, where one by another name takes its place, and
 * after another column has lost the one that has its name. */
void not_null_relate(const struct kind_context *context, const struct object *column, struct edges *edges);
/* Production's constraint that is NOT VALID goes where the column's change makes it valid or takes it away. */
void not_null_supersede(const struct kind_context *context, const struct change *change,
                        void (*each)(void *argument, const struct object *object), void *argument);
/* Production's primary key, which holds the NOT NULL of its columns: see kind.h's held_by. */
const struct object *not_null_held_by(const struct kind_context *context, const struct change *change, uint64_t *held);
/* The constraint is made without the snapshot's name (and the comment on it) where production's table has that name for
 * something else: see kind.h's lacks.  `reason` is that of what the column lacks besides, or NULL. */
const char *not_null_lacks(const struct kind_context *context, const struct object *column, const char *reason,
                           uint64_t *missing);
/* The column of a constraint that is a NOT NULL, in the catalog given; or NULL. */
const struct object *not_null_column(const struct catalog *catalog, const struct object *constraint);

#endif
