/*
 * log.c - see log.h.
 *
 * A line is built whole and leaves by one write(2), so lines of several threads or
 * replicas with a common stderr do not mix.  Names come from databases and archives:
 * control characters are shown, never sent to a terminal.
 */
#include "build.h"

#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"

static struct {
	const char *program;
	enum log_format format;
	enum log_level most_detailed;
	bool transient_shown;
} state = { "pgkeel", LOG_FORMAT_TEXT, LOG_INFO, false };

static pthread_mutex_t output_lock = PTHREAD_MUTEX_INITIALIZER;

static const char *const level_names[] = { "error", "warning", "info", "debug" };

void
log_setup(const char *program, enum log_format format, enum log_level most_detailed)
{
	state.program = program;
	state.format = format;
	state.most_detailed = most_detailed;
}

bool
log_wants(enum log_level level)
{
	return level <= state.most_detailed;
}

/* There is nobody to tell where even stderr cannot be written. */
static void
write_stderr(const char *text, size_t length)
{
	while (length > 0) {
		ssize_t written = write(STDERR_FILENO, text, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return;
		text += written;
		length -= (size_t)written;
	}
}

static void
emit(struct buffer *line)
{
	static const char erase[] = "\r\033[K";

	pthread_mutex_lock(&output_lock);
	if (state.transient_shown)
		write_stderr(erase, sizeof(erase) - 1);
	state.transient_shown = false;
	write_stderr(buffer_text(line), line->length);
	pthread_mutex_unlock(&output_lock);
	buffer_fini(line);
}

bool
log_transient(const char *line)
{
	struct buffer out = BUFFER_INIT;

	if (state.format != LOG_FORMAT_TEXT || !isatty(STDERR_FILENO))
		return false;
	if (line == NULL && !state.transient_shown)
		return true;
	buffer_append_text(&out, "\r\033[K");
	for (const char *at = line == NULL ? "" : line; *at != '\0'; at++)
		buffer_append_char(&out, (unsigned char)*at < ' ' || *at == 0x7f ? '?' : *at);
	pthread_mutex_lock(&output_lock);
	write_stderr(buffer_text(&out), out.length);
	state.transient_shown = line != NULL;
	pthread_mutex_unlock(&output_lock);
	buffer_fini(&out);
	return true;
}

/* Length of the valid UTF-8 character (RFC 3629) at `at`, 0 where there is none. */
static size_t
utf8_length(const unsigned char *at)
{
	size_t length = at[0] < 0x80 ? 1 : at[0] < 0xc2 ? 0 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : at[0] < 0xf5 ? 4 : 0;

	for (size_t i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	}
	if (length < 3)
		return length;
	/* overlong forms, surrogates, beyond U+10FFFF */
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] >= 0xa0) || (at[0] == 0xf0 && at[1] < 0x90) ||
	    (at[0] == 0xf4 && at[1] >= 0x90))
		return 0;
	return length;
}

static void
append_json_text(struct buffer *out, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	buffer_append_char(out, '"');
	while (*at != '\0') {
		size_t length = utf8_length(at);

		if (*at == '"' || *at == '\\')
			buffer_printf(out, "\\%c", *at);
		else if (*at == '\n')
			buffer_append_text(out, "\\n");
		else if (*at < ' ' || *at == 0x7f)
			buffer_printf(out, "\\u%04x", *at);
		else if (length == 0)
			buffer_append_text(out, "\\ufffd");
		else
			buffer_append(out, at, length);
		at += length == 0 ? 1 : length;
	}
	buffer_append_char(out, '"');
}

static void
append_json_field(struct buffer *out, const char *name, const char *text)
{
	buffer_append_char(out, ',');
	append_json_text(out, name);
	buffer_append_char(out, ':');
	append_json_text(out, text);
}

static void
append_time(struct buffer *out)
{
	struct timespec now;
	struct tm utc;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &utc);
	buffer_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
	              utc.tm_hour, utc.tm_min, utc.tm_sec, now.tv_nsec / 1000000);
}

static void
event_json(struct buffer *out, enum log_level level, const char *event, const char *message, const char *const *fields)
{
	buffer_append_text(out, "{\"time\":\"");
	append_time(out);
	buffer_append_char(out, '"');
	append_json_field(out, "level", level_names[level]);
	append_json_field(out, "event", event);
	append_json_field(out, "message", message);
	for (; fields != NULL && fields[0] != NULL; fields += 2) {
		if (fields[1] != NULL)
			append_json_field(out, fields[0], fields[1]);
	}
	buffer_append_text(out, "}\n");
}

/* Line ends stay (the server's messages have them), indented so that none can pose as a line of ours. */
static void
append_plain(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			buffer_append_text(out, "\n    ");
		else if (((unsigned char)*text < ' ' && *text != '\t') || *text == 0x7f)
			buffer_printf(out, "\\x%02x", (unsigned char)*text);
		else
			buffer_append_char(out, *text);
	}
}

/* "program: word: text"; word may be NULL. */
static void
append_line(struct buffer *out, const char *word, const char *text)
{
	buffer_printf(out, "%s: ", state.program);
	if (word != NULL)
		buffer_printf(out, "%s: ", word);
	append_plain(out, text);
	buffer_append_char(out, '\n');
}

static void
event_text(struct buffer *out, enum log_level level, const char *message, const char *const *fields)
{
	append_line(out, level == LOG_INFO ? NULL : level_names[level], message);
	if (fields == NULL || fields[0] == NULL)
		return;
	buffer_append_text(out, "   ");
	for (; fields[0] != NULL; fields += 2) {
		if (fields[1] == NULL)
			continue;
		buffer_printf(out, " %s=", fields[0]);
		append_plain(out, fields[1]);
	}
	buffer_append_char(out, '\n');
}

PRINTF_LIKE(4, 0)
static void
log_event_list(enum log_level level, const char *event, const char *const *fields, const char *format,
               va_list arguments)
{
	struct buffer message = BUFFER_INIT;
	struct buffer line = BUFFER_INIT;

	buffer_vprintf(&message, format, arguments);
	if (state.format == LOG_FORMAT_JSON)
		event_json(&line, level, event, buffer_text(&message), fields);
	else
		event_text(&line, level, buffer_text(&message), fields);
	emit(&line);
	buffer_fini(&message);
}

void
log_event(enum log_level level, const char *event, const char *format, ...)
{
	va_list arguments;

	if (!log_wants(level))
		return;
	va_start(arguments, format);
	log_event_list(level, event, NULL, format, arguments);
	va_end(arguments);
}

void
log_event_fields(enum log_level level, const char *event, const char *const *fields, const char *format, ...)
{
	va_list arguments;

	if (!log_wants(level))
		return;
	va_start(arguments, format);
	log_event_list(level, event, fields, format, arguments);
	va_end(arguments);
}

void
log_failure(const struct error *error)
{
	const char *primary = error->primary == NULL ? error_code_meaning(error->code) : error->primary;
	struct buffer line = BUFFER_INIT;

	if (state.format == LOG_FORMAT_JSON) {
		const char *fields[] = { "code",     error_code_name(error->code),
			                     "sqlstate", error->sqlstate[0] == '\0' ? NULL : error->sqlstate,
			                     "detail",   error->detail,
			                     "hint",     error->hint,
			                     NULL };

		event_json(&line, LOG_ERROR, "failure", primary, fields);
	} else {
		append_line(&line, "error", primary);
		if (error->detail != NULL)
			append_line(&line, "detail", error->detail);
		if (error->hint != NULL)
			append_line(&line, "hint", error->hint);
	}
	emit(&line);
}
