/*
 * kinds.h - the descriptors of all kinds, declared from kinds.def.
 *
 * Nobody outside kinds/ needs these names: the rest of the program walks kinds[] (catalog/kind.h).
 */
#ifndef COMMON_KINDS_KINDS_H
#define COMMON_KINDS_KINDS_H

#include "catalog/kind.h"

#define KIND(symbol) extern const struct kind kind_##symbol;
#include "kinds/kinds.def"
#undef KIND

#endif
