#!/usr/bin/env bash
# postgres.t - the postgres layer on a real server: sessions, pipelines, COPY, the lock, deparsed text.

. "$(dirname "$0")/lib.sh"

DRIVER=$BIN/servers/driver_postgres
[ -x "$DRIVER" ] || bail_out "$DRIVER is not built"

server_start
socket=$PGHOST
sql postgres "CREATE ROLE clerk LOGIN" "CREATE DATABASE shop" "CREATE DATABASE \"odd name\""

# --- sessions ---

run "$DRIVER" connect
status_is 0 "a session by PG* variables"
is "$OUT" "postgres@postgres postgres on $socket:5432
driver" "the label names database, host and port; the program is the application's name"

run "$DRIVER" connect -U clerk shop
like "$OUT" "^clerk@shop " "a database's name and a user"

run "$DRIVER" connect -U clerk "host=$socket dbname=shop user=postgres application_name=mine"
is "$OUT" "postgres@shop shop on $socket:5432
mine" "a conninfo string wins over the options"

run "$DRIVER" connect "postgresql:///odd%20name?host=$socket&user=clerk"
like "$OUT" "^clerk@odd name " "a URI"

run "$DRIVER" connect "postgresql+psycopg2://clerk@/shop?host=$socket"
like "$OUT" "^clerk@shop " "a URI with a driver's name"

DATABASE_URL="postgres://clerk@/shop?host=$socket" run "$DRIVER" connect
like "$OUT" "^clerk@shop " "DATABASE_URL wins over PGDATABASE and PGUSER"

DATABASE_URL="postgres://clerk@/shop?host=$socket" run "$DRIVER" connect -U postgres
like "$OUT" "^postgres@shop " "an option wins over DATABASE_URL"

DATABASE_URL="postgres://clerk@/shop?host=$socket" run "$DRIVER" connect "odd name"
like "$OUT" "^postgres@odd name " "a database's name puts DATABASE_URL aside"

DATABASE_URL="mysql://root:sesame@db/shop" run "$DRIVER" connect
like "$OUT" "^USAGE : DATABASE_URL is not a PostgreSQL URI" "another database's URL is refused"
unlike "$OUT$ERR" "sesame" "without showing it"

run "$DRIVER" clone "host=$socket user=clerk dbname=shop" "odd name"
is "$OUT" "clerk shop
clerk shop
clerk odd name" "a clone has the same role and database, or another database"

# --- sessions that cannot be ---

run "$DRIVER" connect nowhere
like "$OUT" '^CONNECTION : connection to server .* database "nowhere" does not exist' "a database that is not there"

run "$DRIVER" connect -h "$WORK" -p 5999
like "$OUT" "^CONNECTION : connection to server .*No such file.*Is the server running" "a server that is not there"

for text in "postgres://u:se%zzsame@h/d" "postgres://u:sesame@[::1/d" "password=my sesame host=x" \
	"password='sesame" "postgres://u:pass@sesame@h/d" "host=x user='a' pass=se password=sesame"; do
	run "$DRIVER" connect "$text"
	like "$OUT" "^USAGE : the database option is not a valid connection string" "refused: ${text//sesame/…}"
	unlike "$OUT$ERR" "same" "without showing a part of the password"
done

run "$DRIVER" connect "postgresql:///shop?pool=5"
like "$OUT" 'invalid URI query parameter: "pool"' "an unknown parameter is named"

# --- passwords ---

server_start guarded -c password_encryption=scram-sha-256
sql postgres "CREATE ROLE keeper LOGIN SUPERUSER PASSWORD 'open sesame'"
printf 'local all postgres trust\nlocal all all scram-sha-256\n' >"$WORK/guarded/data/pg_hba.conf"
sql postgres "SELECT pg_reload_conf()" >/dev/null
is_guarded() {
	! psql -X -w -U keeper -c 'SELECT 1' >/dev/null 2>&1
}
await "the server's new rules" is_guarded
guarded=$PGHOST

PGPASSWORD='open sesame' run "$DRIVER" connect -U keeper
status_is 0 "a password from PGPASSWORD"
run "$DRIVER" clone "postgresql://keeper:open%20sesame@/postgres?host=$guarded" template1
is "$OUT" "keeper postgres
keeper postgres
keeper template1" "a clone knows the password of a URI"

