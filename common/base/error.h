/*
 * error.h - failures as values.
 *
 * A function that can fail returns int, 0 or -1, and takes a struct error * last, which
 * it fills exactly when it returns -1.  The message follows PostgreSQL's grammar: a
 * primary line (lower case, no full stop), a detail and a hint (sentences).  Only main
 * prints one.  The struct owns its strings (heap); error_clear frees them.  A zeroed
 * struct is valid and empty.  Passwords must never be put into one.
 */
#ifndef COMMON_BASE_ERROR_H
#define COMMON_BASE_ERROR_H

#include "build.h"

enum error_code {
#define ERROR_CODE(name, status, meaning) ERROR_##name,
#include "base/errors.def"
#undef ERROR_CODE
	ERROR_CODE_COUNT
};

struct error {
	enum error_code code;
	char sqlstate[6]; /* of the server's error, or "" */
	char *primary;
	char *detail; /* or NULL */
	char *hint;   /* or NULL */
};

/* Each of these returns -1, so that a caller can write `return error_set(…)`. */
int error_set(struct error *error, enum error_code code, const char *format, ...) PRINTF_LIKE(3, 4);
int error_set_system(struct error *error, const char *format, ...)
	PRINTF_LIKE(2, 3); /* ": " strerror(errno) is added */
int error_detail(struct error *error, const char *format, ...) PRINTF_LIKE(2, 3);
int error_hint(struct error *error, const char *format, ...) PRINTF_LIKE(2, 3);
/* Puts "prefix: " in front of the primary line: what was being done. */
int error_prefix(struct error *error, const char *format, ...) PRINTF_LIKE(2, 3);

void error_clear(struct error *error);
/* Moves src into dst (clearing dst first); src is empty afterwards. */
void error_move(struct error *dst, struct error *src);

int error_status(const struct error *error);       /* the exit status */
const char *error_code_name(enum error_code code); /* "ARCHIVE" */
int error_code_status(enum error_code code);
const char *error_code_meaning(enum error_code code);

/* The static analyzer sees one file at a time: this tells it what the others return. */
#if defined(__clang_analyzer__) && !defined(ERROR_DEFINITIONS)
#define error_set(...) (error_set(__VA_ARGS__), -1)
#define error_set_system(...) (error_set_system(__VA_ARGS__), -1)
#define error_detail(...) (error_detail(__VA_ARGS__), -1)
#define error_hint(...) (error_hint(__VA_ARGS__), -1)
#define error_prefix(...) (error_prefix(__VA_ARGS__), -1)
#endif

#endif
