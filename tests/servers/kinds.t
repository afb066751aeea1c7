#!/usr/bin/env bash
# kinds.t - a schema with at least one object of every kind, under hostile names: exported, loaded, applied, compared.

. "$(dirname "$0")/lib.sh"

server_start
SNAPSHOTS=$WORK/snapshots

exported() {
	run "$EXPORT" -d "$1" -o "$WORK/$2"
	status_is 0 "$1 is exported"
	mkdir -p "$WORK/$2.x"
	tar xzf "$WORK/$2/latest" -C "$WORK/$2.x"
}

member_of() {
	sed -n "s/.*\"$2\": *\"\{0,1\}\([^\",]*\).*/\1/p" "$WORK/$1.x/manifest.json" | head -n 1
}

# What pg_dump says of the statements, in no order: schema.sql has an order of its own.
statements_of() (
	set -o pipefail
	pg_dump -s "${@:2}" -d "$1" | sed -e '/^--/d' -e "s/ password=sesame'/'/" -e "/^    password 'sesame',\$/d" -e '/^\\\(un\)\{0,1\}restrict /d' -e '/^$/d' | sort
)

# dumps_are_same A B NAME [options of pg_dump…]
dumps_are_same() {
	local a=$1 b=$2 name=$3

	shift 3
	if [ "$(sql postgres "SHOW server_version_num")" -ge "$(($(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/') * 10000 + 10000))" ]; then
		pass "$name # SKIP pg_dump is older than the server"
		return
	fi
	statements_of "$a" "$@" >"$WORK/a.dump" 2>"$WORK/dump.err" && statements_of "$b" -N pgkeel "$@" >"$WORK/b.dump" 2>>"$WORK/dump.err"
	ok $? "$name: both can be dumped" || diag "$(cat "$WORK/dump.err")"
	[ "$(wc -l <"$WORK/a.dump")" -gt 300 ]
	ok $? "$name: the dump is a whole one"
	is "$(diff "$WORK/a.dump" "$WORK/b.dump")" "" "$name"
}

psql -X -q -d postgres -c 'CREATE DATABASE dev TEMPLATE template0' -c 'CREATE DATABASE loaded TEMPLATE template0' \
	-c 'CREATE DATABASE prod TEMPLATE template0'
psql -X -q -v ON_ERROR_STOP=1 -d dev -f "$ROOT/tests/servers/data/every-kind.sql" >/dev/null 2>"$WORK/load.err" ||
	bail_out "every-kind.sql: $(cat "$WORK/load.err")"

exported dev snapshots
unlike "$ERR" 'not handled' "nothing is left unmodelled"
missing=
while read -r kind; do
	# An archive has a member for every kind that has an object.
	[ -s "$WORK/snapshots.x/catalog/$kind.tsv" ] || missing="$missing $kind"
done < <(sed -n 's/^KIND(\(.*\))$/\1/p' "$ROOT/common/kinds/kinds.def")
if [ "$(sql dev "SELECT current_setting('server_version_num')::int >= 150000")" = t ]; then
	is "$missing" "" "the schema has an object of every kind"
else
	is "$missing" " publication_schema" "the schema has an object of every kind that this version has"
fi
grep -rq 'sesame' "$WORK/snapshots.x"
is $? 1 "no secret is in the snapshot"

psql -X -q -v ON_ERROR_STOP=1 -d loaded -f "$WORK/snapshots.x/schema.sql" >/dev/null 2>"$WORK/load.err"
ok $? "schema.sql loads into an empty database" || diag "$(grep -v WARNING "$WORK/load.err")"
exported loaded loaded
is "$(member_of loaded fingerprint)" "$(member_of snapshots fingerprint)" "and gives the same fingerprint" ||
	diag "$(diff -r "$WORK/snapshots.x/catalog" "$WORK/loaded.x/catalog" | head -n 20)"
dumps_are_same dev loaded "pg_dump sees the same in both" -O -x

run "$IMPORT" apply -q -d prod "$SNAPSHOTS" --with-owner --with-privileges --backup none --yes
status_is 0 "all of it is applied to an empty database"
run "$IMPORT" plan -d prod "$SNAPSHOTS" --with-owner --with-privileges --exit-code
status_is 0 "and planned again there is nothing to do"
dumps_are_same dev prod "pg_dump sees the same, owners and privileges too"

