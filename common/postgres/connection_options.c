#include "build.h"

#include "postgres/connection_options.h"

#include "base/arena.h"

/* The part of argv that text points into, to be written to; NULL where it comes from elsewhere. */
static char *
find_argument(const char *text, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (text >= argv[i] && text <= argv[i] + strlen(argv[i]))
			return argv[i] + (text - argv[i]);
	return NULL;
}

char *
connection_options_hide(struct connection_options *options, int argc, char **argv)
{
	char *argument;
	char *copy;

	if (options->dbname == NULL || (strchr(options->dbname, '=') == NULL && strstr(options->dbname, "://") == NULL))
		return NULL; /* a plain name */
	argument = find_argument(options->dbname, argc, argv);
	if (argument == NULL)
		return NULL;
	copy = xstrdup(argument);
	memset(argument, 'x', strlen(argument));
	options->dbname = copy;
	return copy;
}
