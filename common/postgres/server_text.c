/*
 * server_text.c - sql_append_server_text: deparsed SQL that survives being parsed again.
 *
 * The parser hands a cast over ARRAY[…] down to the elements (parse_expr.c,
 * transformTypeCast), so "(ARRAY['a'::varchar])::text[]", which the server prints for a
 * cast array, comes back as an array of cast elements.  Naming the array's own type in
 * between, "((ARRAY['a'::varchar])::varchar[])::text[]", keeps the tree.
 *
 * One pass over the text keeps a stack of open brackets.  A frame that is an ARRAY[
 * learns the type of its first element; when it closes and a cast to another type
 * follows, two edits are noted and applied at the end.  Whatever is not understood is
 * left as it is.
 */
#include "build.h"

#include "postgres/sql.h"

#include <ctype.h>
#include <strings.h>

#include "base/arena.h"

/* A type's name in the text; the modifier "(10)" lies within it, or is empty. */
struct type_text {
	const char *start; /* NULL: unknown */
	const char *modifier;
	const char *modifier_end;
	const char *end;   /* behind the modifier and the words that follow it */
	bool is_array;     /* "[]" follows at end */
	const char *fixed; /* a type known by the form of a constant, instead of start */
};

enum element_state {
	ELEMENT_START,   /* nothing of the first element seen */
	ELEMENT_PRIMARY, /* something that a cast would bind to */
	ELEMENT_TYPED,   /* a cast, whose type is known */
	ELEMENT_DONE,    /* behind the first element */
	ELEMENT_UNKNOWN  /* not a form whose type is plain to see */
};

struct frame {
	const char *start; /* the bracket, or the A of ARRAY[ */
	bool is_array;
	bool joined; /* directly behind a word: the parentheses of a call */
	enum element_state state;
	struct type_text type;
	size_t commas;
	size_t repeats; /* further elements cast to the very same type */
	bool bare;      /* the type without its modifier */
};

struct edit {
	const char *at;
	struct type_text type; /* unknown: an opening parenthesis */
	bool bare;
};

struct scan {
	const char *at;
	const char *word_end; /* end of the word before `at`, to tell "a b" from "a.b" */
	struct frame *frames;
	size_t depth;
	size_t frame_capacity;
	struct edit *edits;
	size_t edit_count;
	size_t edit_capacity;
};

static bool
is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_' || (c & 0x80);
}

static bool
is_word(char c)
{
	return is_word_start(c) || isdigit((unsigned char)c) || c == '$';
}

static const char *
skip_word(const char *c)
{
	while (is_word(*c))
		c++;
	return c;
}

/* Behind the closing quote of a string or quoted name; the end of the text where there is none. */
static const char *
skip_quoted(const char *c, char quote, bool backslashes)
{
	for (c++; *c != '\0'; c++) {
		if (backslashes && *c == '\\' && c[1] != '\0')
			c++;
		else if (*c == quote && *++c != quote)
			return c;
	}
	return c;
}

/* Behind a dollar-quoted string, or NULL where c does not begin one. */
static const char *
skip_dollar_quoted(const char *c)
{
	const char *tag_end = c + 1;
	const char *close;
	size_t length;
	char *tag;

	while (is_word(*tag_end) && *tag_end != '$')
		tag_end++;
	if (*tag_end != '$' || isdigit((unsigned char)c[1]))
		return NULL;
	length = (size_t)(tag_end + 1 - c);
	tag = xmalloc(length + 1);
	memcpy(tag, c, length);
	tag[length] = '\0';
	close = strstr(c + length, tag);
	free(tag);
	return close == NULL ? NULL : close + length;
}

/* The types whose names have several words (format_type.c), and the words that may follow the first. */
static const struct {
	const char *first;
	const char *more;
} long_types[] = {
	{ "character", " varying " },
	{ "bit", " varying " },
	{ "double", " precision " },
	{ "timestamp", " with without time zone " },
	{ "time", " with without time zone " },
	{ "interval", " year month day hour minute second to " },
};

static const char *
following_words(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(long_types); i++) {
		if (strlen(long_types[i].first) == length && strncmp(long_types[i].first, name, length) == 0)
			return long_types[i].more;
	}
	return "";
}

