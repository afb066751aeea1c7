/*
 * test_catalog.c - objects, kinds, steps and the finished catalog, without a server.
 */
#include "build.h"

#include "catalog/catalog.h"

#include <setjmp.h>

#include <cmocka.h>

#include "tests/unit/stub_kinds.h"

#define ADD(catalog, kind, ...) catalog_add(catalog, kind, (const char *const[]){ __VA_ARGS__ })
#define FIND(catalog, kind, ...) catalog_find(catalog, kind, (const char *const[]){ __VA_ARGS__ })

static uint32_t
add_table(struct catalog *catalog, const char *schema, const char *name)
{
	return ADD(catalog, &stub_table, schema, name, "joe", NULL, NULL, "f", "heap", NULL);
}

static uint32_t
add_column(struct catalog *catalog, const char *relation, const char *name, const char *position)
{
	return ADD(catalog, &stub_column, "s", relation, name, position, "integer");
}

static void
finish(struct catalog *catalog)
{
	struct error error = { 0 };
	assert_int_equal(catalog_finish(catalog, NULL, NULL, &error), 0);
}

static void
test_an_empty_catalog_answers_everything(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new_empty(150003);
	const struct object *first;
	assert_int_equal(catalog->info.server_version, 150003);
	assert_int_equal(catalog->count, 0);
	assert_int_equal(catalog_kind_range(catalog, &stub_table, &first), 0);
	assert_null(FIND(catalog, &stub_table, "s", "t"));
	catalog_free(catalog);
	catalog_free(NULL);
}

static void
test_objects_are_sorted_bytewise(void **state)
{
	(void)state;
	static const char *const names[] = { "\xc3\xa9", "b", "a\x01", "ab", "a", "", "B", "a b" };
	static const char *const sorted[] = { "", "B", "a", "a\x01", "a b", "ab", "b", "\xc3\xa9" };
	struct catalog *catalog = catalog_new();
	for (size_t i = 0; i < COUNT_OF(names); i++)
		add_table(catalog, "s", names[i]);
	ADD(catalog, &stub_schema, "z");
	add_table(catalog, "r", "zzz");
	finish(catalog);
	assert_ptr_equal(catalog->objects[0].kind, &stub_schema);
	assert_string_equal(object_name(&catalog->objects[1]), "zzz");
	for (size_t i = 0; i < COUNT_OF(sorted); i++) {
		const struct object *object = &catalog->objects[i + 2];
		assert_string_equal(object_name(object), sorted[i]);
		assert_int_equal(object->index, i + 2);
		assert_ptr_equal(FIND(catalog, &stub_table, "s", sorted[i]), object);
	}
	assert_null(FIND(catalog, &stub_table, "s", "aa"));
	assert_null(FIND(catalog, &stub_view, "s", "a"));
	catalog_free(catalog);
}

/* Sorted, backwards, scattered, in pairs, two runs: the same catalog, and renumbered tells where each one went. */
static void
test_any_order_of_arrival_gives_the_same_catalog(void **state)
{
	(void)state;
	enum { COUNT = 777, PATTERNS = 5 };
	char texts[PATTERNS][DIGEST_TEXT_SIZE];
	for (int pattern = 0; pattern < PATTERNS; pattern++) {
		struct catalog *catalog = catalog_new();
		uint32_t number[COUNT];
		for (unsigned i = 0; i < COUNT; i++) {
			unsigned pair = i == COUNT - 1 ? i : i ^ 1u;
			unsigned run = i < 400 ? i + 377 : i - 400;
			unsigned ids[PATTERNS] = { i, COUNT - 1 - i, i * 100 % COUNT, pair, run };
			char name[16];
			snprintf(name, sizeof(name), "t%03u", ids[pattern]);
			number[ids[pattern]] = add_table(catalog, "s", name);
			if (ids[pattern] % 100 == 0)
				ADD(catalog, &stub_view, "s", name, "SELECT 1"); /* kinds may come in turns */
		}
		uint32_t *renumbered;
		struct error error = { 0 };
		assert_int_equal(catalog_finish(catalog, NULL, &renumbered, &error), 0);
		assert_int_equal(catalog->count, COUNT + 8);
		for (unsigned i = 0; i < COUNT; i++) {
			char name[16];
			snprintf(name, sizeof(name), "t%03u", i);
			assert_string_equal(object_name(&catalog->objects[renumbered[number[i]]]), name);
		}
		for (uint32_t i = 1; i < catalog->count; i++)
			assert_true(object_compare_identity(&catalog->objects[i - 1], &catalog->objects[i]) < 0);
		catalog_fingerprint(catalog, texts[pattern]);
		assert_string_equal(texts[pattern], texts[0]);
		free(renumbered);
		catalog_free(catalog);
	}
}

