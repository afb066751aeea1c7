/*
 * journal.h - the history of runs, kept in production itself: schema pgkeel, tables run and step.
 *
 * Created by the first apply.  A step's row is committed by the transaction of the step, so after
 * any crash the history says what is in.  Runs are written only by whoever holds the run lock; so a
 * run that is "running" when another gets the lock was interrupted, and is marked so.
 *
 *   outcome of a run:  running, done, nothing (already in), differs (applied, but validation found a
 *                      difference), failed (nothing changed), partial, interrupted
 *   outcome of a step: running (outside a transaction, begun), done, refused (by the server: withheld), failed,
 *                      interrupted
 *
 * A failed step's row is written after its transaction was rolled back.  Passwords are never part of a row.
 */
#ifndef IMPORT_JOURNAL_H
#define IMPORT_JOURNAL_H

#include "base/vector.h"
#include "catalog/step.h"
#include "postgres/connection.h"

/* Of the tables' layout; a newer one than this is refused. */
#define JOURNAL_LAYOUT 1

/* A run as text, in the order of the table: COLUMN(name, SQL that reads it). */
#define JOURNAL_RUN_COLUMNS(COLUMN)                                                                           \
	COLUMN(id, "id::text")                                                                                    \
	COLUMN(command, "command")                                                                                \
	COLUMN(snapshot, "snapshot")                                                                              \
	COLUMN(fingerprint, "fingerprint")                                                                        \
	COLUMN(content, "content")                                                                                \
	COLUMN(label, "label")                                                                                    \
	COLUMN(options, "options::text")                                                                          \
	COLUMN(tool, "tool")                                                                                      \
	COLUMN(role, "role")                                                                                      \
	COLUMN(host, "host")                                                                                      \
	COLUMN(backup, "backup")                                                                                  \
	COLUMN(fingerprint_before, "fingerprint_before")                                                          \
	COLUMN(fingerprint_after, "fingerprint_after")                                                            \
	COLUMN(stamp_after, "stamp_after")                                                                        \
	COLUMN(steps_planned, "steps_planned::text")                                                              \
	COLUMN(steps_done,                                                                                        \
	       "(SELECT pg_catalog.count(*) FROM pgkeel.step s WHERE s.run = r.id AND s.outcome = 'done')::text") \
	COLUMN(withheld, "withheld::text")                                                                        \
	COLUMN(withheld_on_rows, "withheld_on_rows::text")                                                        \
	COLUMN(kept, "kept::text")                                                                                \
	COLUMN(outcome, "outcome")                                                                                \
	COLUMN(error, "error")                                                                                    \
	COLUMN(started, "pg_catalog.to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")       \
	COLUMN(finished, "pg_catalog.to_char(finished AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")     \
	COLUMN(duration_ms, "(pg_catalog.round(extract(epoch FROM finished - started) * 1000))::bigint::text")

/* NULL members: SQL NULL. */
struct journal_run {
#define COLUMN(name, sql) const char *name;
	JOURNAL_RUN_COLUMNS(COLUMN)
#undef COLUMN
};

#define JOURNAL_STEP_COLUMNS(COLUMN)                                                                    \
	COLUMN(seq, "seq::text")                                                                            \
	COLUMN(object, "object")                                                                            \
	COLUMN(action, "action")                                                                            \
	COLUMN(sql, "sql")                                                                                  \
	COLUMN(outcome, "outcome")                                                                          \
	COLUMN(error, "error")                                                                              \
	COLUMN(started, "pg_catalog.to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')") \
	COLUMN(duration_ms, "duration_ms::text")

struct journal_step {
#define COLUMN(name, sql) const char *name;
	JOURNAL_STEP_COLUMNS(COLUMN)
#undef COLUMN
};

/* What the role finds. */
struct journal_place {
	bool schema_present;
	bool present; /* the tables are there */
	bool readable;
	bool writable; /* or can be created, where they are not there */
};

/* FAILED where the layout is of a newer pgkeel. */
int journal_look(struct connection *connection, struct journal_place *place, struct error *error);
/* PERMISSION error where a run could not be recorded. */
int journal_check_writable(struct connection *connection, const struct journal_place *place, struct error *error);

/* *run is NULL where there is none.  Only where the place is readable. */
int journal_newest(struct connection *connection, struct arena *arena, struct journal_run **run, struct error *error);
/* The newest run that reached its end well (done or nothing). */
int journal_newest_good(struct connection *connection, struct arena *arena, struct journal_run **run,
                        struct error *error);
int journal_find(struct connection *connection, struct arena *arena, const char *id, struct journal_run **run,
                 struct error *error);
int journal_list(struct connection *connection, struct arena *arena, long most, struct vector *runs,
                 struct error *error);
int journal_steps(struct connection *connection, struct arena *arena, const char *id, struct vector *steps,
                  struct error *error);
/* Only those that the server refused. */
int journal_refused_steps(struct connection *connection, struct arena *arena, const char *id, struct vector *steps,
                          struct error *error);

/*
 * Adds a run in a transaction of its own, creating the tables where absent and marking runs that
 * were interrupted.  Taken from run: command to kept, and outcome ("running" or "nothing").
 * *id is arena memory.
 */
int journal_begin(struct connection *connection, struct arena *arena, const struct journal_run *run, const char **id,
                  struct error *error);
/* Ends it: fingerprint_after, stamp_after, outcome, error, and, where not NULL, withheld to kept.  Where outcome is
 * NULL: "partial" if a step is done, else "failed"; *partial (may be NULL) says which. */
int journal_end(struct connection *connection, const char *id, const struct journal_run *run, bool *partial,
                struct error *error);
/* The same schema with another stamp (a table was rewritten, a grant given and taken back). */
int journal_refresh_stamp(struct connection *connection, const char *id, const char *stamp, struct error *error);

/* A step that was run, for the history. */
struct journal_record {
	size_t seq;
	const struct step *step;
	const char *object; /* instead of the step's, which is gone; or NULL */
	const char *outcome;
	const char *error; /* or NULL */
	double started;    /* seconds, clock of journal_clock */
	double duration;
};

double journal_clock(void); /* monotonic seconds */
/* In the transaction that is open, or by itself where none is.  A step that is there (as "running") is ended. */
int journal_add_steps(struct connection *connection, const char *run, const struct journal_record *records,
                      size_t count, struct error *error);

#endif
