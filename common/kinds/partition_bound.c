/*
 * partition_bound.c - see partition_bound.h.
 */
#include "build.h"

#include "kinds/partition_bound.h"

#include <errno.h>

#include "kinds/table_probe.h"

size_t
partition_bound_list(struct arena *arena, const char *text, char **items)
{
	const char *open = probe_skip(text, "(");
	const char *end = *open == '(' ? probe_skip(open + 1, ")") : open;
	const char *list = *open == '(' ? arena_printf(arena, "%.*s", (int)(end - open - 1), open + 1) : "";
	size_t count = 0;

	while (count < PARTITION_KEYS_MOST && (items[count] = probe_next_element(arena, &list)) != NULL)
		count++;
	return count;
}

/* ---- lists ---- */

/* A list for a partition may be of any length. */
static bool
list_has(struct arena *arena, const char *list, const char *value)
{
	char *element;

	while ((element = probe_next_element(arena, &list)) != NULL)
		if (strcmp(element, value) == 0)
			return true;
	return false;
}

static const char *
inner_list(struct arena *arena, const char *bound)
{
	const char *open = probe_skip(bound, "(");

	return *open == '(' ? arena_printf(arena, "%.*s", (int)(probe_skip(open + 1, ")") - open - 1), open + 1) : "";
}

static bool
lists_overlap(struct arena *arena, const char *one, const char *other)
{
	const char *list = inner_list(arena, one);
	const char *others = inner_list(arena, other);
	char *value;

	while ((value = probe_next_element(arena, &list)) != NULL)
		if (list_has(arena, others, value))
			return true;
	return false;
}

/* ---- ranges ---- */

enum order { BEFORE = -1, SAME = 0, BEHIND = 1, UNKNOWN = 2 };

static enum order
order_of(long long difference)
{
	return difference < 0 ? BEFORE : difference > 0 ? BEHIND : SAME;
}

static bool
is_whole_number(const char *text, long long *number)
{
	char *end;

	errno = 0;
	*number = strtoll(text, &end, 10);
	return end != text && *end == '\0' && errno == 0;
}

/* 'YYYY-MM-DD', with a time behind it or not: such texts sort as what they mean. */
static bool
is_date(const char *text)
{
	static const char form[] = "'dddd-dd-dd";

	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	return strchr("' ", text[sizeof(form) - 1]) != NULL && strstr(text, "BC") == NULL;
}

static enum order
compare_values(const char *one, const char *other)
{
	long long first;
	long long second;

	if (strcmp(one, other) == 0)
		return SAME;
	if (is_whole_number(one, &first) && is_whole_number(other, &second))
		return first < second ? BEFORE : BEHIND;
	if (is_date(one) && is_date(other) && (strchr(one, ' ') == NULL) == (strchr(other, ' ') == NULL))
		return order_of(strcmp(one, other));
	return UNKNOWN;
}

static int
infinity(const char *value)
{
	return strcmp(value, "MINVALUE") == 0 ? -1 : strcmp(value, "MAXVALUE") == 0;
}

/* As partition_rbound_cmp: what is behind an infinite value does not count. */
static enum order
compare_ends(char *const *one, char *const *other, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int first = infinity(one[i]);
		int second = infinity(other[i]);
		enum order order = first != 0 || second != 0 ? order_of(first - second) : compare_values(one[i], other[i]);

		if (order != SAME || first != 0)
			return order;
	}
	return SAME;
}

struct range {
	char *lower[PARTITION_KEYS_MOST];
	char *upper[PARTITION_KEYS_MOST];
	size_t count;
};

static bool
read_range(struct arena *arena, const char *bound, struct range *range)
{
	const char *rest = probe_skip(bound, "(");

	rest = *rest == '(' ? probe_skip(rest + 1, ")") : rest;
	range->count = partition_bound_list(arena, bound, range->lower);
	return *rest == ')' && range->count > 0 && partition_bound_list(arena, rest + 1, range->upper) == range->count;
}

static bool
ranges_overlap(struct arena *arena, const char *one, const char *other)
{
	struct range first;
	struct range second;

	return read_range(arena, one, &first) && read_range(arena, other, &second) && first.count == second.count &&
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

bool
partition_bounds_overlap(struct arena *arena, const char *one, const char *other)
{
	if (strcmp(one, other) == 0)
		return true;
	if (strncmp(one, "FOR VALUES IN", 13) == 0)
		return strncmp(other, "FOR VALUES IN", 13) == 0 && lists_overlap(arena, one, other);
	if (strncmp(one, "FOR VALUES WITH", 15) == 0)
		return hashes_overlap(one, other);
	return strncmp(one, "FOR VALUES FROM", 15) == 0 && ranges_overlap(arena, one, other);
}
