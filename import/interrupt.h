/*
 * interrupt.h - SIGINT, SIGTERM and SIGHUP: the statement that runs is cancelled, its
 * transaction rolls back, the history says so, and the program ends.
 */
#ifndef IMPORT_INTERRUPT_H
#define IMPORT_INTERRUPT_H

#include "base/error.h"
#include "postgres/connection.h"

void interrupt_setup(void);
/*
 * lock_acquire, waiting for some seconds at most.  Nothing has begun: a signal, also one that came before, ends the
 * program there and then.
 */
int interrupt_lock_acquire(struct connection *connection, long seconds, bool *waited, struct error *error);
bool interrupt_pending(void);
/* INTERRUPTED error where a signal has come; else 0. */
int interrupt_check(struct error *error);

#endif
