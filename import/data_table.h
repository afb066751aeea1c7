/*
 * data_table.h - what a backup records of the rows it holds: data/manifest.json in memory.
 *
 * Everything belongs to the list's arena.  Names are in UTF-8; members in the encoding of the
 * database that was backed up, as it is, so that nothing can be lost in a conversion.
 */
#ifndef IMPORT_DATA_TABLE_H
#define IMPORT_DATA_TABLE_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vector.h"
#include "postgres/connection.h"

struct data_table {
	const char *schema;
	const char *name;
	const char *folder;   /* of its members */
	const char **columns; /* those that COPY writes: all but generated ones */
	size_t column_count;
	const char *condition; /* of an extension's configuration table ("WHERE …"), or NULL */
	const char *extension; /* that it belongs to, or NULL */
	uint64_t rows;
	uint64_t bytes;
	const char *checksum; /* see data_hash.h */

	/* Only while a backup is made. */
	const char *oid;
	bool readable;
	bool policed; /* row security would hide rows */
};

struct data_sequence {
	const char *schema;
	const char *name;
	const char *last_value;
	bool is_called;

	bool readable; /* only while a backup is made */
};

struct data_large_objects {
	uint64_t count;
	uint64_t pages;
	uint64_t bytes;
	const char *checksum; /* of the pages; NULL: not part of the backup */
};

struct data_list {
	struct arena *arena;
	const char *scope;       /* "full", "touched", "schema" */
	const char *encoding;    /* of the members: "UTF8" */
	struct vector tables;    /* struct data_table * */
	struct vector sequences; /* struct data_sequence * */
	struct data_large_objects large_objects;
	struct map *index; /* by name, made when first needed */
};

void data_list_init(struct data_list *list);
void data_list_fini(struct data_list *list);

/* Reads which tables and sequences the database has, by schema and name; no rows, no values. */
int data_list_read(struct connection *connection, struct data_list *list, struct error *error);
/* Fills last_value and is_called of the list's sequences. */
int data_list_read_values(struct connection *connection, struct data_list *list, struct error *error);
/* NULL where absent.  The name must not be that of a relation of the other sort. */
struct data_table *data_list_find(struct data_list *list, const char *schema, const char *name);
struct data_sequence *data_list_find_sequence(struct data_list *list, const char *schema, const char *name);

/* To and from JSON; decode's ARCHIVE error names no file. */
char *data_list_encode(const struct data_list *list); /* heap */
int data_list_decode(struct data_list *list, const char *json, size_t length, struct error *error);

/*
 * For the rest of the transaction: what makes the text of a value the same on both sides (money's
 * form depends on lc_monetary, which databases have of their own) and lets every value in.
 */
int data_session_prepare(struct connection *connection, struct error *error);

/* The contents of large objects as rows (loid, page, data): a SELECT in parentheses. */
const char *data_large_object_pages_sql(void);

#endif
