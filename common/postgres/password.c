/*
 * password.c - reads a password from /dev/tty with the echo turned off.
 */
#include "build.h"

#include "postgres/password.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "base/arena.h"

bool
password_can_ask(void)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

/* It only has to end the read: the terminal must get its echo back before anything else happens. */
static void
interrupt_read(int signal)
{
	(void)signal;
}

/* A line without its line end, in heap memory; NULL on a signal, an error or the end of input. */
static char *
read_line(int fd)
{
	size_t capacity = 128;
	size_t length = 0;
	char *line = xmalloc(capacity);

	for (;;) {
		ssize_t got = read(fd, line + length, 1);

		if (got <= 0) {
			line[length] = '\0';
			password_free(line);
			return NULL;
		}
		if (line[length] == '\n')
			break;
		if (++length == capacity) {
			char *longer = xmalloc(capacity * 2);

			memcpy(longer, line, length);
			explicit_bzero(line, length);
			free(line);
			line = longer;
			capacity *= 2;
		}
	}
	line[length] = '\0';
	return line;
}

static int
ask_at(int fd, const char *user, char **password, struct error *error)
{
	struct sigaction catch = { .sa_handler = interrupt_read };
	struct sigaction old_interrupt;
	struct sigaction old_terminate;
	struct termios shown;
	struct termios hidden;

	if (tcgetattr(fd, &shown) != 0)
		return error_set_system(error, "could not read the terminal's settings");
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hidden.c_lflag |= ICANON | ECHONL;
	sigemptyset(&catch.sa_mask);
	sigaction(SIGINT, &catch, &old_interrupt);
	sigaction(SIGTERM, &catch, &old_terminate);
	/* Before the question: this drops what was typed so far, and what answers must not be seen. */
	tcsetattr(fd, TCSAFLUSH, &hidden);
	if (user != NULL)
		dprintf(fd, "Password for user %s: ", user);
	else
		dprintf(fd, "Password: ");
	*password = read_line(fd);
	tcsetattr(fd, TCSAFLUSH, &shown);
	sigaction(SIGINT, &old_interrupt, NULL);
	sigaction(SIGTERM, &old_terminate, NULL);
	return *password != NULL ? 0 : error_set(error, ERROR_INTERRUPTED, "no password was given");
}

int
password_ask(const char *user, char **password, struct error *error)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	int status;

	*password = NULL;
	if (fd < 0)
		return error_set(error, ERROR_CONNECTION, "a password is needed, and there is no terminal to ask for it");
	status = ask_at(fd, user, password, error);
	close(fd);
	return status;
}

void
password_free(char *password)
{
	if (password == NULL)
		return;
	explicit_bzero(password, strlen(password));
	free(password);
}
