/*
 * standing.h - a verdict for objects that cannot be altered, hold no data, and may have others built on them.
 */
#ifndef COMMON_KINDS_STANDING_H
#define COMMON_KINDS_STANDING_H

#include "catalog/object.h"

/* Dropped and made again while nothing in production stands on it; withheld, naming one that does, otherwise. */
struct verdict standing_judge(const struct kind_context *context, const struct change *change, unsigned hazards);

#endif
