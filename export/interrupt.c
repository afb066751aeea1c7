#include "build.h"

#include "export/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include "postgres/connection.h"

static volatile sig_atomic_t deferred;
static volatile sig_atomic_t caught;

static void
on_signal(int number)
{
	static const char message[] = "pgkeel-export: error: interrupted by a signal\n";

	if (!deferred) {
		ssize_t ignored = write(STDERR_FILENO, message, sizeof(message) - 1);

		(void)ignored;
		_exit(error_code_status(ERROR_INTERRUPTED));
	}
	caught = number;
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
	signal(SIGXFSZ, SIG_IGN); /* and so is a file that grows beyond its limit */
}

void
interrupt_defer(void)
{
	deferred = 1;
}

int
interrupt_check(struct error *error)
{
	if (!caught)
		return 0;
	error_clear(error);
	return error_set(error, ERROR_INTERRUPTED, "interrupted by signal %d, nothing was written", (int)caught);
}
