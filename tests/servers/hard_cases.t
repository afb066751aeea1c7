#!/usr/bin/env bash
# hard_cases.t - situations in which tools that compare schemas go wrong, each with rows in its tables.
#
# data/hard/<nn>-<name>/old.sql is production, new.sql development: export, plan, apply, plan again.  `expect` has a line for each thing that must hold:
#
#   converged            nothing is withheld or kept, and pg_dump -s of both sides is the same
#   nothing              and the first plan was empty already
#   withheld REGEX       a withheld change ("object: reason"); there are no others than those listed
#   kept REGEX           an object that only production has; there are no others than those listed
#   any                  what is withheld and kept does not matter
#   hints                hints.json is sent along with the snapshot
#   options OPTION…      of pgkeel-import
#   without TEXT         no member of the archive holds the text
#   needs extension NAME skipped where the server cannot have it
#   needs version N      skipped on a server before that major version
#   RESULT <= QUERY      afterwards, in production
#
# HARD="03 14" runs only the cases that begin so.

. "$(dirname "$0")/lib.sh"

case_folder=$ROOT/tests/servers/data/hard

# Statements of a dump, sorted, with the order of columns within a table and of options taken out.
dump_of() { # database options…
	pg_dump -s "${@:2}" --no-comments -N pgkeel "$1" | grep -v -e '^\\' -e '^--' | perl "$ROOT/tests/corpus/statements.pl"
}

# Lines "object: reason" of what is withheld, and the objects that are kept, of a plan as JSON.
withheld_of() {
	perl -MJSON::PP -0777 -e 'print map { "$_->{object}: $_->{reason}\n" } @{decode_json(<STDIN>)->{withheld}}'
}
kept_of() {
	perl -MJSON::PP -0777 -e 'print map { "$_->{object}\n" } @{decode_json(<STDIN>)->{kept}}'
}

# Each line of a list matches one of the regexes, and each regex a line.
all_expected() { # list what name regex…
	local line regex found wrong='' regexes=("${@:4}")

	while IFS= read -r line; do
		found=
		for regex in "${regexes[@]}"; do
			[[ $line =~ $regex ]] && found=yes
		done
		[ -z "$line" ] || [ -n "$found" ] || wrong+="unexpected: $line"$'\n'
	done <<<"$1"
	for regex in "${regexes[@]}"; do
		grep -Eq -- "$regex" <<<"$1" || wrong+="missing: $regex"$'\n'
	done
	is "$wrong" "" "$3: $2 as expected"
}

load() { # case file database
	sql "$3" <"$case_folder/$1/$2" >/dev/null 2>"$WORK/load.err" && return
	fail "$1: $2 loads"
	diag "$(cat "$WORK/load.err")"
	return 1
}

read_expectations() { # case
	local line

	converged= nothing= any= options=() without=() withheld=() kept=() checks=() dump_options=(-x -O) export_options=() missing=
	while IFS= read -r line; do
		case $line in
		'' | '#'*) ;;
		*' <= '*) checks+=("$line") ;;
		converged) converged=yes ;;
		nothing) converged=yes nothing=yes ;;
		any) any=yes ;;
		hints) export_options=(--hints "$case_folder/$1/hints.json") ;;
		'withheld '*) withheld+=("${line#withheld }") ;;
		'kept '*) kept+=("${line#kept }") ;;
		'without '*) without+=("${line#without }") ;;
		'options '*) read -r -a options <<<"${line#options }" ;;
		'needs extension '*)
			[ -n "$(sql postgres "SELECT 1 FROM pg_available_extensions WHERE name = '${line#needs extension }'")" ] ||
				missing="extension ${line#needs extension }"
			;;
		'needs version '*)
			[ "$(sql postgres "SHOW server_version_num")" -ge "${line#needs version }0000" ] ||
				missing="PostgreSQL ${line#needs version }"
			;;
		*) bail_out "$1/expect: $line" ;;
		esac
	done <"$case_folder/$1/expect"
	[ "${options[*]:-}" != "--with-privileges --with-owner" ] || dump_options=()
}

