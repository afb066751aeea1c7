/*
 * extras.h - what the developer sends along in the archive: hints.json, hooks/NAME and
 * required.json.  All of it is read and checked before the server is asked for anything.
 *
 * required.json is an array of strings "schema.table.column", quoted as SQL would.
 */
#ifndef EXPORT_EXTRAS_H
#define EXPORT_EXTRAS_H

#include "archive/archive.h"
#include "export/settings.h"

struct extra {
	char *name; /* of the member */
	struct buffer body;
};

struct required_column {
	char *names[3]; /* schema, table, column */
};

struct extras {
	struct vector members;  /* struct extra *, in member order */
	struct vector required; /* struct required_column * */
};

/* USAGE error on what cannot be sent. */
int extras_read(struct extras *extras, const struct settings *settings, struct error *error);
void extras_fini(struct extras *extras);
/* That the required columns are in the catalog: USAGE error. */
int extras_check(const struct extras *extras, const struct catalog *catalog, struct error *error);
int extras_write(const struct extras *extras, struct archive_writer *writer, struct error *error);

#endif
