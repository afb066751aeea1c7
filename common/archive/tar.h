/*
 * tar.h - tar (pax) headers made by libarchive, without passing bodies through it.
 * Internal to the archive folder.  Owner, times and so on are fixed: equal names and
 * sizes give equal bytes.
 */
#ifndef COMMON_ARCHIVE_TAR_H
#define COMMON_ARCHIVE_TAR_H

#include "base/buffer.h"
#include "base/error.h"

#define TAR_BLOCK 512
#define TAR_END_SIZE (2 * TAR_BLOCK) /* zeros that end an archive */

/* Appends the header of a plain file. */
int tar_append_header(struct buffer *out, const char *name, uint64_t size, struct error *error);
/* How many zeros follow a body of that size. */
size_t tar_padding(uint64_t size);
/* Appends a whole small file: header, body, zeros. */
int tar_append_file(struct buffer *out, const char *name, const char *data, size_t length, struct error *error);

#endif
