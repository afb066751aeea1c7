/*
 * options.c - command lines to settings; options_text.c makes the texts.
 *
 * The words are gone through twice: first to find the command (and to answer --help),
 * then to store values, because only the command tells which options are allowed.
 */
#include "build.h"

#include "base/options.h"

#include <ctype.h>
#include <errno.h>

#include "base/arena.h"
#include "base/options_common.h"

/* What the second pass works on. */
struct parser {
	const struct program_spec *program;
	const struct command_spec *command;
	void *settings;
	bool *given; /* per option: seen on the command line */
	struct error *error;
};

/* An option as it stands in argv. */
struct word {
	const struct option_spec *option;
	const char *value; /* NULL: none was attached */
	bool negated;      /* --no-name */
};

static int
usage_error(const struct program_spec *program, struct error *error)
{
	return error_hint(error, "Try \"%s --help\" for more information.", program->name);
}

bool
option_takes(const struct program_spec *program, const struct option_spec *option, const struct command_spec *command)
{
	return command == NULL || command->name == NULL || (option->commands >> (command - program->commands) & 1U) != 0;
}

/* Does the program have commands, or is its one entry nameless? */
bool
program_has_commands(const struct program_spec *program)
{
	return program->command_count > 0 && program->commands[0].name != NULL;
}

static const struct option_spec *
find_letter(const struct program_spec *program, char letter)
{
	for (size_t i = 0; i < program->option_count; i++) {
		if (program->options[i].letter != 0 && program->options[i].letter == letter)
			return &program->options[i];
	}
	return NULL;
}

static const struct option_spec *
find_name(const struct program_spec *program, const char *name, size_t length)
{
	for (size_t i = 0; i < program->option_count; i++) {
		const char *candidate = program->options[i].name;

		if (strlen(candidate) == length && memcmp(candidate, name, length) == 0)
			return &program->options[i];
	}
	return NULL;
}

/* "--name", "--name=value", "--no-name". */
static int
parse_long(const struct program_spec *program, const char *text, struct word *word, struct error *error)
{
	const char *name = text + 2;
	size_t length = strcspn(name, "=");

	*word = (struct word){ .option = find_name(program, name, length) };
	if (name[length] == '=')
		word->value = name + length + 1;
	if (word->option == NULL && length > 3 && memcmp(name, "no-", 3) == 0) {
		word->option = find_name(program, name + 3, length - 3);
		if (word->option != NULL && word->option->type != OPTION_FLAG)
			word->option = NULL;
		word->negated = word->option != NULL;
	}
	if (word->option == NULL) {
		error_set(error, ERROR_USAGE, "unrecognized option \"--%.*s\"", (int)length, name);
		return usage_error(program, error);
	}
	if (word->option->type == OPTION_FLAG && word->value != NULL) {
		error_set(error, ERROR_USAGE, "option \"--%.*s\" takes no value", (int)length, name);
		return usage_error(program, error);
	}
	return 0;
}

/* The option at *letter in "-xyz"; *letter moves on, to NULL at the end. */
static int
parse_letter(const struct program_spec *program, const char **letter, struct word *word, struct error *error)
{
	const char *at = *letter;

	*word = (struct word){ .option = find_letter(program, *at) };
	if (word->option == NULL) {
		error_set(error, ERROR_USAGE, "unrecognized option \"-%c\"", *at);
		return usage_error(program, error);
	}
	*letter = at[1] == '\0' ? NULL : at + 1;
	if (word->option->type != OPTION_FLAG && at[1] != '\0') {
		word->value = at + 1;
		*letter = NULL;
	}
	return 0;
}

static int
bad_value(const char *where, const char *value, const char *expected, struct error *error)
{
	error_set(error, ERROR_USAGE, "invalid value \"%s\" for %s", value, where);
	return error_hint(error, "Expected %s.", expected);
}

