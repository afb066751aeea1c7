/*
 * options_text.c - help, manual page and shell completion out of a program's tables.
 */
#include "build.h"

#include "base/options.h"

#include <ctype.h>

#include "base/options_common.h"

#define WIDTH 79
#define HELP_COLUMN 30

/* Breaks text at spaces into lines of WIDTH; the cursor stands at `column`, further lines start at `indent`. */
static void
append_wrapped(struct buffer *out, const char *text, size_t column, size_t indent)
{
	bool fresh = true; /* nothing on this line yet: no space first */

	while (*text != '\0') {
		size_t length = strcspn(text, " \n");

		if (!fresh && column + 1 + length > WIDTH) {
			buffer_printf(out, "\n%*s", (int)indent, "");
			column = indent;
			fresh = true;
		}
		if (length > 0) {
			buffer_printf(out, "%s%.*s", fresh ? "" : " ", (int)length, text);
			column += length + (fresh ? 0 : 1);
			fresh = false;
		}
		text += length;
		if (text[0] == '\n' && text[1] == '\n') {
			text++;
			buffer_printf(out, "\n\n%*s", (int)indent, "");
			column = indent;
			fresh = true;
		}
		text += *text != '\0';
	}
	buffer_append_char(out, '\n');
}

/* "choices" with the bars turned into ", ". */
static void
append_choices(struct buffer *out, const char *choices)
{
	for (const char *at = choices; *at != '\0'; at++) {
		if (*at == '|')
			buffer_append_text(out, ", ");
		else
			buffer_append_char(out, *at);
	}
}

static const char *
fallback_text(const struct option_spec *option)
{
	if (option->type != OPTION_FLAG)
		return option->fallback;
	return strcmp(option->fallback, "true") == 0 ? "yes" : "no";
}

/* The help sentence with what the table knows besides: choices and fallback. */
static void
append_explanation(struct buffer *out, const struct option_spec *option)
{
	buffer_append_text(out, option->help);
	if (option->choices != NULL) {
		buffer_append_text(out, " (one of ");
		append_choices(out, option->choices);
	}
	if (option->fallback != NULL)
		buffer_printf(out, "%sdefault: %s", option->choices != NULL ? "; " : " (", fallback_text(option));
	if (option->choices != NULL || option->fallback != NULL)
		buffer_append_char(out, ')');
}

static void
append_row(struct buffer *out, const char *left, const char *right)
{
	size_t column = strlen(left);

	buffer_append_text(out, left);
	if (column >= HELP_COLUMN - 1) {
		buffer_append_char(out, '\n');
		column = 0;
	}
	buffer_printf(out, "%*s", (int)(HELP_COLUMN - column), "");
	append_wrapped(out, right, HELP_COLUMN, HELP_COLUMN);
}

static void
append_option(struct buffer *out, const struct option_spec *option)
{
	struct buffer left = BUFFER_INIT;
	struct buffer right = BUFFER_INIT;

	if (option->letter != 0)
		buffer_printf(&left, "  -%c, ", option->letter);
	else
		buffer_append_text(&left, "      ");
	buffer_printf(&left, "--%s", option->name);
	if (option->type != OPTION_FLAG)
		buffer_printf(&left, "=%s", option->argument);
	append_explanation(&right, option);
	append_row(out, buffer_text(&left), buffer_text(&right));
	buffer_fini(&left);
	buffer_fini(&right);
}

static const char *
group_of(const struct option_spec *option)
{
	return option->group == NULL ? "General" : option->group;
}

/* Is this the first option of its group among those of the command? */
static bool
opens_group(const struct program_spec *program, size_t index, const struct command_spec *command)
{
	for (size_t i = 0; i < index; i++) {
		if (option_takes(program, &program->options[i], command) &&
		    strcmp(group_of(&program->options[i]), group_of(&program->options[index])) == 0)
			return false;
	}
	return true;
}