for password in "wrong sesame" ""; do
	PGPASSWORD=$password run "$DRIVER" connect -w -U keeper
	like "$OUT" "^CONNECTION : connection to server .*password" "the password '${password:+…}' is refused"
	unlike "$OUT$ERR" "sesame" "and not shown"
done
run "$DRIVER" connect "postgresql://keeper:wrong%20sesame@/postgres?host=$guarded"
unlike "$OUT$ERR" "sesame" "nor a URI's"

# A session of its own has no terminal.
run setsid -w "$DRIVER" connect -W -U keeper
like "$OUT" "^CONNECTION : a password is needed, and there is no terminal" "no terminal to ask at"
run timeout 300 setsid -w "$DRIVER" connect -U keeper
like "$OUT" "^CONNECTION : .*no password supplied" "and it does not wait for an answer"

if command -v script >/dev/null; then
	# Typed once it is asked for, as by a person.
	mkfifo "$WORK/keys"
	exec {keys}<>"$WORK/keys"
	for option in "" -W; do
		: >"$WORK/screen"
		script -qfec "$DRIVER connect $option -U keeper" /dev/null <"$WORK/keys" >"$WORK/screen" 2>&1 &
		typist=$!
		await "the question for the password" says "$WORK/screen" 'Password for'
		printf 'open sesame\n' >&"$keys"
		wait "$typist"
		screen=$(cat "$WORK/screen")
		like "$screen" "Password for user keeper: .*keeper@postgres" "a password typed at the terminal ${option:-when asked for}"
		unlike "$screen" "sesame" "is not echoed"
	done
fi
server_stop guarded
server_use server

# --- statements and their errors ---

run "$DRIVER" execute "SELECT 1 / 0" "SELECT 'next'"
like "$OUT" "^transient=0 in_transaction=0 SQL 22012: division by zero" "the server's message and SQLSTATE"
like "$OUT" "next$" "the session goes on"
run "$DRIVER" execute "SELECT 1; SELECT 2"
like "$OUT" "SQL 42601: cannot insert multiple commands" "one statement at a time"
run "$DRIVER" execute "SET ROLE clerk" "SELECT * FROM pg_authid"
like "$OUT" "PERMISSION 42501: permission denied" "a missing right"
run "$DRIVER" execute "BEGIN" "SELECT 1 / 0" "COMMIT" "SELECT 'next'"
like "$OUT" "in_transaction=1 SQL 22012" "an error in a transaction"
like "$OUT" "SQL : the transaction had failed, so it was rolled back" "COMMIT of a failed transaction is an error"
run "$DRIVER" execute "CREATE TEMP TABLE t (id int PRIMARY KEY)" "INSERT INTO t VALUES (1), (1)" "SELECT nam FROM pg_class"
like "$OUT" "SQL 23505: .* \| Key \(id\)=\(1\) already exists. \|" "the detail is kept"
like "$OUT" "SQL 42703: .*nam.*\| .*\| .*" "an unknown column"

sql shop "CREATE TABLE held (id int)"
holder_start shop 'LOCK held'
PGDATABASE=shop run "$DRIVER" execute "SET lock_timeout = 100" "SELECT * FROM held"
like "$OUT" "transient=1 in_transaction=0 SQL 55P03" "a lock timeout is worth trying again"
holder_stop

PGKEEL_FAULT=statement:2 run "$DRIVER" execute "SELECT 'one'" "SELECT 'two'" "SELECT 'three'"
like "$OUT" "^one.*SQL : a fault was injected before: SELECT 'two'.*three$" "the fault point of statements"
PGKEEL_FAULT=commit run "$DRIVER" execute "BEGIN" "CREATE TABLE gone (id int)" "COMMIT"
like "$OUT" "in_transaction=1 SQL : a fault was injected before: COMMIT" "the fault point of commits"
is "$(sql postgres "SELECT to_regclass('gone') IS NULL")" t "and what it did not commit is not there"

run "$DRIVER" lost
like "$OUT" "^alive: 1
alive: 0
CONNECTION " "a session that the server ended"

