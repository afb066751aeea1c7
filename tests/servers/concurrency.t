#!/usr/bin/env bash
# concurrency.t - many replicas start at the same moment: one applies, all are content, none too early.

. "$(dirname "$0")/lib.sh"

# Sessions that are over take their time to go.
server_start server -c max_connections=200
SNAPSHOTS=$WORK/snapshots
REPLICAS=20

database_create dev
sql dev 'CREATE SCHEMA shop' "CREATE TYPE shop.state AS ENUM ('a', 'b')" \
	"CREATE TABLE shop.t (id int PRIMARY KEY, s shop.state DEFAULT 'b')" 'CREATE VIEW shop.last AS SELECT id FROM shop.t'
"$EXPORT" -q -d dev -o "$SNAPSHOTS" >/dev/null || bail_out "the export failed"

# Each replica: apply, then at once look for the last thing that the plan makes.
replica() {
	until [ -e "$WORK/go" ]; do sleep 0.01; done
	"$IMPORT" apply --wait 3000 -d prod "$SNAPSHOTS" --backup none >"$WORK/replica.$1.out" 2>"$WORK/replica.$1.err" </dev/null
	echo $? >"$WORK/replica.$1.status"
	sql prod "SELECT count(*) FROM shop.last" >"$WORK/replica.$1.seen" 2>&1
}

start_replicas() {
	rm -f "$WORK"/replica.* "$WORK/go"
	for i in $(seq "$REPLICAS"); do replica "$i" & done
	touch "$WORK/go"
	wait
}

database_create prod
sql prod 'CREATE SCHEMA shop' "CREATE TYPE shop.state AS ENUM ('a')"
start_replicas
is "$(cat "$WORK"/replica.*.status | sort -u)" 0 "all $REPLICAS end well"
is "$(cat "$WORK"/replica.*.status | wc -l)" "$REPLICAS" "(all have ended)"
is "$(sql prod "SELECT count(*) FROM pgkeel.run WHERE outcome = 'done'")" 1 "exactly one applied"
is "$(sql prod "SELECT count(*) FROM pgkeel.run")" 1 "and the others left no run"
is "$(cat "$WORK"/replica.*.out | grep -c '^Run ')" 1 "one says that it ran"
is "$(cat "$WORK"/replica.*.out | grep -c '^Already in')" $((REPLICAS - 1)) "the others, that it was in"
is "$(cat "$WORK"/replica.*.seen | sort -u)" 0 "whoever was done saw the whole schema"
sessions_end
is "$(sql prod "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")" 0 "the lock is free"

start_replicas
is "$(cat "$WORK"/replica.*.status | sort -u)" 0 "again"
is "$(cat "$WORK"/replica.*.out | grep -c '^Already in')" "$REPLICAS" "nobody has anything to do"

# The one that applies is killed half-way: another goes on.
database_create prod
sql prod 'CREATE SCHEMA shop' "CREATE TYPE shop.state AS ENUM ('a')"
PGKEEL_FAULT=group-begin:2=kill run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup none
is "$STATUS" 137 "one is killed between two transactions"
start_replicas
is "$(cat "$WORK"/replica.*.status | sort -u)" 0 "all others end well"
is "$(sql prod "SELECT string_agg(outcome, ',' ORDER BY id) FROM pgkeel.run")" "interrupted,done" "the history tells both"

# Somebody holds the lock and does not let go.
holder_start prod 'SELECT pg_advisory_lock(7377297458)'
run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup none --wait 0
status_is 0 "what is in already needs no lock"
sql prod 'DROP VIEW shop.last'
run "$IMPORT" status -d prod "$SNAPSHOTS"
like "$OUT" 'run lock +held' "status says that a run is going on"
run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup none --wait 0
status_is 7 "with --wait 0 the run is refused"
run "$IMPORT" apply -d prod "$SNAPSHOTS" --backup none --wait 1
status_is 7 "after --wait SECONDS too"
is "$(sql prod "SELECT to_regclass('shop.last') IS NULL")" t "nothing was done without the lock"
holder_stop

done_testing
