/*
 * enabled_state.h - in which sessions a trigger, rule or event trigger fires: pg_trigger.tgenabled,
 * pg_rewrite.ev_enabled, pg_event_trigger.evtenabled.
 */
#ifndef COMMON_KINDS_ENABLED_STATE_H
#define COMMON_KINDS_ENABLED_STATE_H

#include <stdbool.h>

/* Whether CREATE makes it so; NULL stands for that. */
bool enabled_state_is_initial(const char *state);
/* What ALTER says, as "ENABLE REPLICA"; NULL for NULL and for a state that PostgreSQL up to 18 does not have. */
const char *enabled_state_sql(const char *state);

#endif
