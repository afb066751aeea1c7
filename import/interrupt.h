/*
 * interrupt.h - SIGINT, SIGTERM and SIGHUP: the statement that runs is cancelled, its
 * transaction rolls back, the history says so, and the program ends.
 */
#ifndef IMPORT_INTERRUPT_H
#define IMPORT_INTERRUPT_H

#include "base/error.h"

void interrupt_setup(void);
/* While waiting with nothing begun (true) a signal ends the program there and then; false: as set up. */
void interrupt_at_once(bool at_once);
bool interrupt_pending(void);
/* INTERRUPTED error where a signal has come; else 0. */
int interrupt_check(struct error *error);

#endif
