# shellcheck shell=bash
# lib.sh - sourced by every tests/servers/*.t: TAP, one throwaway server, the programs under test.
#
#   . "$(dirname "$0")/lib.sh"
#   plan 3                        # or: done_testing, at the end
#   server_start                  # one server for the file; PGHOST, PGUSER and so on point to it
#   database_create shop
#   is "$(sql shop 'SELECT 1')" 1 "a query answers"
#
# It sets
#   ROOT     the source tree                      BIN     the programs' folder (build/test)
#   EXPORT   $BIN/pgkeel-export                   IMPORT  $BIN/pgkeel-import
#   WORK     a scratch folder, world-readable, removed at the end (kept where KEEP is set)
#   PGKEEL_TEST_VERSION, where set, chooses the server's major version.

set -u

# What the caller's surroundings say of servers, languages and modes must not reach the tests.
for name in ${!PG*} DATABASE_URL LANGUAGE CDPATH; do
	case $name in
	PGKEEL_BIN | PGKEEL_PG_BIN | PGKEEL_SERVERS | PGKEEL_SERVER_USER | PGKEEL_TEST_* | PGKEEL_PROPERTY_*) ;;
	*) unset "$name" ;;
	esac
done
umask 022
# With no standard input at all, the next file that is opened would be it.
{ : <&0; } 2>/dev/null || exec </dev/null

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BIN=${PGKEEL_BIN:-$ROOT/build/test}
# shellcheck disable=SC2034
EXPORT=$BIN/pgkeel-export
# shellcheck disable=SC2034
IMPORT=$BIN/pgkeel-import
WORK=$(mktemp -d /tmp/pgkeel-test.XXXXXX)
chmod 755 "$WORK"
export LC_ALL=C.UTF-8

# shellcheck source=scripts/throwaway-cluster
. "$ROOT/scripts/throwaway-cluster"
cluster_use_clients

tests_run=0
tests_failed=0
tests_planned=
exit_commands=()

# at_exit COMMAND: to be run at the end, also of an interrupted run, before the servers stop.
at_exit() {
	exit_commands+=("$1")
}

work_cleanup() {
	local status=$? command

	trap - EXIT
	# A signal may reach a child before it has put the traps of its parent aside.
	[ "$BASHPID" = $$ ] || exit "$status"
	for command in "${exit_commands[@]}"; do
		eval "$command"
	done
	cluster_cleanup
	if [ -n "${KEEP:-}" ]; then
		diag "kept: $WORK"
	else
		rm -rf "$WORK"
	fi
	if [ "$status" -eq 0 ] && { [ "$tests_failed" -gt 0 ] || [ "${tests_planned:-$tests_run}" != "$tests_run" ]; }; then
		status=1
	fi
	exit "$status"
}
trap work_cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# --- TAP -----------------------------------------------------------------------------

plan() {
	tests_planned=$1
	printf '1..%s\n' "$1"
}

done_testing() {
	plan "$tests_run"
}

diag() {
	printf '%s\n' "$*" | sed 's/^/# /' >&2
}

# ok STATUS NAME: e.g. `command; ok $? "it works"`.
ok() {
	tests_run=$((tests_run + 1))
	if [ "$1" -eq 0 ]; then
		printf 'ok %d - %s\n' "$tests_run" "$2"
		return 0
	fi
	tests_failed=$((tests_failed + 1))
	printf 'not ok %d - %s\n' "$tests_run" "$2"
	return 1
}

pass() {
	ok 0 "$1"
}

fail() {
	ok 1 "$1"
}

