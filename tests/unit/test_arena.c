#include "build.h"

#include "unit.h"

#include <signal.h>
#include <stdalign.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static void
test_everything_is_aligned_after_odd_text(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t size = 0; size < 300; size++) {
		char *text = arena_bytes(arena, size % 7);
		void *memory = arena_alloc(arena, size);

		assert_non_null(text);
		assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
		memset(memory, 0xa5, size);
	}
	arena_free(arena);
}

/* Nothing overlaps: each piece still holds its own number at the end. */
static void
test_pieces_do_not_overlap(void **state)
{
	struct arena *arena = arena_new();
	enum { COUNT = 3000 };
	unsigned char *pieces[COUNT];
	size_t sizes[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		sizes[i] = (i * 7919) % 97 + (i % 500 == 0 ? 100000 : 1);
		pieces[i] = i % 2 == 0 ? arena_alloc(arena, sizes[i]) : arena_bytes(arena, sizes[i]);
		memset(pieces[i], (int)(i % 251), sizes[i]);
	}
	for (size_t i = 0; i < COUNT; i++) {
		for (size_t at = 0; at < sizes[i]; at++)
			assert_int_equal(pieces[i][at], i % 251);
	}
	arena_free(arena);
}

static void
test_zalloc_is_cleared_after_reset(void **state)
{
	struct arena *arena = arena_new();
	unsigned char *memory;

	(void)state;
	memset(arena_alloc(arena, 1000), 0xff, 1000);
	arena_reset(arena);
	memory = arena_zalloc(arena, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(memory[i], 0);
	arena_free(arena);
}

static void
test_reset_gives_back_all_but_one_chunk(void **state)
{
	struct arena *arena = arena_new();
	size_t after_first;

	(void)state;
	arena_reset(arena); /* empty: nothing happens */
	assert_int_equal(arena_size(arena), 0);
	for (int i = 0; i < 1000; i++)
		arena_alloc(arena, 10000);
	assert_true(arena_size(arena) >= 10000000);
	arena_reset(arena);
	after_first = arena_size(arena);
	assert_true(after_first <= (size_t)2 * 1024 * 1024);
	for (int round = 0; round < 100; round++) {
		for (int i = 0; i < 10; i++)
			arena_alloc(arena, 1000);
		arena_reset(arena);
	}
	assert_int_equal(arena_size(arena), after_first);
	arena_free(arena);
}

static void
test_large_piece_keeps_the_current_chunk_in_use(void **state)
{
	struct arena *arena = arena_new();
	size_t before;

	(void)state;
	arena_alloc(arena, 16);
	arena_alloc(arena, 1000000);
	before = arena_size(arena);
	arena_alloc(arena, 16);
	assert_int_equal(arena_size(arena), before);
	arena_free(arena);
}

static void
test_texts(void **state)
{
	struct arena *arena = arena_new();
	char *longer = xmalloc(50001);

	(void)state;
	memset(longer, 'x', 50000);
	longer[50000] = '\0';
	assert_null(arena_strdup(arena, NULL));
	assert_string_equal(arena_strdup(arena, ""), "");
	assert_string_equal(arena_strdup(arena, "caf\xc3\xa9"), "caf\xc3\xa9");
	assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(arena, "abc", 0), "");
	assert_string_equal(arena_printf(arena, "%s-%d", "a", 5), "a-5");
	assert_string_equal(arena_printf(arena, "%s", longer), longer);
	assert_memory_equal(arena_memdup(arena, "a\0b", 3), "a\0b", 3);
	assert_non_null(arena_memdup(arena, NULL, 0));
	free(longer);
	arena_free(arena);
	arena_free(NULL);
}

/* A product that does not fit size_t ends the program with status 1, and with a message. */
static void
test_overflow_ends_the_program(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		close(STDERR_FILENO);
		xrealloc(NULL, SIZE_MAX / 2, 3);
		_exit(77);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything_is_aligned_after_odd_text),
		cmocka_unit_test(test_pieces_do_not_overlap),
		cmocka_unit_test(test_zalloc_is_cleared_after_reset),
		cmocka_unit_test(test_reset_gives_back_all_but_one_chunk),
		cmocka_unit_test(test_large_piece_keeps_the_current_chunk_in_use),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_overflow_ends_the_program),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
