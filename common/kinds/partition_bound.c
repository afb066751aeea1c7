/*
 * partition_bound.c - see partition_bound.h.
 *
 * A new partition is held against each that production has, so nothing is copied here.
 */
#include "build.h"

#include "kinds/partition_bound.h"

#include <errno.h>

#include "kinds/table_probe.h"

#define KEYS_MOST 32 /* PARTITION_MAX_KEYS */

/* One value of a bound, inside its text. */
struct value {
	const char *text;
	size_t length;
};

/* The first value of the list in parentheses that the text has first; *text is then in front of the next. */
static bool
next_value(const char **text, struct value *value)
{
	const char *end;

	if (**text != '(' && **text != ',')
		return false;
	value->text = *text + 1 + strspn(*text + 1, " ");
	end = probe_skip(value->text, ",)");
	value->length = (size_t)(end - value->text);
	*text = end;
	return value->length > 0;
}

static bool
is_value(const struct value *value, const char *text)
{
	return strlen(text) == value->length && memcmp(value->text, text, value->length) == 0;
}

static bool
same_value(const struct value *one, const struct value *other)
{
	return one->length == other->length && memcmp(one->text, other->text, one->length) == 0;
}

/* ---- lists ---- */

static bool
list_has(const char *bound, const struct value *wanted)
{
	const char *list = probe_skip(bound, "(");
	struct value value;

	while (next_value(&list, &value))
		if (same_value(&value, wanted))
			return true;
	return false;
}

static bool
lists_overlap(const char *one, const char *other)
{
	const char *list = probe_skip(one, "(");
	struct value value;

	while (next_value(&list, &value))
		if (list_has(other, &value))
			return true;
	return false;
}

/* ---- ranges ---- */

enum order { BEFORE = -1, SAME = 0, BEHIND = 1, UNKNOWN = 2 };

static enum order
order_of(int difference)
{
	return difference < 0 ? BEFORE : difference > 0 ? BEHIND : SAME;
}

static bool
is_whole_number(const struct value *value, long long *number)
{
	char *end;

	errno = 0;
	*number = strtoll(value->text, &end, 10);
	return end == value->text + value->length && errno == 0;
}

/* 'YYYY-MM-DD', with a time behind it or not: such texts sort as what they mean. */
static bool
is_date(const struct value *value)
{
	static const char form[] = "'dddd-dd-dd";
	const size_t length = sizeof(form) - 1;

	for (size_t i = 0; i < length; i++)
		if (form[i] == 'd' ? value->text[i] < '0' || value->text[i] > '9' : value->text[i] != form[i])
			return false;
	return (value->text[length] == '\'' || value->text[length] == ' ') && value->text[value->length - 2] != 'C';
}

static bool
has_time(const struct value *date)
{
	return memchr(date->text, ' ', date->length) != NULL;
}

static enum order
compare_values(const struct value *one, const struct value *other)
{
	long long first;
	long long second;

	if (same_value(one, other))
		return SAME;
	if (is_whole_number(one, &first) && is_whole_number(other, &second))
		return first < second ? BEFORE : BEHIND;
	if (is_date(one) && is_date(other) && has_time(one) == has_time(other))
		return order_of(memcmp(one->text, other->text, one->length < other->length ? one->length : other->length));
	return UNKNOWN;
}

static int
infinity(const struct value *value)
{
	return is_value(value, "MINVALUE") ? -1 : is_value(value, "MAXVALUE");
}

/* As partition_rbound_cmp: what is behind an infinite value does not count. */
static enum order
compare_ends(const struct value *one, const struct value *other, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int first = infinity(&one[i]);
		int second = infinity(&other[i]);
		enum order order = first != 0 || second != 0 ? order_of(first - second) : compare_values(&one[i], &other[i]);

		if (order != SAME || first != 0)
			return order;
	}
	return SAME;
}

struct range {
	struct value lower[KEYS_MOST];
	struct value upper[KEYS_MOST];
	size_t count;
};

/* How many values; *text is behind them. */
static size_t
read_end(const char **text, struct value *values)
{
	size_t count = 0;

	*text = probe_skip(*text, "(");
	while (count < KEYS_MOST && next_value(text, &values[count]))
		count++;
	return count;
}

static bool
read_range(const char *bound, struct range *range)
{
	range->count = read_end(&bound, range->lower);
	return range->count > 0 && read_end(&bound, range->upper) == range->count;
}

static bool
ranges_overlap(const char *one, const char *other)
{
	struct range first;
	struct range second;

	return read_range(one, &first) && read_range(other, &second) && first.count == second.count &&
	       compare_ends(first.lower, second.upper, first.count) == BEFORE &&
	       compare_ends(second.lower, first.upper, first.count) == BEFORE;
}

/* ---- remainders ---- */

static bool
read_hash(const char *bound, long *modulus, long *remainder)
{
	const char *first = strstr(bound, "modulus ");
	const char *second = strstr(bound, "remainder ");

	if (first == NULL || second == NULL)
		return false;
	*modulus = strtol(first + strlen("modulus "), NULL, 10);
	*remainder = strtol(second + strlen("remainder "), NULL, 10);
	return *modulus > 0;
}

/* Every modulus must be a factor of the next larger one, or the server takes neither beside the other. */
static bool
hashes_overlap(const char *one, const char *other)
{
	long modulus[2];
	long remainder[2];

	if (!read_hash(one, &modulus[0], &remainder[0]) || !read_hash(other, &modulus[1], &remainder[1]))
		return false;
	int less = modulus[0] < modulus[1] ? 0 : 1;
	return modulus[1 - less] % modulus[less] != 0 || remainder[1 - less] % modulus[less] == remainder[less];
}

/* ---- all ---- */

static bool
both_begin(const char *one, const char *other, const char *head)
{
	return strncmp(one, head, strlen(head)) == 0 && strncmp(other, head, strlen(head)) == 0;
}

bool
partition_bounds_overlap(const char *one, const char *other)
{
	return strcmp(one, other) == 0 || (both_begin(one, other, "FOR VALUES IN (") && lists_overlap(one, other)) ||
	       (both_begin(one, other, "FOR VALUES FROM (") && ranges_overlap(one, other)) ||
	       (both_begin(one, other, "FOR VALUES WITH (") && hashes_overlap(one, other));
}
