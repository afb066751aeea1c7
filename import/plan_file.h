/*
 * plan_file.h - a plan that was reviewed, and is to be run as it was reviewed.
 *
 * The file is the plan's JSON (docs/plan-json.md).  apply --plan plans anew and refuses unless it is
 * the same database, both fingerprints are those of the file, and every statement is the same.
 */
#ifndef IMPORT_PLAN_FILE_H
#define IMPORT_PLAN_FILE_H

#include <jansson.h>

#include "import/target.h"

struct plan_file {
	json_t *root;
	const char *path;
};

int plan_file_write(const struct target *target, const char *path, struct error *error);
int plan_file_open(struct plan_file *file, const char *path, struct error *error);
void plan_file_close(struct plan_file *file);
/* The snapshot that it was made from. */
const char *plan_file_snapshot(const struct plan_file *file);
/* The options that shape the plan are the file's. */
void plan_file_options(const struct plan_file *file, struct settings *settings);
/* FAILED where the target's plan is not the file's, saying which side has moved. */
int plan_file_compare(const struct plan_file *file, const struct target *target, struct error *error);

#endif
