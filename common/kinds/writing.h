/*
 * writing.h - pieces of SQL that several kinds write in the same way.
 *
 * Lists are PostgreSQL array text (an attribute's value) and may be NULL, which is the empty list.
 */
#ifndef COMMON_KINDS_WRITING_H
#define COMMON_KINDS_WRITING_H

#include "catalog/object.h"

/* What the attribute will be when the change is made: the wanted value where it is allowed (or equal), else the
 * current one. */
const char *change_value(const struct change *change, const char *attribute);
bool change_allows(const struct change *change, const char *attribute);

/* A list, split for the time of one piece of writing. */
struct name_list {
	char **items; /* one heap block */
	size_t count;
};
/* An unreadable list (only a damaged archive has one) is empty; a NULL element is an empty text. */
void name_list_init(struct name_list *list, const char *text);
void name_list_fini(struct name_list *list);
/* Whether the items of `head` are the first ones of `whole`, in order. */
bool name_list_has_all(const struct name_list *whole, const struct name_list *part);
/* Whether two texts, of which either may be NULL, are the same. */
bool same_text(const char *a, const char *b);
bool name_list_has(const struct name_list *list, const char *item);
bool name_list_begins_with(const struct name_list *whole, const struct name_list *head);

/* Whether the item is in the LIST (may be NULL). */
bool text_list_has(const char *list, const char *item);

/* Whether text ends with the name of the relation's row type, as format_type gives it, or of an array of it. */
bool text_ends_with_row_type(const char *text, const struct object *relation);

/* " WITH (fillfactor='70', …)" of pg_class.reloptions; nothing for an empty list. */
void write_relation_options(struct buffer *out, const char *options);
/* Whether one of the options has that name. */
bool relation_options_have(const char *options, const char *name);
/* RESET of what is gone, then SET of what is new or differs; `command` is "ALTER VIEW" and the like. */
void relation_options_steps(const struct change *change, const char *command, enum lock_level lock, unsigned hazards,
                            struct steps *steps);

/* Whether the attribute's value differs. */
bool change_differs(const struct change *change, const char *attribute);

/* Asks for `definition` of a view or a materialized view, by a temporary view. */
bool elaborate_view_definition(const struct kind_context *context, const struct object *view,
                               struct elaboration *elaboration);

/*
 * Adds to an elaboration's query ", … AS "<attribute> tree"": the expression's parse tree (a pg_node_tree, given as SQL
 * of ours) less what the server's own equal() leaves out, which is where in the source text a node stood and in which
 * of several spellings a call was written.  PostgreSQL 14 tells "a AT TIME ZONE b" from "timezone(b, a)", 13 does not:
 * the same trees make attributes equal whose texts are not.
 * `relation`, where not NULL, is the query's alias for the pg_class row of what was made temporarily: its OIDs are left
 * out, too.
 */
void elaborate_tree(struct buffer *query, const char *attribute, const char *tree, const char *relation);

/* A temporary table of the same name and columns as production's `table` in the object's schema, those that become of
 * another type being of that already: what is written for one type may say something else, or nothing, of another. */
void add_temporary_likeness(const struct kind_context *context, struct steps *statements, const struct object *object,
                            const char *table);

/* Whether what the object belongs to is there already, so that making the object changes what exists. */
bool parent_is_in_production(const struct kind_context *context, const struct object *object);

/* The buffer's text as a step; the buffer is emptied. */
struct step *steps_take(struct steps *steps, const struct object *object, enum step_action action, enum lock_level lock,
                        unsigned hazards, struct buffer *sql);

#endif