static bool
word_is_listed(const char *list, const char *word, size_t length)
{
	for (const char *c = list; (c = strchr(c, ' ')) != NULL && c[1] != '\0'; c++) {
		if (strncmp(c + 1, word, length) == 0 && c[1 + length] == ' ')
			return true;
	}
	return false;
}

/* A name, quoted or not, perhaps with a schema in front; *more is what may follow as further words. */
static const char *
skip_type_name(const char *c, const char **more)
{
	for (;;) {
		const char *start = c;

		if (*c == '"')
			c = skip_quoted(c, '"', false);
		else if (is_word_start(*c))
			c = skip_word(c);
		else
			return NULL;
		*more = *start == '"' ? "" : following_words(start, (size_t)(c - start));
		if (*c != '.')
			return c;
		c++;
	}
}

/* Reads the type that a "::" casts to.  False where it is none that can be told apart. */
static bool
read_type(const char *c, struct type_text *type)
{
	const char *more;

	memset(type, 0, sizeof(*type));
	type->start = c;
	c = skip_type_name(c, &more);
	if (c == NULL)
		return false;
	for (;;) {
		if (*c == '(' && type->modifier == NULL) {
			type->modifier = c;
			c += strcspn(c, ")'\"");
			if (*c != ')')
				return false;
			type->modifier_end = ++c;
		} else if (*c == ' ' && word_is_listed(more, c + 1, (size_t)(skip_word(c + 1) - (c + 1)))) {
			c = skip_word(c + 1);
		} else {
			break;
		}
	}
	type->end = c;
	type->is_array = c[0] == '[' && c[1] == ']';
	return true;
}

static const char *
type_behind(const struct type_text *type)
{
	const char *c = type->end;

	while (c[0] == '[' && c[1] == ']')
		c += 2;
	return c;
}

static bool
same_type(const struct type_text *a, const struct type_text *b)
{
	const char *name = a->fixed != NULL ? a->fixed : a->start;
	size_t length = a->fixed != NULL ? strlen(a->fixed) : (size_t)(a->end - a->start);

	return (size_t)(b->end - b->start) == length && strncmp(name, b->start, length) == 0;
}

static void
append_array_type(struct buffer *out, const struct type_text *type, bool bare)
{
	if (type->fixed != NULL) {
		buffer_append_text(out, type->fixed);
	} else if (type->modifier == NULL || !bare) {
		buffer_append(out, type->start, (size_t)(type->end - type->start));
	} else {
		buffer_append(out, type->start, (size_t)(type->modifier - type->start));
		buffer_append(out, type->modifier_end, (size_t)(type->end - type->modifier_end));
	}
	buffer_append_text(out, "[]");
}

/* Whether a cast to `outer` leaves an array of these elements as it is. */
static bool
is_array_type(const struct frame *array, const struct type_text *outer)
{
	struct buffer have = BUFFER_INIT;
	struct buffer cast = BUFFER_INIT;
	bool same;

	append_array_type(&have, &array->type, array->bare);
	append_array_type(&cast, outer, false);
	same = strcmp(buffer_text(&have), buffer_text(&cast)) == 0;
	buffer_fini(&have);
	buffer_fini(&cast);
	return same;
}

static void
add_edit(struct scan *scan, const char *at, const struct frame *array)
{
	if (scan->edit_count == scan->edit_capacity) {
		scan->edit_capacity = scan->edit_capacity == 0 ? 8 : 2 * scan->edit_capacity;
		scan->edits = xrealloc(scan->edits, scan->edit_capacity, sizeof(scan->edits[0]));
	}
	scan->edits[scan->edit_count] = (struct edit){ .at = at };
	if (array != NULL) {
		scan->edits[scan->edit_count].type = array->type;
		scan->edits[scan->edit_count].bare = array->bare;
	}
	scan->edit_count++;
}

static void
push_frame(struct scan *scan, const char *start, bool is_array)
{
	if (scan->depth == scan->frame_capacity) {
		scan->frame_capacity = scan->frame_capacity == 0 ? 16 : 2 * scan->frame_capacity;
		scan->frames = xrealloc(scan->frames, scan->frame_capacity, sizeof(scan->frames[0]));
	}
	scan->frames[scan->depth++] = (struct frame){
		.start = start,
		.is_array = is_array,
		.joined = scan->word_end == start,
	};
}

