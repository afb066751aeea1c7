/*
 * data_load.h - rows of a backup into tables, and the proof that they are the same rows.
 */
#ifndef IMPORT_DATA_LOAD_H
#define IMPORT_DATA_LOAD_H

#include "archive/archive.h"
#include "import/data_table.h"

/* A table of the backup and where its rows go. */
struct data_target {
	const struct data_table *table;
	const char *schema;
	const char *name;
	const char *condition; /* for the proof: only these rows are the backup's; or NULL */
	bool policed;          /* row security would stand in the way of this role, its owner */
};

struct data_load {
	struct connection *connection;
	const char *path;                /* the archive, read a second time */
	const struct manifest *manifest; /* as read the first time: refused if the file has become another */
	const struct data_list *list;
	struct vector targets; /* struct data_target * */
	bool large_objects;
	bool with_owner;      /* of large objects */
	bool with_privileges; /* of large objects */
	bool quiet;
	bool inside_transaction; /* the caller's; otherwise each table is one */
};

int data_load_run(const struct data_load *load, struct error *error);

/* Sets each sequence of the list that is there; *missing counts the others. */
int data_load_sequences(struct connection *connection, const struct data_list *list, size_t *missing,
                        struct error *error);

/* Counts and checksums on the server against the backup's: VALIDATION error naming what differs. */
int data_load_prove(const struct data_load *load, struct error *error);
/* The sequences' values. */
int data_load_prove_sequences(struct connection *connection, const struct data_list *list, struct error *error);

#endif
