#!/usr/bin/env bash
# newer.t - servers of a version that nobody here has heard of, and of one that is too old: they are what they are, but
# version_proxy.pl reports another version.  A newer one is worked with, with a warning; an older one is refused.

. "$(dirname "$0")/lib.sh"

command -v perl >/dev/null || skip_all "there is no perl to stand before the server"
# What a newer one is asked for the newest has to have.
unset PGKEEL_TEST_VERSION
cluster_bindir 18 >/dev/null 2>&1 || cluster_fetch 18 >"$WORK/fetch" 2>&1 ||
	skip_all "no server of PostgreSQL 18: $(tail -n 1 "$WORK/fetch")"
server_start server --version 18
REAL=$PGHOST
database_create dev "$ROOT/tests/servers/data/versions.sql" >/dev/null
database_create copy "$ROOT/tests/servers/data/versions.sql" >/dev/null
# What 18 before 18.5 cannot attach to a partitioned table's would be withheld, with that reason: versions.t.
for database in dev copy; do
	sql "$database" 'ALTER TABLE app.booking DROP CONSTRAINT booking_once' 'ALTER TABLE app.reading DROP CONSTRAINT reading_once'
done

# proxy VERSION: from here on PGHOST is a server that reports it.
proxy() {
	mkdir -p "$WORK/as$1"
	perl "$ROOT/tests/servers/version_proxy.pl" "$WORK/as$1" "$REAL" "$1" &
	at_exit "kill $! 2>/dev/null"
	PGHOST=$WORK/as$1
	await "the server that says it is $1" answers dev 'SELECT 1' 1
}

export PGHOST
proxy 20beta1
is "$(psql -X -A -t -d dev -c '\echo :SERVER_VERSION_NAME')" 20beta1 "the server reports PostgreSQL 20"
run "$EXPORT" -d dev -o "$WORK/of20"
status_is 0 "its schema is exported"
like "$ERR" "warning: the server \(PostgreSQL 20\) is newer than pgkeel knows" "with a warning"
run "$IMPORT" plan -d copy "$WORK/of20" --exit-code
status_is 0 "planned against a copy there, nothing is to do"
like "$ERR" "warning: production \(PostgreSQL 20\) is newer than pgkeel knows" "with a warning"

PGHOST=$REAL
run "$IMPORT" plan -q -d copy "$WORK/of20" --exit-code --strict
status_is 0 "its snapshot plans nothing, and withholds nothing, on a copy on an older server"
database_create empty
run "$IMPORT" apply -q -d empty "$WORK/of20" --backup none
status_is 0 "its snapshot is applied to an empty database of an older server"
run "$IMPORT" plan -q -d empty "$WORK/of20" --exit-code --strict
status_is 0 "after which nothing is left to do"
run "$EXPORT" -q -d dev -o "$WORK/real"

PGHOST=$WORK/as20beta1
database_create empty
run "$IMPORT" apply -d empty "$WORK/real" --backup none
status_is 0 "the snapshot of a known version is applied to an unknown one"
like "$ERR" "warning: production \(PostgreSQL 20\) is newer" "with a warning"
run "$IMPORT" plan -q -d empty "$WORK/real" --exit-code --strict
status_is 0 "after which nothing is left to do there"

proxy 12.22
run "$EXPORT" -d dev -o "$WORK/of12"
status_is 1 "PostgreSQL 12 is not exported"
like "$ERR" "older than PostgreSQL 13" "and told why"
run "$IMPORT" plan -d copy "$WORK/real"
status_is 1 "nor planned for"
like "$ERR" "older than PostgreSQL 13" "and told why"

done_testing
