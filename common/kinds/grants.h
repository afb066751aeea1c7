/*
 * grants.h - an ACL as a set of privileges per grantee (for facet.c).
 *
 * A privilege is a bit; its letter and keyword are PostgreSQL's.  How an absent ACL reads
 * depends on the kind's grant_class, as in acl.c acldefault.
 */
#ifndef COMMON_KINDS_GRANTS_H
#define COMMON_KINDS_GRANTS_H

#include "catalog/object.h"

/* What a grantee's text begins with, see facet.h. */
#define GRANT_OWNER "o:"
#define GRANT_EVERYONE "p:"
#define GRANT_ROLE "r:"

struct grant {
	const char *grantee; /* with its prefix */
	uint32_t held;
	uint32_t grantable; /* a part of held; never set for the owner, who may grant anything */
};

struct grants {
	struct arena *arena;
	struct grant *items;
	size_t count;
	size_t capacity;
};

const char *grants_keyword(unsigned bit);
struct grant *grants_find(const struct grants *grants, const char *grantee); /* NULL where absent */
/* Adds to what the grantee has already: two roles may have granted to one. */
void grants_add(struct grants *grants, const char *grantee, uint32_t held, uint32_t grantable);
/* Reads a LIST in the form of facet.h; what cannot be read is left out (archives may hold anything). */
void grants_parse(struct grants *grants, const char *acl);
/* What the ACL (NULL: the default) of such an object means on the server that will run the SQL. */
struct grants grants_of(const struct kind_context *context, const struct object *object, const char *acl);
/* ALTER … OWNER TO merges what the new owner had been granted into the owner's own (acl.c aclnewowner). */
void grants_change_owner(struct grants *grants, const char *owner);

#endif
