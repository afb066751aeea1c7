/*
 * trigger.h - what attaching a partition does to triggers.
 */
#ifndef COMMON_KINDS_TRIGGER_H
#define COMMON_KINDS_TRIGGER_H

#include "catalog/catalog.h"

/* For a link of production that is made anew: the steps, for `object`, that enable the clones of triggers below it,
 * which come with it as their parents' are, as they shall be. */
void trigger_restore_clones(const struct kind_context *context, const struct object *link, const struct object *object,
                            struct steps *steps);

#endif
