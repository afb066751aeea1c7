#include "build.h"

#include "unit.h"

#include "base/digest.h"

/* Vectors of FIPS 180-4 (NIST's examples). */
static void
test_published_vectors(void **state)
{
	char text[DIGEST_TEXT_SIZE];

	(void)state;
	digest_of("", 0, text);
	assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	digest_of("abc", 3, text);
	assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	digest_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, text);
	assert_string_equal(text, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void
test_pieces_equal_the_whole(void **state)
{
	struct digest *digest = digest_new();
	char block[1000];
	char text[DIGEST_TEXT_SIZE];

	(void)state;
	memset(block, 'a', sizeof(block));
	for (int i = 0; i < 1000; i++) {
		digest_add(digest, block, 0);
		digest_add(digest, block, 1);
		digest_add(digest, block, sizeof(block) - 1);
	}
	digest_finish(digest, text);
	assert_string_equal(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void
test_free_without_result(void **state)
{
	struct digest *digest = digest_new();

	(void)state;
	digest_add(digest, "x", 1);
	digest_free(digest);
	digest_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_vectors),
		cmocka_unit_test(test_pieces_equal_the_whole),
		cmocka_unit_test(test_free_without_result),
	};

	return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}
