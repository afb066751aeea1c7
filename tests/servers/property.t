#!/usr/bin/env bash
# property.t - what must hold of any schema and any edit of it: random ones, for a bounded time.
#
#   a database planned against its own snapshot: nothing to do
#   the same snapshot and production planned twice: the same bytes
#   planned, applied and planned again: nothing but the withheld
#   what the plan does not name is as it was, as pg_dump sees it
#   the rows that were there are there
#
# PGKEEL_PROPERTY_SECONDS (60) bounds the time, PGKEEL_PROPERTY_SEED repeats one schema.

seconds=${PGKEEL_PROPERTY_SECONDS:-60}
seed=${PGKEEL_PROPERTY_SEED:-}

. "$(dirname "$0")/lib.sh"

server_start
first=${seed:-$(date +%s)}
diag "seed $first"

# blocks DUMP: one line for each object of a dump: "name|type|digest of its statements".
blocks() {
	perl -MDigest::MD5=md5_hex -e '
		local $/; my ($text) = <STDIN>;
		for (split /^--\n-- (?=Name: )/m, $text) {
			next unless /^Name: (.*); Type: (.*?); Schema: (.*?); Owner: [^\n]*\n--\n(.*)/s;
			my ($name, $type, $body) = ($1, $2, $4);
			$body =~ s/^-- PostgreSQL database dump complete.*//ms;
			my @lines = grep { /\S/ && !/^(--|\\(un)?restrict |SET )/ } split /\n/, $body;
			print "$name|$type|", md5_hex(join "\n", @lines), "\n";
		}' | sort
}

# untouched PLAN BEFORE AFTER: objects that changed and that no step of the plan names.
untouched() {
	perl -MJSON::PP -e '
		my ($plan, @dumps) = @ARGV;
		my %named;
		open my $file, "<", $plan or die; local $/;
		for my $group (@{ decode_json(<$file>)->{groups} }) {
			for my $step (@{ $group->{steps} }) { $named{ $_ =~ tr/"//dr } = 1 for @{ $step->{identity} } }
		}
		$/ = "\n";
		my @seen;
		for my $i (0, 1) {
			open my $dump, "<", $dumps[$i] or die;
			while (<$dump>) { chomp; my ($name, $type, $digest) = /^(.*)\|(.*)\|(.*)$/; $seen[$i]{"$name|$type"} = $digest }
		}
		for my $key (sort keys %{ { %{ $seen[0] }, %{ $seen[1] } } }) {
			next if ($seen[0]{$key} // "") eq ($seen[1]{$key} // "");
			# "table constraint", "COLUMN table.column", "function(types)": pg_dump quotes some of the names.
			my ($name) = $key =~ tr/"//dr =~ tr/.(/  /r =~ /^(.*)\|/;
			# The sequence of an identity comes with its table.
			my $names = " $name " . ($name =~ s/_id_seq\b//r) . " ";
			next if grep { index($names, " $_ ") >= 0 } grep { $_ ne "s" } keys %named;
			print "$key\n";
		}' "$1" "$2" "$3"
}

# rows DATABASE: the number of rows of each table, and a checksum of the column that no edit touches.
rows() {
	sql "$1" "SELECT format('SELECT %L, count(*), sum(id) FROM s.%I', relname, relname)
		FROM pg_class WHERE relkind = 'r' AND relnamespace = 's'::regnamespace ORDER BY 1" |
		while IFS= read -r statement; do sql "$1" "$statement"; done
}

# one_round SEED
one_round() {
	local seed=$1 folder=$WORK/round before after odd

	rm -rf "$folder"
	mkdir -m 755 "$folder"
	perl "$ROOT/tests/servers/data/property.pl" "$seed" "$folder" || bail_out "the generator failed (seed $seed)"
	database_create dev "$folder/new.sql" 2>/dev/null
	database_create prod "$folder/old.sql" 2>/dev/null
	sql prod <"$folder/rows.sql" || bail_out "the rows do not fit (seed $seed)"
	sql prod "SELECT format('REFRESH MATERIALIZED VIEW s.%I;', relname) FROM pg_class WHERE relkind = 'm'" | sql prod
	"$EXPORT" -q -d dev -o "$folder/snapshots" >/dev/null || bail_out "the export failed (seed $seed)"
	run "$IMPORT" plan -q -d dev "$folder/snapshots" --exit-code
	[ "$STATUS" = 0 ] || { diag "seed $seed: a database differs from its own snapshot:" "$OUT" "$ERR"; return 1; }
	for odd in 1 2; do
		"$IMPORT" plan -q -d prod "$folder/snapshots" --format json >"$folder/plan$odd.json" ||
			{ diag "seed $seed: no plan"; return 1; }
	done
	cmp -s "$folder/plan1.json" "$folder/plan2.json" || { diag "seed $seed: two plans of the same differ"; return 1; }
	steps=$((steps + $(perl -MJSON::PP -e 'local $/; print decode_json(<STDIN>)->{summary}{steps}' <"$folder/plan1.json")))
	pg_dump -s -n s -d prod | blocks >"$folder/before"
	before=$(rows prod)
	run "$IMPORT" apply -q -d prod "$folder/snapshots" --backup none
	[ "$STATUS" = 0 ] || { diag "seed $seed: apply: status $STATUS" "$ERR"; return 1; }
	run "$IMPORT" plan -q -d prod "$folder/snapshots" --exit-code
	[ "$STATUS" = 0 ] || { diag "seed $seed: something is left to do:" "$OUT" "$ERR"; return 1; }
	pg_dump -s -n s -d prod | blocks >"$folder/after"
	odd=$(untouched "$folder/plan1.json" "$folder/before" "$folder/after")
	[ -z "$odd" ] || { diag "seed $seed: changed and not named in the plan:" "$odd"; return 1; }
	after=$(rows prod)
	odd=$(comm -23 <(sort <<<"$before") <(sort <<<"$after"))
	[ -z "$odd" ] || { diag "seed $seed: rows before: $odd" "rows after: $after"; return 1; }
}

rounds=0
failed=0
steps=0
seed=$first
SECONDS=0
while :; do
	one_round "$seed" || failed=$((failed + 1))
	rounds=$((rounds + 1))
	if [ -n "${PGKEEL_PROPERTY_SEED:-}" ] || [ "$SECONDS" -ge "$seconds" ] || [ "$failed" -ge 5 ]; then
		break
	fi
	seed=$((seed + 1))
done
diag "$rounds schemas, seeds $first to $seed"
is "$failed" 0 "every property held of every schema"
# A generator whose edits do nothing would prove nothing.
[ -n "${PGKEEL_PROPERTY_SEED:-}" ] || [ "$steps" -ge "$rounds" ]
ok $? "there was something to do: $steps statements"
done_testing
