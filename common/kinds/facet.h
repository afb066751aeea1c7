/*
 * facet.h - what every kind may have: owner, privileges, comment, security labels, extensions that it goes with.
 * Written once.
 *
 * An ACL value is a LIST of entries sorted bytewise, each "<grantee>=<privileges>":
 * grantee is "o:" for the owner, "p:" for PUBLIC, "r:<role>" for another role; privileges are the letters
 * of aclitem with "*" after one that may be granted on.  So it does not name the
 * owner and does not depend on who granted.  NULL is the default ACL.
 */
#ifndef COMMON_KINDS_FACET_H
#define COMMON_KINDS_FACET_H

#include "catalog/object.h"

/* Turns aclitem[] text of an object owned by `owner` into that form (arena memory); -1 where it is malformed. */
int facet_acl_from_server(struct arena *arena, const char *aclitems, const char *owner, const char **acl);

/* The steps that make the facet in attribute number `attribute` of `wanted` so; current is NULL for a new object.
 * A new object without comment, or with the default ACL, needs no step. */
void facet_steps(const struct kind_context *context, const struct object *current, const struct object *wanted,
                 unsigned attribute, struct steps *steps);
/* ALTER `address` … DEPENDS ON EXTENSION for what two values of ROLE_EXTENSIONS (or NULL) differ in. */
void facet_extension_steps(const struct object *object, const char *address, const char *current, const char *wanted,
                           struct steps *steps);
/* Whether two privileges say the same in other words (an owner's right to grant is there without being said). */
bool facet_same_acl(const struct kind_context *context, const struct object *current, const struct object *wanted,
                    unsigned attribute);
/* Whether attributes of that role are facets, whose own statements make them. */
bool facet_is(enum attribute_role role);
/* The option without which they are neither compared nor written; 0: none is needed. */
unsigned facet_option(enum attribute_role role);
/* Takes the object's privileges back to the default. */
void facet_reset_acl(const struct kind_context *context, const struct object *object, struct steps *steps);
/* Role names that these facets of the object mention (owner or ACL); arena memory strings. */
struct vector;
void facet_roles(const struct object *object, unsigned attribute, struct arena *arena, struct vector *roles);

/* The grant_class of default privileges, which are said by ALTER DEFAULT PRIVILEGES. */
#define GRANT_CLASS_DEFAULT "DEFAULT"
/* The grant_class of privileges on what is not read itself: default are those in `initial`, and `column` names one. */
#define GRANT_CLASS_SYSTEM "SYSTEM"

/* The descriptors to put last in a kind's attribute table. */
#define FACET_OWNER   { "owner", ATTRIBUTE_TEXT, ROLE_OWNER, CHANGE_ALTER, HAZARD_PRIVILEGE, 0, NULL }
#define FACET_ACL     { "acl", ATTRIBUTE_LIST, ROLE_ACL, CHANGE_ALTER, HAZARD_PRIVILEGE, 0, NULL }
/* For kinds that SECURITY LABEL knows. */
#define FACET_LABELS  { "security_labels", ATTRIBUTE_LIST, ROLE_LABELS, CHANGE_ALTER, HAZARD_PRIVILEGE, 0, NULL }
/* For kinds that ALTER … DEPENDS ON EXTENSION knows. */
#define FACET_EXTENSIONS \
	{ "extensions", ATTRIBUTE_LIST, ROLE_EXTENSIONS, CHANGE_ALTER, HAZARD_BEHAVIOUR, 0, NULL }
#define FACET_COMMENT { "comment", ATTRIBUTE_TEXT, ROLE_COMMENT, CHANGE_ALTER, 0, 0, NULL }

#endif