static struct frame *
top_frame(struct scan *scan)
{
	return scan->depth == 0 ? NULL : &scan->frames[scan->depth - 1];
}

/* Something that can be cast was read in the innermost frame; joined: it goes on with what was before it. */
static void
saw_primary(struct scan *scan, bool joined)
{
	struct frame *frame = top_frame(scan);

	if (frame == NULL || !frame->is_array)
		return;
	if (frame->state == ELEMENT_START)
		frame->state = ELEMENT_PRIMARY;
	else if (frame->state == ELEMENT_PRIMARY && joined)
		return; /* "f" then "(…)", "a" then ".b": one primary */
	else if (frame->state != ELEMENT_DONE)
		frame->state = ELEMENT_UNKNOWN;
}

static void
saw_operator(struct scan *scan)
{
	struct frame *frame = top_frame(scan);

	if (frame != NULL && frame->state != ELEMENT_DONE)
		frame->state = ELEMENT_UNKNOWN;
}

/* Constants print without a cast where their form says the type (ruleutils.c, get_const_expr). */
static void
saw_constant(struct scan *scan, const char *start, const char *end)
{
	struct frame *frame = top_frame(scan);
	bool is_first = frame != NULL && frame->is_array && frame->state == ELEMENT_START;
	size_t length = (size_t)(end - start);

	saw_primary(scan, scan->word_end == start);
	if (!is_first)
		return;
	if (isdigit((unsigned char)*start))
		frame->type.fixed = strcspn(start, ".eE") < length ? "numeric" : "integer";
	else if ((length == 4 && strncmp(start, "true", 4) == 0) || (length == 5 && strncmp(start, "false", 5) == 0))
		frame->type.fixed = "boolean";
}

static void
saw_cast(struct scan *scan)
{
	struct frame *frame = top_frame(scan);
	struct type_text type;
	bool known = read_type(scan->at + 2, &type);

	if (frame != NULL && frame->is_array && frame->state != ELEMENT_DONE) {
		bool bound = frame->state == ELEMENT_PRIMARY || frame->state == ELEMENT_TYPED;

		frame->state = known && bound ? ELEMENT_TYPED : ELEMENT_UNKNOWN;
		frame->type = type;
	} else if (frame != NULL && frame->is_array && known && frame->type.start != NULL) {
		frame->repeats += same_type(&frame->type, &type) && type.is_array == frame->type.is_array;
	}
	scan->at = known ? type_behind(&type) : scan->at + 2;
}

/* The type of the elements of a closed ARRAY frame; false where it is unknown. */
static bool
element_type(const struct frame *frame)
{
	if (frame->state == ELEMENT_UNKNOWN)
		return false;
	return frame->type.fixed != NULL || frame->type.start != NULL;
}

/* ARRAY[…] has just closed (scan->at is behind it): note the edits where another type's cast follows. */
static void
array_closed(struct scan *scan, const struct frame *array)
{
	const struct frame *around = top_frame(scan);
	const char *start = array->start;
	const char *end = scan->at;
	struct type_text outer;

	if (!element_type(array))
		return;
	if (*end == ')' && around != NULL && *around->start == '(' && around->start + 1 == start) {
		start--;
		end++;
	}
	if (end[0] != ':' || end[1] != ':' || !read_type(end + 2, &outer) || !outer.is_array)
		return;
	if (is_array_type(array, &outer))
		return;
	add_edit(scan, start, NULL);
	add_edit(scan, end, array);
}

/* An inner ARRAY[…] gives its element type to the first element it is. */
static void
inherit_type(struct scan *scan, const struct frame *array)
{
	struct frame *frame = top_frame(scan);
	bool is_first = frame != NULL && frame->is_array && frame->state == ELEMENT_START;

	saw_primary(scan, array->joined);
	if (is_first && element_type(array)) {
		frame->type = array->type;
		frame->bare = array->bare;
	} else if (is_first) {
		frame->state = ELEMENT_UNKNOWN;
	}
}