static void
test_children_belong_to_their_parent_only(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	const struct object *first;
	add_column(catalog, "t", "b", "1");
	add_column(catalog, "t", "a", "2");
	add_column(catalog, "t", "c", "10");
	add_column(catalog, "t2", "x", "1");
	add_column(catalog, "v", "y", "1");
	add_table(catalog, "s", "t2");
	add_table(catalog, "s", "t");
	add_table(catalog, "s", "empty");
	ADD(catalog, &stub_view, "s", "v", "SELECT 1 AS y");
	finish(catalog);
	const struct object *table = FIND(catalog, &stub_table, "s", "t");
	assert_int_equal(catalog_children(catalog, table, &stub_column, &first), 3);
	assert_string_equal(object_name(&first[0]), "a");
	assert_string_equal(object_name(&first[2]), "c");
	assert_ptr_equal(catalog_parent(catalog, first), table);
	assert_null(catalog_parent(catalog, table));
	const struct object *view = FIND(catalog, &stub_view, "s", "v");
	assert_int_equal(catalog_children(catalog, view, &stub_column, &first), 1);
	assert_string_equal(object_name(first), "y");
	assert_int_equal(catalog_children(catalog, FIND(catalog, &stub_table, "s", "empty"), &stub_column, &first), 0);
	assert_int_equal(catalog_children(catalog, table, &stub_default, &first), 0);

	struct arena *arena = arena_new();
	const struct object **children;
	assert_int_equal(catalog_children_in_order(catalog, table, &stub_column, arena, &children), 3);
	assert_string_equal(object_name(children[0]), "b");
	assert_string_equal(object_name(children[1]), "a");
	assert_string_equal(object_name(children[2]), "c");
	arena_free(arena);
	catalog_free(catalog);
}

/* A table and a view of one name cannot be on a server, but in an archive: children go to one of them. */
static void
test_the_first_kind_of_parents_wins(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	const struct object *first;
	ADD(catalog, &stub_view, "s", "t", "SELECT 1");
	add_table(catalog, "s", "t");
	add_column(catalog, "t", "a", "1");
	finish(catalog);
	assert_int_equal(catalog_children(catalog, FIND(catalog, &stub_table, "s", "t"), &stub_column, &first), 1);
	assert_int_equal(catalog_children(catalog, FIND(catalog, &stub_view, "s", "t"), &stub_column, &first), 0);
	catalog_free(catalog);
}

static void
test_orphans_are_dropped_with_their_children(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	uint32_t lost_default = ADD(catalog, &stub_default, "s", "gone", "a", "default", "1");
	uint32_t lost = add_column(catalog, "gone", "a", "1");
	uint32_t kept = add_column(catalog, "t", "a", "1");
	uint32_t kept_default = ADD(catalog, &stub_default, "s", "t", "a", "default", "1");
	uint32_t half_lost = ADD(catalog, &stub_default, "s", "t", "b", "default", "1");
	uint32_t table = add_table(catalog, "s", "t");
	catalog_add_dependency(catalog, lost, table);
	catalog_add_dependency(catalog, kept, lost);
	catalog_add_dependency(catalog, kept_default, table);
	uint32_t orphans = 0;
	uint32_t *renumbered;
	struct error error = { 0 };
	assert_int_equal(catalog_finish(catalog, &orphans, &renumbered, &error), 0);
	assert_int_equal(orphans, 3);
	assert_int_equal(catalog->count, 3);
	assert_int_equal(renumbered[lost], OBJECT_NONE);
	assert_int_equal(renumbered[lost_default], OBJECT_NONE);
	assert_int_equal(renumbered[half_lost], OBJECT_NONE);
	const struct object *column = FIND(catalog, &stub_column, "s", "t", "a");
	assert_int_equal(renumbered[kept], column->index);
	assert_ptr_equal(catalog_parent(catalog, column), FIND(catalog, &stub_table, "s", "t"));
	const struct object *child = FIND(catalog, &stub_default, "s", "t", "a", "default");
	assert_ptr_equal(catalog_parent(catalog, child), column);
	const uint32_t *list;
	assert_int_equal(catalog_dependents(catalog, FIND(catalog, &stub_table, "s", "t"), &list), 1);
	assert_int_equal(list[0], child->index);
	assert_int_equal(catalog_depends(catalog, column, &list), 0);
	free(renumbered);
	catalog_free(catalog);
}

