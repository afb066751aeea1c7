/*
 * label_provider.c - a provider of security labels for the tests: any label is good but "refused".
 *
 * Compiled by labels.t for the server's own version and loaded by shared_preload_libraries.
 */
#include "postgres.h"

#include "catalog/objectaddress.h"
#include "commands/seclabel.h"
#include "fmgr.h"

PG_MODULE_MAGIC;

void _PG_init(void);

static void
check_label(const ObjectAddress *object, const char *label)
{
	(void)object;
	if (label != NULL && strcmp(label, "refused") == 0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_NAME), errmsg("this label is refused")));
}

void
_PG_init(void)
{
	register_label_provider("tester", check_label);
	register_label_provider("second one", check_label);
}