static void
close_bracket(struct scan *scan)
{
	struct frame closed = { 0 };

	scan->at++;
	if (scan->depth == 0)
		return;
	closed = scan->frames[--scan->depth];
	if (closed.is_array) {
		/* A modifier that not all elements have would be forced on the others, and might cut their values. */
		closed.bare = closed.bare || closed.repeats < closed.commas;
		array_closed(scan, &closed);
		inherit_type(scan, &closed);
	} else {
		saw_primary(scan, closed.joined);
	}
	scan->word_end = scan->at;
}

static void
scan_word(struct scan *scan)
{
	const char *start = scan->at;
	const char *end = skip_word(start);

	if (end - start == 5 && strncmp(start, "ARRAY[", 6) == 0) {
		push_frame(scan, start, true);
		scan->at = end + 1;
		return;
	}
	if (*end == '\'')
		end = skip_quoted(end, '\'', end - start == 1 && (*start == 'E' || *start == 'e'));
	saw_constant(scan, start, end);
	scan->at = end;
	scan->word_end = end;
}

static void
scan_number(struct scan *scan)
{
	const char *start = scan->at;
	const char *end = start;

	while (isalnum((unsigned char)*end) || *end == '.' || ((*end == '+' || *end == '-') && (end[-1] | 0x20) == 'e'))
		end++;
	saw_constant(scan, start, end);
	scan->at = end;
	scan->word_end = end;
}

static void
scan_quoted(struct scan *scan, const char *end)
{
	saw_primary(scan, scan->word_end == scan->at);
	scan->at = end;
	scan->word_end = end;
}

static void
scan_comma(struct scan *scan)
{
	struct frame *frame = top_frame(scan);

	if (frame != NULL) {
		frame->commas++;
		if (frame->state != ELEMENT_UNKNOWN)
			frame->state = ELEMENT_DONE;
	}
	scan->at++;
}

static void
scan_token(struct scan *scan)
{
	const char *c = scan->at;
	const char *end;

	if (*c == '\'' || *c == '"') {
		scan_quoted(scan, skip_quoted(c, *c, false));
	} else if (*c == '$' && (end = skip_dollar_quoted(c)) != NULL) {
		scan_quoted(scan, end);
	} else if (is_word_start(*c)) {
		scan_word(scan);
	} else if (isdigit((unsigned char)*c)) {
		scan_number(scan);
	} else if (*c == '(' || *c == '[') {
		push_frame(scan, c, false);
		scan->at++;
	} else if (*c == ')' || *c == ']') {
		close_bracket(scan);
	} else if (*c == ',') {
		scan_comma(scan);
	} else if (c[0] == ':' && c[1] == ':') {
		saw_cast(scan);
	} else if (*c == '.' && scan->word_end == c) {
		scan->word_end = ++scan->at;
	} else {
		if (!isspace((unsigned char)*c))
			saw_operator(scan);
		scan->at++;
	}
}

static int
compare_edits(const void *a, const void *b)
{
	const char *x = ((const struct edit *)a)->at;
	const char *y = ((const struct edit *)b)->at;

	return (x > y) - (x < y);
}

static void
append_edited(struct buffer *out, const char *text, const struct scan *scan)
{
	for (size_t i = 0; i < scan->edit_count; i++) {
		const struct edit *edit = &scan->edits[i];

		buffer_append(out, text, (size_t)(edit->at - text));
		text = edit->at;
		if (edit->type.start == NULL && edit->type.fixed == NULL) {
			buffer_append_char(out, '(');
			continue;
		}
		buffer_append_text(out, "::");
		append_array_type(out, &edit->type, edit->bare);
		buffer_append_char(out, ')');
	}
	buffer_append_text(out, text);
}

void
sql_append_server_text(struct buffer *out, const char *text)
{
	struct scan scan = { .at = text };

	if (strstr(text, "ARRAY[") == NULL) {
		buffer_append_text(out, text);
		return;
	}
	while (*scan.at != '\0')
		scan_token(&scan);
	if (scan.edit_count > 0)
		qsort(scan.edits, scan.edit_count, sizeof(scan.edits[0]), compare_edits);
	append_edited(out, text, &scan);
	free(scan.frames);
	free(scan.edits);
}
