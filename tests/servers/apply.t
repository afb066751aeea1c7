#!/usr/bin/env bash
# apply.t - the run: what is done, what a failure leaves, what happens when anything breaks off.

. "$(dirname "$0")/lib.sh"

server_start
SNAPSHOTS=$WORK/snapshots

cat >"$WORK/old.sql" <<'SQL'
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'sent');
CREATE TABLE shop.customer (id bigint PRIMARY KEY, email text, name varchar(50));
INSERT INTO shop.customer SELECT i, 'c' || i || '@example.com', 'C' FROM generate_series(1, 100) i;
CREATE TABLE shop.legacy (a int);
INSERT INTO shop.legacy VALUES (1);
SQL
# The new value of the enum is used by a later statement, so there are at least two transactions.
cat >"$WORK/new.sql" <<'SQL'
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE shop.customer (id bigint PRIMARY KEY, email text NOT NULL, name varchar(100), born date,
	state shop.state NOT NULL DEFAULT 'paid');
CREATE TABLE shop."O'rder" (id bigint PRIMARY KEY, customer bigint REFERENCES shop.customer);
CREATE INDEX customer_email ON shop.customer (email);
CREATE VIEW shop.adult AS SELECT id FROM shop.customer WHERE born < '2000-01-01';
CREATE FUNCTION shop.twice(x int) RETURNS int LANGUAGE sql AS 'SELECT 2 * x';
SQL
database_create dev "$WORK/new.sql"
"$EXPORT" -q -d dev -o "$SNAPSHOTS" >/dev/null || bail_out "the export failed"

new_production() {
	database_create prod "$WORK/old.sql"
}

apply() {
	run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup-dir "$WORK/backups" "$@"
}

schema_only() {
	pg_dump -s -N pgkeel -d prod | sed -e '/^--/d' -e '/^\\\(un\)\{0,1\}restrict /d' -e '/^$/d'
}

newest() {
	sql prod "SELECT outcome FROM pgkeel.run ORDER BY id DESC LIMIT 1"
}

# --- the plain case ---

new_production
apply
status_is 0 "an apply"
like "$OUT" 'Run 1: [0-9]+ statements in [2-9] transactions' "says what it did"
like "$OUT" 'table shop\.legacy' "and what only production has"
backup=$(sed -n 's/^Backup: //p' <<<"$OUT")
is "$(stat -c %a "$backup")" 600 "the backup is there, for its owner only"
is "$(sql prod 'SELECT count(*), min(state), min(email COLLATE "C") FROM shop.customer')" "100|paid|c100@example.com" "the rows are there"
is "$(sql prod 'SELECT count(*) FROM shop.legacy')" 1 "also those of what the snapshot lacks"
is "$(newest)" done "the history says done"
is "$(sql prod "SELECT count(*) = max(seq) AND bool_and(outcome = 'done') FROM pgkeel.step")" t "and so do all its steps"

apply
status_is 0 "a second apply"
like "$OUT" '^Already in, since run 1' "does nothing"
unlike "$OUT" 'Backup' "and writes no backup"
is "$(sql prod 'SELECT count(*) FROM pgkeel.run')" 1 "nor history"
is "$(find "$WORK/backups" -name 'backup_*' | wc -l)" 1 "one backup in all"

# The stamp moves, the schema does not differ from the snapshot.
sql prod 'ALTER TABLE shop.legacy ADD COLUMN b int'
apply
status_is 0 "after somebody else's change"
like "$OUT" '^Production already holds the snapshot' "the catalog is read and nothing is to do"
is "$(newest)" nothing "what was found is remembered"
apply
like "$OUT" '^Already in, since run 2' "so that the next one need not read"
sql prod 'ALTER TABLE shop.legacy ADD COLUMN passing int' 'ALTER TABLE shop.legacy DROP COLUMN passing'
apply
like "$OUT" 'already holds' "a change that was taken back"
is "$(sql prod 'SELECT count(*) FROM pgkeel.run')" 2 "adds no run"
for statement in 'CREATE PUBLICATION by_hand' 'CREATE FOREIGN DATA WRAPPER by_hand' 'CREATE COLLATION by_hand FROM "C"' \
	'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor' 'ALTER DATABASE prod SET work_mem TO 65536'; do
	sql prod "$statement" >/dev/null
	apply
	like "$OUT" 'already holds' "noticed: $statement"
done

