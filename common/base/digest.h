/*
 * digest.h - SHA-256 (FIPS 180-4, by libcrypto), as 64 hexadecimal digits.
 */
#ifndef COMMON_BASE_DIGEST_H
#define COMMON_BASE_DIGEST_H

#include "build.h"

#define DIGEST_TEXT_SIZE 65 /* with the NUL */

struct digest;

struct digest *digest_new(void);
void digest_add(struct digest *digest, const void *data, size_t length);
/* Writes the digits, frees the digest. */
void digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE]);
void digest_free(struct digest *digest); /* without a result; NULL is allowed */
void digest_of(const void *data, size_t length, char text[DIGEST_TEXT_SIZE]);

#endif
