/*
 * enabled_state.c - see enabled_state.h.
 */
#include "build.h"

#include "kinds/enabled_state.h"

#include <string.h>

static const struct {
	const char *state;
	const char *sql;
} states[] = {
	{ "O", "ENABLE" },
	{ "D", "DISABLE" },
	{ "R", "ENABLE REPLICA" },
	{ "A", "ENABLE ALWAYS" },
};

bool
enabled_state_is_initial(const char *state)
{
	return state == NULL || strcmp(state, "O") == 0;
}

const char *
enabled_state_sql(const char *state)
{
	for (size_t i = 0; state != NULL && i < COUNT_OF(states); i++)
		if (strcmp(state, states[i].state) == 0)
			return states[i].sql;
	return NULL;
}