# --- changes of the kinds that have ways of their own ---

psql -X -q -v ON_ERROR_STOP=1 -d dev >/dev/null 2>"$WORK/load.err" <<'SQL' || bail_out "$(cat "$WORK/load.err")"
SET client_min_messages = error;
SET search_path = "S'1";
ALTER SERVER "ser ver" VERSION '2' OPTIONS (SET host 'h2', DROP "po rt", ADD fresh 'a''b');
ALTER FOREIGN DATA WRAPPER "wrap per" OPTIONS (DROP plain);
ALTER USER MAPPING FOR PUBLIC SERVER "ser 2" OPTIONS (SET user 'another', ADD password 'sesame');
ALTER FOREIGN TABLE "for eign" OPTIONS (SET "tab le" 't2'), ALTER a OPTIONS (SET "col name" 'B'), ADD COLUMN c date OPTIONS (x 'y');
ALTER TEXT SEARCH DICTIONARY "dict'1" (accept = true);
ALTER TEXT SEARCH DICTIONARY "dict 2" (stopwords);
ALTER TEXT SEARCH CONFIGURATION "con fig" DROP MAPPING FOR int;
ALTER TEXT SEARCH CONFIGURATION "con fig" ADD MAPPING FOR uint WITH simple;
ALTER TEXT SEARCH CONFIGURATION "con fig" ALTER MAPPING FOR word WITH "dict 2";
ALTER PUBLICATION "every table" SET (publish = 'delete');
ALTER SUBSCRIPTION "sub scribed" SET PUBLICATION other WITH (refresh = false);
ALTER TYPE "num ""b" SET (SEND = NONE);
ALTER OPERATOR < ("num ""b", "num ""b") SET (RESTRICT = NONE);
DROP CONVERSION "con v";
CREATE CONVERSION "con v" FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8;
CREATE OR REPLACE TRANSFORM FOR "num ""b" LANGUAGE "pl X" (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal));
CREATE OR REPLACE TRUSTED LANGUAGE "pl X" HANDLER pg_catalog.plpgsql_call_handler;
CREATE OR REPLACE AGGREGATE "ma'x"("num ""b") (SFUNC = "num larger", STYPE = "num ""b", INITCOND = '1');
CREATE OR REPLACE RULE "ru le" AS ON DELETE TO "vi ew" DO INSTEAD SELECT 1;
DROP CAST (integer AS "num ""b");
CREATE CAST (integer AS "num ""b") WITHOUT FUNCTION AS IMPLICIT;
ALTER EVENT TRIGGER "event tri" DISABLE;
ALTER STATISTICS "sta ts" SET STATISTICS -1;
ALTER DEFAULT PRIVILEGES IN SCHEMA "S'1" REVOKE GRANT OPTION FOR SELECT ON TABLES FROM pg_monitor;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO pg_monitor;
COMMENT ON SERVER "ser ver" IS NULL;
REVOKE USAGE ON FOREIGN SERVER "ser ver" FROM pg_monitor;
SQL
sleep 1
exported dev snapshots
run "$IMPORT" plan -d prod "$SNAPSHOTS" --with-owner --with-privileges
unlike "$OUT" 'not made automatically' "every change has been judged"
run "$IMPORT" apply -q -d prod "$SNAPSHOTS" --with-owner --with-privileges --backup none --yes
status_is 0 "changes are applied"
run "$IMPORT" plan -d prod "$SNAPSHOTS" --with-owner --with-privileges --exit-code
status_is 0 "planned again there is nothing to do" || diag "$OUT"
like "$OUT" 'database setting work_mem: settings of a database are changed only on request' "a setting is withheld"
like "$OUT" 'set its option password by hand' "a password is asked for"
unlike "$OUT$ERR" sesame "and not told"
like "$OUT" '2 withheld' "and nothing else"

dumps_are_same dev prod "pg_dump sees the same but for the password"

# --- a role that may only connect ---

sql dev 'CREATE ROLE guest LOGIN'
PGUSER=guest exported dev guest
is "$(diff -rq "$WORK/snapshots.x/catalog" "$WORK/guest.x/catalog" | grep -v 'user_mapping\.tsv')" "" \
	"a guest gets the same but for the options of user mappings"

done_testing
