/*
 * progress.h - how far long work has come, on a terminal's stderr; silent elsewhere
 * (or one log line every 30 seconds where the log is JSON or stderr is no terminal).
 */
#ifndef COMMON_BASE_PROGRESS_H
#define COMMON_BASE_PROGRESS_H

#include "build.h"

struct progress;

/* total 0: unknown.  unit: "rows", "bytes" (bytes are shown as MiB/GiB). */
struct progress *progress_new(const char *what, uint64_t total, const char *unit);
void progress_add(struct progress *progress, uint64_t amount, const char *item); /* item may be NULL */
void progress_free(struct progress *progress);                                   /* clears the line; NULL is allowed */

#endif