/* Against a plain matrix: what is asked for is there, once, in order, in both directions; nothing else. */
static void
test_dependencies_are_indexed_both_ways(void **state)
{
	(void)state;
	enum { COUNT = 40 };
	static bool matrix[COUNT][COUNT];
	struct catalog *catalog = catalog_new();
	uint64_t random = 12345;
	for (unsigned i = 0; i < COUNT; i++) {
		char name[8];
		snprintf(name, sizeof(name), "%c%u", 'a' + (int)(i * 7 % 26), i);
		add_table(catalog, "s", name);
	}
	uint32_t pairs[300][2];
	for (unsigned i = 0; i < COUNT_OF(pairs); i++) {
		random = random * 6364136223846793005u + 1442695040888963407u;
		pairs[i][0] = (uint32_t)(random >> 33) % COUNT;
		pairs[i][1] = (uint32_t)(random >> 43) % COUNT;
		catalog_add_dependency(catalog, pairs[i][0], pairs[i][1]);
	}
	uint32_t *renumbered;
	struct error error = { 0 };
	assert_int_equal(catalog_finish(catalog, NULL, &renumbered, &error), 0);
	for (unsigned i = 0; i < COUNT_OF(pairs); i++)
		if (pairs[i][0] != pairs[i][1])
			matrix[renumbered[pairs[i][0]]][renumbered[pairs[i][1]]] = true;
	for (unsigned i = 0; i < COUNT; i++) {
		const uint32_t *depends;
		const uint32_t *dependents;
		uint32_t depends_count = catalog_depends(catalog, &catalog->objects[i], &depends);
		uint32_t dependents_count = catalog_dependents(catalog, &catalog->objects[i], &dependents);
		uint32_t d = 0;
		uint32_t b = 0;
		for (unsigned j = 0; j < COUNT; j++) {
			if (matrix[i][j])
				assert_int_equal(depends[d++], j);
			if (matrix[j][i])
				assert_int_equal(dependents[b++], j);
		}
		assert_int_equal(d, depends_count);
		assert_int_equal(b, dependents_count);
	}
	free(renumbered);
	catalog_free(catalog);
}

static void
test_two_of_one_identity_are_refused(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	struct error error = { 0 };
	add_table(catalog, "s", "t");
	add_table(catalog, "s", "Other");
	ADD(catalog, &stub_view, "s", "t", "SELECT 1");
	ADD(catalog, &stub_table, "s", "t", "another owner", NULL, NULL, "t", "heap", NULL);
	assert_int_equal(catalog_finish(catalog, NULL, NULL, &error), -1);
	assert_int_equal(error.code, ERROR_ARCHIVE);
	assert_string_equal(error.primary, "duplicate object of kind \"table\": table s.t");
	assert_string_equal(error.detail, "It is row 1 and again row 3 of its kind.");
	error_clear(&error);
	catalog_free(catalog);
}

static void
test_an_object_without_a_name_is_refused(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	struct error error = { 0 };
	add_table(catalog, "s", "t");
	add_table(catalog, "s", NULL);
	assert_int_equal(catalog_finish(catalog, NULL, NULL, &error), -1);
	assert_int_equal(error.code, ERROR_ARCHIVE);
	assert_string_equal(error.detail, "It is row 2 of its kind.");
	error_clear(&error);
	catalog_free(catalog);
}

static void
test_counterparts_are_found_in_the_other_catalog(void **state)
{
	(void)state;
	struct catalog *a = catalog_new();
	struct catalog *b = catalog_new();
	add_table(a, "s", "t");
	add_table(a, "s", "only_here");
	add_table(b, "r", "x");
	add_table(b, "s", "t");
	finish(a);
	finish(b);
	assert_ptr_equal(catalog_counterpart(b, FIND(a, &stub_table, "s", "t")), FIND(b, &stub_table, "s", "t"));
	assert_null(catalog_counterpart(b, FIND(a, &stub_table, "s", "only_here")));
	assert_null(catalog_counterpart(a, FIND(b, &stub_table, "r", "x")));
	catalog_free(a);
	catalog_free(b);
}

