/*
 * data_hash.h - a checksum of a table's rows that does not depend on their order.
 *
 * Each row is the text of its columns, each a literal (NULL, 'x', E'a\\b' as quote_literal writes it) with
 * commas between; the checksum is the sum of the first 8 bytes (signed, big-endian) of the rows' SHA-256.
 * A backup computes it from the very bytes that go into the archive, at no cost to the server; a
 * restore lets the server compute it from what the restored table holds.  It works for every type,
 * since every type has a text form, and needs no hash function of the type.
 */
#ifndef IMPORT_DATA_HASH_H
#define IMPORT_DATA_HASH_H

#include "base/buffer.h"

struct data_hash;

struct data_hash *data_hash_new(void);
void data_hash_free(struct data_hash *hash); /* NULL is allowed */
void data_hash_reset(struct data_hash *hash);
/* Whole rows of COPY's text format. */
void data_hash_add_copy(struct data_hash *hash, const char *data, size_t length);
/* The sum as decimal digits. */
void data_hash_append(const struct data_hash *hash, struct buffer *out);

/* The same as SQL: an aggregate over rows of the relation called t; encoding is the backup's. */
void data_hash_append_sql(struct buffer *out, const char *const *columns, size_t count, const char *encoding);

#endif