sql prod 'DROP VIEW shop.adult'
apply --dry-run
status_is 0 "--dry-run"
like "$OUT" 'CREATE VIEW shop\.adult' "shows the plan"
is "$(sql prod "SELECT to_regclass('shop.adult') IS NULL")" t "and does nothing"
PGKEEL_BACKUP=none apply --strict
status_is 0 "--strict with nothing withheld"
is "$(sql prod "SELECT backup IS NULL FROM pgkeel.run ORDER BY id DESC LIMIT 1")" t "an option from the environment"

new_production
sql prod 'INSERT INTO shop.customer VALUES (101)'
before=$(schema_only)
apply --strict --backup none
status_is 9 "--strict with something withheld"
is "$(schema_only)" "$before" "changes nothing"
apply --backup none
status_is 0 "without it the rest is done"
like "$OUT" '1 withheld' "and it is told"
like "$OUT" 'column shop\.customer\.email: ' "with its name"
apply --backup none
status_is 0 "again"
like "$OUT" '1 withheld' "the withheld is still told"
sql prod "UPDATE shop.customer SET email = 'x' WHERE email IS NULL"
apply --backup none
status_is 0 "when the rows are mended"
is "$(sql prod "SELECT attnotnull FROM pg_attribute WHERE attrelid = 'shop.customer'::regclass AND attname = 'email'")" t \
	"what was withheld because of them is done"

# --- a statement that fails ---

new_production
sql prod "CREATE FUNCTION public.no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN RAISE EXCEPTION 'not on my watch'; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION public.no()"
before=$(schema_only | grep -v "ALTER TYPE")
rows=$(sql prod 'SELECT count(*), md5(string_agg(c::text, $$,$$ ORDER BY id)) FROM shop.customer c')
apply --backup none
status_is 5 "a later transaction fails: partly applied"
like "$ERR" 'view shop\.adult' "the object is named"
like "$ERR" 'not on my watch' "with the server's own message"
like "$ERR" 'CREATE VIEW shop\.adult' "and the statement"
like "$ERR" 'hint: ' "and what to do next"
is "$(newest)" partial "the history says partial"
is "$(sql prod "SELECT count(*) FROM pgkeel.step WHERE outcome = 'failed' AND error LIKE '%not on my watch%'")" 1 \
	"and which step failed"
is "$(sql prod 'SELECT count(*), md5(string_agg(c::text, $$,$$ ORDER BY id)) FROM shop.customer c')" "$rows" \
	"the failed transaction left the rows as before"
is "$(sql prod "SELECT to_regclass('shop.adult') IS NULL AND to_regprocedure('shop.twice(int)') IS NULL")" t \
	"and nothing of itself"
sql prod 'DROP EVENT TRIGGER no'
apply --backup none
status_is 0 "the next run goes on from there"
is "$(newest)" done "and ends well"

new_production
sql prod "CREATE FUNCTION public.no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN RAISE EXCEPTION 'not on my watch'; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('ALTER TYPE') EXECUTE FUNCTION public.no()"
before=$(schema_only)
apply --backup none
status_is 1 "the first of several transactions fails"
is "$(sql prod 'SELECT count(*) FROM pgkeel.step')" 1 "and ends the run"
apply --backup none --on-failure continue
status_is 1 "--on-failure continue fails as well"
is "$(sql prod "SELECT count(*) > 1 AND bool_and(outcome = 'failed') FROM pgkeel.step WHERE run = 2")" t \
	"but the other transactions are tried"
is "$(schema_only)" "$before" "what needed the first has failed, too"

# With everything in one transaction a failure leaves nothing at all.
database_create dev2
sql dev2 'CREATE SCHEMA shop' 'CREATE TABLE shop.customer (id bigint PRIMARY KEY, email text, name varchar(50), plus int)' \
	'CREATE VIEW shop.adult AS SELECT id FROM shop.customer'
"$EXPORT" -q -d dev2 -o "$WORK/snapshots2" >/dev/null
new_production
sql prod "CREATE FUNCTION public.no() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN RAISE EXCEPTION 'not on my watch'; END\$\$" \
	"CREATE EVENT TRIGGER no ON ddl_command_start WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION public.no()"
before=$(schema_only)
run "$IMPORT" apply -d prod "$WORK/snapshots2" --backup none
status_is 1 "the only transaction fails"
is "$(schema_only)" "$before" "production is as before"
is "$(newest)" failed "and the history says failed"

# --- rights ---