/* The options of a command by groups, in the order in which groups first appear. */
static void
append_groups(const struct program_spec *program, const struct command_spec *command, struct buffer *out)
{
	for (size_t i = 0; i < program->option_count; i++) {
		const char *group = group_of(&program->options[i]);

		if (!option_takes(program, &program->options[i], command) || !opens_group(program, i, command))
			continue;
		buffer_printf(out, "\n%s options:\n", group);
		for (size_t j = i; j < program->option_count; j++) {
			const struct option_spec *option = &program->options[j];

			if (option_takes(program, option, command) && strcmp(group_of(option), group) == 0)
				append_option(out, option);
		}
	}
}

static const char *
operands_of(const struct command_spec *command)
{
	return command == NULL || command->operands == NULL ? "" : command->operands;
}

/* "name command [OPTION]… OPERANDS" */
static void
append_usage(struct buffer *out, const struct program_spec *program, const struct command_spec *command)
{
	const char *operands = operands_of(command);

	buffer_append_text(out, program->name);
	if (command == NULL && program_has_commands(program)) {
		buffer_append_text(out, " COMMAND [OPTION]... [OPERAND]...");
		return;
	}
	if (command != NULL && command->name != NULL)
		buffer_printf(out, " %s", command->name);
	buffer_printf(out, " [OPTION]...%s%s", operands[0] == '\0' ? "" : " ", operands);
}

static void
append_help_commands(const struct program_spec *program, struct buffer *out)
{
	buffer_append_text(out, "\nCommands:\n");
	for (size_t i = 0; i < program->command_count; i++) {
		const struct command_spec *command = &program->commands[i];
		struct buffer left = BUFFER_INIT;

		buffer_printf(&left, "  %s%s%s", command->name, operands_of(command)[0] == '\0' ? "" : " ",
		              operands_of(command));
		append_row(out, buffer_text(&left), command->summary);
		buffer_fini(&left);
	}
}

static void
append_help_general(struct buffer *out)
{
	buffer_append_text(out, "\nInformation:\n");
	append_row(out, "  -?, --help", "show this help; after a command, that of the command");
	append_row(out, "  -V, --version", "show the version");
	append_row(out, "      --man", "write the manual page (roff)");
	append_row(out, "      --completion=bash", "write the completion for bash");
	buffer_append_char(out, '\n');
	append_wrapped(out,
	               "Options can also be set in the environment, as PGKEEL_ and the name in upper case with _ for -. "
	               "The command line wins.",
	               0, 0);
}

static void
append_help_examples(const struct program_spec *program, struct buffer *out)
{
	const char *const *example = program->examples;

	if (example == NULL || example[0] == NULL)
		return;
	buffer_append_text(out, "\nExamples:\n");
	for (; example[0] != NULL; example += 2)
		buffer_printf(out, "  # %s\n  %s\n", example[0], example[1]);
}

void
options_help(const struct program_spec *program, const struct command_spec *command, struct buffer *out)
{
	bool overview = command == NULL || command->name == NULL;

	buffer_printf(out, "%s%s%s - ", program->name, overview ? "" : " ", overview ? "" : command->name);
	append_wrapped(out, overview ? program->summary : command->summary,
	               strlen(program->name) + (overview ? 3 : strlen(command->name) + 4), 2);
	buffer_append_text(out, "\nUsage:\n  ");
	append_usage(out, program, command);
	buffer_append_char(out, '\n');
	if (!overview && command->description != NULL && command->description[0] != '\0') {
		buffer_append_char(out, '\n');
		append_wrapped(out, command->description, 0, 0);
	}
	if (command == NULL && program_has_commands(program))
		append_help_commands(program, out);
	append_groups(program, command, out);
	append_help_general(out);
	if (overview)
		append_help_examples(program, out);
}

/* ---- manual page ---- */

/* Text for roff: no escapes, no requests, hyphens that can be copied as minus signs. */
static void
append_roff(struct buffer *out, const char *text)
{
	bool at_start = true;

	for (; *text != '\0'; text++) {
		if (at_start && (*text == '.' || *text == '\''))
			buffer_append_text(out, "\\&");
		if (*text == '\\')
			buffer_append_text(out, "\\e");
		else if (*text == '-')
			buffer_append_text(out, "\\-");
		else
			buffer_append_char(out, *text);
		at_start = *text == '\n';
	}
}

