#include "build.h"

#include "import/interrupt.h"

#include <signal.h>

#include "postgres/connection.h"

static volatile sig_atomic_t interrupted;

static void
on_signal(int number)
{
	interrupted = number;
	connection_cancel_armed();
}

void
interrupt_setup(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_signal;
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		sigaction(numbers[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, with a message */
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
