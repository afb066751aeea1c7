/*
 * error.c - see error.h; the codes come from errors.def.
 */
#include "build.h"

#define ERROR_DEFINITIONS
#include "base/error.h"

#include "base/buffer.h"

#include <errno.h>

struct code_entry {
	const char *name;
	int status;
	const char *meaning;
};

static const struct code_entry codes[] = {
#define ERROR_CODE(name, status, meaning) { #name, status, meaning },
#include "base/errors.def"
#undef ERROR_CODE
};

_Static_assert(COUNT_OF(codes) == ERROR_CODE_COUNT, "one entry for each code");

PRINTF_LIKE(1, 0)
static char *
format_text(const char *format, va_list arguments)
{
	struct buffer buffer = BUFFER_INIT;

	buffer_vprintf(&buffer, format, arguments);
	return buffer_steal(&buffer);
}

/* Takes the text, which was made before anything is freed: it may quote the old one. */
static void
replace_all(struct error *error, enum error_code code, char *primary)
{
	error_clear(error);
	error->code = code;
	error->primary = primary;
}

int
error_set(struct error *error, enum error_code code, const char *format, ...)
{
	va_list arguments;
	char *primary;

	va_start(arguments, format);
	primary = format_text(format, arguments);
	va_end(arguments);
	replace_all(error, code, primary);
	return -1;
}

int
error_set_system(struct error *error, const char *format, ...)
{
	int saved = errno;
	struct buffer buffer = BUFFER_INIT;
	va_list arguments;

	va_start(arguments, format);
	buffer_vprintf(&buffer, format, arguments);
	va_end(arguments);
	buffer_printf(&buffer, ": %s", strerror(saved));
	replace_all(error, ERROR_SYSTEM, buffer_steal(&buffer));
	errno = saved;
	return -1;
}

int
error_detail(struct error *error, const char *format, ...)
{
	va_list arguments;
	char *detail;

	va_start(arguments, format);
	detail = format_text(format, arguments);
	va_end(arguments);
	free(error->detail);
	error->detail = detail;
	return -1;
}

int
error_hint(struct error *error, const char *format, ...)
{
	va_list arguments;
	char *hint;

	va_start(arguments, format);
	hint = format_text(format, arguments);
	va_end(arguments);
	free(error->hint);
	error->hint = hint;
	return -1;
}

int
error_prefix(struct error *error, const char *format, ...)
{
	struct buffer buffer = BUFFER_INIT;
	va_list arguments;

	va_start(arguments, format);
	buffer_vprintf(&buffer, format, arguments);
	va_end(arguments);
	if (error->primary != NULL)
		buffer_printf(&buffer, ": %s", error->primary);
	free(error->primary);
	error->primary = buffer_steal(&buffer);
	return -1;
}

void
error_clear(struct error *error)
{
	free(error->primary);
	free(error->detail);
	free(error->hint);
	*error = (struct error){ 0 };
}

void
error_move(struct error *dst, struct error *src)
{
	if (dst == src)
		return;
	error_clear(dst);
	*dst = *src;
	*src = (struct error){ 0 };
}

int
error_status(const struct error *error)
{
	return error_code_status(error->code);
}

const char *
error_code_name(enum error_code code)
{
	return codes[code].name;
}

int
error_code_status(enum error_code code)
{
	return codes[code].status;
}

const char *
error_code_meaning(enum error_code code)
{
	return codes[code].meaning;
}