/* The tables' phrases are lower case and without a full stop. */
static void
append_sentence(struct buffer *out, const char *phrase)
{
	struct buffer sentence = BUFFER_INIT;

	buffer_printf(&sentence, "%s.", phrase);
	sentence.data[0] = (char)toupper((unsigned char)sentence.data[0]);
	append_roff(out, buffer_text(&sentence));
	buffer_append_char(out, '\n');
	buffer_fini(&sentence);
}

/* Paragraphs separated by empty lines. */
static void
append_paragraphs(struct buffer *out, const char *text)
{
	while (text != NULL && *text != '\0') {
		const char *end = strstr(text, "\n\n");
		struct buffer paragraph = BUFFER_INIT;

		buffer_append(&paragraph, text, end == NULL ? strlen(text) : (size_t)(end - text));
		buffer_append_text(out, ".PP\n");
		append_roff(out, buffer_text(&paragraph));
		buffer_append_char(out, '\n');
		buffer_fini(&paragraph);
		text = end == NULL ? NULL : end + 2;
	}
}

/* Which commands take the option, where not all do. */
static void
append_man_commands_of(const struct program_spec *program, const struct option_spec *option, struct buffer *out)
{
	size_t taken = 0;

	for (size_t i = 0; i < program->command_count; i++)
		taken += option_takes(program, option, &program->commands[i]);
	if (!program_has_commands(program) || taken == program->command_count)
		return;
	buffer_append_text(out, "\nCommands:");
	for (size_t i = 0; i < program->command_count; i++) {
		if (option_takes(program, option, &program->commands[i]))
			buffer_printf(out, " %s%s", program->commands[i].name, --taken == 0 ? "" : ",");
	}
	buffer_append_text(out, ".\n");
}

static void
append_man_option(struct buffer *out, const struct option_spec *option)
{
	struct buffer explanation = BUFFER_INIT;

	buffer_append_text(out, ".TP\n");
	if (option->letter != 0)
		buffer_printf(out, "\\fB\\-%c\\fR, ", option->letter);
	buffer_append_text(out, "\\fB\\-\\-");
	append_roff(out, option->name);
	buffer_append_text(out, "\\fR");
	if (option->type != OPTION_FLAG)
		buffer_printf(out, "=\\fI%s\\fR", option->argument);
	buffer_append_char(out, '\n');
	append_explanation(&explanation, option);
	append_sentence(out, buffer_text(&explanation));
	buffer_fini(&explanation);
}

static void
append_man_synopsis(const struct program_spec *program, struct buffer *out)
{
	for (size_t i = 0; i < program->command_count || i == 0; i++) {
		struct buffer usage = BUFFER_INIT;

		append_usage(&usage, program, program->command_count == 0 ? NULL : &program->commands[i]);
		buffer_append_text(out, i == 0 ? "" : ".br\n");
		append_roff(out, buffer_text(&usage));
		buffer_append_char(out, '\n');
		buffer_fini(&usage);
	}
}

static void
append_man_commands(const struct program_spec *program, struct buffer *out)
{
	if (!program_has_commands(program))
		return;
	buffer_append_text(out, ".SH COMMANDS\n");
	for (size_t i = 0; i < program->command_count; i++) {
		const struct command_spec *command = &program->commands[i];

		buffer_append_text(out, ".SS ");
		append_roff(out, command->name);
		buffer_append_text(out, "\n.PP\n");
		append_sentence(out, command->summary);
		append_paragraphs(out, command->description);
		buffer_append_text(out, ".PP\nIts options:");
		for (size_t j = 0, listed = 0; j < program->option_count; j++) {
			if (!option_takes(program, &program->options[j], command))
				continue;
			buffer_append_text(out, listed++ == 0 ? " " : ", ");
			buffer_append_text(out, "\\-\\-");
			append_roff(out, program->options[j].name);
		}
		buffer_append_text(out, ".\n");
	}
}