run timeout 300 "$DRIVER" cancel
like "$OUT" "^INTERRUPTED 57014: .*
usable$" "a signal cancels the statement, and the session stays"

run "$DRIVER" prepare "SHOW search_path" "SHOW timezone" "SHOW lock_timeout" "SHOW statement_timeout" \
	"SHOW row_security" "SHOW jit" "SHOW client_encoding" "SHOW datestyle"
is "$OUT" '
UTC
1500ms
1min
off
off
UTF8
ISO, MDY' "the settings for reading a catalog"

# --- pipelines ---

run "$DRIVER" pipeline-rows 20000
is "$OUT" "many: begins=1 fields=9 rows=20000 sum=200010000 bytes=$((88894 + 88898 + 20000 * 6 + 88894 + 20000 * 6 + 20000 + 20000 * 5 + 20000 * 7))
none: begins=1 fields=2 rows=0 sum=0 bytes=0
one: begins=1 fields=1 rows=1 sum=42 bytes=2" "rows stream in, each query's begin is called once"

run "$DRIVER" pipeline-wide
is "$OUT" "wide: begins=200 fields=1 rows=200 sum=0 bytes=20000000" "20 MB each way at once does not deadlock"

run "$DRIVER" pipeline-failures
status_is 0 "failures in a pipeline"
like "$OUT" '^SQL 42P01: kind second: relation "nowhere" does not exist [^
]*
rows: 10 0 0
usable' "a failed query is named, the session is usable"
like "$OUT" "SQL 22012: kind second: division by zero[^
]*
rows: 10 5000 0
usable" "an error behind good rows"
like "$OUT" "FAILED : kind second: row 7 is refused[^
]*
rows: 10 7 0
usable" "a refused row stops the rest, and leaves the transaction"
like "$OUT" "CONNECTION 57P01: kind second" "a session lost in the middle"

# --- COPY ---

run "$DRIVER" copy
status_is 0 "COPY in and out"
bytes=$(sql postgres "SELECT sum(length(n::text) * 2 + length(E'\tline  \\\\\\\\ \\\\t end\n')) FROM generate_series(1, 50000) n")
like "$OUT" "^copied in: 50000
50000 1250025000 [0-9]+
copied out: rows=50000 bytes=$bytes broken=0 pieces>1=1 bounded=1" "50,000 rows, in pieces that end with a row"
like "$OUT" 'SQL 22P02: invalid input syntax for type integer: "x13" \| COPY copied, line 13' "a bad row is named"
like "$OUT" "SYSTEM : the disk is full" "a sink's failure is the error"
like "$OUT" "SQL 22012: division by zero" "a failure of the query"
like "$OUT" "FAILED : not a COPY statement" "another statement is refused"
like "$OUT" "50000$" "nothing stays of what failed or was given up"

# --- the lock ---

run "$DRIVER" lock
is "$OUT" "waited=0 held=1
held=0
FAILED : the lock was no longer held by this session |  | " "taken and released"

mkfifo "$WORK/hold"
exec {hold}<>"$WORK/hold"
: >"$WORK/held"
"$DRIVER" lock 0 until-told <"$WORK/hold" >"$WORK/held" &
holder=$!
await "a lock" says "$WORK/held" held=
is "$(cat "$WORK/held")" "waited=0 held=1" "one run holds the lock"
run "$DRIVER" lock 0
like "$OUT" '^waited=0 long=0 LOCKED : another run holds the lock of database "postgres" \| Process [0-9]+ \(driver, role postgres\)' \
	"another is told who"
run "$DRIVER" lock 500
like "$OUT" "^waited=1 long=1 LOCKED : " "a timeout"
PGDATABASE=shop run "$DRIVER" lock 0
like "$OUT" "^waited=0 held=1" "another database has another lock"
"$DRIVER" lock 3000000 >"$WORK/waiting" 2>"$WORK/waiting.err" </dev/null &
waiting=$!
await "somebody who waits" says "$WORK/waiting.err" 'another run'
echo >&"$hold"
wait "$holder" "$waiting"
like "$(cat "$WORK/waiting")" "^waited=1 held=1" "who waits gets it"

