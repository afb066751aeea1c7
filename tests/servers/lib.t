#!/usr/bin/env bash
# lib.t - what the other files rely on: a check that fails makes its file fail, and only its own shell cleans up.

. "$(dirname "$0")/lib.sh"

# file SCRIPT…: a test file of these lines, run apart.
file() {
	# shellcheck disable=SC2016 # for the file to expand
	printf '%s\n' ". '$ROOT/tests/servers/lib.sh'" 'echo "# work: $WORK"' "$@" >"$WORK/file.t"
	run bash "$WORK/file.t"
}

file 'ok 0 "good"' 'done_testing'
is "$STATUS $(tail -n 2 <<<"$OUT" | xargs)" "0 ok 1 - good 1..1" "a good file"
[ ! -e "$(sed -n 's/^# work: //p' <<<"$OUT")" ]
ok $? "leaves nothing behind"
file 'ok 1 "bad"' 'done_testing'
status_is 1 "a check that fails"
file 'is a b "unlike"' 'done_testing'
status_is 1 "two texts that differ"
file 'plan 2' 'ok 0 "one"'
status_is 1 "fewer checks than planned"
file 'ok 0 "one"' 'kill -TERM $$' 'done_testing'
status_is 143 "a signal"
file 'bail_out "no"'
status_is 1 "what cannot go on"

# A child that a signal reaches before it has put its parent's traps aside runs them.
server_start
(work_cleanup)
[ -d "$WORK" ]
ok $? "the end of a child leaves the folder"
is "$(sql postgres 'SELECT 1')" 1 "and the server"

done_testing
