/*
 * share.h - the kinds' queries shared between two sessions on one snapshot (internal to reader/).
 *
 * The server spends most of a large read in one process, so a second session reads half of the kinds in the
 * same exported snapshot, in a thread.  Both hand rows to one struct collect under a lock.  The second may not take
 * rows before the dependencies are in, which say what is only a part of something else.
 * Where no second session can be had (a connection limit, a pooler), everything is read by the first.
 */
#ifndef COMMON_READER_SHARE_H
#define COMMON_READER_SHARE_H

#include "postgres/pipeline.h"
#include "reader/collect.h"

struct share;

/* Opens the second session in the snapshot of the first one's open transaction; NULL where that fails. */
struct share *share_new(struct connection *first);
/* The query's rows are taken under the lock.  Queries and names live in `arena`. */
struct pipeline_query share_guard(struct share *share, struct arena *arena, struct pipeline_query query, bool second);
/* Starts the thread with the queries of the second session. */
void share_start(struct share *share, const struct pipeline_query *queries, size_t count);
/* The dependencies are in: the second session's rows may be taken. */
void share_release(struct share *share);
/* Waits for the thread; fails as it failed. */
int share_join(struct share *share, struct error *error);
/* Cancels and waits if it was not joined; NULL is allowed. */
void share_free(struct share *share);

#endif
