/*
 * progress.c - see progress.h.
 *
 * Amounts are added from several threads; the clock is looked at on each addition, and
 * something is shown five times a second on a terminal, every 30 seconds in a log.
 */
#include "build.h"

#include "base/progress.h"

#include <pthread.h>
#include <time.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/log.h"

#define SHOW_SECONDS 0.2
#define LOG_SECONDS 30.0

struct progress {
	pthread_mutex_t lock;
	char *what;
	char *unit;
	uint64_t total;
	uint64_t done;
	double started;
	double shown;
	double logged;
};

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct progress *
progress_new(const char *what, uint64_t total, const char *unit)
{
	struct progress *progress = xcalloc(1, sizeof(*progress));

	pthread_mutex_init(&progress->lock, NULL);
	progress->what = xstrdup(what);
	progress->unit = xstrdup(unit);
	progress->total = total;
	progress->started = now();
	progress->logged = progress->started;
	return progress;
}

static void
append_amount(struct buffer *out, uint64_t amount, const char *unit)
{
	static const char *const prefixes[] = { "bytes", "KiB", "MiB", "GiB", "TiB" };
	double scaled = (double)amount;
	size_t prefix = 0;

	if (strcmp(unit, "bytes") != 0 || amount < 1024) {
		buffer_printf(out, "%llu %s", (unsigned long long)amount, unit);
		return;
	}
	for (; scaled >= 1024 && prefix + 1 < COUNT_OF(prefixes); prefix++)
		scaled /= 1024;
	buffer_printf(out, "%.1f %s", scaled, prefixes[prefix]);
}

static void
progress_text(const struct progress *progress, const char *item, struct buffer *out)
{
	double seconds = now() - progress->started;

	buffer_printf(out, "%s: ", progress->what);
	append_amount(out, progress->done, progress->unit);
	if (progress->total > 0) {
		double share = progress->done >= progress->total ? 1 : (double)progress->done / (double)progress->total;

		buffer_append_text(out, " of ");
		append_amount(out, progress->total, progress->unit);
		buffer_printf(out, " (%d %%)", (int)(share * 100));
	}
	if (seconds >= 1) {
		buffer_append_text(out, ", ");
		append_amount(out, (uint64_t)((double)progress->done / seconds), progress->unit);
		buffer_append_text(out, "/s");
	}
	if (item != NULL)
		buffer_printf(out, ", %s", item);
}

static void
progress_show(struct progress *progress, const char *item)
{
	double time = now();
	struct buffer text = BUFFER_INIT;

	if (time - progress->shown < SHOW_SECONDS)
		return;
	progress->shown = time;
	progress_text(progress, item, &text);
	if (!log_transient(buffer_text(&text)) && time - progress->logged >= LOG_SECONDS) {
		progress->logged = time;
		log_event(LOG_INFO, "progress", "%s", buffer_text(&text));
	}
	buffer_fini(&text);
}

void
progress_add(struct progress *progress, uint64_t amount, const char *item)
{
	pthread_mutex_lock(&progress->lock);
	progress->done += amount;
	progress_show(progress, item);
	pthread_mutex_unlock(&progress->lock);
}

void
progress_free(struct progress *progress)
{
	if (progress == NULL)
		return;
	log_transient(NULL);
	pthread_mutex_destroy(&progress->lock);
	free(progress->what);
	free(progress->unit);
	free(progress);
}
