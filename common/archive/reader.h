/*
 * reader.h - the inside of an archive reader.  Internal to the archive folder.
 */
#ifndef COMMON_ARCHIVE_READER_H
#define COMMON_ARCHIVE_READER_H

#include "archive/gunzip.h"
#include "archive/manifest.h"

struct archive;

/* A member that is kept for archive_reader_member. */
struct reader_member {
	const char *name;
	struct buffer body;
};

enum reader_state { READER_SNAPSHOT, READER_DATA, READER_ENDED, READER_FAILED };

struct archive_reader {
	char *path;
	int fd;
	struct archive_limits limits; /* no zeros */
	struct gunzip *gunzip;
	struct archive *tar;
	enum reader_state state;
	struct manifest_text text;
	struct buffer name; /* of the entry at hand */
	struct buffer body;
	struct vector kept; /* struct reader_member *, heap memory */

	struct digest *data_digest;
	uint64_t data_count;
	struct buffer tables; /* from data/manifest.json */
};

/* Takes over fd. */
int archive_reader_open_fd(int fd, const char *path, const struct archive_limits *limits,
                           struct archive_reader **reader, struct error *error);

/* ARCHIVE error about this file; `clause` says what is wrong.  The reader cannot be used any more. */
int archive_refuse(struct archive_reader *reader, struct error *error, const char *clause, ...) PRINTF_LIKE(3, 4);
/* Ends reading for what the catalog's codec refused (already in *error, which is told where and what to do): member
 * NULL: it lies between members.  Returns -1. */
int archive_refuse_content(struct archive_reader *reader, const char *member, struct error *error);

/* The next entry's name and size, both checked: 1, 0 at the end of the archive, -1. */
int archive_next_entry(struct archive_reader *reader, uint64_t *size, struct error *error);
/* Its body into reader->body, which must be of that size. */
int archive_read_body(struct archive_reader *reader, uint64_t size, struct error *error);
/* That nothing follows the end of the archive. */
int archive_expect_end(struct archive_reader *reader, struct error *error);

#endif
