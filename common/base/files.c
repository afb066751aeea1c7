/*
 * files.c - see files.h.
 *
 * What makes a published file safe: its bytes are on the disk (fsync) before its name is
 * (rename), and its name is (fsync of the folder) before anybody is told.
 */
#include "build.h"

#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fault.h"

#define READ_STEP ((size_t)64 * 1024)
#define LINK_TRIES 100

char *
file_join(const char *folder, const char *name)
{
	struct buffer path = BUFFER_INIT;
	size_t length = strlen(folder);

	buffer_append(&path, folder, length);
	if (length > 0 && folder[length - 1] != '/')
		buffer_append_char(&path, '/');
	buffer_append_text(&path, name);
	return buffer_steal(&path);
}

char *
file_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buffer folder = BUFFER_INIT;

	if (slash == NULL)
		return xstrdup(".");
	while (slash > path && slash[-1] == '/')
		slash--;
	buffer_append(&folder, path, slash == path ? 1 : (size_t)(slash - path));
	return buffer_steal(&folder);
}

/* Reads to the end, or to one byte more than `most`. */
static int
read_all(int fd, size_t most, struct buffer *out)
{
	size_t start = out->length;

	while (out->length - start <= most) {
		size_t left = most - (out->length - start);
		size_t step = left < READ_STEP ? left + 1 : READ_STEP;
		ssize_t got;

		buffer_reserve(out, step);
		got = read(fd, out->data + out->length, step);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			return 0;
		out->length += (size_t)got;
		out->data[out->length] = '\0';
	}
	return 0;
}

int
file_read(const char *path, size_t most, struct buffer *out, struct error *error)
{
	size_t start = out->length;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int result = 0;

	if (fd < 0)
		return error_set_system(error, "cannot open file \"%s\"", path);
	if (read_all(fd, most, out) < 0)
		result = error_set_system(error, "cannot read file \"%s\"", path);
	else if (out->length - start > most)
		result = error_set(error, ERROR_FAILED, "file \"%s\" is larger than %zu bytes", path, most);
	close(fd);
	return result;
}

int
file_write_all(int fd, const char *path, const void *data, size_t length, struct error *error)
{
	const char *at = data;

	if (fault_point("write")) {
		errno = ENOSPC;
		return error_set_system(error, "cannot write file \"%s\"", path);
	}
	while (length > 0) {
		ssize_t written = write(fd, at, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return error_set_system(error, "cannot write file \"%s\"", path);
		at += written;
		length -= (size_t)written;
	}
	return 0;
}

int
file_open_temporary(const char *path, unsigned mode, int *fd, char **temporary, struct error *error)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	struct buffer template = BUFFER_INIT;

	buffer_append(&template, path, (size_t)(name - path));
	buffer_printf(&template, ".%s.XXXXXX.tmp", name);
	*temporary = buffer_steal(&template);
	*fd = mkostemps(*temporary, (int)strlen(".tmp"), O_CLOEXEC);
	if (*fd >= 0 && fchmod(*fd, (mode_t)mode) == 0)
		return 0;
	error_set_system(error, "cannot create a temporary file for \"%s\"", path);
	if (*fd >= 0) {
		close(*fd);
		unlink(*temporary);
	}
	free(*temporary);
	*temporary = NULL;
	*fd = -1;
	return -1;
}

/* Network file systems report a failed write as late as close. */
static int
sync_and_close(int fd, const char *path, struct error *error)
{
	bool synced = false;

	if (fault_point("fsync"))
		errno = EIO;
	else
		synced = fsync(fd) == 0;
	if (!synced) {
		error_set_system(error, "cannot write file \"%s\" to the disk", path);
		close(fd);
		return -1;
	}
	if (close(fd) < 0)
		return error_set_system(error, "cannot close file \"%s\"", path);
	return 0;
}

static int
rename_file(const char *from, const char *to, struct error *error)
{
	if (fault_point("rename"))
		errno = EIO;
	else if (rename(from, to) == 0)
		return 0;
	return error_set_system(error, "cannot rename file \"%s\" to \"%s\"", from, to);
}

static int
sync_folder_of(const char *path, struct error *error)
{
	char *folder = file_folder_of(path);
	int result = file_sync_folder(folder, error);

	free(folder);
	return result;
}

int
file_publish(int fd, const char *temporary, const char *path, struct error *error)
{
	if (sync_and_close(fd, temporary, error) < 0 || rename_file(temporary, path, error) < 0) {
		unlink(temporary);
		return -1;
	}
	return sync_folder_of(path, error);
}