/* The fingerprint of a catalog that holds this one table. */
static void
fingerprint_of(const char *const *values, char text[DIGEST_TEXT_SIZE])
{
	struct catalog *catalog = catalog_new();
	catalog_add(catalog, &stub_table, values);
	finish(catalog);
	catalog_fingerprint(catalog, text);
	catalog_free(catalog);
}

/*
 * The digest was computed by another program from the description in catalog.c:
 *   NULL "table" | "s" "t" | "comment" "hello" "unlogged" "f" | NULL
 * each text as its length plus one and its bytes, NULL as a zero byte.
 */
static void
test_the_fingerprint_is_the_one_described(void **state)
{
	(void)state;
	char text[DIGEST_TEXT_SIZE];
	fingerprint_of((const char *const[]){ "s", "t", "joe", "{}", "hello", "f", "heap", "9" }, text);
	assert_string_equal(text, "9a138d77518de5a55a61521558e0bd78dfed23add454f86e96664eed75b04ff1");
}

static void
test_the_fingerprint_moves_with_what_the_schema_is(void **state)
{
	(void)state;
	static const char *const base[8] = { "s", "t", "joe", NULL, NULL, "f", "heap", NULL };
	static const struct {
		unsigned attribute;
		const char *value;
		bool moves;
	} cases[] = {
		{ 0, "r", true },   { 1, "u", true },     { 2, "jane", false }, { 2, NULL, false },
		{ 3, "{}", false }, { 4, "", true },      { 4, "hi", true },    { 5, "t", true },
		{ 5, NULL, true },  { 6, "zheap", true }, { 6, NULL, true },    { 7, "5", false },
	};
	char expected[DIGEST_TEXT_SIZE];
	fingerprint_of(base, expected);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *values[8];
		char text[DIGEST_TEXT_SIZE];
		memcpy(values, base, sizeof(base));
		values[cases[i].attribute] = cases[i].value;
		fingerprint_of(values, text);
		if (cases[i].moves)
			assert_string_not_equal(text, expected);
		else
			assert_string_equal(text, expected);
	}
}

/* Bytes must not be able to move from one value to the next, or an object from kind to kind, unseen. */
static void
test_the_fingerprint_keeps_values_apart(void **state)
{
	(void)state;
	char texts[4][DIGEST_TEXT_SIZE];
	fingerprint_of((const char *const[]){ "ab", "c", NULL, NULL, NULL, NULL, "heap", NULL }, texts[0]);
	fingerprint_of((const char *const[]){ "a", "bc", NULL, NULL, NULL, NULL, "heap", NULL }, texts[1]);
	fingerprint_of((const char *const[]){ "a", "bc", NULL, NULL, NULL, "x", "heap", NULL }, texts[2]);
	fingerprint_of((const char *const[]){ "a", "bc", NULL, NULL, "x", NULL, "heap", NULL }, texts[3]);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		for (size_t j = i + 1; j < COUNT_OF(texts); j++)
			assert_string_not_equal(texts[i], texts[j]);

	struct catalog *table = catalog_new();
	struct catalog *view = catalog_new();
	ADD(table, &stub_table, "s", "t", NULL, NULL, NULL, NULL, "heap", NULL);
	ADD(view, &stub_view, "s", "t", NULL);
	finish(table);
	finish(view);
	catalog_fingerprint(table, texts[0]);
	catalog_fingerprint(view, texts[1]);
	assert_string_not_equal(texts[0], texts[1]);
	catalog_free(table);
	catalog_free(view);
}

static void
test_dependencies_do_not_move_the_fingerprint(void **state)
{
	(void)state;
	char texts[2][DIGEST_TEXT_SIZE];
	for (int i = 0; i < 2; i++) {
		struct catalog *catalog = catalog_new();
		uint32_t t = add_table(catalog, "s", i ? "t" : "u");
		uint32_t u = add_table(catalog, "s", i ? "u" : "t");
		if (i)
			catalog_add_dependency(catalog, t, u);
		finish(catalog);
		catalog_fingerprint(catalog, texts[i]);
		catalog_free(catalog);
	}
	assert_string_equal(texts[0], texts[1]);
}

