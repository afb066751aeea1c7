/*
 * partition_rebind.h - another bound for a partition: DETACH PARTITION and ATTACH PARTITION in one transaction.
 *
 * All that the partition has from its parent it has again afterwards: ATTACH finds columns, checks, foreign keys and
 * indexes as DETACH left them, and clones triggers anew (tablecmds.c, DetachPartitionFinalize and
 * ATExecAttachPartition).  Where it might find something else instead, the change is refused.
 */
#ifndef COMMON_KINDS_PARTITION_REBIND_H
#define COMMON_KINDS_PARTITION_REBIND_H

#include "catalog/catalog.h"

/* Whether both sides have the snapshot's link to the same parent, with different bounds. */
bool partition_rebinds(const struct kind_context *context, const struct object *link);
/* The other way round, for a link of production. */
bool partition_is_rebound(const struct kind_context *context, const struct object *link);
/* Why that cannot be done, but for its place among other partitions, or NULL. */
const char *partition_rebind_refuse(const struct kind_context *context, const struct object *link);
/* Calls each for the snapshot's links, to be rebound themselves, that are in the link's place until then. */
void partition_each_in_place(const struct kind_context *context, const struct object *link,
                             void (*each)(void *argument, const struct object *link), void *argument);
/* Another partition that can be bound anew neither before nor after the link, since each is in the other's place, be it
 * by way of others; or NULL. */
const struct object *partition_in_exchange(const struct kind_context *context, const struct object *link);
/* Attachments of the table's indexes to what its parent has in production come before. */
void partition_rebind_relate(const struct kind_context *context, const struct object *link, struct edges *edges);
/* For a link that both sides have, to another parent too. */
void partition_rebind_steps(const struct kind_context *context, const struct change *change, struct steps *steps);

#endif