static void
append_man_environment(const struct program_spec *program, struct buffer *out)
{
	buffer_append_text(out, ".SH ENVIRONMENT\n.PP\n"
	                        "Each option has a variable, used where the option is not given; an empty one counts as "
	                        "unset.\nA flag takes true, 1, yes, on or false, 0, no, off; a list has one value a line.\n"
	                        ".PP\n");
	for (size_t i = 0; i < program->option_count; i++) {
		struct buffer name = BUFFER_INIT;

		option_environment_name(&program->options[i], &name);
		buffer_printf(out, "%s\\fB%s\\fR", i == 0 ? "" : ",\n", buffer_text(&name));
		buffer_fini(&name);
	}
	buffer_append_text(out, ".\n.PP\nThe PG* variables of libpq work as in every client of PostgreSQL; "
	                        "\\fBDATABASE_URL\\fR is used where no database is named.\n");
}

/* Several classes of failure share a status: they are one entry, separated by semicolons. */
static void
append_man_exit(struct buffer *out)
{
	buffer_append_text(out, ".SH EXIT STATUS\n");
	for (int status = 0; status <= UINT8_MAX; status++) {
		bool open = false;

		for (int code = 0; code < ERROR_CODE_COUNT; code++) {
			if (error_code_status((enum error_code)code) != status)
				continue;
			if (open)
				buffer_append_text(out, "; ");
			else
				buffer_printf(out, ".TP\n.B %d\n", status);
			append_roff(out, error_code_meaning((enum error_code)code));
			open = true;
		}
		if (open)
			buffer_append_char(out, '\n');
	}
}

static void
append_man_examples(const struct program_spec *program, struct buffer *out)
{
	const char *const *example = program->examples;

	if (example == NULL || example[0] == NULL)
		return;
	buffer_append_text(out, ".SH EXAMPLES\n");
	for (; example[0] != NULL; example += 2) {
		buffer_append_text(out, ".PP\n");
		append_roff(out, example[0]);
		buffer_append_text(out, ":\n.PP\n.RS 4\n.nf\n");
		append_roff(out, example[1]);
		buffer_append_text(out, "\n.fi\n.RE\n");
	}
}

static void
append_man_options(const struct program_spec *program, struct buffer *out)
{
	buffer_append_text(out, ".SH OPTIONS\n");
	for (size_t i = 0; i < program->option_count; i++) {
		if (!opens_group(program, i, NULL))
			continue;
		buffer_printf(out, ".SS %s\n", group_of(&program->options[i]));
		for (size_t j = i; j < program->option_count; j++) {
			if (strcmp(group_of(&program->options[j]), group_of(&program->options[i])) != 0)
				continue;
			append_man_option(out, &program->options[j]);
			append_man_commands_of(program, &program->options[j], out);
		}
	}
	buffer_append_text(out, ".SS Information\n"
	                        ".TP\n\\fB\\-?\\fR, \\fB\\-\\-help\\fR\nShow help; after a command, that of the command.\n"
	                        ".TP\n\\fB\\-V\\fR, \\fB\\-\\-version\\fR\nShow the version.\n"
	                        ".TP\n\\fB\\-\\-man\\fR\nWrite this page.\n"
	                        ".TP\n\\fB\\-\\-completion\\fR=\\fIbash\\fR\nWrite the completion for bash.\n");
}

void
options_man(const struct program_spec *program, struct buffer *out)
{
	buffer_append_text(out, ".TH ");
	for (const char *at = program->name; *at != '\0'; at++)
		buffer_append_char(out, (char)toupper((unsigned char)*at));
	buffer_printf(out, " 1 \"\" \"pgkeel %s\" \"pgkeel\"\n.SH NAME\n", PGKEEL_VERSION);
	append_roff(out, program->name);
	buffer_append_text(out, " \\- ");
	append_roff(out, program->summary);
	buffer_append_text(out, "\n.SH SYNOPSIS\n.nh\n");
	append_man_synopsis(program, out);
	buffer_append_text(out, ".hy\n.SH DESCRIPTION\n");
	append_paragraphs(out, program->description);
	append_man_commands(program, out);
	append_man_options(program, out);
	append_man_environment(program, out);
	append_man_exit(out);
	append_man_examples(program, out);
	if (program->notes != NULL) {
		buffer_append_text(out, ".SH NOTES\n");
		append_paragraphs(out, program->notes);
	}
}