run "$DRIVER" stable
is "$OUT" "stable=1" "a plain session is stable"

pooler=$(PATH=$PATH:/usr/sbin command -v pgbouncer)
if [ -n "$pooler" ]; then
	mkdir "$WORK/pool"
	to="host=$socket dbname=postgres user=postgres"
	cat >"$WORK/pool/pgbouncer.ini" <<END
[databases]
transaction = $to pool_mode=transaction
transaction_of_one = $to pool_mode=transaction pool_size=1
session = $to pool_mode=session
session_of_one = $to pool_mode=session pool_size=1
[pgbouncer]
listen_addr =
unix_socket_dir = $WORK/pool
listen_port = 6432
pidfile = $WORK/pool/pid
auth_type = any
END
	[ -z "$(cluster_user)" ] || chown -R "$(cluster_user)" "$WORK/pool"
	cluster_run "$pooler" "$WORK/pool/pgbouncer.ini" >"$WORK/pooler.log" 2>&1 &
	# shellcheck disable=SC2016
	at_exit 'kill "$(cat "$WORK/pool/pid")"'
	await "the pooler" answers "host=$WORK/pool port=6432 dbname=session user=postgres" 'SELECT 1' 1
	for mode in transaction:0 transaction_of_one:0 session:1 session_of_one:1; do
		run timeout 300 "$DRIVER" stable "host=$WORK/pool port=6432 dbname=${mode%:*}"
		is "$OUT" "stable=${mode#*:}" "a pooler: ${mode%:*}"
	done
else
	pass "a pooler # SKIP pgbouncer is not installed"
fi

# --- text ---

names=(plain "with space" 'quo"te' "it's" 'back\slash' 'both\"' '{brace}' 'a,b' NULL ü $'new\nline' 'select' '--' '$$' 'E' ';')
run "$DRIVER" quoting "${names[@]}"
is "$OUT" "$(for _ in "${names[@]}"; do echo "t t t 1"; done)" "the server reads names, literals and arrays as they were"

run "$DRIVER" keywords
is "$OUT" "enough: 1" "every keyword of this server that needs quotes gets them"

# Expressions whose tree the server's own text does not keep (plain=0), and the guard does.
run "$DRIVER" server-text "ARRAY['a'::varchar, 'b'::varchar]::varchar[]::text[]" \
	"t.a = ANY (ARRAY['a'::varchar, 'b'::varchar]::varchar[]::text[])" \
	"ARRAY['a'::varchar(10), 'b'::varchar(10)]::varchar(10)[]::text[]" \
	"ARRAY['a'::varchar(10)::varchar, 'b'::varchar(20)]::varchar[]::text[]" \
	"ARRAY[1, 2]::int[]::bigint[]" \
	"ARRAY[1.5, 2.0]::numeric[]::numeric(5,2)[]" \
	"ARRAY[true]::bool[]::text[]" \
	"ARRAY[ARRAY['a'::varchar], ARRAY['b'::varchar]]::varchar[]::text[]" \
	"ARRAY[NULL::varchar, t.a]::varchar[]::text[]" \
	"ARRAY[upper(t.a)::varchar, t.a]::varchar[]::text[]" \
	"ARRAY['x'::char(3), 'y'::char(3)]::char(3)[]::text[]" \
	"ARRAY['2020-01-01'::timestamp(3), now()::timestamp(3)]::timestamp(3)[]::date[]" \
	"ARRAY['1 day'::interval day to second(3)]::interval day to second(3)[]::text[]"
is "$OUT" "$(for _ in {1..13}; do echo "plain=0 guarded=1"; done)" "casts of arrays keep their tree only when guarded"

run "$DRIVER" server-text "t.a" "ARRAY[t.a::text, 'b']" "ARRAY['x'::text, '(ARRAY[1])::bigint[]']" \
	"CASE WHEN t.i > 0 THEN ARRAY['a']::text[] ELSE NULL END" "ARRAY[t.i + 1, 2]" "t.a = ANY (ARRAY['a', 'b']::text[])"
is "$OUT" "$(for _ in {1..6}; do echo "plain=1 guarded=1"; done)" "other text is left as it is"

done_testing
