/*
 * report.h - what an export tells people: how much of what, and what it does not handle.
 */
#ifndef EXPORT_REPORT_H
#define EXPORT_REPORT_H

#include "catalog/catalog.h"

/* json: the numbers also go into fields of their own (in text they would only be repeated). */
void report_counts(const struct catalog *catalog, bool json);
/* One warning for each class of objects that no kind models. */
void report_unmodelled(const struct catalog *catalog, bool json);

#endif