/* ---- completion ---- */

static void
append_completion_option(struct buffer *out, const struct option_spec *option)
{
	buffer_printf(out, " --%s%s", option->name, option->type == OPTION_FLAG ? "" : "=");
}

/* The words of a command's options, as one shell case. */
static void
append_completion_case(const struct program_spec *program, const struct command_spec *command, struct buffer *out)
{
	buffer_printf(out, "\t%s) options=\"", command == NULL || command->name == NULL ? "*" : command->name);
	for (size_t i = 0; i < program->option_count; i++) {
		if (option_takes(program, &program->options[i], command))
			append_completion_option(out, &program->options[i]);
	}
	buffer_append_text(out, " --help --version\" ;;\n");
}

/* After "--option=" (bash splits at "="), its choices. */
static void
append_completion_choices(const struct program_spec *program, struct buffer *out)
{
	buffer_append_text(out, "\tcase $option in\n");
	for (size_t i = 0; i < program->option_count; i++) {
		const struct option_spec *option = &program->options[i];

		if (option->choices == NULL)
			continue;
		buffer_printf(out, "\t--%s) COMPREPLY=($(compgen -W \"", option->name);
		for (const char *at = option->choices; *at != '\0'; at++)
			buffer_append_char(out, *at == '|' ? ' ' : *at);
		buffer_append_text(out, "\" -- \"$word\")); return ;;\n");
	}
	buffer_append_text(out, "\tesac\n");
}

static const char completion_words[] =
	"\tlocal word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]} command= options= i\n"
	"\t[[ $word == \"=\" ]] && word=\n"
	"\t[[ $option == \"=\" ]] && option=${COMP_WORDS[COMP_CWORD-2]}\n";

static const char completion_end[] = "\tif [[ $word == -* ]]; then\n"
									 "\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
									 "\t\t[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
									 "\tfi\n";

void
options_completion(const struct program_spec *program, struct buffer *out)
{
	struct buffer function = BUFFER_INIT;
	bool commands = program_has_commands(program);

	for (const char *at = program->name; *at != '\0'; at++)
		buffer_append_char(&function, *at == '-' ? '_' : *at);
	buffer_printf(out, "# bash completion for %s, made by %s --completion=bash\n_%s()\n{\n", program->name,
	              program->name, buffer_text(&function));
	buffer_append_text(out, completion_words);
	if (commands) {
		buffer_append_text(out, "\tlocal commands=\"");
		for (size_t i = 0; i < program->command_count; i++)
			buffer_printf(out, "%s%s", i == 0 ? "" : " ", program->commands[i].name);
		buffer_append_text(out, "\"\n\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		                        "\t\t[[ \" $commands \" == *\" ${COMP_WORDS[i]} \"* ]] && "
		                        "command=${COMP_WORDS[i]} && break\n\tdone\n");
	}
	append_completion_choices(program, out);
	buffer_append_text(out, "\tcase $command in\n");
	for (size_t i = 0; commands && i < program->command_count; i++)
		append_completion_case(program, &program->commands[i], out);
	append_completion_case(program, NULL, out);
	buffer_append_text(out, "\tesac\n");
	if (commands)
		buffer_append_text(out, "\tif [[ -z $command && $word != -* ]]; then\n"
		                        "\t\tCOMPREPLY=($(compgen -W \"$commands\" -- \"$word\"))\n\t\treturn\n\tfi\n");
	buffer_append_text(out, completion_end);
	buffer_printf(out, "}\ncomplete -o default -F _%s %s\n", buffer_text(&function), program->name);
	buffer_fini(&function);
}
