#include "build.h"

#include "unit.h"

#include <jansson.h>
#include <unistd.h>

#include "base/log.h"

/* What one event writes in that format. */
static char *
event_of(enum log_format format, const char *const *fields, const char *message)
{
	struct buffer out = BUFFER_INIT;

	log_setup("prog", format, LOG_INFO);
	unit_capture_begin(STDERR_FILENO);
	log_event_fields(LOG_INFO, "step.done", fields, "%s", message);
	unit_capture_end(&out);
	return buffer_steal(&out);
}

static json_t *
json_of(const char *const *fields, const char *message)
{
	char *line = event_of(LOG_FORMAT_JSON, fields, message);
	json_error_t problem;
	json_t *json = json_loads(line, 0, &problem);

	assert_non_null(json);
	assert_int_equal(line[strlen(line) - 1], '\n');
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1); /* one line */
	free(line);
	return json;
}

static const char *
member(const json_t *json, const char *name)
{
	return json_string_value(json_object_get(json, name));
}

static void
test_json_members(void **state)
{
	const char *const fields[] = { "table", "public.\"a\"", "rows", "12", "absent", NULL, "last", "x", NULL };
	json_t *json = json_of(fields, "done");
	const char *time = member(json, "time");

	(void)state;
	assert_string_equal(member(json, "level"), "info");
	assert_string_equal(member(json, "event"), "step.done");
	assert_string_equal(member(json, "message"), "done");
	assert_string_equal(member(json, "table"), "public.\"a\"");
	assert_string_equal(member(json, "rows"), "12");
	assert_string_equal(member(json, "last"), "x");
	assert_null(json_object_get(json, "absent"));
	assert_int_equal(strlen(time), strlen("2000-01-01T00:00:00.000Z"));
	assert_int_equal(time[10], 'T');
	assert_int_equal(time[23], 'Z');
	json_decref(json);
}

/* Every byte that a hostile name can hold comes back, or as U+FFFD where it is no UTF-8. */
static void
test_json_escapes_every_byte(void **state)
{
	(void)state;
	for (int byte = 1; byte < 128; byte++) {
		char message[] = { 'a', (char)byte, 'b', '\0' };
		json_t *json = json_of(NULL, message);

		assert_string_equal(member(json, "message"), message);
		json_decref(json);
	}
	for (int byte = 128; byte < 256; byte++) {
		char message[] = { 'a', (char)byte, 'b', '\0' };
		json_t *json = json_of(NULL, message);

		assert_string_equal(member(json, "message"), "a\xef\xbf\xbd"
		                                             "b");
		json_decref(json);
	}
}

static void
test_json_keeps_utf8_and_refuses_false_forms(void **state)
{
	static const char *const kept[] = { "\xc3\xa9", "\xe2\x82\xac", "\xed\x9f\xbf", "\xf0\x9f\x98\x80",
		                                "\xf4\x8f\xbf\xbf" };
	static const char *const refused[] = { "\xc0\xaf",         "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
		                                   "\xf4\x90\x80\x80", "\xe2\x82",     "\xff" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(kept); i++) {
		json_t *json = json_of(NULL, kept[i]);

		assert_string_equal(member(json, "message"), kept[i]);
		json_decref(json);
	}
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		json_t *json = json_of(NULL, refused[i]);

		assert_int_equal(strncmp(member(json, "message"), "\xef\xbf\xbd", 3), 0);
		json_decref(json);
	}
}

static void
test_text(void **state)
{
	const char *const fields[] = { "rows", "12", "absent", NULL, NULL };
	char *line = event_of(LOG_FORMAT_TEXT, NULL, "hello");

	(void)state;
	assert_string_equal(line, "prog: hello\n");
	free(line);
	line = event_of(LOG_FORMAT_TEXT, fields, "hello");
	assert_string_equal(line, "prog: hello\n    rows=12\n");
	free(line);
}

/* A table may be named "x<newline>prog: error: …" or hold a terminal's escape sequence. */
static void
test_text_shows_control_characters(void **state)
{
	char *line = event_of(LOG_FORMAT_TEXT, NULL, "a\033[2Jb\rc\nprog: error: false");

	(void)state;
	assert_string_equal(line, "prog: a\\x1b[2Jb\\x0dc\n    prog: error: false\n");
	free(line);
}

static void
test_levels(void **state)
{
	struct buffer out = BUFFER_INIT;

	(void)state;
	log_setup("prog", LOG_FORMAT_TEXT, LOG_WARNING);
	assert_true(log_wants(LOG_ERROR));
	assert_true(log_wants(LOG_WARNING));
	assert_false(log_wants(LOG_INFO));
	unit_capture_begin(STDERR_FILENO);
	log_event(LOG_INFO, "quiet", "not shown");
	log_event(LOG_WARNING, "loud", "shown %d", 1);
	unit_capture_end(&out);
	assert_string_equal(buffer_text(&out), "prog: warning: shown 1\n");
	buffer_fini(&out);
}

static void
fill_failure(struct error *error)
{
	error_set(error, ERROR_SQL, "relation \"x\" does not exist");
	error_detail(error, "A detail.");
	error_hint(error, "A hint.");
	memcpy(error->sqlstate, "42P01", 6);
}

static void
test_failure(void **state)
{
	struct error error = { 0 };
	struct buffer out = BUFFER_INIT;
	json_error_t problem;
	json_t *json;

	(void)state;
	fill_failure(&error);
	log_setup("prog", LOG_FORMAT_TEXT, LOG_ERROR);
	unit_capture_begin(STDERR_FILENO);
	log_failure(&error);
	unit_capture_end(&out);
	assert_string_equal(buffer_text(&out),
	                    "prog: error: relation \"x\" does not exist\nprog: detail: A detail.\nprog: hint: A hint.\n");
	buffer_clear(&out);
	log_setup("prog", LOG_FORMAT_JSON, LOG_ERROR);
	unit_capture_begin(STDERR_FILENO);
	log_failure(&error);
	unit_capture_end(&out);
	json = json_loads(buffer_text(&out), 0, &problem);
	assert_non_null(json);
	assert_string_equal(member(json, "event"), "failure");
	assert_string_equal(member(json, "level"), "error");
	assert_string_equal(member(json, "code"), "SQL");
	assert_string_equal(member(json, "sqlstate"), "42P01");
	assert_string_equal(member(json, "detail"), "A detail.");
	assert_string_equal(member(json, "hint"), "A hint.");
	json_decref(json);
	error_clear(&error);
	buffer_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_json_members),
		cmocka_unit_test(test_json_escapes_every_byte),
		cmocka_unit_test(test_json_keeps_utf8_and_refuses_false_forms),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_text_shows_control_characters),
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_failure),
	};

	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
