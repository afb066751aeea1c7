/*
 * table_parts.h - what the kinds of a table's parts (column, default, constraint, index …) share.
 */
#ifndef COMMON_KINDS_TABLE_PARTS_H
#define COMMON_KINDS_TABLE_PARTS_H

#include "catalog/catalog.h"

/* The catalog of the context that the object lies in. */
const struct catalog *table_catalog_of(const struct kind_context *context, const struct object *object);
/* A table by name, NULL where the catalog has none. */
const struct object *table_find(const struct catalog *catalog, const char *schema, const char *name);
/* A part by the table's name and its own, NULL where absent. */
const struct object *table_find_part(const struct catalog *catalog, const char *kind, const char *schema,
                                     const char *table, const char *name);
/* A column's default; what it says; the sequence that it takes its numbers from: NULL where there is none. */
const struct object *table_default(const struct catalog *catalog, const struct object *column);
const char *table_default_expression(const struct catalog *catalog, const struct object *column);
const struct object *table_default_sequence(const struct catalog *catalog, const struct object *column);
/* The wanted column's default that is written with it, or NULL. */
const struct object *table_inlined_default(const struct kind_context *context, const struct object *column);
/* The table of a part, looked up in the part's own catalog. */
const struct object *table_of_part(const struct kind_context *context, const struct object *part);
bool table_is_partitioned(const struct object *table); /* NULL is not */
/* In the snapshot or in production, which keeps it so: the server then takes ONLY for indexes, not for foreign keys. */
bool table_of_part_is_partitioned(const struct kind_context *context, const struct object *part);
/* Whether production has the table already, so that rows may be in it. */
bool table_exists(const struct kind_context *context, const struct object *part);

/*
 * Calls each(argument, parent) for every table that `table` is a partition of or inherits from in `catalog`.
 * With `linked` only for links that production has already.
 */
void table_each_parent(const struct kind_context *context, const struct catalog *catalog, const struct object *table,
                       bool linked, void (*each)(void *argument, const struct object *parent), void *argument);
/*
 * The part of the same kind and name of a parent that is linked in production: what is done to that one, the
 * server does to this one too.  NULL where there is none.
 */
const struct object *table_parent_part(const struct kind_context *context, const struct object *part);
/* Whether such a parent's part is made, or changed in this attribute: its statement reaches this one. */
bool table_parent_covers(const struct kind_context *context, const struct object *part, const char *attribute);
/* Calls each for the snapshot's parts by which parents hand the part down in production, past parents that only
 * production has. */
void table_each_giver(const struct kind_context *context, const struct object *part,
                      void (*each)(void *argument, const struct object *part), void *argument);
/* Calls each(argument, heir) for the tables, foreign ones too, that inherit from `table` or are partitions of it. */
void table_each_heir(const struct catalog *catalog, const struct object *table,
                     void (*each)(void *argument, const struct object *heir), void *argument);
/* Whether tables inherit from production's table or are partitions of it: what is done to it reaches them. */
bool table_has_heirs(const struct kind_context *context, const struct object *part);

/*
 * Whether a new column of a table that production has comes down from a parent's new column, once the two are
 * linked: the child is to INHERIT, and the column is none of its own.
 */
bool table_comes_down_later(const struct kind_context *context, const struct object *column);
/* That parent's column, or NULL. */
const struct object *table_comes_down_from(const struct kind_context *context, const struct object *column);
/* Whether it does, the link being made. */
bool table_comes_down_by_then(const struct kind_context *context, const struct object *column);
/* For such a parent's new column: calls each for the links that must be there first. */
void table_each_new_heir(const struct kind_context *context, const struct object *column,
                         void (*each)(void *argument, const struct object *link), void *argument);

/*
 * Calls each(argument, partition) for the partitions that production has attached to the table and the snapshot does
 * not know: a tool made them, and what is made for their parent must reach them too.
 */
void table_each_own_partition(const struct kind_context *context, const struct object *table,
                              void (*each)(void *argument, const struct object *partition), void *argument);
/* The name of such a partition's part of a parent's index or key, at most 63 bytes; with a number, if not 0. */
char *table_part_name(struct arena *arena, const struct object *partition, const struct object *part, unsigned number);

/* Whether deparsed text may name the column: it says the name as a word, quoted or not. */
bool table_text_mentions(const char *text, const char *column);
/*
 * Columns of a table that production has and that lacks them must be there before the part: those in the LIST
 * `names` and those that `text` mentions (both may be NULL).
 */
void table_relate_new_columns(const struct kind_context *context, const struct object *part, const char *names,
                              const char *text, struct edges *edges);
/* Whether production lacks the column or has it otherwise. */
bool table_column_changes(const struct kind_context *context, const struct object *column);
/* All columns of any table that are new or change come before the part, which needs them in their form. */
void table_relate_all_columns(const struct kind_context *context, const struct object *table, struct edges *edges);

