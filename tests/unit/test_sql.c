/*
 * test_sql.c - the SQL writer, the keyword table, array text and the guard for deparsed text.
 */
#include "build.h"

#include "unit.h"

#include "postgres/sql.h"

static void
identifier_is(const char *name, const char *wanted)
{
	struct buffer out = BUFFER_INIT;

	sql_append_identifier(&out, name);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_fini(&out);
}

static void
test_identifiers(void **state)
{
	(void)state;
	identifier_is("orders", "orders");
	identifier_is("_a1_z9", "_a1_z9");
	identifier_is("Orders", "\"Orders\"");
	identifier_is("1st", "\"1st\"");
	identifier_is("a b", "\"a b\"");
	identifier_is("a-b", "\"a-b\"");
	identifier_is("a$b", "\"a$b\"");
	identifier_is("naïve", "\"naïve\"");
	identifier_is("", "\"\"");
	identifier_is("a\"; DROP TABLE t; --", "\"a\"\"; DROP TABLE t; --\"");
	identifier_is("\"\"", "\"\"\"\"\"\"");
	identifier_is("line\nbreak", "\"line\nbreak\"");
	identifier_is("back\\slash", "\"back\\slash\"");
}

static void
test_keywords(void **state)
{
	/* The first and last of the table, and some of each category. */
	static const char *const quoted[] = { "all",  "xmltable", "user",  "select",       "order",  "left",
		                                  "like", "verbose",  "json",  "merge_action", "int",    "timestamp",
		                                  "row",  "binary",   "limit", "system_user",  "between" };
	static const char *const plain[] = { "name", "type",   "value", "key",   "abort", "zone",  "al",   "alle",
		                                 "data", "status", "date",  "level", "text",  "index", "view", "xmltables" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(quoted); i++)
		assert_true(sql_identifier_needs_quotes(quoted[i]));
	for (size_t i = 0; i < COUNT_OF(plain); i++)
		assert_false(sql_identifier_needs_quotes(plain[i]));
}

/* Binary search finds nothing reliably in a table out of order. */
static void
test_keywords_are_sorted(void **state)
{
	static const char *const words[] = {
#define KEYWORD(word) word,
#include "postgres/keywords.def"
#undef KEYWORD
	};

	(void)state;
	assert_true(COUNT_OF(words) > 150);
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		assert_true(i == 0 || strcmp(words[i - 1], words[i]) < 0);
		assert_true(sql_identifier_needs_quotes(words[i]));
	}
}

static void
literal_is(const char *value, const char *wanted)
{
	struct buffer out = BUFFER_INIT;

	sql_append_literal(&out, value);
	assert_string_equal(buffer_text(&out), wanted);
	buffer_fini(&out);
}

static void
test_literals(void **state)
{
	(void)state;
	literal_is(NULL, "NULL");
	literal_is("", "''");
	literal_is("plain", "'plain'");
	literal_is("it's", "'it''s'");
	literal_is("'); DROP TABLE t; --", "'''); DROP TABLE t; --'");
	literal_is("a\\b", "E'a\\\\b'");
	literal_is("\\'", "E'\\\\'''");
	literal_is("two\nlines", "'two\nlines'");
}

static void
test_directives(void **state)
{
	struct buffer out = BUFFER_INIT;

	(void)state;
	sql_append(&out, "ALTER TABLE %Q ADD COLUMN %I %X DEFAULT %L, %K (%d, %ld) 100%%", "Sales", "order", "total",
	           "numeric(10,2)", "it's", "NOT NULL", -7, 5000000000L);
	assert_string_equal(buffer_text(&out), "ALTER TABLE \"Sales\".\"order\" ADD COLUMN total numeric(10,2)"
	                                       " DEFAULT 'it''s', NOT NULL (-7, 5000000000) 100%");
	buffer_clear(&out);
	sql_append_comment_text(&out, "a\nDROP TABLE t;\r\nb");
	assert_string_equal(buffer_text(&out), "a DROP TABLE t;  b");
	buffer_fini(&out);
}

static void
array_is(const char *text, size_t count, const char *const *wanted)
{
	char **elements;
	size_t found;

	assert_int_equal(sql_array_split(text, &elements, &found), 0);
	assert_int_equal(found, count);
	for (size_t i = 0; i < count; i++) {
		if (wanted[i] == NULL)
			assert_null(elements[i]);
		else
			assert_string_equal(elements[i], wanted[i]);
	}
	free(elements);
}

