/*
 * data.h - the data part of a backup: what ties its members to their digests.
 * Internal to the archive folder.
 *
 * Data members stream, so their digests cannot stand in manifest.json.  Each is preceded by a
 * small member "<name>.sha256" in the form that `sha256sum -c` reads.  The last one,
 * data/manifest.json, has the count of the members and one digest over all of their
 * digests and names, so none can be missing, extra or moved.
 */
#ifndef COMMON_ARCHIVE_DATA_H
#define COMMON_ARCHIVE_DATA_H

#include "base/buffer.h"
#include "base/digest.h"
#include "base/error.h"

#define DATA_MANIFEST_NAME "data/manifest.json"
#define DATA_SIDECAR_SUFFIX ".sha256"
#define DATA_SIDECAR_MOST 2048

/* Whether a name is one of those the archive makes itself. */
bool data_name_is_reserved(const char *name);
bool data_name_is_sidecar(const char *name);
void data_digest_add(struct digest *digest, const char *name, const char sha256[DIGEST_TEXT_SIZE]);
/* Appends the sidecar of a member as a whole tar entry. */
int data_append_sidecar(struct buffer *out, const char *name, const char sha256[DIGEST_TEXT_SIZE], struct error *error);
/* The digest that a sidecar's text gives for the member of that name; false where it is not its. */
bool data_parse_sidecar(const char *text, size_t length, const char *sidecar, const char *name,
                        char sha256[DIGEST_TEXT_SIZE]);

/* FAILED where `tables` is not JSON. */
int data_manifest_encode(const char *tables, size_t length, uint64_t count, const char digest[DIGEST_TEXT_SIZE],
                         struct buffer *out, struct error *error);
/* The text of `tables`; false where it is malformed or count and digest differ. */
bool data_manifest_decode(const char *json, size_t length, uint64_t count, const char digest[DIGEST_TEXT_SIZE],
                          struct buffer *tables);

#endif