check_rest() { # case
	if [ -z "$any" ]; then
		all_expected "$(withheld_of <"$WORK/plan.json")" "what is withheld is" "$1" "${withheld[@]}"
		all_expected "$(kept_of <"$WORK/plan.json")" "what is left alone is" "$1" "${kept[@]}"
	fi
	[ -n "$converged" ] || return
	dump_of dev "${dump_options[@]}" >"$WORK/dev.dump"
	dump_of prod "${dump_options[@]}" >"$WORK/prod.dump"
	is "$(diff "$WORK/prod.dump" "$WORK/dev.dump")" "" "$1: pg_dump says the same of both sides"
}

check_rows() { # case
	local line

	for line in "${checks[@]}"; do
		is "$(sql prod "${line#* <= }" 2>&1)" "${line%% <= *}" "$1: ${line#* <= }"
	done
}

check_archive() { # case
	local text

	for text in "${without[@]}"; do
		is "$(tar xzOf "$WORK/snapshots/latest" | grep -c -- "$text")" 0 "$1: the archive does not hold $text"
	done
}

# A database with a subscription cannot be dropped.
make_databases() {
	local name

	for name in dev prod; do
		sql "$name" "DROP SUBSCRIPTION IF EXISTS sub" 2>/dev/null
		database_create "$name"
	done
}

run_case() { # case
	read_expectations "$1"
	if [ -n "$missing" ]; then
		pass "$1 # SKIP no $missing"
		return
	fi
	rm -rf "$WORK/snapshots"
	make_databases
	load "$1" old.sql prod && load "$1" new.sql dev || return
	run "$EXPORT" -q -d dev -o "$WORK/snapshots" "${export_options[@]}"
	status_is 0 "$1: exported" || return
	check_archive "$1"
	if [ -n "$nothing" ]; then
		run "$IMPORT" plan -d prod "$WORK/snapshots" --exit-code "${options[@]}"
		status_is 0 "$1: the first plan is empty"
	fi
	run "$IMPORT" apply -q -d prod "$WORK/snapshots" --yes --backup none "${options[@]}"
	status_is 0 "$1: applied" || return
	run "$IMPORT" plan -q -d prod "$WORK/snapshots" --exit-code --format json "${options[@]}"
	printf '%s' "$OUT" >"$WORK/plan.json"
	is "$STATUS" 0 "$1: the second plan is empty" || diag "$(grep '"sql"' "$WORK/plan.json") $ERR"
	check_rest "$1"
	check_rows "$1"
}

server_start server -c fsync=off -c autovacuum=off -c max_wal_senders=4 -c wal_level=logical
sql postgres "CREATE ROLE hard_owner" "CREATE ROLE hard_reader" "CREATE ROLE hard_third"
for folder in "$case_folder"/*/; do
	name=$(basename "$folder")
	if [ -n "${HARD:-}" ]; then
		[[ " $HARD " == *" ${name%%-*} "* ]] || continue
	fi
	run_case "$name"
done

# --- 24: renames are offered, and done only when confirmed ---------------------------------

if [ -z "${HARD:-}" ] || [[ " $HARD " == *" 24 "* ]]; then
	make_databases
	sql prod 'CREATE TABLE a (id int PRIMARY KEY, old int, same text)' "INSERT INTO a VALUES (1, 2, 'x')" \
		'CREATE TABLE gone (x int, y text)' 'CREATE TABLE two_a (q int, r int)'
	sql dev 'CREATE TABLE a (id int PRIMARY KEY, new int, same text)' 'CREATE TABLE came (x int, y text)' \
		'CREATE TABLE two_a (s int, t int)'
	rm -rf "$WORK/snapshots"
	run "$EXPORT" -q -d dev -o "$WORK/snapshots"
	run "$IMPORT" plan -q -d prod "$WORK/snapshots"
	like "$OUT" 'column public\.a\.old, only in production, looks like column public\.a\.new' "24: a column is offered"
	like "$OUT" 'table public\.gone, only in production, looks like table public\.came' "24: a table is offered"
	unlike "$OUT" 'two_a\.[qr], only' "24: what is ambiguous is not"
	unlike "$OUT" 'RENAME' "24: nothing is renamed by guess"
	run "$IMPORT" plan -q -d prod "$WORK/snapshots" --format json
	perl -MJSON::PP -0777 -e 'print encode_json({renames => decode_json(<STDIN>)->{lookalikes}})' <<<"$OUT" >"$WORK/hints.json"
	run "$IMPORT" plan -q -d prod "$WORK/snapshots" --hints "$WORK/hints.json" --output "$WORK/plan.file"
	like "$OUT" 'RENAME COLUMN old TO new' "24: what was offered can be sent back as hints"
	is "$(sql prod 'SELECT old FROM a')" 2 "24: plan changes nothing"
	run "$IMPORT" apply -q -d prod --yes --backup none --plan "$WORK/plan.file" "$WORK/snapshots"
	isnt "$STATUS" 0 "24: a plan file with renames is refused without the hints"
	run "$IMPORT" apply -q -d prod --yes --backup none --plan "$WORK/plan.file" "$WORK/snapshots" --hints "$WORK/hints.json"
	status_is 0 "24: and run with them"
	is "$(sql prod 'SELECT new FROM a')" 2 "24: the column kept its values"
	echo '{"renames": [{"kind": "table", "from": ["public", "a"], "to": ["other", "b"]}]}' >"$WORK/hints.json"
	run "$IMPORT" plan -q -d prod "$WORK/snapshots" --hints "$WORK/hints.json"
	status_is 2 "24: a move to another schema is no rename"
	echo '{"renames": [{"kind": "tabel", "from": ["public", "a"], "to": ["public", "b"]}]}' >"$WORK/hints.json"
	run "$IMPORT" plan -q -d prod "$WORK/snapshots" --hints "$WORK/hints.json"
	status_is 2 "24: nor is one of an unknown kind"
fi

# --- 25: DDL runs while the catalog is read ------------------------------------------------

# With rests, in which a read may begin and end at the same schema; longer ones where the server is slower, or the
# reads that a try has would all be too few.
churn() {
	while [ ! -e "$WORK/still" ]; do
		printf '%s\n' 'SELECT clock_timestamp() AS begun \gset' 'CREATE TABLE churn (id int PRIMARY KEY, v text DEFAULT lower($$X$$));' \
			'CREATE VIEW churned AS SELECT id, v FROM churn;' 'DROP TABLE churn CASCADE;' \
			"SELECT pg_sleep(0.05 + 20 * extract(epoch FROM clock_timestamp() - :'begun')), 'churned';"
	done 2>/dev/null | PGAPPNAME=churner psql -X -q -d prod >/dev/null 2>&1
}
if [ -z "${HARD:-}" ] || [[ " $HARD " == *" 25 "* ]]; then
	make_databases
	database_create prod "$case_folder/03-view-closure/old.sql" >/dev/null
	churn &
	churner=$!
	await "changes under way" answers postgres \
		"SELECT count(*) > 0 FROM pg_stat_activity WHERE application_name = 'churner' AND query LIKE '%churn%'" t
	for i in 1 2 3; do
		run "$EXPORT" -q -d prod -o "$WORK/churned"
		status_is 0 "25: export $i while DDL runs"
		database_create dev
		tar xzOf "$WORK/churned/latest" schema.sql | psql -X -q -v ON_ERROR_STOP=1 -d dev >/dev/null 2>"$WORK/load.err"
		is "$?$(cat "$WORK/load.err")" 0 "25: what was read loads"
	done
	: >"$WORK/still"
	sql postgres "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'churner'" >/dev/null
	wait "$churner"
fi

done_testing
