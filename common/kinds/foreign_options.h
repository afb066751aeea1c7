/*
 * foreign_options.h - the OPTIONS of foreign-data wrappers, servers, user mappings, foreign tables and their columns.
 *
 * Values that look like a secret (passwords, tokens, keys, addresses with a password inside) never leave the server:
 * the queries put the names of such options in `secrets` and leave them out of `options`.
 */
#ifndef COMMON_KINDS_FOREIGN_OPTIONS_H
#define COMMON_KINDS_FOREIGN_OPTIONS_H

#include "catalog/object.h"

/* Both are LISTs: of "name=value" and of names. */
#define FOREIGN_OPTIONS \
	{ "options", ATTRIBUTE_LIST, ROLE_PLAIN, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL }, FOREIGN_SECRETS
#define FOREIGN_SECRETS { "secrets", ATTRIBUTE_LIST, ROLE_SECRETS, CHANGE_JUDGE, HAZARD_BEHAVIOUR, 0, NULL }

/* " OPTIONS (a 'b', …)"; nothing for an empty list. */
void write_foreign_options(struct buffer *out, const char *options);
/* " OPTIONS (ADD a 'b', SET c 'd', DROP e)"; false and nothing where the lists say the same. */
bool write_foreign_options_change(struct buffer *out, const char *current, const char *wanted);
/* The judge of `secrets`: one that production lacks is to be set by hand, one that only production has is its own. */
struct verdict foreign_secrets_judge(const struct kind_context *context, const struct change *change);

#endif
