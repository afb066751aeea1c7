/*
 * validate.h - whether production holds what the snapshot says.
 *
 * Three independent looks: numbers of objects by plain SQL that shares no code with the catalog reader,
 * the structure by the reader and the planner, and what was named as required by plain SQL again.
 */
#ifndef IMPORT_VALIDATE_H
#define IMPORT_VALIDATE_H

#include "import/target.h"

struct validate_count {
	const char *what; /* "tables" */
	long snapshot;    /* in the archive's catalog */
	long production;  /* by SQL */
	long only_in_production;
	long missing; /* in the snapshot, not (yet) in production: pending or withheld */
	bool agrees;  /* production = snapshot + only_in_production - missing */
};

struct validation {
	struct arena *arena;
	struct validate_count *counts;
	size_t count_count;
	size_t required;      /* columns looked for */
	struct vector issues; /* const char *: each makes it fail */
	struct vector notes;  /* const char *: worth knowing */
};

/*
 * Looks at the target, which must be planned; its plan is what the structure is judged by.  Only what
 * keeps it from looking is an error: differences are issues.
 */
int validate_target(struct target *target, struct validation *validation, struct error *error);
void validation_fini(struct validation *validation);
/* VALIDATION error naming the first issue; 0 where there is none. */
int validation_verdict(const struct validation *validation, struct error *error);
void validation_text(const struct target *target, const struct validation *validation, struct buffer *out);
void validation_json(const struct target *target, const struct validation *validation, struct buffer *out);

#endif
