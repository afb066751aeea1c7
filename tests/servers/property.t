#!/usr/bin/env bash
# property.t - what must hold of any schema and any edit of it: random ones, for a bounded time.
#
#   a database planned against its own snapshot: nothing to do
#   the same snapshot and production planned twice: the same bytes
#   planned, applied and planned again: nothing but what was withheld the first time
#   what is withheld for the sake of something else names what is withheld
#   no row of the catalogs changes unless a statement of the plan names what it belongs to
#   the rows that were there are there, whatever of them stands against the wish
#   nothing withheld: pg_dump -s of both says the same, but for what production alone has
#
# PGKEEL_PROPERTY_SECONDS (60) bounds the time, PGKEEL_PROPERTY_SEED (1) is the first seed, and PGKEEL_PROPERTY_COUNT (150)
# how many there are at most, so that a faster machine does not come to seeds that nobody has seen.

seconds=${PGKEEL_PROPERTY_SECONDS:-60}
first=${PGKEEL_PROPERTY_SEED:-1}
count=${PGKEEL_PROPERTY_COUNT:-150}

. "$(dirname "$0")/lib.sh"

server_start server -c autovacuum=off -c max_locks_per_transaction=512
major=$(($(sql postgres "SHOW server_version_num") / 10000))
# Superusers, so that owners may use what they own views and defaults over.
sql postgres "CREATE ROLE property_one SUPERUSER" "CREATE ROLE property_two SUPERUSER"

statements_of() {
	pg_dump -s -N pgkeel "${@:2}" "$1" | grep -v -e '^\\' -e '^--' | perl "$ROOT/tests/corpus/statements.pl"
}

state_of() {
	sql prod <"$ROOT/tests/servers/property/objects.sql" >"$folder/objects.$1"
	ROWS_BEFORE=$([ "$1" = before ] || echo "$folder/rows.before") sql prod <"$ROOT/tests/corpus/rows.sql" >"$folder/rows.$1"
}

# is_the_seed_fine SEED: 0, or 1 having told why not.
is_the_seed_fine() {
	local seed=$1 owned=() dumped=(-x -O) odd

	perl "$ROOT/tests/servers/property/generate.pl" "$seed" "$folder" "$major" || { diag "seed $seed: no schema"; return 1; }
	database_create dev
	database_create prod
	for odd in "prod old" "prod rows" "dev new"; do
		sql "${odd% *}" <"$folder/${odd#* }.sql" >/dev/null 2>"$folder/errors" ||
			{ diag "seed $seed: ${odd#* }.sql does not load:" "$(grep -v NOTICE "$folder/errors")"; return 1; }
	done
	if [ $((seed % 2)) = 0 ]; then
		owned=(--with-owner --with-privileges)
		dumped=()
	fi
	"$EXPORT" -q -d dev -o "$folder/snapshots" >/dev/null || { diag "seed $seed: no snapshot"; return 1; }
	run "$IMPORT" plan -q -d dev "$folder/snapshots" --exit-code "${owned[@]}"
	[ "$STATUS" = 0 ] || { diag "seed $seed: a database differs from its own snapshot:" "$OUT" "$ERR"; return 1; }
	for odd in 1 2; do
		"$IMPORT" plan -q -d prod "$folder/snapshots" --format json "${owned[@]}" >"$folder/plan$odd.json" ||
			{ diag "seed $seed: no plan"; return 1; }
	done
	cmp -s "$folder/plan1.json" "$folder/plan2.json" || { diag "seed $seed: two plans of the same differ"; return 1; }
	read -r steps withheld < <(perl -MJSON::PP -e 'local $/; my $s = decode_json(<STDIN>)->{summary};
		print $steps = $ARGV[0] + $s->{steps}, " ", $ARGV[1] + $s->{withheld}, "\n"' "$steps" "$withheld" <"$folder/plan1.json")
	state_of before
	run "$IMPORT" apply -q -y -d prod "$folder/snapshots" --backup none "${owned[@]}"
	[ "$STATUS" = 0 ] || { diag "seed $seed: apply: status $STATUS" "$ERR"; return 1; }
	state_of after
	run "$IMPORT" plan -q -d prod "$folder/snapshots" --exit-code --format json "${owned[@]}"
	cp "$WORK/.out" "$folder/plan3.json"
	[ "$STATUS" = 0 ] || { diag "seed $seed: something is left to do:" "$(grep '"sql"' <<<"$OUT")" "$ERR"; return 1; }
	statements_of dev "${dumped[@]}" >"$folder/dev.dump"
	statements_of prod "${dumped[@]}" >"$folder/prod.dump"
	odd=$(perl "$ROOT/tests/servers/property/judge.pl" "$folder" 2>&1;
		perl "$ROOT/tests/corpus/survived.pl" "$folder/rows.before" "$folder/rows.after")
	# The text of a row value has one comma more then.
	! grep -q 'ADD ATTRIBUTE' "$folder/plan1.json" || odd=$(grep -v '^values of' <<<"$odd")
	[ -z "$odd" ] || { diag "seed $seed:" "$odd"; return 1; }
}

tried=0
failed=0
steps=0
withheld=0
folder=$WORK/round
SECONDS=0
while [ "$tried" -lt "$count" ] && [ "$SECONDS" -lt "$seconds" ] && [ "$failed" -lt "${PGKEEL_PROPERTY_FAILURES:-5}" ]; do
	rm -rf "$folder"
	mkdir -m 755 "$folder"
	if ! is_the_seed_fine $((first + tried)); then
		failed=$((failed + 1))
		[ -z "${PGKEEL_PROPERTY_KEEP:-}" ] || cp -r "$folder" "$PGKEEL_PROPERTY_KEEP/$((first + tried))"
	fi
	tried=$((tried + 1))
done
diag "$tried schemas from seed $first on: $steps statements, $withheld changes withheld"
is "$failed" 0 "every property held of every schema"
# A generator whose edits do nothing would prove nothing.
[ "$steps" -ge "$tried" ]
ok $? "there was something to do"
done_testing
