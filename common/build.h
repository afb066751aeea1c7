/*
 * build.h - included first by every .c file of pgkeel.
 *
 * Selects the language level of the system headers and makes calls that have
 * no safe use a compile error.  Nothing else belongs here.
 */
#ifndef COMMON_BUILD_H
#define COMMON_BUILD_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PGKEEL_VERSION "1.0.0"

/* The compiler checks the arguments against the format. */
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#pragma GCC poison sprintf vsprintf strcpy strcat strncpy strncat gets strtok atoi atol atof

#endif
