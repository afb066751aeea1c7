/*
 * cmd_restore.c - pgkeel-import restore.
 */
#include "build.h"

#include <unistd.h>

#include "base/log.h"
#include "import/commands.h"
#include "import/interrupt.h"
#include "import/restore.h"

static bool
confirm(const char *question)
{
	char answer[16];

	fputs(question, stderr);
	fflush(stderr);
	return fgets(answer, sizeof(answer), stdin) != NULL && (answer[0] == 'y' || answer[0] == 'Y');
}

int
cmd_restore(void *given, const char *const *operands, size_t count, struct error *error)
{
	const struct settings *settings = given;
	struct restore restore;

	(void)count;
	restore_init(&restore, settings);
	if (!settings->yes && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
		restore.confirm = confirm;
	int failed = restore_run(&restore, operands[0], error);
	fwrite(buffer_text(&restore.result), 1, restore.result.length, stdout);
	restore_fini(&restore);
	return failed;
}
