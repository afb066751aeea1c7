/*
 * domain_rows.h - the rows of production that hold values of a domain.
 *
 * Only columns whose type is the domain itself are looked at: not arrays, composites or
 * domains over it.  The server checks those when the domain is altered.
 */
#ifndef COMMON_KINDS_DOMAIN_ROWS_H
#define COMMON_KINDS_DOMAIN_ROWS_H

#include "catalog/catalog.h"

/*
 * A probe's query over the tables' columns of this domain (an object of context->current):
 * count and one example of the values for which `condition` holds, at most 1,000.  The value is
 * the column "value", of the domain's base type, as VALUE is in a domain's constraint.
 * Arena memory; NULL where no column has the domain.
 */
char *domain_rows_query(const struct kind_context *context, const struct object *domain, const char *condition);

#endif