static int
store_flag(bool *place, const char *value, const char *where, struct error *error)
{
	static const char *const yes[] = { "true", "1", "yes", "on" };
	static const char *const no[] = { "false", "0", "no", "off" };

	for (size_t i = 0; i < COUNT_OF(yes); i++) {
		if (strcmp(value, yes[i]) == 0 || strcmp(value, no[i]) == 0) {
			*place = strcmp(value, yes[i]) == 0;
			return 0;
		}
	}
	/* The value is not repeated: PGKEEL_PASSWORD is a flag, and somebody will put a password there. */
	error_set(error, ERROR_USAGE, "invalid value for %s", where);
	return error_hint(error, "Expected one of true, false, 1, 0, yes, no, on, off.");
}

static int
store_number(const struct option_spec *option, long *place, const char *value, const char *where, struct error *error)
{
	bool limited = option->minimum != 0 || option->maximum != 0;
	struct buffer expected = BUFFER_INIT;
	char *end;
	long number;

	errno = 0;
	number = strtol(value, &end, 10);
	if (errno == 0 && end != value && *end == '\0' && !isspace((unsigned char)*value) &&
	    (!limited || (number >= option->minimum && number <= option->maximum))) {
		*place = number;
		return 0;
	}
	buffer_append_text(&expected, "a whole number");
	if (limited)
		buffer_printf(&expected, " from %ld to %ld", option->minimum, option->maximum);
	bad_value(where, value, buffer_text(&expected), error);
	buffer_fini(&expected);
	return -1;
}

static int
store_choice(const struct option_spec *option, const char **place, const char *value, const char *where,
             struct error *error)
{
	struct buffer expected = BUFFER_INIT;

	for (const char *at = option->choices; *at != '\0';) {
		size_t length = strcspn(at, "|");

		if (strlen(value) == length && memcmp(at, value, length) == 0) {
			*place = value;
			buffer_fini(&expected);
			return 0;
		}
		buffer_printf(&expected, "%s%.*s", expected.length == 0 ? "one of " : ", ", (int)length, at);
		at += length + (at[length] == '|');
	}
	bad_value(where, value, buffer_text(&expected), error);
	buffer_fini(&expected);
	return -1;
}

/* Puts the value where the caller wants it; `where` names its origin in messages. */
static int
store(struct parser *parser, const struct option_spec *option, const char *value, const char *where)
{
	void *place = (char *)parser->settings + option->offset;

	switch (option->type) {
	case OPTION_FLAG:
		return store_flag(place, value, where, parser->error);
	case OPTION_TEXT:
		*(const char **)place = value;
		return 0;
	case OPTION_NUMBER:
		return store_number(option, place, value, where, parser->error);
	case OPTION_CHOICE:
		return store_choice(option, place, value, where, parser->error);
	case OPTION_LIST:
		vector_add(place, (void *)(uintptr_t)value);
		return 0;
	}
	return 0;
}

/*
 * The lines of a list in the environment (or of a fallback) need an end each, and the
 * environment is not ours to write to.  They are copied to memory that lives as long as
 * the environment does.
 */
static int
store_lines(struct parser *parser, const struct option_spec *option, const char *value, const char *where)
{
	static struct arena *lines;

	if (lines == NULL)
		lines = arena_new();
	while (*value != '\0') {
		size_t length = strcspn(value, "\n");

		if (length > 0 && store(parser, option, arena_strndup(lines, value, length), where) < 0)
			return -1;
		value += length + (value[length] == '\n');
	}
	return 0;
}

void
option_environment_name(const struct option_spec *option, struct buffer *out)
{
	buffer_append_text(out, "PGKEEL_");
	for (const char *at = option->name; *at != '\0'; at++)
		buffer_append_char(out, *at == '-' ? '_' : (char)toupper((unsigned char)*at));
}

/* The environment, else the fallback.  An empty variable is an unset one (containers often pass those). */
static int
store_default(struct parser *parser, const struct option_spec *option)
{
	struct buffer where = BUFFER_INIT;
	const char *value;
	int result = 0;

	option_environment_name(option, &where);
	value = option_takes(parser->program, option, parser->command) ? getenv(buffer_text(&where)) : NULL;
	if (value == NULL || *value == '\0') {
		value = option->fallback;
		buffer_clear(&where);
		buffer_printf(&where, "option \"--%s\"", option->name);
	} else {
		char *name = buffer_steal(&where);

		buffer_printf(&where, "environment variable %s", name);
		free(name);
	}
	if (value != NULL && option->type == OPTION_LIST)
		result = store_lines(parser, option, value, buffer_text(&where));
	else if (value != NULL)
		result = store(parser, option, value, buffer_text(&where));
	buffer_fini(&where);
	return result;
}

