#include "build.h"

#include "import/data_hash.h"

#include <openssl/evp.h>

#include "base/arena.h"
#include "postgres/sql.h"

#define COLUMNS_IN_ONE_FORMAT 90 /* a function takes at most 100 arguments */

struct data_hash {
	EVP_MD_CTX *context;
	__int128 sum; /* of at most 2^63 numbers of 64 bits */
	struct buffer row;
};

struct data_hash *
data_hash_new(void)
{
	struct data_hash *hash = xcalloc(1, sizeof(*hash));

	hash->context = EVP_MD_CTX_new();
	if (hash->context == NULL || EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1)
		abort();
	return hash;
}

void
data_hash_free(struct data_hash *hash)
{
	if (hash == NULL)
		return;
	EVP_MD_CTX_free(hash->context);
	buffer_fini(&hash->row);
	free(hash);
}

void
data_hash_reset(struct data_hash *hash)
{
	hash->sum = 0;
}

/* --- a COPY line as literals --- */

/* What a backslash and this letter stand for in COPY's text format. */
static char
unescaped(char letter)
{
	static const char letters[] = "bfnrtv";
	static const char meanings[] = "\b\f\n\r\t\v";
	const char *found = letter != '\0' ? strchr(letters, letter) : NULL;

	return found != NULL ? meanings[found - letters] : letter;
}

static void
append_value_char(struct buffer *row, char c)
{
	buffer_append_char(row, c);
	if (c == '\'' || c == '\\')
		buffer_append_char(row, c);
}

static void
append_escaped_field(struct buffer *row, const char *field, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (field[i] == '\\' && i + 1 < length && field[i + 1] == '\\') {
			buffer_append_char(row, 'E');
			break;
		}
		i += field[i] == '\\';
	}
	buffer_append_char(row, '\'');
	for (size_t i = 0; i < length; i++) {
		if (field[i] == '\\' && i + 1 < length)
			append_value_char(row, unescaped(field[++i]));
		else
			append_value_char(row, field[i]);
	}
	buffer_append_char(row, '\'');
}

static void
append_field(struct buffer *row, const char *field, size_t length)
{
	if (length == 2 && field[0] == '\\' && field[1] == 'N') {
		buffer_append(row, "NULL", 4);
	} else if (memchr(field, '\\', length) != NULL || memchr(field, '\'', length) != NULL) {
		append_escaped_field(row, field, length);
	} else {
		buffer_append_char(row, '\'');
		buffer_append(row, field, length);
		buffer_append_char(row, '\'');
	}
}

static void
add_row(struct data_hash *hash)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	uint64_t first = 0;

	if (EVP_DigestInit_ex(hash->context, NULL, NULL) != 1 ||
	    EVP_DigestUpdate(hash->context, buffer_text(&hash->row), hash->row.length) != 1 ||
	    EVP_DigestFinal_ex(hash->context, digest, NULL) != 1)
		abort();
	for (size_t i = 0; i < 8; i++)
		first = first << 8 | digest[i];
	hash->sum += (int64_t)first;
}

/* The empty line of a row without columns counts as one empty text; data_hash_append_sql does the same. */
static void
add_line(struct data_hash *hash, const char *line, size_t length)
{
	const char *end = line + length;

	buffer_clear(&hash->row);
	for (;;) {
		const char *tab = memchr(line, '\t', (size_t)(end - line));

		append_field(&hash->row, line, (size_t)((tab != NULL ? tab : end) - line));
		if (tab == NULL)
			break;
		buffer_append_char(&hash->row, ',');
		line = tab + 1;
	}
	add_row(hash);
}

void
data_hash_add_copy(struct data_hash *hash, const char *data, size_t length)
{
	const char *end = data + length;

	while (data < end) {
		const char *newline = memchr(data, '\n', (size_t)(end - data));
		size_t line = (size_t)((newline != NULL ? newline : end) - data);

		add_line(hash, data, line);
		data += line + 1;
	}
}

void
data_hash_append(const struct data_hash *hash, struct buffer *out)
{
	char digits[48];
	size_t at = sizeof(digits);
	unsigned __int128 rest = hash->sum < 0 ? -(unsigned __int128)hash->sum : (unsigned __int128)hash->sum;

	do {
		digits[--at] = (char)('0' + (int)(rest % 10));
		rest /= 10;
	} while (rest != 0);
	if (hash->sum < 0)
		buffer_append_char(out, '-');
	buffer_append(out, digits + at, sizeof(digits) - at);
}

/* --- the same on the server --- */

static void
append_format(struct buffer *out, const char *const *columns, size_t count)
{
	buffer_append_text(out, "pg_catalog.format('");
	for (size_t i = 0; i < count; i++)
		buffer_append_text(out, i > 0 ? ",%L" : "%L");
	buffer_append_char(out, '\'');
	for (size_t i = 0; i < count; i++)
		sql_append(out, ", t.%I", columns[i]);
	buffer_append_char(out, ')');
}

void
data_hash_append_sql(struct buffer *out, const char *const *columns, size_t count, const char *encoding)
{
	buffer_append_text(out, "COALESCE(pg_catalog.sum(('x' || pg_catalog.encode(pg_catalog.substring("
	                        "pg_catalog.sha256(pg_catalog.convert_to(");
	/* COPY writes a row without columns as an empty line. */
	if (count == 0)
		buffer_append_text(out, "''''''");
	for (size_t i = 0; i < count; i += COLUMNS_IN_ONE_FORMAT) {
		size_t rest = count - i;

		if (i > 0)
			buffer_append_text(out, " || ',' || ");
		append_format(out, columns + i, rest < COLUMNS_IN_ONE_FORMAT ? rest : COLUMNS_IN_ONE_FORMAT);
	}
	sql_append(out, ", %L)), 1, 8), 'hex'))::bit(64)::pg_catalog.int8), 0)::text", encoding);
}
