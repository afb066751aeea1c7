#include "build.h"

#include "import/interrupt.h"

#include <signal.h>

#include "postgres/lock.h"

static volatile sig_atomic_t interrupted;

static void
on_signal(int number)
{
	interrupted = number;
	connection_cancel_armed();
}

static void
handle_with(void (*handler)(int))
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		sigaction(numbers[i], &action, NULL);
}

void
interrupt_setup(void)
{
	handle_with(on_signal);
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, with a message */
}

int
interrupt_lock_acquire(struct connection *connection, long seconds, bool *waited, struct error *error)
{
	int failed;

	handle_with(SIG_DFL);
	if (interrupted != 0)
		raise(interrupted);
	failed = lock_acquire(connection, seconds * 1000, waited, error);
	handle_with(on_signal);
	return failed;
}

bool
interrupt_pending(void)
{
	return interrupted != 0;
}

int
interrupt_check(struct error *error)
{
	if (!interrupted)
		return 0;
	return error_set(error, ERROR_INTERRUPTED, "interrupted by signal %d", (int)interrupted);
}
