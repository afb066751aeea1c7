/*
 * log.h - what is told to people and machines while a program works, on stderr.
 *
 * One process-wide log, set up by main.  Below main and the commands only progress,
 * warnings and debugging notes go here: a failure is a struct error, not a log line.
 * In JSON form each line is one object: time (UTC, RFC 3339), level, event, message and
 * the fields given.  An event's name is stable ("step.done"), its message is not.
 */
#ifndef COMMON_BASE_LOG_H
#define COMMON_BASE_LOG_H

#include "base/error.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };
enum log_format { LOG_FORMAT_TEXT, LOG_FORMAT_JSON };

void log_setup(const char *program, enum log_format format, enum log_level most_detailed);
bool log_wants(enum log_level level);

void log_event(enum log_level level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);
/* The same with one line of detail fields: pairs of name and text, ended by NULL. */
void log_event_fields(enum log_level level, const char *event, const char *const *fields, const char *format, ...)
	PRINTF_LIKE(4, 5);
/* A passing line (progress) on a terminal; the next event, line or NULL wipes it.  False where stderr is no terminal
 * or the log is JSON: nothing was shown. */
bool log_transient(const char *line);
/* Primary, detail and hint of an error, the way psql shows the server's. */
void log_failure(const struct error *error);

#endif
