#include "build.h"

#include "unit.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/options.h"

struct settings {
	const char *dbname;
	bool quiet;
	bool color;
	long jobs;
	const char *backup;
	struct vector tables;
	bool no_password;
	bool password;
	long any;
};

#define AT(member) offsetof(struct settings, member)

static const struct option_spec options[] = {
	{ "dbname", 'd', OPTION_TEXT, "NAME", "fallback", NULL, 0, 0, AT(dbname), ~0u, "Connection", "database to use" },
	{ "quiet", 'q', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(quiet), ~0u, "Output", "say less" },
	{ "color", 0, OPTION_FLAG, NULL, "true", NULL, 0, 0, AT(color), ~0u, "Output", "use colours" },
	{ "jobs", 'j', OPTION_NUMBER, "N", "2", NULL, 1, 64, AT(jobs), 1u, NULL, "how many at once" },
	{ "backup", 0, OPTION_CHOICE, "WHAT", "full", "full|touched|none", 0, 0, AT(backup), 1u, NULL, "what to save" },
	{ "table", 't', OPTION_LIST, "TABLE", NULL, NULL, 0, 0, AT(tables), 2u, NULL, "only this table" },
	{ "no-password", 'w', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(no_password), ~0u, "Connection", "never ask" },
	{ "password", 'W', OPTION_FLAG, NULL, NULL, NULL, 0, 0, AT(password), ~0u, "Connection", "ask" },
	{ "any", 0, OPTION_NUMBER, "N", NULL, NULL, 0, 0, AT(any), ~0u, "Connection", "any number" },
};

static const struct command_spec commands[] = {
	{ "apply", "[SNAPSHOT]", 0, 1, "do it", "Does it.\n\n.Second - paragraph\\.", NULL },
	{ "restore", "ARCHIVE", 1, 1, "bring back", "", NULL },
};

static const char *const examples[] = { "Do it now", "prog apply -q", NULL };

static const struct program_spec program = { "prog",  "do things",       "Does things.", commands, COUNT_OF(commands),
	                                         options, COUNT_OF(options), examples,       "A note." };

static const struct command_spec nameless = { NULL, "[FILE]...", 0, 3, "", "", NULL };
static const struct program_spec plain = { "plain", "do one thing",    "Does it.", &nameless, 1,
	                                       options, COUNT_OF(options), NULL,       NULL };

struct outcome {
	struct settings settings;
	struct options_result result;
	struct error error;
	int status;
	char *words[16];
	char *copy;
};

