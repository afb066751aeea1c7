/*
 * unit.c - see unit.h.
 */
#include "build.h"

#include "unit.h"

#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

#include "base/arena.h"

static int captured_fd;
static int saved_fd = -1;
static FILE *capture;

int
unit_folder_setup(void **state)
{
	char *path = xstrdup("/tmp/pgkeel-unit.XXXXXX");

	*state = mkdtemp(path);
	return *state == NULL ? -1 : 0;
}

static int
remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

int
unit_folder_teardown(void **state)
{
	int result = nftw(*state, remove_one, 16, FTW_DEPTH | FTW_PHYS);

	free(*state);
	return result;
}

void
unit_capture_begin(int fd)
{
	fflush(NULL);
	capture = tmpfile();
	assert_non_null(capture);
	captured_fd = fd;
	saved_fd = dup(fd);
	dup2(fileno(capture), fd);
}

void
unit_capture_end(struct buffer *out)
{
	int c;

	fflush(NULL);
	dup2(saved_fd, captured_fd);
	close(saved_fd);
	rewind(capture);
	while ((c = fgetc(capture)) != EOF)
		buffer_append_char(out, (char)c);
	fclose(capture);
}
