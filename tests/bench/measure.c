/*
 * measure.c - runs a command and tells what it took.
 *
 * usage: measure FILE COMMAND [argument…]
 * Appends one line to FILE: seconds by the clock, seconds of processor, peak memory in KiB (the largest resident set
 * of the command or a child of it that it waited for).  Ends with the command's own status.
 */
#include "build.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static int
append_line(const char *path, double wall, const struct rusage *usage)
{
	FILE *file = fopen(path, "ae");

	if (file == NULL)
		return -1;
	fprintf(file, "%.4f %.4f %ld\n", wall, seconds(usage->ru_utime) + seconds(usage->ru_stime), usage->ru_maxrss);
	return fclose(file);
}

int
main(int argc, char **argv)
{
	double start = now();
	struct rusage usage;
	int status;
	pid_t child;

	if (argc < 3) {
		fputs("usage: measure FILE COMMAND [argument...]\n", stderr);
		return 2;
	}
	child = fork();
	if (child == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	while (child > 0 && wait4(child, &status, 0, &usage) < 0 && errno == EINTR)
		;
	if (child < 0 || append_line(argv[1], now() - start, &usage) != 0) {
		perror("measure");
		return 1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