static void
test_array_split(void **state)
{
	(void)state;
	array_is("{}", 0, NULL);
	array_is("{a}", 1, (const char *const[]){ "a" });
	array_is("{a,b,c}", 3, (const char *const[]){ "a", "b", "c" });
	array_is("{NULL,null,\"NULL\"}", 3, (const char *const[]){ NULL, NULL, "NULL" });
	array_is("{\"\",\"a b\",\"c,d\",\"{}\"}", 4, (const char *const[]){ "", "a b", "c,d", "{}" });
	array_is("{\"say \\\"hi\\\"\",\"back\\\\slash\"}", 2, (const char *const[]){ "say \"hi\"", "back\\slash" });
	array_is("{a\\,b}", 1, (const char *const[]){ "a,b" });
	array_is("[0:1]={x,y}", 2, (const char *const[]){ "x", "y" });
	array_is("{postgres=arwdDxt/postgres,=r/postgres}", 2,
	         (const char *const[]){ "postgres=arwdDxt/postgres", "=r/postgres" });
}

static void
test_array_refuses_malformed(void **state)
{
	static const char *const malformed[] = {
		"",     "a",        "{",    "{a",      "{a,",   "{a,}",   "{,a}",     "{\"a}", "{}x",
		"{a}x", "{\"a\"b}", "{a\\", "{{a},b}", "[0:1]", "[0:1]=", "{a\"b\"}", "{a}}",  "{\"a\\",
	};
	char **elements;
	size_t count;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(malformed); i++) {
		assert_int_equal(sql_array_split(malformed[i], &elements, &count), -1);
		assert_null(elements);
		assert_int_equal(count, 0);
	}
}

static void
collect(void *context, const char *element, size_t length)
{
	struct buffer *out = context;

	if (element == NULL)
		buffer_append_text(out, "<null>");
	else
		buffer_append(out, element, length);
	buffer_append_char(out, '|');
}

/* What sql_array_append writes, sql_array_parse reads back. */
static void
test_array_round_trip(void **state)
{
	static const char *const elements[] = { "a", "", "NULL", "b c", "d,e", "{f}", "g\"h", "i\\j", NULL, "k\nl", "ö" };
	struct buffer text = BUFFER_INIT;
	struct buffer back = BUFFER_INIT;

	(void)state;
	buffer_append_char(&text, '{');
	for (size_t i = 0; i < COUNT_OF(elements); i++)
		sql_array_append(&text, elements[i], i == 0);
	buffer_append_char(&text, '}');
	assert_string_equal(buffer_text(&text),
	                    "{a,\"\",\"NULL\",\"b c\",\"d,e\",\"{f}\",\"g\\\"h\",\"i\\\\j\",NULL,\"k\nl\",ö}");
	assert_int_equal(sql_array_parse(buffer_text(&text), collect, &back), 0);
	assert_string_equal(buffer_text(&back), "a||NULL|b c|d,e|{f}|g\"h|i\\j|<null>|k\nl|ö|");
	buffer_fini(&text);
	buffer_fini(&back);
}