/* Does this option use up the next word? */
static bool
uses_next(const struct word *word)
{
	return word->option->type != OPTION_FLAG && word->value == NULL;
}

/* Stores one option.  Returns how many further words its value took (0 or 1), or -1. */
static int
store_word(struct parser *parser, const struct word *word, char **next)
{
	const struct option_spec *option = word->option;
	const char *value = word->value != NULL ? word->value : *next;
	struct buffer where = BUFFER_INIT;
	int result;

	parser->given[option - parser->program->options] = true;
	if (option->type == OPTION_FLAG)
		value = word->negated ? "false" : "true";
	if (!option_takes(parser->program, option, parser->command)) {
		const char *command = parser->command == NULL ? "" : parser->command->name;

		error_set(parser->error, ERROR_USAGE, "option \"--%s\" does not go with command \"%s\"", option->name, command);
		return error_hint(parser->error, "Try \"%s %s --help\" for more information.", parser->program->name, command);
	}
	if (value == NULL) {
		error_set(parser->error, ERROR_USAGE, "option \"--%s\" needs a value", option->name);
		return usage_error(parser->program, parser->error);
	}
	buffer_printf(&where, "option \"--%s\"", option->name);
	result = store(parser, option, value, buffer_text(&where));
	buffer_fini(&where);
	return result < 0 ? -1 : uses_next(word);
}

/*
 * Stores the options in one word, "--name…" or "-xyz".  Returns how many further words
 * they used (0 or 1), or -1.
 */
static int
parse_option(struct parser *parser, char **words)
{
	const char *text = words[0];
	const char *letter = text[1] == '-' ? NULL : text + 1;
	int used = 0;

	do {
		struct word word = { 0 };
		int found = letter == NULL ? parse_long(parser->program, text, &word, parser->error)
		                           : parse_letter(parser->program, &letter, &word, parser->error);

		used = found < 0 ? -1 : store_word(parser, &word, &words[1]);
	} while (used >= 0 && letter != NULL);
	return used;
}

static const struct command_spec *
find_command(const struct program_spec *program, const char *name)
{
	for (size_t i = 0; i < program->command_count; i++) {
		if (strcmp(program->commands[i].name, name) == 0)
			return &program->commands[i];
	}
	return NULL;
}

static int
answer(struct buffer *text, struct options_result *result, struct error *error)
{
	bool written = fwrite(buffer_text(text), 1, text->length, stdout) == text->length;

	if (fflush(stdout) != 0 || !written)
		error_set_system(error, "cannot write to standard output");
	else
		result->done = true;
	buffer_fini(text);
	return result->done ? 0 : -1;
}

/* --help and its like win over everything else on the command line, mistakes included. */
static int
answer_questions(const struct program_spec *program, int argc, char **argv, struct options_result *result,
                 struct error *error)
{
	struct buffer text = BUFFER_INIT;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-?") == 0)
			options_help(program, result->command, &text);
		else if (strcmp(argv[i], "--version") == 0 || strcmp(argv[i], "-V") == 0)
			buffer_printf(&text, "%s (pgkeel) %s\n", program->name, PGKEEL_VERSION);
		else if (strcmp(argv[i], "--man") == 0)
			options_man(program, &text);
		else if (strcmp(argv[i], "--completion=bash") == 0)
			options_completion(program, &text);
		if (text.length > 0)
			return answer(&text, result, error);
	}
	return 0;
}

/* Is argv[i] an option?  A lone "-" is an operand. */
static bool
is_option(const char *word)
{
	return word[0] == '-' && word[1] != '\0';
}

