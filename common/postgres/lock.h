/*
 * lock.h - one run at a time, by a session advisory lock that is polled.
 *
 * Polled with jitter and never waited for inside the server: a session blocked in
 * pg_advisory_lock holds a snapshot that CREATE INDEX CONCURRENTLY waits for.
 */
#ifndef COMMON_POSTGRES_LOCK_H
#define COMMON_POSTGRES_LOCK_H

#include "postgres/connection.h"

/* The key is fixed and per database (advisory locks are). */
#define LOCK_KEY_TEXT "7377297458"

/* *waited says whether another run held it first.  LOCKED after timeout_ms (0: one try). */
int lock_acquire(struct connection *connection, long timeout_ms, bool *waited, struct error *error);
int lock_release(struct connection *connection, struct error *error);
/* Whether this session still holds it: false behind a transaction-mode pooler that moved us. */
int lock_is_held(struct connection *connection, bool *held, struct error *error);
/*
 * Whether session state survives between two transactions (it does not behind a
 * pooler in transaction mode): compares pg_backend_pid over several statements and a session setting.
 */
int lock_session_is_stable(struct connection *connection, bool *stable, struct error *error);

#endif