/* Parses a command line given as one text; spaces separate words, "_" stands for an empty one. */
static void
run(const struct program_spec *spec, const char *line, struct outcome *outcome)
{
	int count = 0;
	char *save = NULL;

	*outcome = (struct outcome){ .copy = strdup(line) };
	for (char *word = strtok_r(outcome->copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
		if (strcmp(word, "_") == 0)
			*word = '\0';
		outcome->words[count++] = word;
	}
	outcome->status = options_parse(spec, count, outcome->words, &outcome->settings, &outcome->result, &outcome->error);
}

static void
done(struct outcome *outcome)
{
	error_clear(&outcome->error);
	vector_fini(&outcome->settings.tables);
	free(outcome->copy);
}

static void
test_fallbacks(void **state)
{
	struct outcome o;

	(void)state;
	run(&program, "prog apply", &o);
	assert_int_equal(o.status, 0);
	assert_ptr_equal(o.result.command, &commands[0]);
	assert_string_equal(o.settings.dbname, "fallback");
	assert_false(o.settings.quiet);
	assert_true(o.settings.color);
	assert_int_equal(o.settings.jobs, 2);
	assert_string_equal(o.settings.backup, "full");
	assert_int_equal(o.settings.tables.count, 0);
	assert_int_equal(o.result.operand_count, 0);
	done(&o);
}

static void
test_forms(void **state)
{
	static const char *const lines[] = {
		"prog apply -d x -j 7 -q --no-color --backup none snap",
		"prog -dx apply snap -qj7 --backup=none --no-color",
		"prog --dbname=x --no-color -q --jobs=7 --backup=none apply -- snap",
		"prog --dbname x --jobs 7 --quiet --backup none --no-color -- apply snap",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct outcome o;

		run(&program, lines[i], &o);
		assert_int_equal(o.status, 0);
		assert_string_equal(o.settings.dbname, "x");
		assert_true(o.settings.quiet);
		assert_false(o.settings.color);
		assert_int_equal(o.settings.jobs, 7);
		assert_string_equal(o.settings.backup, "none");
		assert_int_equal(o.result.operand_count, 1);
		assert_string_equal(o.result.operands[0], "snap");
		done(&o);
	}
}

static void
test_empty_and_odd_values(void **state)
{
	struct outcome o;

	(void)state;
	run(&program, "prog apply --dbname= --any=-5 -", &o);
	assert_int_equal(o.status, 0);
	assert_string_equal(o.settings.dbname, "");
	assert_int_equal(o.settings.any, -5);
	assert_string_equal(o.result.operands[0], "-");
	done(&o);
	run(&program, "prog apply -d _ -- -q", &o);
	assert_string_equal(o.settings.dbname, "");
	assert_false(o.settings.quiet);
	assert_string_equal(o.result.operands[0], "-q");
	done(&o);
	run(&program, "prog -d apply restore a=b", &o); /* a value that looks like a command */
	assert_string_equal(o.settings.dbname, "apply");
	assert_ptr_equal(o.result.command, &commands[1]);
	done(&o);
}

/* --no-password is an option of its own, not the opposite of --password. */
static void
test_exact_name_before_negation(void **state)
{
	struct outcome o;

	(void)state;
	run(&program, "prog apply --no-password", &o);
	assert_true(o.settings.no_password);
	assert_false(o.settings.password);
	done(&o);
	run(&program, "prog apply -W --no-no-password", &o);
	assert_int_equal(o.status, 0);
	assert_true(o.settings.password);
	assert_false(o.settings.no_password);
	done(&o);
}

static void
test_last_one_wins_and_lists_collect(void **state)
{
	struct outcome o;

	(void)state;
	run(&program, "prog restore -d a -d b -t one --table=two a.tar.gz -tthree", &o);
	assert_int_equal(o.status, 0);
	assert_string_equal(o.settings.dbname, "b");
	assert_int_equal(o.settings.tables.count, 3);
	assert_string_equal(o.settings.tables.items[0], "one");
	assert_string_equal(o.settings.tables.items[2], "three");
	done(&o);
}

static void
test_environment(void **state)
{
	struct outcome o;

	(void)state;
	setenv("PGKEEL_DBNAME", "env", 1);
	setenv("PGKEEL_QUIET", "on", 1);
	setenv("PGKEEL_COLOR", "0", 1);
	setenv("PGKEEL_NO_PASSWORD", "yes", 1);
	setenv("PGKEEL_TABLE", "a\n\nb c\n", 1);
	setenv("PGKEEL_ANY", "", 1);
	run(&program, "prog restore x", &o);
	assert_int_equal(o.status, 0);
	assert_string_equal(o.settings.dbname, "env");
	assert_true(o.settings.quiet);
	assert_false(o.settings.color);
	assert_true(o.settings.no_password);
	assert_int_equal(o.settings.any, 0);
	assert_int_equal(o.settings.tables.count, 2);
	assert_string_equal(o.settings.tables.items[1], "b c");
	done(&o);
	run(&program, "prog restore x -d line --no-quiet -t only", &o);
	assert_string_equal(o.settings.dbname, "line");
	assert_false(o.settings.quiet);
	assert_int_equal(o.settings.tables.count, 1);
	assert_string_equal(o.settings.tables.items[0], "only");
	done(&o);
	unsetenv("PGKEEL_DBNAME");
	unsetenv("PGKEEL_QUIET");
	unsetenv("PGKEEL_COLOR");
	unsetenv("PGKEEL_NO_PASSWORD");
	unsetenv("PGKEEL_TABLE");
	unsetenv("PGKEEL_ANY");
}

/* A variable for another command's option is not this command's business. */
static void
test_environment_of_other_commands(void **state)
{
	struct outcome o;

	(void)state;
	setenv("PGKEEL_JOBS", "nonsense", 1);
	run(&program, "prog restore x", &o);
	assert_int_equal(o.status, 0);
	assert_int_equal(o.settings.jobs, 2);
	done(&o);
	run(&program, "prog apply", &o);
	assert_int_equal(o.status, -1);
	assert_string_equal(o.error.primary, "invalid value \"nonsense\" for environment variable PGKEEL_JOBS");
	done(&o);
	unsetenv("PGKEEL_JOBS");
}

static void
test_a_password_in_a_flag_is_not_repeated(void **state)
{
	struct outcome o;

	(void)state;
	setenv("PGKEEL_PASSWORD", "hunter2", 1);
	run(&program, "prog apply", &o);
	assert_int_equal(o.status, -1);
	assert_string_equal(o.error.primary, "invalid value for environment variable PGKEEL_PASSWORD");
	assert_null(strstr(o.error.hint, "hunter2"));
	done(&o);
	unsetenv("PGKEEL_PASSWORD");
}

static void
test_refusals(void **state)
{
	static const struct {
		const char *line;
		const char *primary;
	} cases[] = {
		{ "prog", "no command was given" },
		{ "prog -q", "no command was given" },
		{ "prog aply", "unrecognized command \"aply\"" },
		{ "prog apply --formt=x", "unrecognized option \"--formt\"" },
		{ "prog apply -qx", "unrecognized option \"-x\"" },
		{ "prog apply -d", "option \"--dbname\" needs a value" },
		{ "prog apply --dbname", "option \"--dbname\" needs a value" },
		{ "prog apply --quiet=yes", "option \"--quiet\" takes no value" },
		{ "prog apply --no-dbname", "unrecognized option \"--no-dbname\"" },
		{ "prog apply --no-quiet=1", "option \"--no-quiet\" takes no value" },
		{ "prog apply -j 0", "invalid value \"0\" for option \"--jobs\"" },
		{ "prog apply -j 65", "invalid value \"65\" for option \"--jobs\"" },
		{ "prog apply -j 3x", "invalid value \"3x\" for option \"--jobs\"" },
		{ "prog apply -j _", "invalid value \"\" for option \"--jobs\"" },
		{ "prog apply --any 99999999999999999999", "invalid value \"99999999999999999999\" for option \"--any\"" },
		{ "prog apply --backup ful", "invalid value \"ful\" for option \"--backup\"" },
		{ "prog apply --backup full|touched", "invalid value \"full|touched\" for option \"--backup\"" },
		{ "prog apply --backup=", "invalid value \"\" for option \"--backup\"" },
		{ "prog apply -t x", "option \"--table\" does not go with command \"apply\"" },
		{ "prog apply a b", "too many operands, the first is \"b\"" },
		{ "prog restore", "an operand is missing: ARCHIVE" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct outcome o;

		run(&program, cases[i].line, &o);
		assert_int_equal(o.status, -1);
		assert_int_equal(o.error.code, ERROR_USAGE);
		assert_string_equal(o.error.primary, cases[i].primary);
		assert_non_null(o.error.hint);
		done(&o);
	}
}

static void
test_program_without_commands(void **state)
{
	struct outcome o;

	(void)state;
	run(&plain, "plain a -q b -j3 c", &o);
	assert_int_equal(o.status, 0);
	assert_int_equal(o.result.operand_count, 3);
	assert_string_equal(o.result.operands[0], "a");
	assert_string_equal(o.result.operands[2], "c");
	assert_int_equal(o.settings.jobs, 3);
	done(&o);
	run(&plain, "plain", &o);
	assert_int_equal(o.status, 0);
	done(&o);
}

static void
answer_of(const struct program_spec *spec, const char *line, struct buffer *out)
{
	struct outcome o;

	unit_capture_begin(STDOUT_FILENO);
	run(spec, line, &o);
	unit_capture_end(out);
	assert_int_equal(o.status, 0);
	assert_true(o.result.done);
	done(&o);
}

static void
test_questions_win_over_mistakes(void **state)
{
	struct buffer out = BUFFER_INIT;

	(void)state;
	answer_of(&program, "prog --nonsense --version", &out);
	assert_string_equal(buffer_text(&out), "prog (pgkeel) " PGKEEL_VERSION "\n");
	buffer_clear(&out);
	answer_of(&program, "prog aply -?", &out);
	assert_int_equal(strncmp(buffer_text(&out), "prog - do things\n", 17), 0);
	buffer_fini(&out);
}

static void
test_help(void **state)
{
	struct buffer all = BUFFER_INIT;
	struct buffer one = BUFFER_INIT;

	(void)state;
	answer_of(&program, "prog --help", &all);
	assert_non_null(strstr(buffer_text(&all), "\n  apply [SNAPSHOT]            do it\n"));
	assert_non_null(strstr(buffer_text(&all), "\nConnection options:\n"
	                                          "  -d, --dbname=NAME           database to use (default: fallback)\n"));
	assert_non_null(strstr(buffer_text(&all), "\n  # Do it now\n  prog apply -q\n"));
	answer_of(&program, "prog apply --help", &one);
	assert_non_null(strstr(buffer_text(&one), "prog apply [OPTION]... [SNAPSHOT]\n"));
	assert_non_null(strstr(buffer_text(&one), "what to save (one of full, touched, none;\n"));
	assert_null(strstr(buffer_text(&one), "--table"));
	for (const char *line = buffer_text(&all); line != NULL; line = strchr(line + 1, '\n'))
		assert_true(strcspn(line + 1, "\n") < 80);
	buffer_fini(&all);
	buffer_fini(&one);
}

static void
test_man(void **state)
{
	struct buffer man = BUFFER_INIT;

	(void)state;
	answer_of(&program, "prog --man", &man);
	assert_int_equal(strncmp(buffer_text(&man), ".TH PROG 1 ", 11), 0);
	assert_non_null(strstr(buffer_text(&man), "\n.PP\n\\&.Second \\- paragraph\\e.\n"));
	assert_non_null(strstr(buffer_text(&man), "\\fB\\-d\\fR, \\fB\\-\\-dbname\\fR=\\fINAME\\fR\n"));
	assert_non_null(strstr(buffer_text(&man), "Commands: restore.\n"));
	assert_non_null(strstr(buffer_text(&man), "\\fBPGKEEL_NO_PASSWORD\\fR"));
	assert_non_null(strstr(buffer_text(&man), ".TP\n.B 7\nanother run holds the lock\n"));
	assert_non_null(strstr(buffer_text(&man), ".SH NOTES\n.PP\nA note.\n"));
	buffer_fini(&man);
}

/* bash itself runs the completion. */
static void
complete(const char *words, int at, struct buffer *out)
{
	struct buffer script = BUFFER_INIT;
	FILE *pipe;
	int c;

	buffer_append_text(&script, "bash --norc -c '");
	options_completion(&program, &script);
	buffer_printf(&script, "\ncompopt() { :; }\nCOMP_WORDS=(%s) COMP_CWORD=%d\n_prog\necho \"${COMPREPLY[@]}\"'", words,
	              at);
	pipe = popen(buffer_text(&script), "r");
	assert_non_null(pipe);
	while ((c = fgetc(pipe)) != EOF)
		buffer_append_char(out, (char)c);
	assert_int_equal(pclose(pipe), 0);
	buffer_fini(&script);
}

static void
test_completion(void **state)
{
	static const struct {
		const char *words;
		int at;
		const char *expected;
	} cases[] = {
		{ "prog \"\"", 1, "apply restore\n" },
		{ "prog re", 1, "restore\n" },
		{ "prog apply --ba", 2, "--backup=\n" },
		{ "prog restore --ba", 2, "\n" },
		{ "prog apply --backup =", 3, "full touched none\n" },
		{ "prog apply --backup = t", 4, "touched\n" },
		{ "prog apply --backup n", 3, "none\n" },
		{ "prog apply sn", 2, "\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buffer out = BUFFER_INIT;

		complete(cases[i].words, cases[i].at, &out);
		assert_string_equal(buffer_text(&out), cases[i].expected);
		buffer_fini(&out);
	}
}

/* A help text that cannot be written is a failure, not silence. */
static void
test_full_standard_output(void **state)
{
	struct outcome o;
	int saved;
	int full = open("/dev/full", O_WRONLY);

	(void)state;
	fflush(stdout);
	saved = dup(STDOUT_FILENO);
	dup2(full, STDOUT_FILENO);
	run(&program, "prog --help", &o);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	close(full);
	clearerr(stdout);
	assert_int_equal(o.status, -1);
	assert_int_equal(o.error.code, ERROR_SYSTEM);
	done(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fallbacks),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_empty_and_odd_values),
		cmocka_unit_test(test_exact_name_before_negation),
		cmocka_unit_test(test_last_one_wins_and_lists_collect),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_environment_of_other_commands),
		cmocka_unit_test(test_a_password_in_a_flag_is_not_repeated),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_program_without_commands),
		cmocka_unit_test(test_questions_win_over_mistakes),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_man),
		cmocka_unit_test(test_completion),
		cmocka_unit_test(test_full_standard_output),
	};

	return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
