#!/usr/bin/env bash
# demo.t - scripts/demo tells the truth, and leaves nothing behind: at its end, after a failure, after Ctrl-C.

. "$(dirname "$0")/lib.sh"

DEMO=$ROOT/scripts/demo
export PGKEEL_BIN=$BIN TMPDIR=$WORK/tmp
mkdir "$TMPDIR" && chmod 1777 "$TMPDIR"

# Processes and files of the demos of this test.
left_over() {
	local pid

	for pid in $(pgrep -f "$TMPDIR/pgkeel-demo"); do
		[ "$pid" = "$$" ] || printf 'process %s\n' "$(tr '\0' ' ' <"/proc/$pid/cmdline")"
	done
	find "$TMPDIR" -mindepth 1 -maxdepth 1
}

# A server needs a moment to be gone after it was told to stop.
nothing_is_left() {
	local i

	for i in $(seq 1200); do
		[ -n "$(left_over)" ] || break
		sleep 0.1
	done
	is "$(left_over)" "" "$1"
}

# demo_in_background COMMAND…: in a process group of its own, with signals as on a terminal; sets DEMO_PID.
demo_in_background() {
	: >"$WORK/demo.out"
	env --default-signal=INT,TERM,HUP setsid "$@" >"$WORK/demo.out" 2>"$WORK/demo.err" </dev/null &
	DEMO_PID=$!
}

# What a server's start and end take here and now: the measure for all else.
SECONDS=0
server_start measure
server_stop measure
measure=$SECONDS

PGDATABASE=elsewhere PGHOST=/nowhere DATABASE_URL=postgresql:///nowhere PGKEEL_BACKUP=none PGKEEL_STRICT=true run "$DEMO"
status_is 0 "the demo, whatever the surroundings say of servers and options"
like "$OUT" 'All as told, in [0-9]+ seconds' "says so"
seconds=$(sed -n 's/^All as told, in \([0-9]*\) seconds.*/\1/p' <<<"$OUT")
[ "${seconds:-9999}" -lt $((60 + 20 * measure)) ]
ok $? "takes under a minute, and more only where servers are slow to start ($seconds s, $measure s)"
is "$(grep -c '✗' <<<"$OUT")" 0 "nothing is marked as wrong"
is "$(grep -c '✓' <<<"$OUT")" 13 "all that is claimed was checked"
unlike "$OUT" $'\e' "no colours where there is no terminal"
is "$(LC_ALL=C.UTF-8 awk 'length > 130' <<<"$OUT" | wc -l)" 0 "no endless lines"
nothing_is_left "nothing is left"

# An importer that does not tell the truth is found out.
mkdir "$WORK/bin"
ln -s "$BIN/pgkeel-export" "$WORK/bin/pgkeel-export"
printf '#!/bin/sh\n[ "$1" != drift ] || exit 0\nexec %s "$@"\n' "$BIN/pgkeel-import" >"$WORK/bin/pgkeel-import"
chmod +x "$WORK/bin/pgkeel-import"
PGKEEL_BIN=$WORK/bin run "$DEMO"
status_is 1 "a claim that does not hold fails the demo"
like "$OUT" '✗ not so: pgkeel sees' "and is marked"
nothing_is_left "nothing is left after that"

printf '#!/bin/sh\n[ "$1" != apply ] || exit 1\nexec %s "$@"\n' "$BIN/pgkeel-import" >"$WORK/bin/pgkeel-import"
PGKEEL_BIN=$WORK/bin run "$DEMO"
status_is 1 "a command that fails ends the demo"
unlike "$OUT" '3 a\.m\.' "at once"
nothing_is_left "nothing is left after that either"

for signal in INT:130 TERM:143; do
	demo_in_background "$DEMO"
	await "a demo in full swing" says "$WORK/demo.out" '2\. '
	pass "a demo in full swing"
	kill "-${signal%:*}" -- "-$DEMO_PID"
	wait "$DEMO_PID"
	is $? "${signal#*:}" "ends by SIG${signal%:*}"
	nothing_is_left "nothing is left"
done
# is_starting FILE: whether the server's folder has that file.
is_starting() {
	compgen -G "$TMPDIR/pgkeel-demo.*/dev/$1" >/dev/null
}
for state in start.log data/PG_VERSION data/postmaster.pid; do
	demo_in_background "$DEMO"
	await "a server that starts" is_starting "$state"
	kill -INT -- "-$DEMO_PID"
	wait "$DEMO_PID"
	is $? 130 "also while a server starts"
	nothing_is_left "nothing is left"
done

if [ "$(id -u)" = 0 ]; then
	run setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups env HOME=/nonexistent "$DEMO"
	status_is 0 "as an ordinary user"
	nothing_is_left "nothing is left"
fi

done_testing
