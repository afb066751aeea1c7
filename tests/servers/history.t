#!/usr/bin/env bash
# history.t - who applied what, when, from which snapshot, how long it took; and what changed since.

. "$(dirname "$0")/lib.sh"

server_start
SNAPSHOTS=$WORK/snapshots

database_create dev
database_create prod
run "$IMPORT" history -d prod
status_is 0 "no history yet"
is "$OUT" "" "lists nothing"
run "$IMPORT" show -d prod
status_is 1 "no run to show"
run "$IMPORT" drift -d prod
status_is 1 "nothing to drift from"
run "$IMPORT" status -d prod
status_is 0 "a status without history"
like "$OUT" 'history +none' "says so"
like "$OUT" 'run lock +free' "nobody runs"

sql dev 'CREATE SCHEMA shop' 'CREATE TABLE shop.a (id int PRIMARY KEY)' 'CREATE VIEW shop.v AS SELECT id FROM shop.a'
"$EXPORT" -q -d dev -o "$SNAPSHOTS" --label 'release 1' >/dev/null || bail_out "the export failed"
run "$IMPORT" status -d prod "$SNAPSHOTS"
like "$OUT" ': not in' "the snapshot is not in"
run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup-dir "$WORK/backups"
status_is 0 "a run"
sleep 1
sql dev 'ALTER TABLE shop.a ADD COLUMN b text'
"$EXPORT" -q -d dev -o "$SNAPSHOTS" --label 'release 2' >/dev/null
run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup none
status_is 0 "another run"

run "$IMPORT" history -d prod
is "$(wc -l <<<"$OUT")" 2 "two runs"
like "$(head -1 <<<"$OUT")" '^ +2 .*done.*postgres.*schema_' "the newest first"
like "$(tail -1 <<<"$OUT")" 'backup .*/backups/backup_' "with the backup"
run "$IMPORT" history -d prod --limit 1
is "$(wc -l <<<"$OUT")" 1 "--limit"
run "$IMPORT" history -d prod --format json
printf '%s' "$OUT" >"$WORK/history.json"
is "$(sql postgres "SELECT jsonb_array_length(h), h->0->>'id', h->1->>'label', h->1->>'outcome', h->1->>'steps_done' = h->1->>'steps_planned'
	FROM pg_read_file('$WORK/history.json') t, LATERAL (SELECT t::jsonb) AS x (h)")" "2|2|release 1|done|t" "the same as JSON"

run "$IMPORT" show -d prod 1
status_is 0 "one run"
like "$OUT" 'label +release 1' "its label"
like "$OUT" 'CREATE TABLE shop\.a' "its statements"
like "$OUT" ' done +[0-9]+ ms ' "their outcome and duration"
run "$IMPORT" show -d prod
like "$OUT" 'ADD COLUMN b' "without a number, the newest"
run "$IMPORT" show -d prod 77
status_is 1 "a run that is not there"
run "$IMPORT" show -d prod "1' OR true"
status_is 1 "a run that is no number"

run "$IMPORT" status -d prod "$SNAPSHOTS"
like "$OUT" 'as that run left it' "the schema is as the run left it"
like "$OUT" 'tar\.gz: in$' "and the snapshot is in"
run "$IMPORT" status -d prod "$SNAPSHOTS" --format json
printf '%s' "$OUT" >"$WORK/status.json"
is "$(sql postgres "SELECT s->>'running', s->>'snapshot_is_in', s->>'schema_changed_since', s->'newest'->>'id'
	FROM pg_read_file('$WORK/status.json') t, LATERAL (SELECT t::jsonb) AS x (s)")" "false|true|false|2" "the same as JSON"
run "$IMPORT" drift -d prod
status_is 0 "no drift"
sql prod 'ALTER TABLE shop.a ADD COLUMN by_hand int' 'DROP VIEW shop.v'
run "$IMPORT" drift -d prod
status_is 8 "drift"
like "$OUT" 'view shop\.v: missing' "what is gone"
like "$OUT" 'column shop\.a\.by_hand' "what came"
run "$IMPORT" status -d prod "$SNAPSHOTS"
like "$OUT" 'changed since that run' "status tells it too"
run "$IMPORT" drift -d prod --format json
status_is 8 "drift as JSON"
like "$OUT" '"drifted": true' "says so"

sql prod 'UPDATE pgkeel.layout SET version = 99'
run "$IMPORT" history -d prod
status_is 1 "a history of a newer layout is refused"
run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup none
status_is 1 "also by apply"
sql prod 'UPDATE pgkeel.layout SET version = 1'
sql prod 'CREATE ROLE stranger LOGIN'
run "$IMPORT" status -d prod -U stranger
status_is 0 "a stranger may ask"
like "$OUT" 'history +none' "and sees no history"

# The history is no part of any catalog.
run "$EXPORT" -q -d prod -o "$WORK/prod"
tar xzf "$WORK/prod/latest" -C "$WORK" schema.sql
is "$(grep -c pgkeel "$WORK/schema.sql")" 0 "an export of production knows nothing of the history"

done_testing
