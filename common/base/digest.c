/*
 * digest.c - SHA-256 by libcrypto's EVP interface.
 *
 * EVP fails here only where memory ends or a provider forbids SHA-256; neither leaves
 * anything to go on with, so it ends the program as running out of memory does.
 */
#include "build.h"

#include "base/digest.h"

#include <openssl/evp.h>

#include "base/arena.h"

struct digest {
	EVP_MD_CTX *context;
};

static void
require(int done)
{
	if (done == 1)
		return;
	fputs("pgkeel: error: libcrypto cannot compute SHA-256\n", stderr);
	exit(1);
}

struct digest *
digest_new(void)
{
	struct digest *digest = xmalloc(sizeof(*digest));

	digest->context = EVP_MD_CTX_new();
	require(digest->context != NULL);
	require(EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL));
	return digest;
}

void
digest_add(struct digest *digest, const void *data, size_t length)
{
	if (length > 0)
		require(EVP_DigestUpdate(digest->context, data, length));
}

void
digest_finish(struct digest *digest, char text[DIGEST_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned int size = 0;

	require(EVP_DigestFinal_ex(digest->context, bytes, &size));
	require(size == (DIGEST_TEXT_SIZE - 1) / 2);
	for (size_t i = 0; i < size; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[DIGEST_TEXT_SIZE - 1] = '\0';
	digest_free(digest);
}

void
digest_free(struct digest *digest)
{
	if (digest == NULL)
		return;
	EVP_MD_CTX_free(digest->context);
	free(digest);
}

void
digest_of(const void *data, size_t length, char text[DIGEST_TEXT_SIZE])
{
	struct digest *digest = digest_new();

	digest_add(digest, data, length);
	digest_finish(digest, text);
}
