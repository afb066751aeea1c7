/*
 * gunzip.h - a file of gzip members as a stream of bytes, every CRC and length compared.
 * Internal to the archive folder.
 *
 * (libarchive's own gzip filter does not compare the CRC.)
 */
#ifndef COMMON_ARCHIVE_GUNZIP_H
#define COMMON_ARCHIVE_GUNZIP_H

#include "build.h"

struct gunzip;

/* fd stays the caller's.  ratio: unpacked to packed bytes at most, above a fixed slack; 0: unbounded. */
struct gunzip *gunzip_new(int fd, unsigned ratio);
void gunzip_free(struct gunzip *gunzip);    /* NULL is allowed */
void gunzip_unbound(struct gunzip *gunzip); /* from here on any ratio: the caller bounds what it keeps */
/* The next piece, never across two members: its length, 0 at the end of the file, -1 where gunzip_problem says what
 * is wrong. */
ptrdiff_t gunzip_next(struct gunzip *gunzip, const void **data);
const char *gunzip_problem(const struct gunzip *gunzip); /* a clause, or NULL */

#endif
