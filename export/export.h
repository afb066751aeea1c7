/*
 * export.h - the one command of pgkeel-export: read -> write -> read back -> publish.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "base/error.h"

/* A command_spec's run; settings is a struct settings. */
int export_run(void *settings, const char *const *operands, size_t count, struct error *error);

#endif