/* An index or key that identifies rows, after its columns that are changed: none of them may be NULL. */
void table_relate_row_identity(const struct kind_context *context, const struct object *part, const char *names,
                               const char *text, struct edges *edges);
/*
 * A new index or key of a partitioned table is made ON ONLY it, after its partitions are attached: else attaching
 * would make indexes of its own choice.
 */
void table_relate_partitions(const struct kind_context *context, const struct object *index, struct edges *edges);

/* "(a, "b c")" of a LIST of names. */
void write_names(struct buffer *out, const char *names);
/* Type, compression, collation. */
void write_column_type(struct buffer *out, const struct kind_context *context, const struct object *column);
/* What follows a column's name: type, collation, default, NOT NULL …; with the default if it is inlined. */
void write_column_definition(struct buffer *out, const struct kind_context *context, const struct object *column);
/* The same of one that INHERITS merges with a parent's; `comes_down`: which gives it its NOT NULL. */
void write_heir_definition(struct buffer *out, const struct kind_context *context, const struct object *column,
                           bool comes_down);
/* What a new column needs besides its definition, as "ALTER COLUMN …" clauses separated by commas and line breaks;
 * nothing is added if there is nothing. */
void write_column_settings(struct buffer *out, const struct object *column);
/* The same as a step of its own, if there is anything; for a materialized view's column, with the compression. */
void column_settings_step(const struct object *column, bool of_view, struct steps *steps);
/* "CREATE INDEX name ON table …", of any table; `tablespace` may be NULL. */
void write_index_on(struct buffer *out, const struct object *index, bool only, const char *name, const char *schema,
                    const char *table, const char *tablespace);
/*
 * "CHECK (…)" and the like; behind "CONSTRAINT name".  `tablespace` (may be NULL) is for the index of a key; that of an
 * exclusion constraint, whose text is the server's, is moved there by a step that comes after.
 */
void write_constraint_body(struct buffer *out, const struct object *constraint, const char *tablespace);
void constraint_tablespace_step(struct steps *steps, const struct object *object, const struct object *constraint,
                                const char *schema, const char *name, const char *tablespace);
void write_constraint_definition(struct buffer *out, const struct object *constraint);

/* Whether the snapshot's table is clustered by any index or key. */
bool table_will_be_clustered(const struct kind_context *context, const struct object *index);
/* A relation's replica_identity, but for 'i', which is written by the index that it names. */
void table_replica_identity_step(const struct object *relation, struct steps *steps);
struct verdict table_judge_replica_identity(const struct change *change);
/* CLUSTER ON and REPLICA IDENTITY USING INDEX of an index or of a key's index, where they are (new) so. */
void table_index_role_steps(const struct object *index, const struct object *current, struct steps *steps);

/* Whether a type can hold every value of that of production's column; what that costs, or why not. */
struct verdict table_judge_type(const struct kind_context *context, const struct object *column, const char *wanted);
/* Whether the values, though they all have their place, no longer compare as before or with what they did. */
bool table_type_changes_meaning(struct arena *arena, const char *current, const char *wanted);

/*
 * Whether what was written over a column of the one type means the same over the other: they are the same, whatever
 * the modifiers, or both text or character varying; or both integers, and none of the `count` texts (each may be NULL)
 * calls what may be there for one of them only.
 */
bool table_type_serves(struct arena *arena, const char *current, const char *wanted, const char *const *texts,
                       size_t count);
/*
 * Why a part cannot be made while production keeps what it keeps, or NULL: a column it names (in the LIST `names`
 * or in `text`) keeps another type, or lacks a label of an enum that it names.
 */
const char *table_refuse_for_columns(const struct kind_context *context, const struct object *part, const char *names,
                                     const char *text);
/* Why a unique index or key of these columns (a LIST, or in `text`) cannot be made while production's table stays
 * partitioned otherwise than the snapshot's, or NULL. */
const char *table_refuse_for_partitioning(const struct kind_context *context, const struct object *part,
                                          const char *names, const char *text);
/* Rows in the way of a NOT NULL, a constraint, a unique index, a partition's bound: see kind.h's probe. */
bool table_probe_column(const struct kind_context *context, const struct change *change, struct probe *probe);
bool table_probe_constraint(const struct kind_context *context, const struct change *change, struct probe *probe);
/* Of an exclusion constraint and of a key WITHOUT OVERLAPS. */
bool table_probe_overlaps(const struct kind_context *context, const struct object *constraint, struct probe *probe);
bool table_probe_partition(const struct kind_context *context, const struct change *change, struct probe *probe);
bool table_probe_index(const struct kind_context *context, const struct change *change, struct probe *probe);

#endif
