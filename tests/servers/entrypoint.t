#!/usr/bin/env bash
# entrypoint.t - scripts/container-entrypoint: a real server, real children, twenty containers at once.

. "$(dirname "$0")/lib.sh"

# Sessions that are over take their time to go.
server_start server -c max_connections=200
ENTRYPOINT=$ROOT/scripts/container-entrypoint
PATH=$BIN:$PATH
CONTAINERS=20
export PGKEEL_SNAPSHOT=$WORK/snapshots PGKEEL_BACKUP=none

database_create dev
# Enum values need a transaction of their own: there is a moment at which the schema is half migrated.
sql dev 'CREATE SCHEMA shop' "CREATE TYPE shop.state AS ENUM ('a', 'b')" \
	"CREATE TABLE shop.t (id int PRIMARY KEY, s shop.state DEFAULT 'b')" 'CREATE VIEW shop.last AS SELECT id FROM shop.t'
"$EXPORT" -q -d dev -o "$PGKEEL_SNAPSHOT" >/dev/null || bail_out "the export failed"

url_of() {
	printf 'postgresql://postgres:the%%20password@/%s?host=%s' "$1" "$PGHOST"
}

new_production() {
	database_create prod
	sql prod 'CREATE SCHEMA shop' "CREATE TYPE shop.state AS ENUM ('a')"
	DATABASE_URL=$(url_of prod)
	export DATABASE_URL
}

is_migrated() {
	sql prod "SELECT to_regclass('shop.last') IS NOT NULL"
}

# The child: says what it was given, and what it finds in the database.
cat >"$WORK/child" <<'SH2'
#!/bin/sh
printf '<%s>' "$@"
[ -z "${INPUT:-}" ] || cat
exit "${CHILD_STATUS:-0}"
SH2
chmod +x "$WORK/child"

# --- the plain case ---

new_production
CHILD_STATUS=7 run "$ENTRYPOINT" "$WORK/child" 'two  words' '' "O'Reilly" '*' $'a\nb' '--' '$HOME'
status_is 7 "the status is the application's"
is "$OUT" "<two  words><><O'Reilly><*><a"$'\n'"b><--><\$HOME>" "its arguments arrive as they were; standard output is its own"
is "$(is_migrated)" t "the schema is there"
like "$ERR" 'Run 1: ' "what was done is said on standard error"
unlike "$OUT$ERR" 'password' "the password is not"
is "$(printf 'from outside' | INPUT=1 "$ENTRYPOINT" "$WORK/child" x 2>/dev/null)" "<x>from outside" \
	"standard input is left to the application"
run "$ENTRYPOINT"
status_is 0 "without a command it only applies"
like "$ERR" 'Already in' "(and there was nothing to do)"

# --- what skips ---

for value in false FALSE no off 0; do
	new_production
	AUTO_MIGRATE=$value run "$ENTRYPOINT" "$WORK/child" started
	is "$STATUS $OUT $(is_migrated)" "0 <started> f" "AUTO_MIGRATE=$value skips"
	is "$(wc -l <<<"$ERR")" 1 "with one line"
done
AUTO_MIGRATE=true run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT $(is_migrated)" "0 <started> t" "AUTO_MIGRATE=true does not"
new_production
DATABASE_URL='' run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT $(is_migrated)" "0 <started> f" "no DATABASE_URL skips"
is "$(wc -l <<<"$ERR")" 1 "with one line"

# --- what fails ---

sql prod "CREATE FUNCTION shop.refuse() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no view today''; END'" \
	"CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION shop.refuse()"
run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "5 " "a failed apply stops the container with the importer's status"
like "$ERR" 'no view today' "which has said why"
PGKEEL_ON_FAILURE=continue CHILD_STATUS=4 run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "4 <started>" "PGKEEL_ON_FAILURE=continue starts it all the same"
like "$ERR" 'status 1\);' "and says so"
PGKEEL_ON_FAILURE=maybe run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "2 " "a value that is neither is refused"

new_production
PGKEEL_SNAPSHOT=$WORK/none run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "4 " "a snapshot that is missing"
PGKEEL_SERVER_WAIT=soon run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "2 " "a wait that is no number"
PATH=/usr/bin:/bin run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "127 " "no pgkeel-import"
sql prod 'CREATE TABLE shop.t (id int PRIMARY KEY, s text)' # text to an enum is withheld
PGKEEL_STRICT=true run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "9 " "options of the importer are taken from the environment"

# --- waiting ---

SECONDS=0
DATABASE_URL="postgresql://someone:secret@/shop?host=$WORK/nowhere" PGKEEL_SERVER_WAIT=2 run "$ENTRYPOINT" "$WORK/child" started
is "$STATUS $OUT" "3 " "a server that never comes"
[ "$SECONDS" -ge 2 ] && [ "$SECONDS" -lt 600 ]
ok $? "was waited for ($SECONDS s)"
like "$ERR" 'gave up after' "and given up"
unlike "$ERR" 'secret' "without a word of the password"
is "$(grep -c 'waiting for the server' <<<"$ERR")" 1 "the same reason is told once"

