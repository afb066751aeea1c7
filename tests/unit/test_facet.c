/*
 * test_facet.c - ACLs from the server's text, and the steps that owner, privileges and comment lead to.
 */
#include "build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/vector.h"
#include "catalog/catalog.h"
#include "kinds/facet.h"

struct fixture {
	struct arena *arena;
	struct catalog *current;
	struct catalog *wanted;
	struct kind_context context;
};

static int
set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof(*fixture));

	fixture->arena = arena_new();
	fixture->current = catalog_new();
	fixture->wanted = catalog_new();
	fixture->context = (struct kind_context){ .arena = fixture->arena,
		                                      .current = fixture->current,
		                                      .wanted = fixture->wanted,
		                                      .version = 150000,
		                                      .options = KIND_WITH_OWNER | KIND_WITH_PRIVILEGES };
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	catalog_free(fixture->current);
	catalog_free(fixture->wanted);
	arena_free(fixture->arena);
	free(fixture);
	return 0;
}

/* The identity values and three facets; what else the kind has is NULL. */
struct wish {
	const char *kind;
	const char *identity[3];
	const char *owner;
	const char *acl;
	const char *comment;
};

static void
add(struct catalog *catalog, struct wish wish)
{
	const struct kind *kind = kind_find(wish.kind);
	const char *values[64] = { NULL };

	assert_non_null(kind);
	for (unsigned i = 0; i < kind->attribute_count; i++) {
		if (i < kind->identity_count)
			values[i] = wish.identity[i];
		else if (kind->attributes[i].role == ROLE_OWNER)
			values[i] = wish.owner;
		else if (kind->attributes[i].role == ROLE_ACL)
			values[i] = wish.acl;
		else if (kind->attributes[i].role == ROLE_COMMENT)
			values[i] = wish.comment;
		else if (kind->attributes[i].type == ATTRIBUTE_ORDINAL)
			values[i] = "1";
		else
			values[i] = kind->attributes[i].fallback;
	}
	catalog_add(catalog, kind, values);
}

static void
finish(struct fixture *fixture)
{
	struct error error = { 0 };

	assert_int_equal(catalog_finish(fixture->current, NULL, NULL, &error), 0);
	assert_int_equal(catalog_finish(fixture->wanted, NULL, NULL, &error), 0);
}

/* The steps of that facet of the wanted catalog's first object of the kind, each followed by ";\n". */
static const char *
steps_of(struct fixture *fixture, const char *kind_name, enum attribute_role role)
{
	const struct kind *kind = kind_find(kind_name);
	const struct object *wanted;
	struct buffer text = BUFFER_INIT;
	struct steps steps;
	const char *result;

	assert_true(catalog_kind_range(fixture->wanted, kind, &wanted) > 0);
	steps_init(&steps, fixture->arena);
	facet_steps(&fixture->context, catalog_counterpart(fixture->current, wanted), wanted,
	            (unsigned)kind_attribute_of_role(kind, role), &steps);
	for (size_t i = 0; i < steps.count; i++) {
		buffer_append_text(&text, steps.items[i]->sql);
		buffer_append_text(&text, ";\n");
	}
	result = arena_strdup(fixture->arena, buffer_text(&text));
	buffer_fini(&text);
	return result;
}

/* The ACL steps from one ACL to another; current of ABSENT: the object is new. */
#define ABSENT "absent"

static const char *
acl_steps(struct fixture *fixture, const char *kind, const char *current, const char *wanted)
{
	bool schema = strcmp(kind, "schema") == 0;
	struct wish wish = { kind, { "s", "n", "integer" }, "alice", wanted, NULL };

	if (schema)
		wish.identity[0] = "public";
	add(fixture->wanted, wish);
	wish.acl = current;
	if (current == NULL || strcmp(current, ABSENT) != 0)
		add(fixture->current, wish);
	finish(fixture);
	return steps_of(fixture, kind, ROLE_ACL);
}

static void
assert_acl(struct fixture *fixture, const char *aclitems, const char *owner, const char *expected)
{
	const char *acl = "untouched";

	assert_int_equal(facet_acl_from_server(fixture->arena, aclitems, owner, &acl), 0);
	if (expected == NULL)
		assert_null(acl);
	else
		assert_string_equal(acl, expected);
}

