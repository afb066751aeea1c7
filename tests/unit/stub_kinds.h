/*
 * stub_kinds.h - a small table of kinds for tests of the catalog and its codec.
 *
 * A program that includes this defines kinds[] itself, so the library's real table is not
 * linked and a change to a real kind cannot move these tests.  Children stand before their
 * parents on purpose: nothing may rely on the order of kinds.
 */
#ifndef TESTS_UNIT_STUB_KINDS_H
#define TESTS_UNIT_STUB_KINDS_H

#include "catalog/kind.h"

static const struct attribute stub_default_attributes[] = {
	{ .name = "schema", .role = ROLE_IDENTITY },
	{ .name = "relation", .role = ROLE_IDENTITY },
	{ .name = "column", .role = ROLE_IDENTITY },
	{ .name = "what", .role = ROLE_IDENTITY, .fallback = "default" },
	{ .name = "expression", .type = ATTRIBUTE_EXPRESSION, .role = ROLE_PLAIN },
};

static const struct attribute stub_column_attributes[] = {
	{ .name = "schema", .role = ROLE_IDENTITY }, { .name = "relation", .role = ROLE_IDENTITY },
	{ .name = "name", .role = ROLE_IDENTITY },   { .name = "position", .type = ATTRIBUTE_ORDINAL, .role = ROLE_PLAIN },
	{ .name = "type", .role = ROLE_PLAIN },
};

static const struct attribute stub_table_attributes[] = {
	{ .name = "schema", .role = ROLE_IDENTITY },
	{ .name = "name", .role = ROLE_IDENTITY },
	{ .name = "owner", .role = ROLE_OWNER },
	{ .name = "acl", .type = ATTRIBUTE_LIST, .role = ROLE_ACL },
	{ .name = "comment", .role = ROLE_COMMENT },
	{ .name = "unlogged", .type = ATTRIBUTE_BOOL, .role = ROLE_PLAIN },
	{ .name = "access_method", .role = ROLE_PLAIN, .since = 120000, .fallback = "heap" },
	{ .name = "rows", .type = ATTRIBUTE_INTEGER, .role = ROLE_NOTE },
};

static const struct attribute stub_view_attributes[] = {
	{ .name = "schema", .role = ROLE_IDENTITY },
	{ .name = "name", .role = ROLE_IDENTITY },
	{ .name = "query", .type = ATTRIBUTE_EXPRESSION, .role = ROLE_PLAIN },
};

static const struct attribute stub_function_attributes[] = {
	{ .name = "schema", .role = ROLE_IDENTITY },
	{ .name = "name", .role = ROLE_IDENTITY },
	{ .name = "arguments", .role = ROLE_IDENTITY },
	{ .name = "body", .role = ROLE_PLAIN },
};

static const struct attribute stub_schema_attributes[] = {
	{ .name = "name", .role = ROLE_IDENTITY },
};

static const char *const stub_default_parents[] = { "column", NULL };
static const char *const stub_column_parents[] = { "table", "view", NULL };

#define STUB_KIND(kind, words, names)                                                                                \
	.name = #kind, .plural = #kind "s", .sql = words, .catalog = "pg_class", .attributes = stub_##kind##_attributes, \
	.attribute_count = COUNT_OF(stub_##kind##_attributes), .identity_count = names

static const struct kind stub_default = { STUB_KIND(default, "DEFAULT", 4), .parents = stub_default_parents };
static const struct kind stub_column = { STUB_KIND(column, "COLUMN", 3), .parents = stub_column_parents };
static const struct kind stub_schema = { STUB_KIND(schema, "SCHEMA", 1) };
static const struct kind stub_table = { STUB_KIND(table, "TABLE", 2), .traits = KIND_IN_SCHEMA };
static const struct kind stub_view = { STUB_KIND(view, "VIEW", 2), .traits = KIND_IN_SCHEMA };
static const struct kind stub_function = { STUB_KIND(function, "FUNCTION", 3), .traits = KIND_IN_SCHEMA };

const struct kind *const kinds[] = {
	&stub_default, &stub_column, &stub_schema, &stub_table, &stub_view, &stub_function
};
const unsigned kind_count = COUNT_OF(kinds);

#endif
