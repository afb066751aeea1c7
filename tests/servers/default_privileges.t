#!/usr/bin/env bash
# default_privileges.t - what ALTER DEFAULT PRIVILEGES of production gives and takes: a new object has the snapshot's privileges all the
# same; and the default privileges themselves, of roles and of schemas, there and back.

. "$(dirname "$0")/lib.sh"

server_start
major=$(($(sql postgres 'SHOW server_version_num') / 10000))
sql postgres 'CREATE ROLE "role a"' 'CREATE ROLE "role b"' 'CREATE ROLE "role c"' 'CREATE ROLE "role d"'

# What any database may have said before; none of it is the objects' own.
nothing='SELECT 1'
wider='ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO "role a";
ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO "role a";
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO "role a" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO "role b";
ALTER DEFAULT PRIVILEGES GRANT CREATE ON SCHEMAS TO "role b"'
[ "$major" -lt 18 ] || wider="$wider; ALTER DEFAULT PRIVILEGES GRANT SELECT ON LARGE OBJECTS TO \"role b\""
of_schema='ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT ALL ON TABLES TO "role a" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT ALL ON SEQUENCES TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT EXECUTE ON FUNCTIONS TO "role b";
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT USAGE ON TYPES TO "role b";
ALTER DEFAULT PRIVILEGES FOR ROLE "role c" GRANT SELECT ON TABLES TO "role d";
ALTER DEFAULT PRIVILEGES FOR ROLE "role c" IN SCHEMA s GRANT INSERT ON TABLES TO "role d"'
narrower='ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM postgres;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM postgres;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM postgres, PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM postgres, PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SCHEMAS FROM postgres;
ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO postgres'

objects() {
	cat <<'SQL'
SET search_path = s;
CREATE SCHEMA n;
CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY, b serial);
CREATE TABLE t2 (a integer);
GRANT SELECT ON t2 TO "role a";
GRANT UPDATE (a) ON t2 TO "role b";
CREATE TABLE t3 (a integer);
REVOKE ALL ON t3 FROM postgres;
CREATE TABLE p (a integer) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE VIEW v AS SELECT 1 AS a;
GRANT SELECT ON v TO PUBLIC;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE SEQUENCE q;
GRANT USAGE ON SEQUENCE q TO "role a" WITH GRANT OPTION;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS integer LANGUAGE sql AS 'SELECT 1';
REVOKE ALL ON FUNCTION f2() FROM PUBLIC, postgres;
GRANT EXECUTE ON FUNCTION f2() TO "role a";
CREATE PROCEDURE pr() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE ag(integer) (SFUNC = int4pl, STYPE = integer);
CREATE TYPE e AS ENUM ('a');
REVOKE ALL ON TYPE e FROM PUBLIC;
CREATE DOMAIN d AS integer;
CREATE TYPE c AS (a integer);
CREATE TYPE r AS RANGE (SUBTYPE = integer);
CREATE TYPE shell;
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER w FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE ft (a integer) SERVER w;
CREATE TABLE o1 (a integer);
ALTER TABLE o1 OWNER TO "role c";
GRANT SELECT ON o1 TO "role a";
CREATE FUNCTION o2() RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER FUNCTION o2() OWNER TO "role c";
CREATE SCHEMA o3 AUTHORIZATION "role c";
SQL
}

databases() {
	local database

	for database in dev prod; do
		sql postgres "SET client_min_messages = error" "DROP DATABASE IF EXISTS $database" "CREATE DATABASE $database TEMPLATE template0"
		sql "$database" 'CREATE SCHEMA s'
	done
}

privileges_of() {
	pg_dump -s -N pgkeel -d "$1" | grep -E '^(GRANT|REVOKE|ALTER .* OWNER TO)' | sort
}

defaults_of() {
	sql "$1" 'SELECT pg_get_userbyid(defaclrole), COALESCE(nspname, $$-$$), defaclobjtype, a.grantee::regrole::text, a.privilege_type, a.is_grantable
		FROM pg_default_acl LEFT JOIN pg_namespace n ON n.oid = defaclnamespace, aclexplode(defaclacl) a ORDER BY 1, 2, 3, 4, 5'
}

# applied NAME [OPTION…]
applied() {
	local name=$1

	shift
	rm -rf "$WORK/snapshots"
	run "$EXPORT" -q -d dev -o "$WORK/snapshots"
	run "$IMPORT" apply -q -d prod "$WORK/snapshots" --with-privileges "$@" --backup none --yes
	status_is 0 "$name: applied"
	run "$IMPORT" plan -q -d prod "$WORK/snapshots" --with-privileges "$@" --exit-code
	status_is 0 "$name: planned again there is nothing to do" || diag "$OUT"
}

dumps=true
[ "$major" -le "$(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" ] || dumps=false

for production in nothing wider of_schema narrower; do
	for development in nothing wider of_schema narrower; do
		databases
		sql prod "${!production}" >/dev/null
		sql dev "${!development}" >/dev/null
		objects | sql dev
		name="$development into $production"
		applied "$name" --with-owner
		! $dumps || is "$(diff <(privileges_of dev) <(privileges_of prod))" "" "$name: each object has the snapshot's privileges"
		[ $production != nothing ] ||
			is "$(diff <(defaults_of dev) <(defaults_of prod))" "" "$name: and the next ones will"
	done
done

# --- what production gives to the one who is the owner ---

of_owner='ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO "role c";
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO "role c";
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO "role c";
ALTER DEFAULT PRIVILEGES FOR ROLE "role c" GRANT SELECT ON TABLES TO postgres'
for owner in --with-owner ''; do
	databases
	sql prod "$of_owner" >/dev/null
	objects | sql dev
	applied "to the owner $owner" ${owner:+"$owner"}
	! $dumps || is "$(pg_dump -s -t s.t -d prod | grep -E '^(GRANT|REVOKE)')" "" "to the owner $owner: who has what owners have"
	[ -z "$owner" ] || ! $dumps ||
		is "$(diff <(privileges_of dev) <(privileges_of prod))" "" "to the owner: each object has the snapshot's privileges"
done

# --- from one state to another ---

changed='ALTER DEFAULT PRIVILEGES GRANT SELECT, UPDATE ON TABLES TO "role a" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES REVOKE INSERT ON TABLES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SEQUENCES TO "role b";
ALTER DEFAULT PRIVILEGES REVOKE GRANT OPTION FOR EXECUTE ON FUNCTIONS FROM "role a";
ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE CREATE ON SCHEMAS FROM postgres;
ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE TRUNCATE ON TABLES FROM "role a";
ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE USAGE ON SEQUENCES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE "role c" IN SCHEMA s GRANT SELECT ON TABLES TO "role d"'
[ "$major" -lt 18 ] || changed="$changed; ALTER DEFAULT PRIVILEGES GRANT UPDATE ON LARGE OBJECTS TO \"role b\""
for direction in forward back; do
	databases
	sql dev "$wider" "$of_schema" >/dev/null
	sql prod "$wider" "$of_schema" >/dev/null
	[ $direction = forward ] && database=dev || database=prod
	sql $database "$changed" >/dev/null
	isnt "$(defaults_of dev)" "$(defaults_of prod)" "$direction: the two differ"
	applied "$direction"
	is "$(diff <(defaults_of dev) <(defaults_of prod))" "" "$direction: default privileges are as in the snapshot"
done

done_testing
