#!/usr/bin/env bash
# export.t - pgkeel-export on real servers: what it writes, when it writes nothing, and every bad input.

. "$(dirname "$0")/lib.sh"

[ -x "$EXPORT" ] || bail_out "$EXPORT is not built"

server_start primary -c max_wal_senders=4 -c wal_level=replica
primary=$PGHOST
umask 022

# --- helpers ---

# field ARCHIVE NAME: a string of the manifest's top level.
field() {
	tar xzOf "$1" manifest.json | sed -n "s/^ \"$2\": \"\\(.*\\)\",*\$/\\1/p"
}

# files DIR: how many files it holds, hidden ones too, without latest.
files() {
	find "$1" -mindepth 1 ! -name latest | wc -l
}

# export_to DIR [options]: of database dev, quietly.
export_to() {
	local dir=$1

	shift
	run "$EXPORT" -q -d dev -o "$dir" "$@"
}

cat >"$WORK/dev.sql" <<'SQL'
CREATE SCHEMA "Odd ""Name""
x";
CREATE TYPE mood AS ENUM ('bad', 'good');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE users (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	email text NOT NULL UNIQUE,
	mood mood DEFAULT 'good',
	"Größe" positive
);
CREATE TABLE "Odd ""Name""
x"."select" ("from" bigint REFERENCES users, note varchar(80) DEFAULT 'it''s', CHECK (note <> ''));
CREATE TABLE events (id serial, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX ON events (at DESC);
CREATE VIEW active AS SELECT id, email FROM users WHERE mood = 'good';
CREATE MATERIALIZED VIEW per_day AS SELECT at, count(*) AS n FROM events GROUP BY at;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON users USING (id > 0);
COMMENT ON TABLE users IS 'who "they" are';
INSERT INTO users (email) VALUES ('a@example.com');
SQL
database_create dev "$WORK/dev.sql"

# --- a first archive ---

run "$EXPORT" -d dev -o "$WORK/one"
status_is 0 "an export succeeds"
first=$OUT
like "$OUT" "^$WORK/one/schema_[0-9]{8}_[0-9]{6}\.tar\.gz\$" "standard output is the archive's path and nothing else"
like "$ERR" "3 tables|4 tables" "the counts are told"
like "$ERR" "fingerprint [0-9a-f]{64}" "and the fingerprint"
is "$(readlink "$WORK/one/latest")" "${first##*/}" "latest is a relative link to it"
is "$(files "$WORK/one")" 1 "nothing else is in the folder"
is "$(stat -c %a "$first")" 644 "the archive's mode"
mkdir "$WORK/untar"
run tar xzf "$first" -C "$WORK/untar"
is "$STATUS$ERR" 0 "tar xzf opens it without a word"
is "$(tar tzf "$first" | head -n 2 | tr '\n' ' ')" "manifest.json catalog/schema.tsv " "the manifest comes first"
is "$(tar tzf "$first" | tail -n 1)" "schema.sql" "schema.sql comes last"
is "$(cd "$WORK/untar" && python3 -c '
import json, hashlib
manifest = json.load(open("manifest.json"))
for member in manifest["members"]:
    data = open(member["name"], "rb").read()
    assert len(data) == member["size"] and hashlib.sha256(data).hexdigest() == member["sha256"], member
print(manifest["type"], manifest["source"]["database"], manifest["counts"]["view"])')" "snapshot dev 1" \
	"the manifest's sizes and SHA-256 are those of the members"
unlike "$(cat "$WORK"/untar/catalog/*.tsv "$WORK/untar/schema.sql")" "a@example.com" "no row of a table is in it"

export_to "$WORK/two"
is "$(field "$OUT" fingerprint)" "$(field "$first" fingerprint)" "a second export has the same fingerprint"
is "$(field "$OUT" content)" "$(field "$first" content)" "and the same content digest"
is "$(gunzip -c "$OUT" | sed 's/"created": "[^"]*"//' | sha256sum)" \
	"$(gunzip -c "$first" | sed 's/"created": "[^"]*"//' | sha256sum)" "and equal bytes but for the time"
is "$ERR" "" "--quiet says nothing"

# --- schema.sql into an empty database ---

database_create copy
run psql -X -q -v ON_ERROR_STOP=1 -d copy -o /dev/null -f "$WORK/untar/schema.sql"
is "$STATUS$ERR" 0 "schema.sql loads with psql -f into an empty database"
run "$EXPORT" -q -d copy -o "$WORK/copy"
is "$(field "$OUT" fingerprint)" "$(field "$first" fingerprint)" "which exports to the same fingerprint"
database_create empty
run "$EXPORT" -q -d empty -o "$WORK/empty"
status_is 0 "an empty database is exported"
isnt "$(field "$OUT" fingerprint)" "$(field "$first" fingerprint)" "to another fingerprint"

# A function that an index runs, whose body counts on the search path.
database_create unqualified
sql unqualified "CREATE FUNCTION one(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT \$1 + 1';
	CREATE FUNCTION two(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT one(one(\$1))';
	CREATE TABLE t (a int); CREATE INDEX by_two ON t (two(a))" >/dev/null
run "$EXPORT" -q -d unqualified -o "$WORK/unqualified"
database_create copy2
tar xzOf "$WORK/unqualified/latest" schema.sql >"$WORK/unqualified.sql"
run psql -X -q -v ON_ERROR_STOP=1 -d copy2 -o /dev/null -f "$WORK/unqualified.sql"
is "$STATUS$ERR" 0 "schema.sql loads where a quoted body names things without their schema"

# --- --if-changed, --keep, two in a second ---

run "$EXPORT" -d dev -o "$WORK/two" --if-changed
status_is 0 "--if-changed on an unchanged database"
is "$OUT" "" "names no archive"
like "$ERR" "nothing changed since the latest archive; nothing was written" "and says so"
is "$(files "$WORK/two")" 1 "and writes nothing"
sql dev "ALTER TABLE users ADD phone text"
export_to "$WORK/two" --if-changed
like "$OUT" "schema_.*\.tar\.gz" "--if-changed on a changed one writes"
is "$(readlink "$WORK/two/latest")" "${OUT##*/}" "and moves latest"
isnt "$(field "$OUT" fingerprint)" "$(field "$first" fingerprint)" "the fingerprint is another"
sql dev "ALTER TABLE users OWNER TO CURRENT_USER" "GRANT SELECT ON users TO PUBLIC"
before=$(field "$OUT" fingerprint)
export_to "$WORK/two" --if-changed
like "$OUT" "schema_" "a privilege is a change to --if-changed"
is "$(field "$OUT" fingerprint)" "$before" "though not to the fingerprint"
sql dev "REVOKE SELECT ON users FROM PUBLIC" "ALTER TABLE users DROP phone"

for i in 1 2 3 4; do
	"$EXPORT" -q -d dev -o "$WORK/many" >>"$WORK/many.list" &
done
wait
is "$(sort -u "$WORK/many.list" | wc -l)" 4 "four exports at once write four archives"
good=0
while read -r archive; do
	gzip -t "$archive" && tar tzf "$archive" >/dev/null && good=$((good + 1))
done <"$WORK/many.list"
is "$good" 4 "all of them whole"
is "$(files "$WORK/many")" 4 "and leave no other file"
ok "$(test -f "$WORK/many/latest"; echo $?)" "latest names one of them"
ln -sfn "$(ls "$WORK/many" | grep schema_ | sort | head -n 1)" "$WORK/many/latest"
: >"$WORK/many/notes.tar.gz"
sleep 1
export_to "$WORK/many" --keep 2
is "$(files "$WORK/many")" 3 "--keep 2 leaves two archives and the file that is not ours"
ok "$(test -f "$WORK/many/latest" && test -f "$OUT"; echo $?)" "the newest and latest among them"

# While one reads through latest all the time, it always names a whole archive.
(
	while [ ! -e "$WORK/stop" ]; do
		tar tzf "$WORK/many/latest" >/dev/null 2>&1 || echo broken
	done
) >"$WORK/watch" &
watcher=$!
for i in 1 2 3 4 5; do
	export_to "$WORK/many"
done
: >"$WORK/stop"
wait "$watcher"
is "$(cat "$WORK/watch")" "" "latest never names a broken archive"

# --- what is sent along, labels, filters, dry run ---

mkdir "$WORK/hooks"
echo 'SELECT 1;' >"$WORK/hooks/10-before.sql"
echo 'SELECT 2;' >"$WORK/hooks/20-after.sql"
echo 'not sent' >"$WORK/hooks/README"
echo '{"renames": []}' >"$WORK/hints.json"
export_to "$WORK/sent" --hints "$WORK/hints.json" --hooks "$WORK/hooks" --label 'v1 "x" ü' \
	--require 'public.users.email, public.users."Größe"' --require PUBLIC.Users.id
status_is 0 "hints, hooks, required columns and a label"
is "$(tar tzf "$OUT" | tail -n 4 | tr '\n' ' ')" "hints.json hooks/10-before.sql hooks/20-after.sql required.json " \
	"are in the archive, and only they"
is "$(tar xzOf "$OUT" required.json | tr -d '\n ')" '["public.users.\"Größe\"","public.users.email","public.users.id"]' \
	"required columns are sorted and quoted as in SQL"
is "$(tar xzOf "$OUT" hooks/20-after.sql)" "SELECT 2;" "a hook is sent as it is"
is "$(field "$OUT" label)" 'v1 \"x\" ü' "the label is in the manifest"
run "$EXPORT" -d dev -o "$WORK/sent" --if-changed
like "$OUT" "schema_" "hints that are gone are a change"

export_to "$WORK/odd" -n 'Odd*'
status_is 2 "a pattern that nothing matches is status 2"
export_to "$WORK/odd" -t nothing
status_is 2 "of tables too"
ok "$(test ! -e "$WORK/odd"; echo $?)" "and writes nothing"
export_to "$WORK/odd" -n '"Odd"*'
is "$(tar xzOf "$OUT" catalog/schema.tsv | wc -l)" 2 "-n takes one schema"
export_to "$WORK/odd" -N public -T nothing
unlike "$(tar xzOf "$OUT" schema.sql)" "CREATE TABLE public" "-N leaves one out"
export_to "$WORK/odd" -t users
like "$(tar xzOf "$OUT" catalog/table.tsv)" "users" "-t takes a table"
unlike "$(tar xzOf "$OUT" catalog/table.tsv)" "events" "and not the others"

sql dev "CREATE TABLE gaps (z int, gone int, b int, a int)" "ALTER TABLE gaps DROP gone" "ALTER TABLE gaps ADD y int"
export_to "$WORK/gaps" -t gaps
is "$(tar xzOf "$OUT" catalog/column.tsv | awk -F '\t' '$2 == "gaps" { print $3, $4 }' | tr '\n' ' ')" "a 3 b 2 y 4 z 1 " \
	"columns are numbered without the gap of one that was dropped"
sql dev "DROP TABLE gaps"

run "$EXPORT" -d dev -o "$WORK/dry" --dry-run --hints "$WORK/hints.json"
status_is 0 "a dry run"
is "$OUT" "" "names no archive"
like "$ERR" "would write .*fingerprint $(field "$first" fingerprint)" "tells the fingerprint"
like "$ERR" "would send hints.json" "tells what would be sent"
ok "$(test ! -e "$WORK/dry"; echo $?)" "and makes not even the folder"

# --- what is not handled ---

sql dev "CREATE PUBLICATION pub_a" "CREATE PUBLICATION \"pub b\"" 2>/dev/null
run "$EXPORT" -d dev -o "$WORK/unmodelled"
if [[ $ERR == *"not handled"* ]]; then
	like "$ERR" "not handled: 2 publications \((pub_a|pub b)\)" "objects of other kinds are counted and named"
	like "$(tar xzOf "$OUT" manifest.json)" '"what": "publications"' "in the manifest too"
	run "$EXPORT" -d dev -o "$WORK/strict" --strict
	status_is 9 "--strict refuses them"
	ok "$(test ! -e "$WORK/strict"; echo $?)" "and writes nothing"
else
	like "$(tar xzOf "$OUT" manifest.json)" '"publication": 2' "publications are handled"
fi
sql dev "DROP PUBLICATION pub_a" "DROP PUBLICATION \"pub b\""
run "$EXPORT" -d dev -o "$WORK/strict" --strict
status_is 0 "--strict has nothing against the rest"

if [ "$(sql dev "SHOW server_version_num")" -ge 140000 ]; then
	# As an interrupted DETACH CONCURRENTLY leaves it.
	sql dev 'CREATE TABLE detaching (a int) PARTITION BY LIST (a)' 'CREATE TABLE detached PARTITION OF detaching FOR VALUES IN (1)' \
		"UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'detached'::regclass"
	run "$EXPORT" -d dev -o "$WORK/strict" --strict
	status_is 9 "a detachment that has not come to its end is nothing that a snapshot can tell"
	like "$ERR" 'partitions being detached .*FINALIZE.*detached' "and is named"
	sql dev 'ALTER TABLE detaching DETACH PARTITION detached FINALIZE' 'DROP TABLE detaching, detached'
fi

# --- logs ---

run "$EXPORT" -d dev -o "$WORK/json" --log-format json -v
is "$(printf '%s\n' "$ERR" | python3 -c '
import json, sys
events = [json.loads(line) for line in sys.stdin]
done = [e for e in events if e["event"] == "export.done"][0]
print(all("time" in e and "level" in e for e in events), done["path"] == sys.argv[1], len(done["fingerprint"]))' "$OUT")" \
	"True True 64" "--log-format json writes one object a line"
PGKEEL_LOG_FORMAT=json PGKEEL_OUTPUT_DIR=$WORK/json PGKEEL_DBNAME=dev run "$EXPORT"
like "$OUT" "^$WORK/json/schema_" "options can be set in the environment"
like "$ERR" '"event": ?"export.read"' "the log's form too"

# --- roles ---

sql postgres "CREATE ROLE reader LOGIN" "CREATE ROLE locked LOGIN PASSWORD 'sesame'"
sql dev "REVOKE ALL ON SCHEMA public FROM PUBLIC"
export_to "$WORK/reader" -U reader
status_is 0 "a role that may only connect can export"
is "$(field "$OUT" fingerprint)" "$(field "$first" fingerprint)" "and sees the same schema"
sql postgres "ALTER ROLE reader SET default_transaction_read_only = on"
export_to "$WORK/reader" -U reader
status_is 0 "a read-only role can"

sed -i '1i local all locked scram-sha-256' "$WORK/primary/data/pg_hba.conf"
sql postgres "SELECT pg_reload_conf()" >/dev/null
await "the server's new rules" eval '! PGPASSWORD=wrong psql -w -U locked -d dev -c "SELECT 1" >/dev/null 2>&1'
PGPASSWORD=mellon run "$EXPORT" -w -U locked -d dev -o "$WORK/locked"
status_is 3 "a wrong password is status 3"
like "$ERR" "password authentication failed" "with the server's words"
unlike "$OUT$ERR" "mellon" "and without the password"
run "$EXPORT" -w -U locked -d dev -o "$WORK/locked"
status_is 3 "no password is status 3"
ok "$(test ! -e "$WORK/locked"; echo $?)" "nothing is written without a session"
url="postgresql://locked:sesame@/dev?host=$primary"
run "$EXPORT" -v --log-format json -d "$url" -o "$WORK/locked"
status_is 0 "a URI with a password"
unlike "$OUT$ERR" "sesame" "which no message repeats"
unlike "$(tar xzOf "$OUT")" "sesame" "and no archive holds"
DATABASE_URL=$url run "$EXPORT" -v -o "$WORK/locked"
status_is 0 "DATABASE_URL"
unlike "$OUT$ERR$(tar xzOf "$OUT")" "sesame" "keeps its password too"
run "$EXPORT" -d "postgresql://locked:sesame@[/dev" -o "$WORK/locked"
isnt "$STATUS" 0 "a malformed URI is refused"
unlike "$OUT$ERR" "sesame" "without repeating it"

# --- locks: another session holds a table that a view reads ---

exporter_waits() {
	answers postgres "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pgkeel-export' AND wait_event_type = 'Lock'" 1
}
# An exporter that is done needs no lock.
exporter_waits_or_ended() {
	exporter_waits || ! jobs -r -p | grep -q -x "$exporter"
}

holder_start dev 'LOCK TABLE users IN ACCESS EXCLUSIVE MODE'
"$EXPORT" -q -d "host=$primary dbname=dev user=postgres password=sesame" -o "$WORK/locks" >"$WORK/locks.out" 2>&1 &
exporter=$!
await "an export that waits" exporter_waits_or_ended
if exporter_waits; then
	pass "an export waits for a view's table as a SELECT would"
else
	pass "an export does not even wait for the lock"
fi
modes=$(sql postgres "SELECT coalesce(string_agg(DISTINCT mode, ' '), 'AccessShareLock') FROM pg_locks l
	JOIN pg_stat_activity a USING (pid) WHERE application_name = 'pgkeel-export' AND locktype <> 'virtualxid'")
is "$modes" "AccessShareLock" "its locks are ACCESS SHARE only"
if [ -r "/proc/$exporter/cmdline" ]; then
	unlike "$(tr '\0' ' ' <"/proc/$exporter/cmdline")" "sesame" "the process title shows no password"
else
	pass "the process title shows no password"
fi
holder_stop
wait "$exporter"
is "$?" 0 "and it ends well when the lock is released"

holder_start dev 'LOCK TABLE users IN ACCESS EXCLUSIVE MODE'
export_to "$WORK/timeout" --statement-timeout 300
status_is 1 "a statement timeout is status 1"
like "$ERR" "statement timeout" "with the server's words"
ok "$(test ! -e "$WORK/timeout"; echo $?)" "nothing is written"

for signal in INT TERM; do
	"$EXPORT" -d dev -o "$WORK/signal" >"$WORK/signal.out" 2>&1 &
	exporter=$!
	await "an export that waits" exporter_waits
	kill -s "$signal" "$exporter"
	wait "$exporter"
	is "$?" 1 "SIG$signal ends an export with status 1"
	like "$(cat "$WORK/signal.out")" "interrupted" "says so"
	ok "$(test ! -e "$WORK/signal"; echo $?)" "and leaves nothing behind"
	sessions_end
	pass "nor a query on the server"
done

"$EXPORT" -q -d dev -o "$WORK/lost" >"$WORK/lost.out" 2>&1 &
exporter=$!
await "an export that waits" exporter_waits
sql postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pgkeel-export'" >/dev/null
wait "$exporter"
is "$?" 3 "a lost connection is status 3"
ok "$(test ! -e "$WORK/lost"; echo $?)" "nothing is written"
holder_stop

# --- bad input ---

run "$EXPORT" -d nowhere -o "$WORK/bad"
status_is 3 "a database that is not there is status 3"
like "$ERR" 'database "nowhere" does not exist' "and named"
run "$EXPORT" -h "$WORK" -d dev -o "$WORK/bad"
status_is 3 "no server is status 3"
run "$EXPORT" --no-such-option
status_is 2 "an unknown option is status 2"
run "$EXPORT" -d dev --keep many -o "$WORK/bad"
status_is 2 "a word for a number is status 2"
run "$EXPORT" -d dev operand
status_is 2 "an operand is status 2"
echo '{"renames": [' >"$WORK/broken.json"
run "$EXPORT" -d nowhere -o "$WORK/bad" --hints "$WORK/broken.json"
status_is 2 "hints that are not JSON are status 2, before connecting"
like "$ERR" "Line [12], column" "with the place"
run "$EXPORT" -d dev -o "$WORK/bad" --hints "$WORK/missing.json"
status_is 2 "hints that are not there"
run "$EXPORT" -d dev -o "$WORK/bad" --hooks "$WORK/missing"
status_is 2 "hooks that are not there"
mkdir "$WORK/badhooks" && : >"$WORK/badhooks/a b.sql"
run "$EXPORT" -d dev -o "$WORK/bad" --hooks "$WORK/badhooks"
status_is 2 "a hook whose name an archive cannot have"
for column in users.email public.users.email.x 'public."users.email' 'public.users.email,' 'public.users.email;x' public..email \
	public.users.nothing; do
	run "$EXPORT" -d dev -o "$WORK/bad" --require "$column"
	if [ "$column" = 'public.users.email,' ]; then
		status_is 0 "a comma too many does no harm"
		rm -rf "$WORK/bad"
	else
		status_is 2 "--require $column"
	fi
done
run "$EXPORT" -d dev -o "$WORK/bad" --label $'\xff'
status_is 2 "a label that is not UTF-8"
ok "$(test ! -e "$WORK/bad"; echo $?)" "none of them wrote anything"

: >"$WORK/file"
export_to "$WORK/file"
status_is 1 "a file for a folder is status 1"
like "$ERR" "$WORK/file" "and named"
mkdir "$WORK/nolink" && : >"$WORK/nolink/latest"
export_to "$WORK/nolink"
status_is 1 "a file called latest is not replaced"
is "$(stat -c %F "$WORK/nolink/latest")" "regular empty file" "indeed"
mkdir "$WORK/damaged"
export_to "$WORK/damaged"
truncate -s 100 "$OUT"
run "$EXPORT" -d dev -o "$WORK/damaged" --if-changed
status_is 0 "a damaged latest archive is written anew"
like "$ERR" "warning: the latest archive cannot be compared with" "with a warning"
like "$OUT" "schema_" "under another name"

run "$EXPORT" -d template1 -o "$WORK/template"
status_is 0 "a template database can be exported"
like "$ERR" 'database "template1" is a template' "with a warning"
run "$EXPORT" -q -d postgres -o "$WORK/postgres"
status_is 0 "the maintenance database can be exported"
is "$ERR" "" "without one"

run bash -c "'$EXPORT' -q -d dev -o '$WORK/full' >/dev/full"
status_is 1 "a standard output that cannot be written is a failure"

# --- a disk that fills ---

mkdir "$WORK/faults"
export_to "$WORK/faults"
before=$(readlink "$WORK/faults/latest")
sql dev "ALTER TABLE users ADD later text"
export PGKEEL_FAULT
for PGKEEL_FAULT in archive.write:1 archive.write:7 archive.verify fsync link rename; do
	export_to "$WORK/faults"
	if [ "$STATUS" = 0 ]; then
		diag "fault $PGKEEL_FAULT was not met"
	fi
	isnt "$STATUS" 0 "a failure at $PGKEEL_FAULT is one"
	is "$(readlink "$WORK/faults/latest")" "$before" "latest stays"
	is "$(find "$WORK/faults" -name '.*' -type f | wc -l)" 0 "no temporary file is left"
done
PGKEEL_FAULT=archive.write:3 export_to "$WORK/faults"
like "$ERR" "No space left on device" "a full disk is named"
like "$ERR" "hint: .*room" "with a hint"
PGKEEL_FAULT=archive.write=kill export_to "$WORK/faults"
is "$(readlink "$WORK/faults/latest")" "$before" "latest stays when the program is killed"
unset PGKEEL_FAULT
gzip -t "$WORK/faults/latest"
ok $? "and is whole"
sql dev "ALTER TABLE users DROP later"

if [ "$(id -u)" = 0 ] && mkdir "$WORK/small" && mount -t tmpfs -o size=8k tmpfs "$WORK/small" 2>/dev/null; then
	at_exit "umount '$WORK/small' 2>/dev/null"
	sql dev "CREATE FUNCTION large() RETURNS text LANGUAGE sql AS \$\$ SELECT '$(head -c 30000 /dev/urandom | base64 -w 0)' \$\$"
	export_to "$WORK/small"
	status_is 1 "a disk that is really full is status 1"
	like "$ERR" "No space left on device" "and named"
	is "$(find "$WORK/small" -type f | wc -l)" 0 "nothing is left on it"
	sql dev "DROP FUNCTION large"
	umount "$WORK/small"
else
	diag "no small disk: only root can mount one"
fi
readonly=$WORK/readonly
mkdir -m 555 "$readonly"
if [ "$(id -u)" = 0 ]; then
	# No mode keeps root out of a folder; a file system can.
	mount -t tmpfs -o ro tmpfs "$readonly" 2>/dev/null && at_exit "umount '$readonly'" || readonly=/proc
fi
export_to "$readonly"
status_is 1 "a folder that cannot be written is status 1"
like "$ERR" "$readonly" "and named"
like "$ERR" "hint: .*output-dir" "with a hint"

# --- a hot standby ---

read -r bin <"$WORK/primary/bin"
owner=$(stat -c %U "$WORK/primary/data")
mkdir -p "$WORK/standby"
chown "$owner" "$WORK/standby"
PGKEEL_SERVER_USER=$owner
cp "$WORK/primary/bin" "$WORK/standby/bin"
as_owner() {
	if [ "$(id -un)" = "$owner" ]; then
		"$@"
	else
		setpriv --reuid="$owner" --regid="$(id -g "$owner")" --init-groups "$@"
	fi
}
(cd / && as_owner "$bin/pg_basebackup" -h "$primary" -U postgres -D "$WORK/standby/data" -R -X stream -c fast) >"$WORK/standby.log" 2>&1
chmod 755 "$WORK/standby"
at_exit "as_owner '$bin/pg_ctl' -D '$WORK/standby/data' -m immediate stop >/dev/null 2>&1"
(cd / && as_owner "$bin/pg_ctl" -D "$WORK/standby/data" -w -t 600 -l "$WORK/standby/log" \
	-o "-k $WORK/standby -c port=5433" start) >>"$WORK/standby.log" 2>&1
if [ "$(psql -XAt -h "$WORK/standby" -p 5433 -d dev -c 'SELECT pg_is_in_recovery()' 2>&1)" = t ]; then
	pass "a hot standby runs"
	export_to "$WORK/from-standby" -h "$WORK/standby" -p 5433
	status_is 0 "an export from a hot standby"
	export_to "$WORK/from-primary"
	is "$(field "$(readlink -f "$WORK/from-standby/latest")" fingerprint)" \
		"$(field "$(readlink -f "$WORK/from-primary/latest")" fingerprint)" "gives what the primary gives"
else
	fail "a hot standby runs"
	diag "$(cat "$WORK/standby.log" "$WORK/standby/log" 2>&1)"
fi

# --- a schema that does not hold still ---

while [ ! -e "$WORK/still" ]; do
	echo 'CREATE TABLE IF NOT EXISTS restless (a integer); DROP TABLE restless;'
done | psql -X -q -d dev >/dev/null 2>&1 &
for _ in 1 2 3 4; do
	export_to "$WORK/restless"
	[ "$STATUS" = 0 ] || break
done
touch "$WORK/still"
wait "$!"
if [ "$STATUS" = 0 ]; then
	pass "a schema that keeps changing was read"
else
	like "$ERR" '^pgkeel-export: error: (the schema kept changing while it was read|kind |dependencies)' \
		"a schema that keeps changing is read or said to change"
fi

# --- help, manual ---

run "$EXPORT" --help
like "$OUT" "--if-changed" "--help"
run "$EXPORT" --version
like "$OUT" "pgkeel-export" "--version"

done_testing
