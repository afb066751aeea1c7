/*
 * interrupt.h - SIGINT, SIGTERM and SIGHUP.
 *
 * Until interrupt_defer nothing has been made, so a signal ends the program there and then.
 * Afterwards it cancels the query that runs and is found by interrupt_check.
 */
#ifndef EXPORT_INTERRUPT_H
#define EXPORT_INTERRUPT_H

#include "base/error.h"

void interrupt_setup(void);
void interrupt_defer(void);
/* INTERRUPTED after a signal; what else error held is dropped, since the signal caused it. */
int interrupt_check(struct error *error);

#endif