database_drop prod
DATABASE_URL=$(url_of prod) PGKEEL_SERVER_WAIT=3000 "$ENTRYPOINT" "$WORK/child" started >"$WORK/late.out" 2>"$WORK/late.err" </dev/null &
late=$!
await "a container that waits" says "$WORK/late.err" waiting
# All of it at once: before and after, there is no production to find.
database_create later
sql later 'CREATE SCHEMA shop' "CREATE TYPE shop.state AS ENUM ('a')"
await "a database that nobody uses" sql postgres 'ALTER DATABASE later RENAME TO prod'
wait "$late"
is "$? $(cat "$WORK/late.out") $(is_migrated)" "0 <started> t" "a database that comes later is waited for"

DATABASE_URL="postgresql:///shop?host=$WORK/nowhere" PGKEEL_SERVER_WAIT=3000 "$ENTRYPOINT" "$WORK/child" started >"$WORK/stop.out" 2>"$WORK/stop.err" </dev/null &
waiting=$!
await "a container that waits" says "$WORK/stop.err" waiting
SECONDS=0
kill -TERM "$waiting"
wait "$waiting"
is "$? $(cat "$WORK/stop.out")" "143 " "SIGTERM ends the waiting"
[ "$SECONDS" -lt 1500 ]
ok $? "long before its time ($SECONDS s)"

# --- signals ---

# A run that somebody's lock holds up: the signal must reach the importer, which rolls back.
new_production
holder_start prod 'SELECT pg_advisory_lock(7377297458)'
: >"$WORK/stop.err"
PGKEEL_WAIT=3000 "$ENTRYPOINT" "$WORK/child" started >"$WORK/stop.out" 2>"$WORK/stop.err" </dev/null &
waiting=$!
await "an apply that waits" says "$WORK/stop.err" 'another run'
SECONDS=0
kill -TERM "$waiting"
wait "$waiting"
is "$? $(cat "$WORK/stop.out")" "143 " "SIGTERM during the apply"
[ "$SECONDS" -lt 1500 ]
ok $? "ends it before the lock is free ($SECONDS s)"
is "$(pgrep -f "$BIN/pgkeel-import.*$WORK" | wc -l) $(is_migrated)" "0 f" "ends the importer too"
holder_stop

cat >"$WORK/service" <<'SH2'
#!/bin/sh
trap 'echo "got TERM"; exit 5' TERM
trap 'echo "got USR1"' USR1
echo "pid $$"
while :; do sleep 0.1; done
SH2
chmod +x "$WORK/service"
"$ENTRYPOINT" "$WORK/service" >"$WORK/service.out" 2>/dev/null </dev/null &
service=$!
await "the application" says "$WORK/service.out" pid
is "$(cat "$WORK/service.out")" "pid $service" "the application has taken the place of the entrypoint"
kill -USR1 "$service"
await "its answer to a signal" says "$WORK/service.out" USR1
kill -TERM "$service"
wait "$service"
is "$? $(tail -n +2 "$WORK/service.out" | xargs)" "5 got USR1 got TERM" "signals reach it"

"$ENTRYPOINT" sleep 3600 2>/dev/null </dev/null &
service=$!
is_asleep() {
	[ "$(ps -o comm= -p "$service")" = sleep ]
}
await "the application" is_asleep
kill -TERM "$service"
wait "$service"
is "$?" 143 "also one that does not handle them"

# --- twenty at the same moment ---

cat >"$WORK/look" <<'SH2'
#!/bin/sh
psql -X -q -A -t -d prod -c "SELECT count(*) FROM shop.last" 2>&1
SH2
chmod +x "$WORK/look"

container() {
	until [ -e "$WORK/go" ]; do sleep 0.01; done
	"$ENTRYPOINT" "$WORK/look" >"$WORK/container.$1.out" 2>"$WORK/container.$1.err" </dev/null
	echo $? >"$WORK/container.$1.status"
}

new_production
containers=()
for i in $(seq "$CONTAINERS"); do
	container "$i" &
	containers+=($!)
done
touch "$WORK/go"
wait "${containers[@]}"
is "$(cat "$WORK"/container.*.status | sort | uniq -c | xargs)" "$CONTAINERS 0" "$CONTAINERS containers start"
is "$(cat "$WORK"/container.*.out | sort | uniq -c | xargs)" "$CONTAINERS 0" "each application finds the whole schema"
is "$(sql prod "SELECT string_agg(outcome, ',') FROM pgkeel.run")" "done" "one run was applied"
is "$(cat "$WORK"/container.*.err | grep -c '^Run ')" 1 "by one of them"
is "$(cat "$WORK"/container.*.err | grep -c '^Already in')" $((CONTAINERS - 1)) "the others found it in"

# The same script under other shells.
for shell in dash 'busybox sh'; do
	command -v "${shell% *}" >/dev/null || continue
	new_production
	# shellcheck disable=SC2086
	run $shell "$ENTRYPOINT" "$WORK/child" 'a  b'
	is "$STATUS $OUT $(is_migrated)" "0 <a  b> t" "under $shell"
done

done_testing
