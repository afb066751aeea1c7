/*
 * options.h - command lines as tables.
 *
 * A program is one const struct program_spec: its commands and options.  Parsing,
 * --help, the man page (roff) and the shell completion all come from it, so they agree.
 * Order of precedence: command line, environment PGKEEL_<NAME> (upper case, '-' as '_'),
 * the fallback of the table.  Values land in the caller's settings struct at `offset`.
 */
#ifndef COMMON_BASE_OPTIONS_H
#define COMMON_BASE_OPTIONS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/vector.h"

enum option_type {
	OPTION_FLAG,   /* bool; --name, --no-name; environment: true/false, 1/0, yes/no, on/off */
	OPTION_TEXT,   /* const char *, NULL where absent and without fallback */
	OPTION_NUMBER, /* long, within minimum…maximum */
	OPTION_CHOICE, /* const char *, one of `choices` ("full|touched|none") */
	OPTION_LIST,   /* struct vector of const char *; may be given often; environment: one a line */
};

struct option_spec {
	const char *name; /* long name, without dashes */
	char letter;      /* or 0 */
	enum option_type type;
	const char *argument; /* the value's name in help; NULL for flags */
	const char *fallback; /* as text; NULL: zero, false, absent */
	const char *choices;
	long minimum;
	long maximum;
	size_t offset;
	unsigned commands; /* bit 1 << index of each command that takes it; ~0u: all */
	const char *group; /* heading in help: "Connection" */
	const char *help;  /* one sentence, lower case, no full stop */
};

struct command_spec {
	const char *name;     /* NULL in a program without commands */
	const char *operands; /* "[SNAPSHOT]", "" */
	size_t least_operands;
	size_t most_operands;
	const char *summary;     /* one line */
	const char *description; /* paragraphs for the man page, separated by empty lines */
	int (*run)(void *settings, const char *const *operands, size_t count, struct error *error);
};

struct program_spec {
	const char *name;
	const char *summary;
	const char *description;
	const struct command_spec *commands;
	size_t command_count;
	const struct option_spec *options;
	size_t option_count;
	const char *const *examples; /* pairs: what it is for, command line; ended by NULL */
	const char *notes;           /* further man page paragraphs, or NULL */
};

struct options_result {
	const struct command_spec *command;
	const char *const *operands;
	size_t operand_count;
	bool done; /* --help, --version, --man or --completion was answered on stdout: exit 0 */
};

/*
 * Parses argv into settings.  Strings point into argv or the environment.  --help (with or
 * without a command), --version, --man and --completion=bash are answered here.
 */
int options_parse(const struct program_spec *program, int argc, char **argv, void *settings,
                  struct options_result *result, struct error *error);

void options_help(const struct program_spec *program, const struct command_spec *command, struct buffer *out);
void options_man(const struct program_spec *program, struct buffer *out);
void options_completion(const struct program_spec *program, struct buffer *out);

#endif
