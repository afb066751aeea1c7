/*
 * kinds.c - the table of all kinds.
 */
#include "build.h"

#include "kinds/kinds.h"

const struct kind *const kinds[] = {
#define KIND(symbol) &kind_##symbol,
#include "kinds/kinds.def"
#undef KIND
};

const unsigned kind_count = COUNT_OF(kinds);