new_production
sql prod 'DROP ROLE IF EXISTS clerk' 'CREATE ROLE clerk LOGIN' 'GRANT USAGE ON SCHEMA shop TO clerk' 'GRANT SELECT ON ALL TABLES IN SCHEMA shop TO clerk'
before=$(schema_of prod)
rm -rf "$WORK/backups"
apply -U clerk
status_is 3 "a role that may not keep the history"
like "$ERR" 'may not keep the history' "is told so"
is "$(schema_of prod)" "$before" "before anything is changed"
is "$(ls "$WORK/backups" 2>/dev/null)" "" "or backed up"
sql prod 'CREATE SCHEMA pgkeel AUTHORIZATION clerk'
apply -U clerk --backup none
status_is 3 "a role that does not own the tables"
like "$ERR" 'must be owner' "gets the server's message"
is "$(newest)" failed "and the history says so"
sql prod 'ALTER DATABASE prod SET default_transaction_read_only = on'
apply --backup none
status_is 1 "a database that is read-only"
like "$ERR" 'read-only' "is told so"
sql prod 'SET default_transaction_read_only = off; ALTER DATABASE prod RESET default_transaction_read_only'

# --- other people's locks ---

new_production
holder_start prod 'LOCK TABLE shop.customer IN ACCESS SHARE MODE'
: >"$WORK/wait.err"
"$IMPORT" apply -d prod "$SNAPSHOTS" --backup none --lock-timeout 1000 >/dev/null 2>"$WORK/wait.err" </dev/null &
importer=$!
await "a try that tells of the lock" says "$WORK/wait.err" 'try 1 of ' 'pid .*pg_sleep'
holder_stop
wait "$importer"
is $? 0 "a lock that is let go in time is waited for" || diag "$(cat "$WORK/wait.err")"
like "$(cat "$WORK/wait.err")" 'try 1 of ' "by trying again"
like "$(cat "$WORK/wait.err")" 'pid [0-9]+ \(postgres, active.*SELECT pg_sleep' "and the blocker is named with its query"

new_production
holder_start prod 'LOCK TABLE shop.customer IN ACCESS SHARE MODE'
apply --backup none --lock-timeout 200
like "$STATUS" '^[15]$' "a lock that is never let go ends the run"
like "$ERR" 'The lock was held by pid' "naming who holds it"
holder_stop
like "$(newest)" 'failed|partial' "and the history says so"

database_create slow
sql slow 'CREATE MATERIALIZED VIEW public.sleepy AS SELECT pg_sleep(0)::text AS s'
sql slow 'CREATE FUNCTION public.nap() RETURNS int LANGUAGE plpgsql AS $$BEGIN PERFORM pg_sleep(600); RETURN 1; END$$' \
	'CREATE MATERIALIZED VIEW public.nap_view AS SELECT public.nap() AS n WITH NO DATA'
"$EXPORT" -q -d slow -o "$WORK/slow" >/dev/null
sql slow 'DROP MATERIALIZED VIEW public.nap_view'
sql slow "CREATE FUNCTION public.nap_trigger() RETURNS event_trigger LANGUAGE plpgsql AS \$\$BEGIN PERFORM pg_sleep(600); END\$\$" \
	"CREATE EVENT TRIGGER nap ON ddl_command_start WHEN TAG IN ('CREATE MATERIALIZED VIEW') EXECUTE FUNCTION public.nap_trigger()"
run "$IMPORT" apply -d slow "$WORK/slow" --backup none --statement-timeout 4000
status_is 1 "a statement time-out"
like "$ERR" 'statement timeout' "with the server's message"
like "$ERR" 'hint: .*--statement-timeout' "and what to do"

# --- everything breaks off, everywhere ---

for point in connect lock plan backup group-begin group-begin:2 step step:3 group-commit group-commit:2 validate record; do
	for how in "" =kill; do
		[ "$how" = "" ] || [ "${point#*:}" = "$point" ] || continue
		new_production
		before=$(schema_only)
		PGKEEL_FAULT=$point$how apply
		if [ -n "$how" ]; then
			is "$STATUS" 137 "killed at $point"
			sessions_end
		else
			like "$STATUS" '^[35]$' "connection lost at $point: status $STATUS"
			like "$ERR" 'error: ' "with a message"
			unlike "$ERR" 'Sanitizer' "and no more than that"
		fi
		case $point in
		connect | lock | plan | backup)
			is "$(schema_of prod | grep -c pgkeel)" 0 "$point$how: nothing was written"
			is "$(schema_only)" "$before" "$point$how: production is as before"
			;;
		*)
			done_steps=$(sql prod "SELECT count(*) FROM pgkeel.step WHERE outcome = 'done'")
			[ "$done_steps" != 0 ] || is "$(schema_only)" "$before" "$point$how: no step done, and production as before"
			[ "$done_steps" = 0 ] || isnt "$(schema_only)" "$before" "$point$how: steps done, and production changed"
			run "$IMPORT" status -d prod "$SNAPSHOTS"
			like "$OUT" 'newest run .* (failed|partial|interrupted) ' "$point$how: status tells it"
			;;
		esac
		apply --backup none
		status_is 0 "$point$how: the next run goes on"
		like "$(newest)" '^(done|nothing)$' "$point$how: and ends well"
		run "$IMPORT" plan -d prod "$SNAPSHOTS" --exit-code
		status_is 0 "$point$how: nothing is left to do"
		is "$(sql prod 'SELECT count(*) FROM shop.customer')" 100 "$point$how: the rows are there"
		is "$(sql prod "SELECT count(*) FROM pgkeel.run WHERE outcome = 'running'")" 0 "$point$how: no run is left open"
	done
