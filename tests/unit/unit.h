/*
 * unit.h - cmocka with the headers it wants, and a scratch folder for tests with files.
 */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include "build.h"

#include <setjmp.h>

#include <cmocka.h>

#include "base/buffer.h"

/* A cmocka setup and teardown: *state is the path of a new folder, removed with its content. */
int unit_folder_setup(void **state);
int unit_folder_teardown(void **state);

/* What a call wrote to a file descriptor (1 or 2) between these two; out is appended to. */
void unit_capture_begin(int fd);
void unit_capture_end(struct buffer *out);

#endif
