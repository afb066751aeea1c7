#!/usr/bin/env bash
# catalogs.t - nothing that a server or pg_dump has is forgotten: data/catalogs.txt speaks of every column of every
# catalog, data/pg_dump_entries.txt of every sort of entry of pg_dump, and what they say is so.

. "$(dirname "$0")/lib.sh"

unset PGKEEL_TEST_VERSION
judge() {
	perl "$ROOT/tests/servers/catalogs.pl" "$@"
}

columns=()
for version in $(cluster_versions | sort -n); do
	server_start "v$version" --version "$version" || bail_out "PostgreSQL $version did not start"
	sql postgres "SELECT c.relname || ' ' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND a.attnum > 0" >"$WORK/columns.$version"
	[ "$(wc -l <"$WORK/columns.$version")" -gt 500 ]
	ok $? "PostgreSQL $version lists its catalogs"
	is "$(judge columns "$ROOT" "$version=$WORK/columns.$version")" "" "catalogs.txt speaks of all of them"
	columns+=("$version=$WORK/columns.$version")
	server_stop "v$version"
done
[ ${#columns[@]} -gt 0 ] || skip_all "no PostgreSQL server is installed"
is "$(judge columns "$ROOT" "${columns[@]}")" "" "catalogs.txt speaks of nothing else"

# The rules are rules.
root=$WORK/root
mkdir -p "$root/tests/servers/data"
ln -s "$ROOT/common" "$root/common"
any=${columns[0]}
judge_with() { # sed's script
	sed "$1" "$ROOT/tests/servers/data/catalogs.txt" >"$root/tests/servers/data/catalogs.txt"
	judge columns "$root" "$any"
}
like "$(judge_with '/^pg_cast /s/castfunc //')" 'PostgreSQL [0-9]+ has pg_cast castfunc, of which nothing is said' "a column that no line names is told"
like "$(judge_with '/^pg_cast /s/< cast/< caste/')" 'caste is no kind' "so is a kind that does not exist"
like "$(judge_with '/^pg_cast /s/< cast/< table/')" 'table.sql does not read pg_cast.oid' "and one that does not read it"
like "$(judge_with '/ by pg_get_ruledef/s/ruledef/ruled/')" 'rule.sql does not read pg_get_ruled on' "and a function that is not asked"

server_start dumped
psql -X -q -v ON_ERROR_STOP=1 -d postgres -f "$ROOT/tests/servers/data/every-kind.sql" >/dev/null 2>"$WORK/load.err" ||
	bail_out "every-kind.sql: $(cat "$WORK/load.err")"
major=$(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
if [ $(($(sql postgres 'SHOW server_version_num') / 10000)) -gt "$major" ]; then
	pass "pg_dump_entries.txt # SKIP pg_dump is older than the server"
else
	pg_dump -Fc -C -d postgres -f "$WORK/dump" && pg_restore -l "$WORK/dump" >"$WORK/list"
	ok $? "every kind of object is dumped and listed"
	is "$(judge entries "$ROOT" "$major" "$WORK/list")" "" "pg_dump_entries.txt speaks of all entries"
fi

done_testing