static void
server_acl_names_no_owner_and_no_grantor(void **state)
{
	assert_acl(*state, NULL, "alice", NULL);
	assert_acl(*state, "{}", "alice", "{}");
	assert_acl(*state, "{alice=UC/alice,=U/alice}", "alice", "{o:=UC,p:=U}");
	assert_acl(*state, "{zoe=r*w/alice,bob=r/zoe}", "alice", "{r:bob=r,r:zoe=r*w}");
	assert_acl(*state, "{bob=r/alice,bob=w*/zoe}", "alice", "{r:bob=rw*}");
	assert_acl(*state, "{bob=r/alice}", NULL, "{r:bob=r}");
}

static void
server_acl_survives_hostile_names(void **state)
{
	assert_acl(*state, "{\"\\\"a\\\"\\\"r=o/le'\\\"=U*/postgres\"}", "postgres", "{\"r:a\\\"r=o/le'=U*\"}");
	assert_acl(*state, "{\"\\\"a,b\\\"=U/postgres\"}", "a,b", "{o:=U}");
}

static void
server_acl_of_a_table_owner_is_the_same_with_and_without_maintain(void **state)
{
	assert_acl(*state, "{alice=arwdDxt/alice}", "alice", "{o:=arwdDxt}");
	assert_acl(*state, "{alice=arwdDxtm/alice}", "alice", "{o:=arwdDxt}");
	assert_acl(*state, "{bob=arwdDxtm/alice}", "alice", "{r:bob=arwdDxtm}");
}

static void
malformed_server_acl_is_refused(void **state)
{
	static const char *const malformed[] = {
		"{bob}", "{bob=r}", "{bob=?/alice}", "{NULL}", "{\"\\\"bob=r/alice\"}", "bob=r/alice", "{bob=*r/alice}"
	};
	struct fixture *fixture = *state;
	const char *acl;

	for (size_t i = 0; i < COUNT_OF(malformed); i++)
		assert_int_equal(facet_acl_from_server(fixture->arena, malformed[i], "alice", &acl), -1);
}

static void
new_object_with_default_acl_needs_no_step(void **state)
{
	assert_string_equal(acl_steps(*state, "sequence", ABSENT, NULL), "");
}

static void
new_object_gets_what_differs_from_the_default(void **state)
{
	assert_string_equal(acl_steps(*state, "enum", ABSENT, "{o:=U,\"r:Bob \\\"x\\\"=U*\"}"),
	                    "REVOKE USAGE ON TYPE s.n FROM PUBLIC;\n"
	                    "GRANT USAGE ON TYPE s.n TO \"Bob \"\"x\"\"\" WITH GRANT OPTION;\n");
}

static void
owner_who_gave_up_all_is_revoked_from(void **state)
{
	assert_string_equal(acl_steps(*state, "sequence", ABSENT, "{}"),
	                    "REVOKE SELECT, UPDATE, USAGE ON SEQUENCE s.n FROM alice;\n");
}

static void
changes_are_revoked_first_and_only_what_differs(void **state)
{
	assert_string_equal(acl_steps(*state, "sequence", "{o:=rwU,r:bob=rw*,r:carl=U*}", "{o:=rwU,r:bob=r*U,r:carl=U}"),
	                    "REVOKE UPDATE ON SEQUENCE s.n FROM bob CASCADE;\n"
	                    "REVOKE GRANT OPTION FOR USAGE ON SEQUENCE s.n FROM carl CASCADE;\n"
	                    "GRANT USAGE ON SEQUENCE s.n TO bob;\n"
	                    "GRANT SELECT ON SEQUENCE s.n TO bob WITH GRANT OPTION;\n");
}

static void
absent_acl_means_the_default_on_both_sides(void **state)
{
	assert_string_equal(acl_steps(*state, "domain", NULL, "{o:=U,p:=U}"), "");
}

static void
back_to_the_default(void **state)
{
	assert_string_equal(acl_steps(*state, "domain", "{r:bob=U}", NULL), "REVOKE USAGE ON DOMAIN s.n FROM bob;\n"
	                                                                    "GRANT USAGE ON DOMAIN s.n TO alice;\n"
	                                                                    "GRANT USAGE ON DOMAIN s.n TO PUBLIC;\n");
}

