/*
 * unfinished.h - private to catalog/: what a catalog holds besides its public part.
 *
 * Every catalog is one of these.  The object array is heap memory, so that it can grow in
 * place; the pairs are gone after catalog_finish.
 */
#ifndef COMMON_CATALOG_UNFINISHED_H
#define COMMON_CATALOG_UNFINISHED_H

#include "catalog/catalog.h"

struct catalog_pair {
	uint32_t from;
	uint32_t to;
};

struct unfinished_catalog {
	struct catalog catalog; /* first: a struct catalog * is one of these */
	struct catalog_pair *pairs;
	size_t pair_count;
	size_t pair_capacity;
	size_t unmodelled_capacity;
	bool finished;
	uint32_t **by_name; /* by kind: indexes in the order of schema and own name; made when first asked for */
	uint32_t *relations; /* what has a relation name, in the order of schema and name; made when first asked for */
	uint32_t relation_count;
};

static inline struct unfinished_catalog *
catalog_unfinished(struct catalog *catalog)
{
	return (struct unfinished_catalog *)catalog;
}

#endif
