/*
 * archive.h - snapshot archives: tar (pax) in gzip, made of independent gzip members.
 *
 * Member order in the file: manifest.json, catalog/<kind>.tsv in canonical order,
 * catalog/dependency.tsv, schema.sql, further members; in a backup data/… and last
 * data/manifest.json.  Each data member follows a small one, "<name>.sha256", which the archive writes
 * and reads itself; `sha256sum -c` reads them too.  Each tar entry is one or more gzip members of at most
 * ARCHIVE_BLOCK bytes of tar each, compressed by worker threads, so `tar xzf` opens it and
 * equal content gives equal bytes (modes, owners and times are fixed).
 *
 * The writer keeps compressed snapshot members in memory until the manifest (which names their
 * SHA-256) is known, then streams.  The file is temporary until archive_writer_publish.
 */
#ifndef COMMON_ARCHIVE_ARCHIVE_H
#define COMMON_ARCHIVE_ARCHIVE_H

#include "base/buffer.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/vector.h"
#include "catalog/catalog.h"

#define ARCHIVE_BLOCK (1024 * 1024)
#define ARCHIVE_FORMAT_MAJOR 1
#define ARCHIVE_FORMAT_MINOR 0
#define ARCHIVE_SUFFIX ".tar.gz"

/* What the manifest says of the whole. */
struct manifest {
	const char *tool_version;
	int format_major;
	int format_minor;
	const char *type;    /* "snapshot" or "backup" */
	const char *created; /* RFC 3339, UTC */
	const char *label;   /* or NULL */
	struct catalog_info source;
	char fingerprint[DIGEST_TEXT_SIZE]; /* catalog_fingerprint */
	char content[DIGEST_TEXT_SIZE];     /* SHA-256 over names and digests of all members: also owners and ACLs */
	struct arena *arena;                /* owns the strings */
};

/*
 * Member names: parts of ASCII letters, digits and "._-+=@,%" between single slashes, none of them
 * "." or "..", 1024 bytes at most.  Others are refused by writer and reader.
 */
#define ARCHIVE_DATA_PREFIX "data/"
bool archive_name_is_safe(const char *name);
/* Appends any text as part of a member's name: what is not allowed there (and '%') becomes "%" and two hexadecimal
 * digits. */
void archive_name_append(struct buffer *name, const char *text);

struct archive_writer;

/* Starts a temporary file beside `path`.  level: zlib's 1…9, 0: the default. */
int archive_writer_open(const char *path, unsigned mode, int level, struct archive_writer **writer,
                        struct error *error);
/* Begins, continues and ends a snapshot member. */
int archive_writer_begin(struct archive_writer *writer, const char *name, struct error *error);
int archive_writer_write(struct archive_writer *writer, const char *data, size_t length, struct error *error);
int archive_writer_end(struct archive_writer *writer, struct error *error);
int archive_writer_add(struct archive_writer *writer, const char *name, const char *data, size_t length,
                       struct error *error);
/* All of a catalog: the tables and dependencies, schema.sql. */
int archive_writer_add_catalog(struct archive_writer *writer, const struct catalog *catalog, struct error *error);
/* Writes manifest and snapshot members to the file.  After this the same begin/write/end add data members (streamed
 * in constant memory, each at most ARCHIVE_DATA_MOST bytes; the caller chunks). */
int archive_writer_finish_snapshot(struct archive_writer *writer, struct manifest *manifest, struct error *error);
#define ARCHIVE_DATA_MOST (16 * 1024 * 1024)
/* Only in a backup: closes the data part with data/manifest.json; `tables` is JSON, what the caller noted of them. */
int archive_writer_finish_data(struct archive_writer *writer, const char *tables, size_t length, struct error *error);
/* Reads the file back, compares every digest, then publishes it under path (never replacing; see file_publish_new). */
int archive_writer_publish(struct archive_writer *writer, const char *path, bool *exists, struct error *error);
void archive_writer_free(struct archive_writer *writer); /* removes what was not published; NULL is allowed */

struct archive_reader;

/* Defaults of the limits; the writer keeps to the sizes, so what it writes can be read. */
#define ARCHIVE_MEMBER_COUNT_MOST 1000000
#define ARCHIVE_MEMBER_SIZE_MOST ((uint64_t)1 << 30)
#define ARCHIVE_TOTAL_SIZE_MOST ((uint64_t)4 << 30)
#define ARCHIVE_RATIO_MOST 1000

/* Limits against hostile input; zero: the default in brackets. */
struct archive_limits {
	size_t member_count; /* [1 000 000] */
	size_t member_size;  /* of one member before data/ [1 GiB] */
	size_t total_size;   /* of all members before data/ [4 GiB] */
	unsigned ratio;      /* decompressed to compressed [1 000] */
};

/* Opens and reads the manifest.  ARCHIVE error (exit 4) for whatever is not a whole, known archive: missing, folder,
 * empty, truncated, not gzip, newer major version. A newer minor is read. */
int archive_reader_open(const char *path, const struct archive_limits *limits, struct archive_reader **reader,
                        struct error *error);
void archive_reader_free(struct archive_reader *reader); /* NULL is allowed */
const struct manifest *archive_reader_manifest(const struct archive_reader *reader);
const char *archive_reader_path(const struct archive_reader *reader); /* the file's own path, links resolved */
/* Reads the catalog part, checks digests and fingerprint.  notes as in codec_decoder_finish. */
int archive_reader_catalog(struct archive_reader *reader, struct catalog **catalog, struct vector *notes,
                           struct error *error);
/* A snapshot member that is neither catalog nor schema.sql (hints.json), after archive_reader_catalog; false: none. */
bool archive_reader_member(struct archive_reader *reader, const char *name, const char **data, size_t *length);
/* The names of those members, in the file's order. */
size_t archive_reader_member_count(const struct archive_reader *reader);
const char *archive_reader_member_name(const struct archive_reader *reader, size_t number);
/* Streams the data part in order: each(name, data, length) per member, its digest already checked. Nothing of an
 * unchecked member is handed on.  `wanted` (may be NULL) says which names to hand on. */
int archive_reader_data(struct archive_reader *reader, bool (*wanted)(void *context, const char *name),
                        int (*each)(void *context, const char *name, const char *data, size_t length,
                                    struct error *error),
                        void *context, struct error *error);
/* The JSON text given to archive_writer_finish_data; reads to the end of the file. */
int archive_reader_data_manifest(struct archive_reader *reader, const char **data, size_t *length, struct error *error);

#endif