done

# --- a signal ---

# Wherever it comes, the run ends soon, and the next one goes on.
for point in connect lock plan backup group-begin step:3 group-commit validate record; do
	new_production
	PGKEEL_FAULT=$point=term apply
	like "$STATUS" '^([015]|143)$' "SIGTERM at $point: status $STATUS"
	unlike "$ERR" 'Sanitizer' "and no more than that"
	is "$(sql prod 'SELECT count(*) FROM shop.customer')" 100 "SIGTERM at $point: the rows are there"
	case $point in
	connect | lock | plan | backup) is "$(sql prod "SELECT to_regclass('pgkeel.step') IS NULL")" t "SIGTERM at $point: nothing was done" ;;
	esac
	apply --backup none
	status_is 0 "SIGTERM at $point: the next run goes on"
	run "$IMPORT" plan -d prod "$SNAPSHOTS" --exit-code
	status_is 0 "SIGTERM at $point: nothing is left to do"
done

new_production
holder_start prod 'LOCK TABLE shop.customer IN ACCESS SHARE MODE'
"$IMPORT" apply -d prod "$SNAPSHOTS" --backup none --lock-timeout 600000 >"$WORK/signal.out" 2>&1 </dev/null &
importer=$!
await "a statement that waits" answers prod \
	"SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'pgkeel-import' AND wait_event_type = 'Lock'" t
kill -TERM "$importer"
wait "$importer"
status=$?
like "$status" '^[15]$' "SIGTERM cancels the statement and ends the run"
like "$(newest)" 'failed|partial' "and the history says so"
holder_stop

new_production
holder_start prod 'SELECT pg_advisory_lock(7377297458)'
for point in connect lock; do
	PGKEEL_FAULT=$point=term run timeout 300 "$IMPORT" apply -d prod "$SNAPSHOTS" --backup none --wait 1000
	status_is 143 "SIGTERM at $point ends it too, rather than waiting for the other run"
done
: >"$WORK/signal.out"
"$IMPORT" apply -d prod "$SNAPSHOTS" --backup none >"$WORK/signal.out" 2>&1 </dev/null &
importer=$!
await "a run that waits" says "$WORK/signal.out" 'another run'
kill -TERM "$importer"
wait "$importer"
is "$?" 143 "SIGTERM while waiting for another run ends it at once"
holder_stop

# --- the question ---

if command -v script >/dev/null 2>&1; then
	new_production
	before=$(schema_of prod)
	echo n | script -qec "'$IMPORT' apply -d prod '$SNAPSHOTS' --backup none" /dev/null >"$WORK/asked" 2>&1
	is "$?" 1 "on a terminal, no is an answer"
	like "$(cat "$WORK/asked")" 'CREATE VIEW shop\.adult.*Apply this plan\?' "the plan is shown first"
	is "$(schema_of prod)" "$before" "and nothing is changed"
	echo y | script -qec "'$IMPORT' apply -d prod '$SNAPSHOTS' --backup none" /dev/null >"$WORK/asked" 2>&1
	is "$?" 0 "and so is yes"
	is "$(newest)" done "which applies it"
fi

# --- secrets ---

new_production
sql prod "ALTER ROLE clerk PASSWORD 'open sesame' SUPERUSER"
run "$IMPORT" apply -v --log-format json -d "postgresql://clerk:open%20sesame@/prod?host=$PGHOST" "$SNAPSHOTS" --backup none
status_is 0 "an apply with a password in the URI"
unlike "$OUT$ERR$(sql prod 'SELECT r, s FROM pgkeel.run r JOIN pgkeel.step s ON s.run = r.id')" 'sesame' \
	"the password is in no output, log or history"
sql prod "ALTER ROLE clerk PASSWORD NULL NOSUPERUSER"

done_testing
