/*
 * identity.h - identity columns that come from a serial or become one: the counter goes on.
 */
#ifndef COMMON_KINDS_IDENTITY_H
#define COMMON_KINDS_IDENTITY_H

#include "catalog/catalog.h"

/* " GENERATED … AS IDENTITY (…)" */
void identity_write(struct buffer *out, const struct kind_context *context, const struct object *column);
/* The options behind the sequence's name, which is only a name; NULL: none. */
const char *identity_options_behind_name(const char *options);
/* What of production keeps the name that the snapshot's sequence of an identity column has, or NULL. */
const struct object *identity_name_holder(const struct kind_context *context, const struct object *sequence);

/* Whether a column may become an identity, or stop being one. */
struct verdict identity_judge(const struct kind_context *context, const struct change *change);
/* Before ADD … AS IDENTITY: any default goes, a serial's sequence steps aside. */
void identity_begin_steps(const struct kind_context *context, const struct change *change, struct steps *steps);
/* After it: the new counter goes on where the old one stood, or behind the largest number. */
void identity_counter_steps(const struct kind_context *context, const struct change *change, struct steps *steps);
/* The default; of a serial also its sequence and whose that is. */
void identity_supersede(const struct kind_context *context, const struct change *change,
                        void (*each)(void *argument, const struct object *object), void *argument);
/* The new sequence that goes on counting for a column that was an identity, or NULL. */
const struct object *identity_heir(const struct kind_context *context, const struct object *column);
/* The identity's own sequence, which makes room where the sequence is such an heir; or NULL. */
const struct object *identity_testator(const struct kind_context *context, const struct object *sequence);
/* Around the creation of such a sequence: the identity's own steps aside, then hands over its counter and goes. */
void identity_step_aside(const struct kind_context *context, const struct object *sequence, struct steps *steps);
void identity_hand_over(const struct kind_context *context, const struct object *sequence, struct steps *steps);

#endif
