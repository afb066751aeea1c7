#!/usr/bin/env bash
# backup.t - what a backup holds, and what is left where it fails.

. "$(dirname "$0")/lib.sh"

server_start
BACKUPS=$WORK/backups

backup() {
	run "$IMPORT" backup -d prod --backup-dir "$BACKUPS" "$@"
}

archives() {
	find "$BACKUPS" -name 'backup_*.tar.gz' | wc -l
}

database_create prod "$ROOT/tests/servers/rows.sql"

# --- the file ---

backup
status_is 0 "a backup"
archive=$OUT
like "$archive" '/backup_[0-9]{8}_[0-9]{6}\.tar\.gz$' "its path is the only line on standard output"
is "$(stat -c %a "$archive")" 600 "only its owner may read it"
is "$(stat -c %a "$BACKUPS")" 700 "nor may others look into the folder"
mkdir "$WORK/unpacked"
run tar xzf "$archive" -C "$WORK/unpacked"
status_is 0 "tar opens it"
is "$(cd "$WORK/unpacked" && find data -name '*.sha256' -execdir sha256sum -c --quiet {} + 2>&1)" "" "each digest beside a member is right"
is "$(cat "$WORK/unpacked/data/data.bare/000001.copy" 2>/dev/null)" "" "a table without rows has no member"
is "$(cat "$WORK/unpacked/data/data.one/000001.copy")" "$(sql prod 'COPY data.one TO STDOUT')" "a member is what COPY writes"
is "$(cat "$WORK/unpacked/data/"*".%2E%2E/000001.copy")" 1 "a table named .. cannot lead out of its folder"
like "$(cat "$WORK/unpacked/data/manifest.json")" '"scope": "full"' "and says that it is a full one"

database_create copy "$WORK/unpacked/schema.sql"
fingerprint() {
	tar xzOf "$1" manifest.json | sed -n 's/.*"fingerprint": "\([0-9a-f]*\)".*/\1/p'
}
like "$(fingerprint "$archive")" '^[0-9a-f]{64}$' "it has a fingerprint"
is "$(fingerprint "$("$EXPORT" -q -d copy -o "$WORK/snapshots")")" "$(fingerprint "$archive")" "its schema.sql makes the same schema"

# --- rows at one moment ---

# A table that is emptied while the backup waits for another has all its rows in the backup, or none.
sql prod 'CREATE TABLE data.aaa (a int)' 'CREATE TABLE data.zzz (a int)' \
	'INSERT INTO data.aaa SELECT generate_series(1, 1000)' 'INSERT INTO data.zzz SELECT generate_series(1, 1000)'
for number in 1 2 3 4 5 6; do
	sql prod 'BEGIN' 'TRUNCATE data.aaa, data.zzz' "INSERT INTO data.aaa SELECT generate_series(1, $number)" \
		"INSERT INTO data.zzz SELECT generate_series(1, $number)" 'COMMIT' || fail "a truncation failed"
	sleep 0.05
done &
writer=$!
backup -q --lock-timeout 600000
status_is 0 "a backup while rows are replaced"
archive=$OUT
wait "$writer"
count() {
	tar xzOf "$archive" "data/data.$1/000001.copy" | wc -l
}
is "$(count aaa)" "$(count zzz)" "two tables changed together are of one moment"

# --- what is kept ---

sleep 1
backup --keep-backups 2
backup --keep-backups 2
backup --keep-backups 2
status_is 0 "several backups in one second"
is "$(archives)" 2 "and the oldest are removed"
backup --keep-backups 0
is "$(archives)" 3 "or none"

# --- rights ---

sql postgres "DROP ROLE IF EXISTS reader" "CREATE ROLE reader LOGIN"
before=$(ls -a "$BACKUPS")
backup -U reader
status_is 3 "a role without rights"
like "$ERR" 'may not read table' "learns which table it may not read"
like "$ERR" 'Nothing was written' "and that nothing was written"
sql prod 'GRANT USAGE ON SCHEMA data, "Sché.ma ""q"" /.." TO reader' \
	'GRANT SELECT ON ALL TABLES IN SCHEMA data, "Sché.ma ""q"" /.." TO reader' 'REVOKE SELECT ON data.child FROM reader'
backup -U reader
like "$ERR" 'may not read table data\.child' "by its name"
sql prod 'GRANT SELECT ON data.child TO reader'
backup -U reader
status_is 3 "a role from which row security hides rows"
like "$ERR" 'row security hides rows of table data\.secret' "is told so"
sql prod 'ALTER TABLE data.secret DISABLE ROW LEVEL SECURITY'
backup -U reader
like "$ERR" 'may not read sequence' "sequences count too"
sql prod 'GRANT SELECT ON ALL SEQUENCES IN SCHEMA data, "Sché.ma ""q"" /.." TO reader'
backup -U reader
like "$ERR" 'may not read large object 5000' "and large objects"
is "$(ls -a "$BACKUPS")" "$before" "none of these left a file"
sql prod 'SELECT lo_unlink(oid) FROM pg_largeobject_metadata' >/dev/null
backup -U reader
status_is 0 "with all rights a plain role can back up"

# --- failures ---

before=$(ls "$BACKUPS")
(
	trap '' XFSZ
	ulimit -f 4
	run "$IMPORT" backup -d prod --backup-dir "$BACKUPS"
	printf '%s\n%s\n' "$STATUS" "$ERR" >"$WORK/full"
)
is "$(head -1 "$WORK/full")" 1 "a disk that fills"
like "$(cat "$WORK/full")" 'File too large' "says why"
like "$(cat "$WORK/full")" 'the temporary file is removed' "and what is left"
is "$(ls -A "$BACKUPS")" "$before" "no file is"

PGKEEL_FAULT=backup-member:3 backup
status_is 3 "a connection lost in the middle"
is "$(ls -A "$BACKUPS")" "$before" "leaves no file"
PGKEEL_FAULT=backup-member:3=kill backup
isnt "$STATUS" 0 "a kill in the middle"
is "$(ls "$BACKUPS")" "$before" "leaves nothing that looks like a backup"
backup
status_is 0 "and the next one is as always"

sql prod 'CREATE TABLE data.waiting ()'
holder_start prod 'LOCK TABLE data.waiting'
backup --lock-timeout 100
status_is 1 "a table that somebody holds"
like "$ERR" 'locking the tables' "is waited for only so long"
holder_stop

run "$IMPORT" backup -d prod --backup-dir /dev/null/x
status_is 1 "a folder that cannot be made"

# --- memory ---

# More data than the memory it may take.  The sanitizers keep freed memory for a while; not here.
sql prod "CREATE TABLE data.large AS SELECT i, repeat(md5(i::text), 30) AS t FROM generate_series(1, 200000) i"
ASAN_OPTIONS="${ASAN_OPTIONS:-}:quarantine_size_mb=1:thread_local_quarantine_size_kb=16" \
	"$IMPORT" backup -q -d prod --backup-dir "$BACKUPS" >/dev/null &
program=$!
peak=0
while [ -r "/proc/$program/status" ]; do
	now=$(awk '/^VmHWM/ { print $2 }' "/proc/$program/status" 2>/dev/null)
	[ "${now:-0}" -le "$peak" ] || peak=$now
	sleep 0.02
done
wait "$program"
is $? 0 "a backup of 200 MB"
diag "peak memory: $peak KiB"
ok $((peak > 5000 && peak < 150000 ? 0 : 1)) "in a fraction of that memory"

done_testing