is() {
	if [ "$1" = "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "     got: $1"
		diag "expected: $2"
		return 1
	fi
}

isnt() {
	if [ "$1" != "$2" ]; then
		pass "$3"
	else
		fail "$3"
		diag "not expected: $1"
		return 1
	fi
}

# like TEXT REGEX NAME (bash's extended regular expressions)
like() {
	if [[ $1 =~ $2 ]]; then
		pass "$3"
	else
		fail "$3"
		diag "        got: $1"
		diag "should match: $2"
		return 1
	fi
}

unlike() {
	if [[ ! $1 =~ $2 ]]; then
		pass "$3"
	else
		fail "$3"
		diag "            got: $1"
		diag "should not match: $2"
		return 1
	fi
}

# Ends the file: nothing of it can be tested here.
skip_all() {
	printf '1..0 # SKIP %s\n' "$1"
	tests_planned=0
	exit 0
}

bail_out() {
	printf 'Bail out!  %s\n' "$1"
	exit 1
}

# run COMMAND…: sets STATUS, and OUT and ERR to what it wrote.
run() {
	"$@" >"$WORK/.out" 2>"$WORK/.err" </dev/null
	STATUS=$?
	# shellcheck disable=SC2034
	OUT=$(cat "$WORK/.out")
	# shellcheck disable=SC2034
	ERR=$(cat "$WORK/.err")
	return 0
}

# status_is WANTED NAME: of the last run; shows what it wrote where it differs.
status_is() {
	is "$STATUS" "$1" "$2" || {
		diag "stdout: $OUT"
		diag "stderr: $ERR"
		return 1
	}
}

# await WHAT COMMAND…: tries until it succeeds; after minutes, which no machine is slow enough to need, the file fails.
await() {
	local what=$1 tries

	shift
	for ((tries = 0; tries < 6000; tries++)); do
		"$@" && return 0
		sleep 0.05
	done
	fail "waited in vain for $what"
	exit 1
}

# --- servers -------------------------------------------------------------------------

# server_start [NAME [arguments of cluster_start…]]: starts a server in $WORK/NAME and points PG* to it.
server_start() {
	local name=${1:-server}

	[ $# -eq 0 ] || shift
	[ -z "${PGKEEL_TEST_VERSION:-}" ] || set -- --version "$PGKEEL_TEST_VERSION" "$@"
	# Not in a subshell: cluster_start notes what is to be stopped at the end.
	cluster_start "$WORK/$name" "$@" >"$WORK/$name.host" || bail_out "no server could be started"
	server_use "$name"
}

# server_use NAME: points PG* to a server that server_start started.
server_use() {
	read -r PGHOST <"$WORK/$1.host"
	PGPORT=5432
	PGUSER=postgres
	PGDATABASE=postgres
	export PGHOST PGPORT PGUSER PGDATABASE
}

# server_stop NAME
server_stop() {
	cluster_stop "$WORK/$1"
}

# sql DATABASE [STATEMENT…]: unaligned rows; without a statement, reads a script on stdin.
sql() {
	local database=$1 statement arguments=()

	shift
	for statement in "$@"; do
		arguments+=(-c "$statement")
	done
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" "${arguments[@]}"
}

# answers DATABASE QUERY ANSWER: whether that is the answer; for `await`.
answers() {
	[ "$(sql "$1" "$2" 2>&1)" = "$3" ]
}

# says FILE REGEX…: whether lines of the file match each of them; for `await`.
says() {
	local file=$1 regex

	shift
	for regex in "$@"; do
		grep -q -s -e "$regex" "$file" || return 1
	done
}

# holder_start DATABASE STATEMENT…: a session that has run them in a transaction, and stays there until holder_stop.
holder_start() {
	local database=$1 statement arguments=(-c BEGIN)

	shift
	for statement in "$@"; do
		arguments+=(-c "$statement")
	done
	PGAPPNAME=holder psql -X -q -v ON_ERROR_STOP=1 -d "$database" "${arguments[@]}" -c 'SELECT pg_sleep(3600)' \
		>/dev/null 2>&1 </dev/null &
	holder=$!
	await "a session that holds on" answers postgres "SELECT count(*) FROM pg_stat_activity
		WHERE application_name = 'holder' AND query = 'SELECT pg_sleep(3600)'" 1
}

# Its locks are gone when psql is, which reads to the end of the session.
holder_stop() {
	sql postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'" >/dev/null
	wait "$holder"
}

# Waits for the sessions of programs that are gone: the server ends those, and frees their locks, some time after.
sessions_end() {
	await "the end of pgkeel's sessions" answers postgres \
		"SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'pgkeel-%'" 0
}

# database_create NAME [SCRIPT…]: a new, empty database, or one with the scripts run in it.
database_create() {
	sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" "CREATE DATABASE \"$1\" TEMPLATE template0" ||
		bail_out "database $1 could not be created"
	local script
	for script in "${@:2}"; do
		sql "$1" <"$script" || bail_out "script $script failed"
	done
}

database_drop() {
	sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)"
}

# schema_of DATABASE: what pg_dump says of it, without what changes from run to run.
schema_of() {
	pg_dump -s -d "$1" | sed -e '/^--/d' -e '/^\\\(un\)\{0,1\}restrict /d' -e '/^$/d'
}
