/*
 * refusal.h - what production's server said no to.
 *
 * Not everything can be asked before: what a function that the plan makes says of the rows, which names a new extension
 * needs.  A statement that the server refuses is a change to withhold, not a reason to leave all the others undone: its
 * transaction has changed nothing, and a plan without it is made.  The history keeps what was refused, so that the same
 * snapshot's next plan does not promise it again; --retry-refused tries it again.
 */
#ifndef IMPORT_REFUSAL_H
#define IMPORT_REFUSAL_H

#include "base/vector.h"
#include "catalog/step.h"
#include "import/target.h"

struct refusal {
	const char *object; /* as object_describe says it */
	enum step_action action;
	const char *sql;
	const char *message;       /* the server's */
	const char *run;           /* of the history, where it was another run's; else NULL */
	bool on_rights;            /* to be looked at by refusal_of_rights */
	const struct object *made; /* what the statement would have made; NULL: it made nothing, or the plan is gone */
};

/*
 * Whether the server has said no to the statement itself: the same statement over the same rows would be refused again.
 * Not so: locks and whatever was cancelled, lost connections, lack of resources, failures of the system.  For lack of
 * rights only where refusal_of_rights finds it so.
 */
bool refusal_is(const struct step *step, const struct error *problem);
/* Whether it may have been said only because something else was refused before: a name that is not there. */
bool refusal_may_follow(const struct error *problem);

/* Strings are copied into the arena. */
struct refusal *refusal_new(struct arena *arena, const struct step *step, const struct error *problem);

/*
 * Whether the lack of rights is that of a role which may do all that a deployment asks: one that may create things in
 * the schema, or the database, and still not this one, which the server keeps for superusers.  Lack of the right itself
 * is for whoever gives the role its rights to mend.  Not in an aborted transaction.
 */
int refusal_of_rights(struct connection *connection, const struct refusal *refusal, bool *is, struct error *error);

/* What the newest good run of the history was refused, if it was of this snapshot, under these options, and the schema
 * is as it left it.  Where the history cannot be read, nothing. */
int refusals_recall(struct target *target, struct vector *refusals, struct error *error);
/* Withholds in target->plan what is in target->refusals.  Before plan_finish. */
void refusals_withhold(const struct target *target);
/* Whether the plan still makes what was refused, with statements for its parts: one of them may be to blame. */
bool refusal_is_parted(const struct target *target, const struct refusal *refusal);
/* Whether the plan would run one of those from number `first` on all the same. */
bool refusals_are_planned(const struct target *target, size_t first);
/* Adds those from number `first` on to the run's row in the history, as steps with numbers from seq on. */
int refusals_record(const struct target *target, size_t first, const char *run, size_t seq, struct error *error);

#endif
