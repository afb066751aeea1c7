/*
 * files.h - files that are either whole or absent.
 *
 * Published files are written under a temporary name in the same folder, fsynced,
 * renamed, and the folder is fsynced.  Paths are the caller's; messages name them.
 */
#ifndef COMMON_BASE_FILES_H
#define COMMON_BASE_FILES_H

#include "base/buffer.h"
#include "base/error.h"

/* Reads a whole file of at most `most` bytes into out. */
int file_read(const char *path, size_t most, struct buffer *out, struct error *error);
/* Writes and publishes a whole file with that mode.  A device or pipe that is there is written to, not replaced. */
int file_write(const char *path, const void *data, size_t length, unsigned mode, struct error *error);

/* write(2) until all is written (EINTR, short writes). */
int file_write_all(int fd, const char *path, const void *data, size_t length, struct error *error);

/* A new temporary file next to `path` (".name.XXXXXX.tmp"); *temporary is heap memory. */
int file_open_temporary(const char *path, unsigned mode, int *fd, char **temporary, struct error *error);
/* fsync + close fd, rename temporary to path, fsync the folder.  On failure the temporary file is removed. */
int file_publish(int fd, const char *temporary, const char *path, struct error *error);
/* As file_publish, but never replaces: fails with errno EEXIST in *exists = true where path is there. */
int file_publish_new(int fd, const char *temporary, const char *path, bool *exists, struct error *error);

int file_make_folder(const char *path, unsigned mode, struct error *error); /* with parents; present is fine */
int file_sync_folder(const char *path, struct error *error);
/* Makes `link` a symbolic link to `target` atomically (temporary link + rename). */
int file_replace_link(const char *link, const char *target, struct error *error);
char *file_join(const char *folder, const char *name); /* heap memory */
char *file_folder_of(const char *path);                /* heap memory, "." where there is none */

#endif
