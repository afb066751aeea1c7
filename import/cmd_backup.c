/*
 * cmd_backup.c - pgkeel-import backup.
 */
#include "build.h"

#include "base/log.h"
#include "import/backup.h"
#include "import/commands.h"
#include "import/interrupt.h"
#include "import/target.h"

static int
back_up(struct target *target, struct error *error)
{
	const struct settings *settings = target->settings;
	struct backup_options options = {
		.folder = settings->backup_dir,
		.scope = BACKUP_FULL,
		.keep = (unsigned)settings->keep_backups,
		.quiet = settings->quiet,
	};
	char *path = NULL;

	if (target_connect(target, error) < 0)
		return -1;
	if (backup_write(target->connection, &options, &path, error) < 0)
		return -1;
	log_event(LOG_INFO, "backup.done", "backup of %s written and read back", connection_label(target->connection));
	printf("%s\n", path);
	free(path);
	return 0;
}

int
cmd_backup(void *settings, const char *const *operands, size_t count, struct error *error)
{
	struct target target;

	(void)operands;
	(void)count;
	target_init(&target, settings);
	int failed = back_up(&target, error);
	if (failed < 0)
		interrupt_check(error);
	target_fini(&target);
	return failed;
}
