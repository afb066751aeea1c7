/*
 * fault.c - see fault.h.
 *
 * Passings are counted for each name given in PGKEEL_FAULT.  When the variable changes
 * (a unit test sets it anew), counting starts again.
 */
#include "build.h"

#include "base/fault.h"

#ifdef PGKEEL_FAULTS

#include <pthread.h>
#include <signal.h>

#include "base/arena.h"

struct fault {
	const char *name; /* into `text` */
	size_t length;
	unsigned long nth;
	int signal; /* 0: fails */
	unsigned long passed;
	struct fault *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *text;
static struct fault *faults;

/* One entry: name, ":nth", "=kill" or "=term". */
static struct fault *
fault_parse(const char *entry, size_t length)
{
	struct fault *fault = xcalloc(1, sizeof(*fault));
	const char *end = entry + length;
	const char *colon = memchr(entry, ':', length);
	const char *equal = memchr(entry, '=', length);

	fault->name = entry;
	if (equal != NULL)
		fault->signal = equal[1] == 'k' ? SIGKILL : SIGTERM;
	fault->nth = colon == NULL ? 1 : strtoul(colon + 1, NULL, 10);
	fault->length = (size_t)((colon != NULL ? colon : equal != NULL ? equal : end) - entry);
	return fault;
}

static void
faults_forget(void)
{
	while (faults != NULL) {
		struct fault *next = faults->next;

		free(faults);
		faults = next;
	}
	free(text);
	text = NULL;
}

static void
faults_load(const char *value)
{
	if (text != NULL && strcmp(text, value) == 0)
		return;
	faults_forget();
	text = xstrdup(value);
	for (const char *at = text; *at != '\0';) {
		size_t length = strcspn(at, ",");
		struct fault *fault = fault_parse(at, length);

		fault->next = faults;
		faults = fault;
		at += length;
		at += *at == ',';
	}
}

static bool
fault_pass(const char *name)
{
	bool act = false;

	for (struct fault *fault = faults; fault != NULL; fault = fault->next) {
		if (strlen(name) != fault->length || memcmp(name, fault->name, fault->length) != 0)
			continue;
		if (++fault->passed != fault->nth)
			continue;
		if (fault->signal != 0)
			raise(fault->signal);
		else
			act = true;
	}
	return act;
}

bool
fault_point(const char *name)
{
	const char *value = getenv("PGKEEL_FAULT");
	bool act = false;

	pthread_mutex_lock(&lock);
	if (value == NULL || *value == '\0') {
		faults_forget();
	} else {
		faults_load(value);
		act = fault_pass(name);
	}
	pthread_mutex_unlock(&lock);
	return act;
}

#endif
