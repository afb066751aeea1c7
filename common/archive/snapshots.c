#include "build.h"

#include "archive/snapshots.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/files.h"

#define FOLDER_DEFAULT "./snapshots"

char *
snapshots_path(const char *folder, const char *prefix, int64_t unix_time, unsigned attempt)
{
	struct buffer name = BUFFER_INIT;
	time_t when = (time_t)unix_time;
	struct tm utc;
	char *path;

	gmtime_r(&when, &utc);
	buffer_printf(&name, "%s%04d%02d%02d_%02d%02d%02d", prefix, utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
	              utc.tm_hour, utc.tm_min, utc.tm_sec);
	if (attempt > 0)
		buffer_printf(&name, "_%u", attempt + 1);
	buffer_append_text(&name, ARCHIVE_SUFFIX);
	path = file_join(folder, name.data);
	buffer_fini(&name);
	return path;
}

static int
refuse_missing(const char *named, struct error *error)
{
	error_set(error, ERROR_ARCHIVE, "snapshot \"%s\" does not exist", named);
	return error_hint(error, "Name a snapshot that is there, or make one with pgkeel-export.");
}

/* The archive that the folder's link names. */
static int
resolve_folder(const char *folder, char **path, struct error *error)
{
	char *latest = file_join(folder, SNAPSHOTS_LATEST);
	struct stat status;

	*path = realpath(latest, NULL);
	if (*path == NULL || stat(*path, &status) != 0 || !S_ISREG(status.st_mode)) {
		bool dangling = lstat(latest, &status) == 0;

		if (dangling)
			error_set(error, ERROR_ARCHIVE, "link \"%s\" names no archive", latest);
		else
			error_set(error, ERROR_ARCHIVE, "folder \"%s\" has no \"" SNAPSHOTS_LATEST "\" link", folder);
		error_hint(error, "Export again with pgkeel-export, or name one of the archives in the folder.");
		free(*path);
		*path = NULL;
	}
	free(latest);
	return *path != NULL ? 0 : -1;
}

int
snapshots_resolve(const char *named, char **path, struct error *error)
{
	struct stat status;

	*path = NULL;
	if (named == NULL)
		named = FOLDER_DEFAULT;
	if (stat(named, &status) != 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return refuse_missing(named, error);
		error_set(error, ERROR_ARCHIVE, "snapshot \"%s\" cannot be opened: %s", named, strerror(errno));
		return error_hint(error, "Check the owner and mode of the file and its folders.");
	}
	if (S_ISDIR(status.st_mode))
		return resolve_folder(named, path, error);
	*path = realpath(named, NULL);
	return *path != NULL ? 0 : refuse_missing(named, error);
}

int
snapshots_move_latest(const char *folder, const char *archive_path, struct error *error)
{
	const char *slash = strrchr(archive_path, '/');
	char *link = file_join(folder, SNAPSHOTS_LATEST);
	struct stat status;
	int result;

	if (lstat(link, &status) == 0 && !S_ISLNK(status.st_mode)) {
		error_set(error, ERROR_SYSTEM, "\"%s\" is not a symbolic link", link);
		result = error_hint(error, "Move it away; pgkeel keeps a link of that name beside the archives.");
	} else {
		/* Relative, so that the folder can be copied or mounted elsewhere. */
		result = file_replace_link(link, slash != NULL ? slash + 1 : archive_path, error);
	}
	free(link);
	return result;
}

/* ---- pruning ---- */

/* <prefix>YYYYMMDD_HHMMSS[_N].tar.gz and nothing else: a file of the user's is never removed. */
static bool
is_archive_name(const char *name, const char *prefix)
{
	static const char shape[] = "########_######";
	size_t length = strlen(prefix);

	if (strncmp(name, prefix, length) != 0)
		return false;
	name += length;
	for (const char *want = shape; *want != '\0'; want++, name++)
		if (*want == '#' ? *name < '0' || *name > '9' : *name != *want)
			return false;
	if (*name == '_')
		name += 1 + strspn(name + 1, "0123456789");
	return strcmp(name, ARCHIVE_SUFFIX) == 0;
}

/* The number that keeps two of one second apart: 1 where there is none. */
static unsigned long
sequence_of(const char *stamp)
{
	return stamp[15] == '_' ? strtoul(stamp + 16, NULL, 10) : 1;
}

/* Oldest first.  All names have one prefix, so the stamps start at one place. */
static int
compare_names(const void *const *a, const void *const *b)
{
	const char *left = *a;
	const char *right = *b;
	size_t stamp = strcspn(left, "0123456789");
	int order = strncmp(left + stamp, right + stamp, 15);
	unsigned long one;
	unsigned long other;

	if (order != 0)
		return order;
	one = sequence_of(left + stamp);
	other = sequence_of(right + stamp);
	return (one > other) - (one < other);
}

static int
list_archives(const char *folder, const char *prefix, struct vector *names, struct error *error)
{
	DIR *listing = opendir(folder);
	const struct dirent *entry;

	if (listing == NULL)
		return error_set_system(error, "could not read folder \"%s\"", folder);
	for (entry = readdir(listing); entry != NULL; entry = readdir(listing))
		if (is_archive_name(entry->d_name, prefix))
			vector_add(names, xstrdup(entry->d_name));
	closedir(listing);
	vector_sort(names, compare_names);
	return 0;
}

/* Whether `latest` leads to this file, by whatever path. */
static bool
is_latest(const char *folder, const char *path)
{
	char *latest = file_join(folder, SNAPSHOTS_LATEST);
	struct stat named;
	struct stat file;
	bool same = stat(latest, &named) == 0 && stat(path, &file) == 0 && named.st_dev == file.st_dev &&
	            named.st_ino == file.st_ino;

	free(latest);
	return same;
}

static int
remove_oldest(const char *folder, const struct vector *names, unsigned keep, unsigned *removed, struct error *error)
{
	size_t left = names->count;

	for (size_t i = 0; i < names->count && left > keep; i++) {
		char *path = file_join(folder, names->items[i]);
		int result = 0;

		if (!is_latest(folder, path)) {
			result = unlink(path);
			if (result == 0)
				++*removed;
			else if (errno == ENOENT)
				result = 0; /* another export was quicker */
			else
				error_set_system(error, "could not remove archive \"%s\"", path);
			left--;
		}
		free(path);
		if (result)
			return -1;
	}
	return *removed > 0 ? file_sync_folder(folder, error) : 0;
}

int
snapshots_prune(const char *folder, const char *prefix, unsigned keep, unsigned *removed, struct error *error)
{
	struct vector names = { 0 };
	int result = list_archives(folder, prefix, &names, error);

	*removed = 0;
	if (result == 0)
		result = remove_oldest(folder, &names, keep, removed, error);
	for (size_t i = 0; i < names.count; i++)
		free(names.items[i]);
	vector_fini(&names);
	return result;
}
