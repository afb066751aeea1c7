#!/usr/bin/env bash
# edits.t - attribute by attribute: databases that differ in one thing that pg_dump can say, there and back again.
# data/edits.sql holds the pairs; each has a schema of its own, so that one run of apply does them all.

. "$(dirname "$0")/lib.sh"

server_start
major=$(($(sql postgres 'SHOW server_version_num') / 10000))
options=(--with-owner --with-privileges)
dumps=true
[ "$major" -le "$(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" ] || dumps=false

edits() {
	perl "$ROOT/tests/servers/edits.pl" "$@"
}

edits split "$ROOT/tests/servers/data/edits.sql" "$major" "$WORK"
sql postgres 'CREATE ROLE "edit owner" SUPERUSER' 'CREATE ROLE "role a"' 'CREATE ROLE "role b"' 'CREATE ROLE "role c"' \
	'CREATE ROLE "role d"'
for database in base edited base_again edited_again; do
	sql postgres "CREATE DATABASE $database TEMPLATE template0"
	sql "$database" <"$WORK/${database%_again}.sql" >"$WORK/load.out" 2>"$WORK/load.err" ||
		bail_out "$(tail -n 1 "$WORK/load.out"): $(cat "$WORK/load.err")"
done

dumped() {
	pg_dump -s -N pgkeel -d "$1" >"$WORK/$1.dump" 2>"$WORK/dump.err" || bail_out "$(cat "$WORK/dump.err")"
}

# carried DIRECTION DEV PROD
carried() {
	local verdict name why arguments=()

	run "$EXPORT" -q -d "$2" -o "$WORK/$1"
	status_is 0 "$1: exported"
	run "$IMPORT" apply -q -d "$3" "$WORK/$1" "${options[@]}" --backup none --yes
	status_is 0 "$1: applied"
	run "$IMPORT" plan -q -d "$3" "$WORK/$1" "${options[@]}"
	printf '%s\n' "$OUT" >"$WORK/$1.plan"
	unlike "$OUT" 'steps? in' "$1: planned again there is nothing to do"
	if $dumps; then
		dumped "$2"
		dumped "$3"
		arguments=("$WORK/$2.dump" "$WORK/$3.dump")
	fi
	while IFS=$'\t' read -r verdict name why; do
		[ "$verdict" = ok ]
		ok $? "$1: $name" || diag "$why"
	done < <(edits judge "$WORK" "$1" "$WORK/$1.plan" "${arguments[@]}")
}

if $dumps; then
	dumped base
	dumped edited
	is "$(edits visible "$WORK" "$WORK/base.dump" "$WORK/edited.dump")" "" "pg_dump sees every edit"
fi
carried forward edited base
carried back base_again edited_again

# A subscription keeps its database.
for database in base edited base_again edited_again; do
	sql "$database" 'SET allow_system_table_mods = on' 'DELETE FROM pg_subscription' 2>/dev/null
done

done_testing