static void
test_values_come_back_whatever_their_length(void **state)
{
	(void)state;
	static const size_t lengths[] = { 0, 1, 126, 127, 128, 16382, 16383, 16384, 3000000 };
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		struct arena *arena = arena_new();
		struct object object;
		char *body = xmalloc(lengths[i] + 1);
		memset(body, 'x', lengths[i]);
		body[lengths[i]] = '\0';
		object_pack(&object, arena, &stub_function, (const char *const[]){ "s", body, "", NULL });
		const char *values[OBJECT_ATTRIBUTES_MOST];
		object_values(&object, values);
		assert_string_equal(values[0], "s");
		assert_string_equal(values[1], body);
		assert_string_equal(values[2], "");
		assert_null(values[3]);
		assert_string_equal(object_schema(&object), "s");
		assert_string_equal(object_name(&object), "");
		assert_null(object_get(&object, "body"));
		free(body);
		arena_free(arena);
	}
}

static void
test_differences_are_bits_of_attributes(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct object a;
	struct object b;
	object_pack(&a, arena, &stub_table, (const char *const[]){ "s", "t", "joe", NULL, "", "f", "heap", "1" });
	object_pack(&b, arena, &stub_table, (const char *const[]){ "s", "t", "jane", NULL, NULL, "f", "heap", "2" });
	assert_int_equal(object_differences(&a, &b), 1u << 2 | 1u << 4);
	assert_int_equal(object_differences(&a, &a), 0);
	assert_false(object_same_values(&a, &b));
	assert_int_equal(object_compare_identity(&a, &b), 0);
	object_pack(&b, arena, &stub_table, (const char *const[]){ "s", "t", "joe", NULL, "", "f", "heap", "2" });
	assert_int_equal(object_differences(&a, &b), 0);
	object_pack(&b, arena, &stub_table, (const char *const[]){ "s", "t", "joe", NULL, "", "f", "heap", "1" });
	assert_true(object_same_values(&a, &b));
	object_pack(&b, arena, &stub_view, (const char *const[]){ "s", "t", NULL });
	assert_true(object_compare_identity(&a, &b) < 0);
	assert_true(object_compare_identity(&b, &a) > 0);
	arena_free(arena);
}

static void
test_values_are_read_as_what_they_are(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct object object;
	object_pack(&object, arena, &stub_table, (const char *const[]){ "s", "t", "joe", NULL, "12x", "t", "-42", NULL });
	assert_true(object_is(&object, "unlogged"));
	assert_false(object_is(&object, "owner"));
	assert_false(object_is(&object, "rows"));
	assert_int_equal(object_number(&object, "access_method", 7), -42);
	assert_int_equal(object_number(&object, "comment", 7), 7);
	assert_int_equal(object_number(&object, "rows", 7), 7);
	object_pack(&object, arena, &stub_schema, (const char *const[]){ "999999999999999999999" });
	assert_int_equal(object_number(&object, "name", 7), 7);
	arena_free(arena);
}

static const char *
described(struct arena *arena, const struct kind *kind, const char *const *values)
{
	struct object object;
	object_pack(&object, arena, kind, values);
	return object_description(arena, &object);
}

static const char *
addressed(struct arena *arena, const struct kind *kind, const char *const *values)
{
	struct object object;
	struct buffer text = BUFFER_INIT;
	object_pack(&object, arena, kind, values);
	kind_address(&text, &object);
	const char *address = arena_strdup(arena, buffer_text(&text));
	buffer_fini(&text);
	return address;
}

static void
test_objects_are_named_as_sql_would(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *const table[] = { "public", "Order\"s", NULL, NULL, NULL, NULL, NULL, NULL };
	const char *const column[] = { "public", "orders", "total", NULL, NULL };
	const char *const function[] = { "public", "f", "integer, text", NULL };
	const char *const column_default[] = { "public", "orders", "total", "default", NULL };
	const char *const schema[] = { "select" };
	assert_string_equal(described(arena, &stub_table, table), "table public.\"Order\"\"s\"");
	assert_string_equal(described(arena, &stub_column, column), "column public.orders.total");
	assert_string_equal(described(arena, &stub_function, function), "function public.f(integer, text)");
	assert_string_equal(described(arena, &stub_default, column_default), "default public.orders.total");
	assert_string_equal(described(arena, &stub_schema, schema), "schema \"select\"");
	assert_string_equal(addressed(arena, &stub_table, table), "TABLE public.\"Order\"\"s\"");
	assert_string_equal(addressed(arena, &stub_column, column), "COLUMN public.orders.total");
	assert_string_equal(addressed(arena, &stub_schema, schema), "SCHEMA \"select\"");
	arena_free(arena);
}

