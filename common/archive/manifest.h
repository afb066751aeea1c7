/*
 * manifest.h - manifest.json, the first member of an archive: what the whole is and
 * the SHA-256 of every member that follows.  Internal to the archive folder.
 *
 * A manifest read from a file is hostile until decoded: every name, digest and number
 * in a struct manifest_text has been checked.
 */
#ifndef COMMON_ARCHIVE_MANIFEST_H
#define COMMON_ARCHIVE_MANIFEST_H

#include "archive/archive.h"
#include "base/arena.h"
#include "base/buffer.h"

#define MANIFEST_NAME "manifest.json"
#define MANIFEST_MOST (256u * 1024 * 1024) /* bytes of manifest.json */
#define MEMBER_NAME_MOST 1024

struct manifest_member {
	const char *name;
	uint64_t size;
	char sha256[DIGEST_TEXT_SIZE];
};

struct manifest_count {
	const char *kind;
	uint64_t count;
};

/* Everything manifest.json holds.  The arrays and strings live in manifest.arena. */
struct manifest_text {
	struct manifest manifest;
	struct manifest_count *counts;
	size_t count_count;
	struct unmodelled *unmodelled;
	size_t unmodelled_count;
	struct manifest_member *members;
	size_t member_count;
};

/* Appends the JSON text, keys sorted.  FAILED where a string is not UTF-8. */
int manifest_encode(const struct manifest_text *text, struct buffer *out, struct error *error);
/* Fills text, whose arena the caller then owns (also after a failure; NULL where nothing was made).  `path` is
 * for messages.  ARCHIVE error on anything malformed, on a newer major version and on an unsafe or repeated name. */
int manifest_decode(struct manifest_text *text, const char *data, size_t length, const char *path,
                    const struct archive_limits *limits, struct error *error);
/* The SHA-256 of "<digest>  <name>\n" for each member in order. */
void manifest_content(const struct manifest_member *members, size_t count, char digest[DIGEST_TEXT_SIZE]);

#endif