static void
public_schema_starts_with_usage_for_all(void **state)
{
	assert_string_equal(acl_steps(*state, "schema", NULL, "{o:=UC}"), "REVOKE USAGE ON SCHEMA public FROM PUBLIC;\n");
}

static void
public_schema_starts_with_create_for_all_before_15(void **state)
{
	struct fixture *fixture = *state;

	fixture->context.version = 140000;
	assert_string_equal(acl_steps(fixture, "schema", NULL, "{o:=UC,p:=U}"),
	                    "REVOKE CREATE ON SCHEMA public FROM PUBLIC;\n");
}

static void
maintain_is_left_out_where_the_server_has_none(void **state)
{
	assert_string_equal(acl_steps(*state, "table", "{o:=arwdDxt,r:bob=r}", "{o:=arwdDxt,r:bob=rm}"), "");
}

static void
maintain_is_granted_from_17_on(void **state)
{
	struct fixture *fixture = *state;

	fixture->context.version = 170000;
	assert_string_equal(acl_steps(fixture, "table", NULL, "{o:=arwdDxt,r:bob=rm}"),
	                    "GRANT SELECT, MAINTAIN ON TABLE s.n TO bob;\n");
}

static void
view_is_granted_on_as_a_table(void **state)
{
	assert_string_equal(acl_steps(*state, "view", NULL, "{o:=arwdDxt,r:bob=r}"), "GRANT SELECT ON TABLE s.n TO bob;\n");
}

static void
new_owner_keeps_privileges_that_were_granted_to_him(void **state)
{
	struct fixture *fixture = *state;

	add(fixture->current, (struct wish){ "sequence", { "s", "n" }, "alice", "{o:=rwU,r:bob=r}", NULL });
	add(fixture->wanted, (struct wish){ "sequence", { "s", "n" }, "bob", NULL, NULL });
	finish(fixture);
	assert_string_equal(steps_of(fixture, "sequence", ROLE_OWNER), "ALTER SEQUENCE s.n OWNER TO bob;\n");
	assert_string_equal(steps_of(fixture, "sequence", ROLE_ACL), "");
}

static void
without_owners_the_present_owner_is_meant(void **state)
{
	struct fixture *fixture = *state;

	fixture->context.options = KIND_WITH_PRIVILEGES;
	add(fixture->current, (struct wish){ "sequence", { "s", "n" }, "alice", NULL, NULL });
	add(fixture->wanted, (struct wish){ "sequence", { "s", "n" }, "bob", "{}", NULL });
	finish(fixture);
	assert_string_equal(steps_of(fixture, "sequence", ROLE_OWNER), "");
	assert_string_equal(steps_of(fixture, "sequence", ROLE_ACL),
	                    "REVOKE SELECT, UPDATE, USAGE ON SEQUENCE s.n FROM alice;\n");
}

static void
without_owners_a_new_object_belongs_to_who_makes_it(void **state)
{
	struct fixture *fixture = *state;

	fixture->context.options = KIND_WITH_PRIVILEGES;
	assert_string_equal(acl_steps(fixture, "enum", ABSENT, "{p:=U}"), "REVOKE USAGE ON TYPE s.n FROM CURRENT_USER;\n");
}

static void
column_privileges_name_column_and_table(void **state)
{
	struct fixture *fixture = *state;

	add(fixture->current, (struct wish){ "table", { "s", "t" }, "alice", NULL, NULL });
	add(fixture->wanted, (struct wish){ "table", { "s", "t" }, "alice", NULL, NULL });
	add(fixture->current, (struct wish){ "column", { "s", "t", "C c" }, NULL, "{r:bob=rw}", NULL });
	add(fixture->wanted, (struct wish){ "column", { "s", "t", "C c" }, NULL, "{r:bob=r*,r:carl=ar}", NULL });
	finish(fixture);
	assert_string_equal(steps_of(fixture, "column", ROLE_ACL),
	                    "REVOKE UPDATE (\"C c\") ON TABLE s.t FROM bob;\n"
	                    "GRANT SELECT (\"C c\") ON TABLE s.t TO bob WITH GRANT OPTION;\n"
	                    "GRANT INSERT (\"C c\"), SELECT (\"C c\") ON TABLE s.t TO carl;\n");
}

