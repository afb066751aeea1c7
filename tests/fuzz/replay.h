/*
 * replay.h - main of a fuzz target without libFuzzer: runs each file named once.
 */
#ifndef TESTS_FUZZ_REPLAY_H
#define TESTS_FUZZ_REPLAY_H

#include "base/files.h"

#define REPLAY_MOST ((size_t)64 * 1024 * 1024)

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		struct buffer input = BUFFER_INIT;
		struct error error = { 0 };
		if (file_read(argv[i], REPLAY_MOST, &input, &error)) {
			fprintf(stderr, "%s\n", error.primary);
			return 1;
		}
		LLVMFuzzerTestOneInput((const uint8_t *)buffer_text(&input), input.length);
		buffer_fini(&input);
	}
	printf("%d inputs were run\n", argc - 1);
	return 0;
}

#endif
