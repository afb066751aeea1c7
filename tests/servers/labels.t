#!/usr/bin/env bash
# labels.t - security labels on every sort of object that SECURITY LABEL takes, with a provider of our own.

. "$(dirname "$0")/lib.sh"

server=$(cluster_bindir "${PGKEEL_TEST_VERSION:-}") || bail_out "no server"
major=$(cluster_major_of "$server")
include=/usr/include/postgresql/$major/server

if [ ! -f "$include/postgres.h" ] || ! command -v gcc >/dev/null; then
	printf '1..0 # SKIP postgresql-server-dev-%s or gcc is missing\n' "$major"
	exit 0
fi
if ! gcc -O1 -fPIC -shared -w -I "$include" -o "$WORK/label_provider.so" "$ROOT/tests/servers/data/label_provider.c" 2>"$WORK/cc.err"; then
	printf '1..0 # SKIP the label provider does not compile: %s\n' "$(head -n 1 "$WORK/cc.err")"
	exit 0
fi

server_start server -c "shared_preload_libraries=$WORK/label_provider.so"
psql -X -q -d postgres -c 'CREATE DATABASE dev TEMPLATE template0' -c 'CREATE DATABASE prod TEMPLATE template0' \
	-c 'CREATE DATABASE bare TEMPLATE template0'

labels="SELECT provider, objtype, objname, label FROM pg_seclabels
	WHERE objtype NOT IN ('role', 'database', 'tablespace', 'subscription') ORDER BY 1, 2, 3"

in_dev() {
	psql -X -q -v ON_ERROR_STOP=1 -d dev -f - >/dev/null 2>"$WORK/sql.err" || bail_out "$(cat "$WORK/sql.err")"
}

# applied_to DATABASE NAME [options of apply…]
applied_to() {
	local database=$1 name=$2

	shift 2
	rm -rf "$WORK/snapshots"
	run "$EXPORT" -q -d dev -o "$WORK/snapshots"
	status_is 0 "$name: exported"
	run "$IMPORT" apply -q -d "$database" "$WORK/snapshots" "$@" --backup none --yes
	status_is 0 "$name: applied" || diag "$ERR"
	run "$IMPORT" plan -q -d "$database" "$WORK/snapshots" "$@" --exit-code
	status_is 0 "$name: planned again there is nothing to do" || diag "$OUT"
}

in_dev <<'SQL'
CREATE SCHEMA "sche ma";
CREATE TABLE t (a integer, "b b" text);
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE SEQUENCE s;
CREATE TABLE i (id integer GENERATED ALWAYS AS IDENTITY);
CREATE TYPE e AS ENUM ('x');
CREATE TYPE c AS (x integer);
CREATE DOMAIN d AS integer;
CREATE TYPE r AS RANGE (SUBTYPE = integer);
CREATE FUNCTION f(integer, text) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE g(integer) (SFUNC = int4pl, STYPE = integer);
CREATE LANGUAGE l HANDLER plpgsql_call_handler;
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER fs FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE ft (a integer) SERVER fs;
CREATE PUBLICATION "pub lication";
CREATE SUBSCRIPTION sub CONNECTION 'host=redacted.invalid' PUBLICATION x WITH (connect = false, slot_name = NONE);
CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER evt ON ddl_command_end EXECUTE FUNCTION ev();
SECURITY LABEL FOR tester ON SCHEMA "sche ma" IS 'schema';
SECURITY LABEL FOR tester ON TABLE t IS 'ta''ble';
SECURITY LABEL FOR "second one" ON TABLE t IS 'another';
SECURITY LABEL FOR tester ON COLUMN t."b b" IS 'column';
SECURITY LABEL FOR tester ON VIEW v IS 'view';
SECURITY LABEL FOR tester ON COLUMN v.a IS 'column of a view';
SECURITY LABEL FOR tester ON MATERIALIZED VIEW m IS 'materialized view';
SECURITY LABEL FOR tester ON SEQUENCE s IS 'sequence';
SECURITY LABEL FOR tester ON SEQUENCE i_id_seq IS 'sequence of an identity';
SECURITY LABEL FOR tester ON TYPE e IS 'enum';
SECURITY LABEL FOR tester ON TYPE c IS 'composite';
SECURITY LABEL FOR tester ON DOMAIN d IS 'domain';
SECURITY LABEL FOR tester ON TYPE r IS 'range';
SECURITY LABEL FOR tester ON FUNCTION f(integer, text) IS 'function';
SECURITY LABEL FOR tester ON PROCEDURE p() IS 'procedure';
SECURITY LABEL FOR tester ON AGGREGATE g(integer) IS 'aggregate';
SECURITY LABEL FOR tester ON LANGUAGE l IS 'language';
SECURITY LABEL FOR tester ON FOREIGN TABLE ft IS 'foreign table';
SECURITY LABEL FOR tester ON COLUMN ft.a IS 'its column';
SECURITY LABEL FOR tester ON PUBLICATION "pub lication" IS 'publication';
SECURITY LABEL FOR tester ON SUBSCRIPTION sub IS 'subscription';
SECURITY LABEL FOR tester ON EVENT TRIGGER evt IS 'event trigger';
SQL
applied_to prod "new objects" --with-owner --with-privileges
is "$(sql prod "$labels")" "$(sql dev "$labels")" "each has its label"
is "$(sql prod "SELECT count(*) FROM pg_seclabel")" 21 "and that many there are"
is "$(sql prod "SELECT l.label FROM pg_shseclabel l JOIN pg_subscription s ON s.oid = l.objoid
	JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = 'prod'")" subscription "a subscription has one, too"
applied_to bare "without the option"
is "$(sql bare "$labels")" "" "no label is set"

in_dev <<'SQL'
SECURITY LABEL FOR tester ON TABLE t IS NULL;
SECURITY LABEL FOR "second one" ON TABLE t IS 'an"other';
SECURITY LABEL FOR "second one" ON COLUMN t.a IS 'new';
SECURITY LABEL FOR tester ON COLUMN t."b b" IS NULL;
SECURITY LABEL FOR tester ON VIEW v IS 'changed';
SECURITY LABEL FOR tester ON SEQUENCE i_id_seq IS 'changed';
SECURITY LABEL FOR tester ON FUNCTION f(integer, text) IS NULL;
CREATE OR REPLACE VIEW v AS SELECT a, "b b" FROM t;
SQL
applied_to prod "changed labels" --with-owner --with-privileges
is "$(sql prod "$labels")" "$(sql dev "$labels")" "labels change, go and come"

in_dev <<'SQL'
DROP VIEW v;
DROP MATERIALIZED VIEW m;
ALTER TABLE t ALTER a TYPE bigint;
CREATE VIEW v AS SELECT a, "b b" FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
SECURITY LABEL FOR tester ON VIEW v IS 'changed';
SECURITY LABEL FOR tester ON COLUMN v.a IS 'column of a view';
SECURITY LABEL FOR tester ON MATERIALIZED VIEW m IS 'materialized view';
SQL
applied_to prod "views made again without the option"
is "$(sql prod "$labels")" "$(sql dev "$labels")" "what is made again keeps its labels"

if [ "$major" -le "$(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" ]; then
	for database in dev prod; do
		pg_dump -s -N pgkeel -d "$database" | grep '^SECURITY LABEL' | sort >"$WORK/$database.dump"
	done
	is "$(diff "$WORK/dev.dump" "$WORK/prod.dump")" "" "pg_dump sees the same labels"
fi

done_testing