static void
revoke_on_a_table_gives_columns_back_what_they_keep(void **state)
{
	struct fixture *fixture = *state;

	add(fixture->current, (struct wish){ "table", { "s", "t" }, "alice", "{o:=arwdDxt,r:bob=rw}", NULL });
	add(fixture->wanted, (struct wish){ "table", { "s", "t" }, "alice", NULL, NULL });
	add(fixture->current, (struct wish){ "column", { "s", "t", "c" }, NULL, "{r:bob=r}", NULL });
	add(fixture->wanted, (struct wish){ "column", { "s", "t", "c" }, NULL, "{r:bob=r}", NULL });
	finish(fixture);
	assert_string_equal(steps_of(fixture, "table", ROLE_ACL), "REVOKE SELECT, UPDATE ON TABLE s.t FROM bob;\n"
	                                                          "GRANT SELECT (c) ON TABLE s.t TO bob;\n");
}

static void
comment_is_set_changed_and_removed(void **state)
{
	struct fixture *fixture = *state;

	add(fixture->current, (struct wish){ "domain", { "s", "n" }, NULL, NULL, "old" });
	add(fixture->wanted, (struct wish){ "domain", { "s", "n" }, NULL, NULL, NULL });
	add(fixture->wanted, (struct wish){ "enum", { "s", "e" }, NULL, NULL, "it's \\ new" });
	add(fixture->current, (struct wish){ "sequence", { "s", "q" }, NULL, NULL, "same" });
	add(fixture->wanted, (struct wish){ "sequence", { "s", "q" }, NULL, NULL, "same" });
	finish(fixture);
	assert_string_equal(steps_of(fixture, "domain", ROLE_COMMENT), "COMMENT ON DOMAIN s.n IS NULL;\n");
	assert_string_equal(steps_of(fixture, "enum", ROLE_COMMENT), "COMMENT ON TYPE s.e IS E'it''s \\\\ new';\n");
	assert_string_equal(steps_of(fixture, "sequence", ROLE_COMMENT), "");
}

static void
roles_are_those_of_owner_and_acl(void **state)
{
	struct fixture *fixture = *state;
	const struct object *object;
	const struct kind *kind = kind_find("enum");
	struct vector roles = { 0 };

	add(fixture->wanted, (struct wish){ "enum", { "s", "e" }, "alice", "{o:=U,p:=U,r:bob=U,\"r:c=d=U\"}", "x" });
	finish(fixture);
	assert_int_equal(catalog_kind_range(fixture->wanted, kind, &object), 1);
	for (unsigned i = 0; i < kind->attribute_count; i++)
		facet_roles(object, i, fixture->arena, &roles);
	assert_int_equal(roles.count, 3);
	assert_string_equal(roles.items[0], "alice");
	assert_string_equal(roles.items[1], "bob");
	assert_string_equal(roles.items[2], "c=d");
	vector_fini(&roles);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(server_acl_names_no_owner_and_no_grantor),
		TEST(server_acl_survives_hostile_names),
		TEST(server_acl_of_a_table_owner_is_the_same_with_and_without_maintain),
		TEST(malformed_server_acl_is_refused),
		TEST(new_object_with_default_acl_needs_no_step),
		TEST(new_object_gets_what_differs_from_the_default),
		TEST(owner_who_gave_up_all_is_revoked_from),
		TEST(changes_are_revoked_first_and_only_what_differs),
		TEST(absent_acl_means_the_default_on_both_sides),
		TEST(back_to_the_default),
		TEST(public_schema_starts_with_usage_for_all),
		TEST(public_schema_starts_with_create_for_all_before_15),
		TEST(maintain_is_left_out_where_the_server_has_none),
		TEST(maintain_is_granted_from_17_on),
		TEST(view_is_granted_on_as_a_table),
		TEST(new_owner_keeps_privileges_that_were_granted_to_him),
		TEST(without_owners_the_present_owner_is_meant),
		TEST(without_owners_a_new_object_belongs_to_who_makes_it),
		TEST(column_privileges_name_column_and_table),
		TEST(revoke_on_a_table_gives_columns_back_what_they_keep),
		TEST(comment_is_set_changed_and_removed),
		TEST(roles_are_those_of_owner_and_acl),
	};

	return cmocka_run_group_tests_name("facet", tests, NULL, NULL);
}