static const struct {
	const char *text;
	const char *wanted; /* NULL: unchanged */
} server_texts[] = {
	{ "(price > (0)::numeric)", NULL },
	{ "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
	  "((status)::text = ANY "
	  "(((ARRAY['a'::character varying, 'b'::character varying])::character varying[])::text[]))" },
	/* pg_get_viewdef's pretty form has no parentheses */
	{ "s::text = ANY (ARRAY['a'::character varying]::text[])",
	  "s::text = ANY ((ARRAY['a'::character varying]::character varying[])::text[])" },
	/* kept as it is where the cast names the element's own type, or the type cannot be seen */
	{ "(ARRAY['a'::text, 'b'::text])::text[]", NULL },
	{ "(ARRAY[a, b])::text[]", NULL },
	{ "(ARRAY[(a + b), 'x'::text])::bigint[]", NULL },
	{ "ARRAY['a'::character varying, 'b'::character varying]", NULL },
	{ "(ARRAY['a'::character varying])::text", NULL },
	{ "(ARRAY[])::text[]", NULL },
	/* constants whose form says their type */
	{ "(ARRAY[1, 2])::bigint[]", "((ARRAY[1, 2])::integer[])::bigint[]" },
	{ "(ARRAY[1.5, 2.0])::numeric(5,2)[]", "((ARRAY[1.5, 2.0])::numeric[])::numeric(5,2)[]" },
	{ "(ARRAY[true, false])::text[]", "((ARRAY[true, false])::boolean[])::text[]" },
	/* modifiers: kept where all elements have the same one, dropped where they differ */
	{ "(ARRAY['a'::character varying(10), 'b'::character varying(10)])::text[]",
	  "((ARRAY['a'::character varying(10), 'b'::character varying(10)])::character varying(10)[])::text[]" },
	{ "(ARRAY['a'::character varying(10), 'b'::character varying(20)])::text[]",
	  "((ARRAY['a'::character varying(10), 'b'::character varying(20)])::character varying[])::text[]" },
	{ "(ARRAY['a'::character varying(10), t.b])::text[]",
	  "((ARRAY['a'::character varying(10), t.b])::character varying[])::text[]" },
	{ "(ARRAY[x.t::timestamp(3) without time zone])::text[]",
	  "((ARRAY[x.t::timestamp(3) without time zone])::timestamp(3) without time zone[])::text[]" },
	/* quoted and qualified types, parenthesised operands, calls */
	{ "(ARRAY[('a'::text)::\"My Schema\".\"T[]\"])::text[]",
	  "((ARRAY[('a'::text)::\"My Schema\".\"T[]\"])::\"My Schema\".\"T[]\"[])::text[]" },
	{ "(ARRAY[(upper((a)::text))::character varying, a])::text[]",
	  "((ARRAY[(upper((a)::text))::character varying, a])::character varying[])::text[]" },
	{ "(ARRAY[f(a, 'x')::s.d])::text[]", "((ARRAY[f(a, 'x')::s.d])::s.d[])::text[]" },
	{ "(ARRAY[NULL::character varying])::text[]", "((ARRAY[NULL::character varying])::character varying[])::text[]" },
	{ "(ARRAY['{a}'::text[]])::character varying[]", "((ARRAY['{a}'::text[]])::text[])::character varying[]" },
	/* nested */
	{ "(ARRAY[ARRAY['a'::character varying], ARRAY['b'::character varying]])::text[]",
	  "((ARRAY[ARRAY['a'::character varying], ARRAY['b'::character varying]])::character varying[])::text[]" },
	{ "(ARRAY[(ARRAY[1])::bigint[]])::numeric[]", "((ARRAY[((ARRAY[1])::integer[])::bigint[]])::bigint[])::numeric[]" },
	/* text that only looks like it */
	{ "'(ARRAY[1])::bigint[]'::text", NULL },
	{ "'it''s (ARRAY[1])::bigint[]'::text", NULL },
	{ "E'\\'(ARRAY[1])::bigint[]'::text", NULL },
	{ "\"(ARRAY[1])::bigint[]\"", NULL },
	{ "$q$(ARRAY[1])::bigint[]$q$", NULL },
	{ "MYARRAY[1]::bigint[]", NULL },
	{ "(ARRAY['],'::bpchar, '('::bpchar])::text[]", "((ARRAY['],'::bpchar, '('::bpchar])::bpchar[])::text[]" },
	{ "(ARRAY['a'::text COLLATE \"C\"])::bytea[]", NULL },
	/* unbalanced text must do no harm */
	{ "(ARRAY['a'::character varying", NULL },
	{ "ARRAY[']])::text[]", NULL },
	{ "])ARRAY[::", NULL },
	{ "ARRAY[1]::", NULL },
	{ "ARRAY[$a", NULL },
};

static void
test_server_text(void **state)
{
	struct buffer out = BUFFER_INIT;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(server_texts); i++) {
		const char *wanted = server_texts[i].wanted == NULL ? server_texts[i].text : server_texts[i].wanted;
		struct buffer again = BUFFER_INIT;

		buffer_clear(&out);
		sql_append_server_text(&out, server_texts[i].text);
		assert_string_equal(buffer_text(&out), wanted);
		/* What was guarded once is not guarded again. */
		sql_append_server_text(&again, buffer_text(&out));
		assert_string_equal(buffer_text(&again), wanted);
		buffer_fini(&again);
	}
	buffer_fini(&out);
}

/* Brackets a hundred thousand deep cost no stack and no quadratic time. */
static void
test_server_text_deep(void **state)
{
	struct buffer text = BUFFER_INIT;
	struct buffer out = BUFFER_INIT;

	(void)state;
	for (int i = 0; i < 100000; i++)
		buffer_append_text(&text, "(ARRAY[");
	buffer_append_text(&text, "1");
	for (int i = 0; i < 100000; i++)
		buffer_append_text(&text, i % 2 == 0 ? "])::bigint[]" : "])::integer[]");
	sql_append_server_text(&out, buffer_text(&text));
	assert_int_equal(out.length, text.length + 50000 * strlen("(::integer[])") + 50000 * strlen("(::bigint[])"));
	buffer_fini(&text);
	buffer_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identifiers),
		cmocka_unit_test(test_keywords),
		cmocka_unit_test(test_keywords_are_sorted),
		cmocka_unit_test(test_literals),
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_array_split),
		cmocka_unit_test(test_array_refuses_malformed),
		cmocka_unit_test(test_array_round_trip),
		cmocka_unit_test(test_server_text),
		cmocka_unit_test(test_server_text_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
