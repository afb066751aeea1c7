#include "build.h"

#include "unit.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "base/log.h"
#include "base/progress.h"

/* No terminal: short work says nothing at all. */
static void
test_silent_without_a_terminal(void **state)
{
	struct buffer out = BUFFER_INIT;
	struct progress *progress;

	(void)state;
	log_setup("prog", LOG_FORMAT_TEXT, LOG_INFO);
	unit_capture_begin(STDERR_FILENO);
	progress = progress_new("reading", 100, "rows");
	progress_add(progress, 100, "public.t");
	progress_free(progress);
	progress_free(NULL);
	unit_capture_end(&out);
	assert_string_equal(buffer_text(&out), "");
	buffer_fini(&out);
}

/* Runs some progress with stderr on a pseudo-terminal; what arrived there is appended. */
static void
show_on_terminal(uint64_t amount, uint64_t total, const char *unit, const char *item, struct buffer *out)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	int saved = dup(STDERR_FILENO);
	struct progress *progress;
	ssize_t got;
	int terminal;

	assert_true(master >= 0);
	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(terminal >= 0);
	dup2(terminal, STDERR_FILENO);
	progress = progress_new("reading", total, unit);
	progress_add(progress, amount, item);
	log_event(LOG_INFO, "x", "a line");
	progress_free(progress);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(terminal);
	/* What was written comes in pieces, and ends in an error where the other side is closed. */
	do {
		buffer_reserve(out, 4096);
		got = read(master, out->data + out->length, 4095);
		if (got > 0)
			out->length += (size_t)got;
	} while (got > 0);
	assert_true(out->length > 0);
	out->data[out->length] = '\0';
	close(master);
}

/* One line that the next event wipes. */
static void
test_line_on_a_terminal(void **state)
{
	struct buffer out = BUFFER_INIT;

	(void)state;
	log_setup("prog", LOG_FORMAT_TEXT, LOG_INFO);
	show_on_terminal(25, 100, "rows", "public.t", &out);
	assert_string_equal(buffer_text(&out),
	                    "\r\033[Kreading: 25 rows of 100 rows (25 %), public.t\r\033[Kprog: a line\r\n");
	buffer_fini(&out);
}

static void
test_bytes_unknown_total_and_hostile_item(void **state)
{
	struct buffer out = BUFFER_INIT;

	(void)state;
	show_on_terminal((uint64_t)3 * 1024 * 1024 / 2, 0, "bytes", "a\033b", &out);
	assert_non_null(strstr(buffer_text(&out), "reading: 1.5 MiB, a?b"));
	buffer_fini(&out);
}

static void
test_more_than_the_total(void **state)
{
	struct buffer out = BUFFER_INIT;

	(void)state;
	show_on_terminal(500, 100, "rows", NULL, &out);
	assert_non_null(strstr(buffer_text(&out), "(100 %)"));
	buffer_fini(&out);
}

static void *
add_many(void *progress)
{
	for (int i = 0; i < 1000; i++)
		progress_add(progress, 1, "item");
	return NULL;
}

static void
test_threads(void **state)
{
	struct progress *progress = progress_new("reading", 4000, "rows");
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, add_many, progress), 0);
	for (size_t i = 0; i < COUNT_OF(threads); i++)
		pthread_join(threads[i], NULL);
	progress_free(progress);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_silent_without_a_terminal),
		cmocka_unit_test(test_line_on_a_terminal),
		cmocka_unit_test(test_bytes_unknown_total_and_hostile_item),
		cmocka_unit_test(test_more_than_the_total),
		cmocka_unit_test(test_threads),
	};

	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