/* A hard link refuses to replace.  File systems without them (FAT, some network ones) know renameat2. */
static int
rename_new(const char *from, const char *to)
{
	if (fault_point("link")) {
		errno = EIO;
		return -1;
	}
	if (link(from, to) == 0) {
		unlink(from);
		return 0;
	}
	if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK)
		return renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
	return -1;
}

int
file_publish_new(int fd, const char *temporary, const char *path, bool *exists, struct error *error)
{
	*exists = false;
	if (sync_and_close(fd, temporary, error) < 0) {
		unlink(temporary);
		return -1;
	}
	if (rename_new(temporary, path) < 0) {
		*exists = errno == EEXIST;
		error_set_system(error, "cannot publish file \"%s\"", path);
		unlink(temporary);
		return -1;
	}
	return sync_folder_of(path, error);
}

/* A device or pipe (/dev/stdout) cannot be replaced by a file: it is written to as it is. */
static int
write_in_place(const char *path, const void *data, size_t length, struct error *error)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int result;

	if (fd < 0)
		return error_set_system(error, "cannot open file \"%s\"", path);
	result = file_write_all(fd, path, data, length, error);
	if (close(fd) < 0 && result == 0)
		result = error_set_system(error, "cannot close file \"%s\"", path);
	return result;
}

int
file_write(const char *path, const void *data, size_t length, unsigned mode, struct error *error)
{
	struct stat status;
	char *temporary;
	int result;
	int fd;

	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
		return write_in_place(path, data, length, error);
	if (file_open_temporary(path, mode, &fd, &temporary, error) < 0)
		return -1;
	result = file_write_all(fd, path, data, length, error);
	if (result == 0) {
		result = file_publish(fd, temporary, path, error);
	} else {
		close(fd);
		unlink(temporary);
	}
	free(temporary);
	return result;
}

/* Not every file system can sync a folder; those say EINVAL and order names themselves. */
int
file_sync_folder(const char *path, struct error *error)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = false;

	if (fd < 0)
		return error_set_system(error, "cannot open folder \"%s\"", path);
	if (fault_point("fsync"))
		errno = EIO;
	else
		synced = fsync(fd) == 0 || errno == EINVAL;
	if (!synced)
		error_set_system(error, "cannot write folder \"%s\" to the disk", path);
	close(fd);
	return synced ? 0 : -1;
}

static int
make_one_folder(const char *path, unsigned mode, struct error *error)
{
	struct stat status;

	if (mkdir(path, (mode_t)mode) == 0)
		return 0;
	if (stat(path, &status) == 0) {
		if (S_ISDIR(status.st_mode))
			return 0;
		errno = ENOTDIR;
	}
	return error_set_system(error, "cannot make folder \"%s\"", path);
}

int
file_make_folder(const char *path, unsigned mode, struct error *error)
{
	char *partial = xstrdup(path);
	int result = 0;

	for (char *at = partial; result == 0 && *at != '\0'; at++) {
		if (*at != '/' || at == partial || at[-1] == '/')
			continue;
		*at = '\0';
		result = make_one_folder(partial, mode, error);
		*at = '/';
	}
	if (result == 0)
		result = make_one_folder(partial, mode, error);
	free(partial);
	return result;
}

/* A symbolic link under a name nobody else has; heap memory, NULL on failure. */
static char *
temporary_link(const char *link, const char *target)
{
	const char *slash = strrchr(link, '/');
	const char *name = slash == NULL ? link : slash + 1;

	if (fault_point("link")) {
		errno = EIO;
		return NULL;
	}
	for (int i = 0; i < LINK_TRIES; i++) {
		struct buffer path = BUFFER_INIT;
		char *temporary;

		buffer_append(&path, link, (size_t)(name - link));
		buffer_printf(&path, ".%s.%ld-%d.tmp", name, (long)getpid(), i);
		temporary = buffer_steal(&path);
		if (symlink(target, temporary) == 0)
			return temporary;
		free(temporary);
		if (errno != EEXIST)
			return NULL;
	}
	return NULL;
}

int
file_replace_link(const char *link, const char *target, struct error *error)
{
	char *temporary = temporary_link(link, target);
	int result;

	if (temporary == NULL)
		return error_set_system(error, "cannot make link \"%s\"", link);
	result = rename_file(temporary, link, error);
	if (result == 0)
		result = sync_folder_of(link, error);
	else
		unlink(temporary);
	free(temporary);
	return result;
}