static void
test_kinds_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(kind_find("view"), &stub_view);
	assert_null(kind_find("views"));
	assert_int_equal(kind_number(&stub_default), 0);
	assert_ptr_equal(kinds[kind_number(&stub_function)], &stub_function);
	assert_int_equal(kind_attribute(&stub_table, "acl"), 3);
	assert_int_equal(kind_attribute(&stub_table, "nothing"), -1);
	assert_int_equal(kind_attribute_of_role(&stub_table, ROLE_COMMENT), 4);
	assert_int_equal(kind_attribute_of_role(&stub_view, ROLE_ACL), -1);
}

static void
test_what_no_kind_models_is_kept(void **state)
{
	(void)state;
	struct catalog *catalog = catalog_new();
	for (int i = 0; i < 20; i++)
		catalog_add_unmodelled(catalog, i == 19 ? "casts" : "publications", (uint64_t)i, i == 19 ? NULL : "p");
	finish(catalog);
	assert_int_equal(catalog->unmodelled_count, 20);
	assert_string_equal(catalog->unmodelled[0].example, "p");
	assert_string_equal(catalog->unmodelled[19].what, "casts");
	assert_int_equal(catalog->unmodelled[19].count, 19);
	assert_null(catalog->unmodelled[19].example);
	catalog_free(catalog);
}

static void
test_steps_are_kept_in_order(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct steps steps;
	steps_init(&steps, arena);
	steps_add(&steps, NULL, STEP_CREATE, LOCK_ACCESS_EXCLUSIVE, HAZARD_SCANS, "DROP TABLE %Q", "s", "a b");
	for (int i = 0; i < 100; i++)
		steps_add_text(&steps, NULL, STEP_DROP, LOCK_NONE, 0, "SELECT 1");
	assert_int_equal(steps.count, 101);
	assert_string_equal(steps.items[0]->sql, "DROP TABLE s.\"a b\"");
	assert_int_equal(steps.items[0]->hazards, HAZARD_SCANS);
	assert_int_equal(steps.items[0]->lock, LOCK_ACCESS_EXCLUSIVE);
	assert_false(steps.items[0]->outside_transaction);
	assert_int_equal(steps.items[100]->action, STEP_DROP);
	assert_string_equal(lock_level_name(LOCK_SHARE_UPDATE_EXCLUSIVE), "SHARE UPDATE EXCLUSIVE");
	assert_string_equal(lock_level_name(LOCK_NONE), "none");
	assert_string_equal(step_action_name(STEP_REPLACE), "replace");
	assert_string_equal(hazard_name(HAZARD_BIT_SCANS), "scans");
	assert_string_equal(hazard_meaning(HAZARD_BIT_LOSES_DATA), "loses data");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_empty_catalog_answers_everything),
		cmocka_unit_test(test_objects_are_sorted_bytewise),
		cmocka_unit_test(test_any_order_of_arrival_gives_the_same_catalog),
		cmocka_unit_test(test_children_belong_to_their_parent_only),
		cmocka_unit_test(test_the_first_kind_of_parents_wins),
		cmocka_unit_test(test_orphans_are_dropped_with_their_children),
		cmocka_unit_test(test_dependencies_are_indexed_both_ways),
		cmocka_unit_test(test_two_of_one_identity_are_refused),
		cmocka_unit_test(test_an_object_without_a_name_is_refused),
		cmocka_unit_test(test_counterparts_are_found_in_the_other_catalog),
		cmocka_unit_test(test_the_fingerprint_is_the_one_described),
		cmocka_unit_test(test_the_fingerprint_moves_with_what_the_schema_is),
		cmocka_unit_test(test_the_fingerprint_keeps_values_apart),
		cmocka_unit_test(test_dependencies_do_not_move_the_fingerprint),
		cmocka_unit_test(test_values_come_back_whatever_their_length),
		cmocka_unit_test(test_differences_are_bits_of_attributes),
		cmocka_unit_test(test_values_are_read_as_what_they_are),
		cmocka_unit_test(test_objects_are_named_as_sql_would),
		cmocka_unit_test(test_kinds_are_found_by_name),
		cmocka_unit_test(test_what_no_kind_models_is_kept),
		cmocka_unit_test(test_steps_are_kept_in_order),
	};
	return cmocka_run_group_tests_name("catalog", tests, NULL, NULL);
}
