/*
 * reader.h - a database's catalog, read in one snapshot.
 *
 * One REPEATABLE READ READ ONLY transaction; the queries of all kinds in one pipeline.
 * pg_get_*def functions look at what is committed now rather than at the snapshot, so
 * unless nobody wrote at all the catalog stamp is taken before and after and the read is repeated if it moved.
 * Takes no lock stronger than ACCESS SHARE on system catalogs; works on a hot standby
 * and for a role that may only connect.
 */
#ifndef COMMON_READER_READER_H
#define COMMON_READER_READER_H

#include "base/vector.h"
#include "catalog/catalog.h"
#include "postgres/connection.h"

/* psql-style patterns (case folding, quotes, * and ?), const char * each; empty: no filter. */
struct reader_options {
	struct vector schemas;         /* -n */
	struct vector exclude_schemas; /* -N */
	struct vector tables;          /* -t */
	struct vector exclude_tables;  /* -T */
	bool inside_transaction;       /* the caller has opened the transaction (and may have a snapshot set) */
	bool stamp;                    /* the catalog's info shall have it, also where nobody wrote */
	bool one_session;              /* even where a second one would help */
	bool discard;                  /* ask everything and keep nothing: what the server alone needs (tests/bench) */
};

/* The schema in which the importer keeps its history: never part of a catalog. */
#define READER_OWN_SCHEMA "pgkeel"

int reader_read(struct connection *connection, const struct reader_options *options, struct catalog **catalog,
                struct error *error);
/* Count and sum of xmin over the catalogs that DDL writes; heap memory.  Equal stamps: no DDL in between. */
int reader_stamp(struct connection *connection, char **stamp, struct error *error);

#endif