/* How many words an option takes besides its own: enough to step over it while looking for the command. */
static int
words_of_option(const struct program_spec *program, const char *text)
{
	struct error ignored = { 0 };
	struct word word = { 0 };
	const char *letter = text + 1;
	int found = 0;

	if (text[1] == '-')
		found = parse_long(program, text, &word, &ignored);
	else
		while (found == 0 && letter != NULL)
			found = parse_letter(program, &letter, &word, &ignored);
	error_clear(&ignored);
	return found == 0 && uses_next(&word) ? 1 : 0;
}

/* The index in argv of the first operand, argc where there is none. */
static int
first_operand(const struct program_spec *program, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0)
			return i + 1;
		if (!is_option(argv[i]))
			return i;
		i += words_of_option(program, argv[i]);
	}
	return argc;
}

/* Finds the command; NULL without an error where there is no operand at all. */
static int
choose_command(const struct program_spec *program, int argc, char **argv, struct options_result *result,
               struct error *error)
{
	int at;

	if (!program_has_commands(program)) {
		result->command = program->command_count > 0 ? &program->commands[0] : NULL;
		return 0;
	}
	at = first_operand(program, argc, argv);
	if (at >= argc)
		return 0;
	result->command = find_command(program, argv[at]);
	if (result->command != NULL)
		return 0;
	error_set(error, ERROR_USAGE, "unrecognized command \"%s\"", argv[at]);
	return usage_error(program, error);
}

static int
check_operands(const struct program_spec *program, const struct options_result *result, struct error *error)
{
	size_t least = result->command == NULL ? 0 : result->command->least_operands;
	size_t most = result->command == NULL ? 0 : result->command->most_operands;

	if (result->operand_count < least)
		error_set(error, ERROR_USAGE, "an operand is missing: %s", result->command->operands);
	else if (result->operand_count > most)
		error_set(error, ERROR_USAGE, "too many operands, the first is \"%s\"", result->operands[most]);
	else
		return 0;
	return usage_error(program, error);
}

/* Stores the options and gathers the operands at the front of argv, as getopt does. */
static int
parse_words(struct parser *parser, int argc, char **argv, struct options_result *result)
{
	bool command_seen = !program_has_commands(parser->program);
	bool options_ended = false;
	char **operands = argv + 1;
	size_t count = 0;

	for (int i = 1; i < argc; i++) {
		if (!options_ended && strcmp(argv[i], "--") == 0) {
			options_ended = true;
		} else if (!options_ended && is_option(argv[i])) {
			int used = parse_option(parser, &argv[i]);

			if (used < 0)
				return -1;
			i += used;
		} else if (!command_seen) {
			command_seen = true;
		} else {
			operands[count++] = argv[i];
		}
	}
	result->operands = (const char *const *)operands;
	result->operand_count = count;
	return check_operands(parser->program, result, parser->error);
}

static int
parse_all(struct parser *parser, int argc, char **argv, struct options_result *result)
{
	if (parse_words(parser, argc, argv, result) < 0)
		return -1;
	for (size_t i = 0; i < parser->program->option_count; i++) {
		if (!parser->given[i] && store_default(parser, &parser->program->options[i]) < 0)
			return -1;
	}
	return 0;
}

int
options_parse(const struct program_spec *program, int argc, char **argv, void *settings, struct options_result *result,
              struct error *error)
{
	struct error no_command = { 0 };
	int chosen;
	int status;

	*result = (struct options_result){ 0 };
	chosen = choose_command(program, argc, argv, result, &no_command);
	status = answer_questions(program, argc, argv, result, error);
	if (status == 0 && !result->done && chosen < 0) {
		error_move(error, &no_command);
		status = -1;
	} else if (status == 0 && !result->done && result->command == NULL && program_has_commands(program)) {
		error_set(error, ERROR_USAGE, "no command was given");
		status = usage_error(program, error);
	} else if (status == 0 && !result->done) {
		struct parser parser = { program, result->command, settings, xcalloc(program->option_count, sizeof(bool)),
			                     error };

		status = parse_all(&parser, argc, argv, result);
		free(parser.given);
	}
	error_clear(&no_command);
	return status;
}
