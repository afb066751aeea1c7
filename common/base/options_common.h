/*
 * options_common.h - what options.c and options_text.c share; nobody else includes it.
 */
#ifndef COMMON_BASE_OPTIONS_COMMON_H
#define COMMON_BASE_OPTIONS_COMMON_H

#include "base/options.h"

/* May the option be given with that command?  Always so for a NULL command. */
bool option_takes(const struct program_spec *program, const struct option_spec *option,
                  const struct command_spec *command);
void option_environment_name(const struct option_spec *option, struct buffer *out);
bool program_has_commands(const struct program_spec *program);

#endif
