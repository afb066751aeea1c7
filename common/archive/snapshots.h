/*
 * snapshots.h - a folder of archives and its `latest` link.
 *
 * schema_YYYYMMDD_HHMMSS[_N].tar.gz (UTC; _2, _3 … keep two in one second apart).  `latest` is
 * a relative symbolic link, moved atomically.  backup_… files follow the same rule without a link.
 */
#ifndef COMMON_ARCHIVE_SNAPSHOTS_H
#define COMMON_ARCHIVE_SNAPSHOTS_H

#include "archive/archive.h"

#define SNAPSHOTS_PREFIX "schema_"
#define BACKUPS_PREFIX "backup_"
#define SNAPSHOTS_LATEST "latest"

/* The path for try number attempt (0, 1 …) at this time; heap memory. */
char *snapshots_path(const char *folder, const char *prefix, int64_t unix_time, unsigned attempt);
/* Turns what a user names (a file, a link, a folder holding `latest`, NULL: ./snapshots) into an archive's path on the
 * heap.  A folder without the link is refused: the newest archive is not guessed. */
int snapshots_resolve(const char *named, char **path, struct error *error);
int snapshots_move_latest(const char *folder, const char *archive_path, struct error *error);
/* Removes the oldest archives of prefix beyond `keep`, never the one `latest` names; *removed counts. */
int snapshots_prune(const char *folder, const char *prefix, unsigned keep, unsigned *removed, struct error *error);

#endif
