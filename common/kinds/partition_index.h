/*
 * partition_index.h - what attaching a partition does with indexes, foreseen.
 *
 * For every index and key of the parent, ATTACH PARTITION takes one of the table's own that has the same form and is
 * attached to nothing, or makes one under a name that the server chooses (tablecmds.c AttachPartitionEnsureIndexes).
 */
#ifndef COMMON_KINDS_PARTITION_INDEX_H
#define COMMON_KINDS_PARTITION_INDEX_H

#include "catalog/catalog.h"

/*
 * A reason why the part of that index or key cannot be attached to it by this server, or NULL.  Before 17.11 and 18.5
 * index.c CompareIndexInfo takes no two indexes that exclude for the same, and pg_dump's output could not be loaded.
 */
const char *partition_index_refuse(const struct kind_context *context, const struct object *above);
/* Calls each(argument, partition) for the partitions of a table; partitions of those are not among them. */
void partition_each_below(const struct catalog *catalog, const struct object *table,
                          void (*each)(void *argument, const struct object *partition), void *argument);
/* The row trigger of that name, on a level above the link, of which the partition has or gets a part, or NULL. */
const struct object *partition_trigger_above(const struct catalog *catalog, const struct object *link,
                                             const char *name);
/* Whether the index is over just these columns (a LIST), in the usual order. */
bool partition_index_has_keys(const struct object *index, const char *columns);
/* Whether `own`, an index or a constraint of the table, would be taken for `above`, one of the parent's. */
bool partition_index_matches(const struct object *above, const struct object *own);
/* Calls each for all indexes and keys of a table; stops and returns the one for which it says true, or NULL. */
const struct object *partition_index_search(const struct catalog *catalog, const struct object *table,
                                            bool (*each)(void *argument, const struct object *index), void *argument);
/* The index of the level above that an index or a key is attached to, or NULL. */
const struct object *partition_index_above(const struct catalog *catalog, const struct object *index);
/* The table's index or key that is attached to `above`, all of one catalog, or NULL. */
const struct object *partition_index_below(const struct catalog *catalog, const struct object *table,
                                           const struct object *above);
/* The table's index or key in that catalog that is attached to nothing and would be taken for `above`, or NULL. */
const struct object *partition_index_free(const struct catalog *catalog, const struct object *table,
                                          const struct object *above);
/* The index that the snapshot has in its table for one of a parent's in production, or NULL. */
const struct object *partition_index_wanted(const struct kind_context *context, const struct object *table,
                                            const struct object *above);
/* The parent as production has it, if the link to it is still to be made, or NULL: its indexes there decide. */
const struct object *partition_index_parent(const struct kind_context *context, const struct object *link);
/* For a new index or key of the snapshot: what production's partition has in its stead, by another name, or NULL. */
const struct object *partition_index_former(const struct kind_context *context, const struct object *index);
/*
 * Writes the steps, for `object`, that make a table's part of the parent's index or key `above`, under a name that
 * neither side has.  Returns that name, of the context's arena.
 */
const char *partition_index_make(const struct kind_context *context, const struct object *object,
                                 const struct object *above, const struct object *partition, struct steps *steps);
/* For a new index or key: makes and attaches the parts of those partitions that only production has. */
void partition_index_reach(const struct kind_context *context, const struct object *above, struct steps *steps);
/* Where a new index or key comes beside the others of a table that is to be attached to a parent of production. */
void partition_index_relate(const struct kind_context *context, const struct object *index, struct edges *edges);

/*
 * Whether production's own index or key, attached to one above it that is made anew with other columns, goes with that:
 * it could not be attached again.
 */
bool partition_index_goes(const struct kind_context *context, const struct object *index);

#endif
