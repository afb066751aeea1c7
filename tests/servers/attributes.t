#!/usr/bin/env bash
# attributes.t - what pg_dump's output can say of an object, edited in dev: it arrives in production, or is withheld with its reason.

. "$(dirname "$0")/lib.sh"

server_start
major=$(($(sql postgres 'SHOW server_version_num') / 10000))

versions=(-v ON_ERROR_STOP=1 -v v15=$((major >= 15)) -v v18=$((major >= 18)))

statements_of() (
	set -o pipefail
	pg_dump -s -N pgkeel -d "$1" | sed -e '/^--/d' -e '/^\\\(un\)\{0,1\}restrict /d' -e '/^$/d' | sort
)

dump_knows_server() {
	[ "$major" -le "$(pg_dump --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" ]
}

# in_both / in_dev: SQL on standard input
in_dev() {
	psql -X -q "${versions[@]}" -d dev -f - >/dev/null 2>"$WORK/sql.err" || bail_out "$(cat "$WORK/sql.err")"
}

in_both() {
	cat >"$WORK/both.sql"
	for database in dev prod; do
		psql -X -q "${versions[@]}" -d "$database" -f "$WORK/both.sql" >/dev/null 2>"$WORK/sql.err" ||
			bail_out "$(cat "$WORK/sql.err")"
	done
}

# start_with: two databases that hold the SQL on standard input.
start_with() {
	psql -X -q -d postgres -c 'SET client_min_messages = error' -c 'DROP DATABASE IF EXISTS dev' \
		-c 'DROP DATABASE IF EXISTS prod' -c 'DROP DATABASE IF EXISTS fresh' -c 'CREATE DATABASE dev TEMPLATE template0' \
		-c 'CREATE DATABASE prod TEMPLATE template0' -c 'CREATE DATABASE fresh TEMPLATE template0'
	in_both
	exported
}

exported() {
	rm -rf "$WORK/snapshots"
	run "$EXPORT" -q -d dev -o "$WORK/snapshots"
	status_is 0 "dev is exported"
}

options=(--with-owner --with-privileges)

# arrives NAME [withheld]: the change made in dev since is applied, nothing (but what is withheld) is left, and pg_dump agrees.
arrives() {
	local name=$1

	exported
	run "$IMPORT" apply -q -d prod "$WORK/snapshots" "${options[@]}" --backup none --yes
	status_is 0 "$name: applied" || diag "$OUT$ERR"
	run "$IMPORT" plan -q -d prod "$WORK/snapshots" "${options[@]}" --exit-code
	status_is 0 "$name: planned again there is nothing to do" || diag "$OUT"
	[ $# -gt 1 ] && return
	if dump_knows_server; then
		is "$(diff <(statements_of dev) <(statements_of prod))" "" "$name: pg_dump sees the same"
	else
		pass "$name # SKIP pg_dump is older than the server"
	fi
}

# makes_anew NAME: schema.sql makes the same again from nothing.
makes_anew() {
	local name=$1

	exported
	run "$IMPORT" apply -q -d fresh "$WORK/snapshots" "${options[@]}" --backup none --yes
	status_is 0 "$name: made from nothing" || diag "$OUT$ERR"
	run "$IMPORT" plan -q -d fresh "$WORK/snapshots" "${options[@]}" --exit-code
	status_is 0 "$name: nothing is left to do" || diag "$OUT"
	! dump_knows_server || is "$(diff <(statements_of dev) <(statements_of fresh))" "" "$name: pg_dump sees the same copy"
}

# value_is DATABASE QUERY VALUE NAME
value_is() {
	is "$(sql "$1" "$2")" "$3" "$4"
}

# --- clones of triggers ---

start_with <<'SQL'
CREATE TABLE t (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE "p 1" PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
CREATE TABLE p11 PARTITION OF "p 1" FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER "tri g" BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER other BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
SQL
states="SELECT string_agg(c.relname || '.' || t.tgname || '=' || t.tgenabled::text, ' ' ORDER BY c.relname, t.tgname)
	FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace"
in_dev <<'SQL'
ALTER TABLE p11 DISABLE TRIGGER "tri g";
ALTER TABLE p2 ENABLE ALWAYS TRIGGER "tri g";
SQL
arrives "triggers of partitions are enabled otherwise than their parent's"
value_is prod "$states" "$(sql dev "$states")" "each as in dev"
makes_anew "triggers of partitions"
sql prod 'CREATE TABLE own PARTITION OF t FOR VALUES FROM (90) TO (99); ALTER TABLE own ENABLE REPLICA TRIGGER "tri g"' >/dev/null
in_dev <<'SQL'
ALTER TABLE t DISABLE TRIGGER "tri g";
ALTER TABLE p11 ENABLE TRIGGER "tri g";
ALTER TABLE p2 ENABLE REPLICA TRIGGER other;
SQL
arrives "the parent's trigger is disabled" apart
value_is prod "$states AND c.relname <> 'own'" "$(sql dev "$states")" "what is said of the parent does not reach what is said of its partitions"
value_is prod "SELECT tgenabled FROM pg_trigger WHERE tgrelid = 'own'::regclass AND tgname = 'tri g'" R \
	"nor a partition that only production has"
in_dev <<'SQL'
ALTER TABLE t ENABLE TRIGGER "tri g";
ALTER TABLE t ENABLE TRIGGER other;
ALTER TABLE p2 ENABLE REPLICA TRIGGER "tri g";
CREATE TABLE p3 PARTITION OF t FOR VALUES FROM (20) TO (30);
ALTER TABLE p3 DISABLE TRIGGER other;
SQL
arrives "a new partition has a disabled trigger" apart
value_is prod "$states AND c.relname <> 'own'" "$(sql dev "$states")" "and the others go back to their parent's"

# --- shells, extensions that objects go with ---

start_with <<'SQL'
CREATE TYPE "she ll";
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TABLE t (a integer);
CREATE INDEX "in dex" ON t (a);
CREATE TRIGGER "tri g" BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION g();
CREATE MATERIALIZED VIEW "m v" AS SELECT 1 AS a;
SQL
in_dev <<'SQL'
COMMENT ON TYPE "she ll" IS 'never more';
ALTER TYPE "she ll" OWNER TO pg_monitor;
\if :v18
GRANT USAGE ON TYPE "she ll" TO pg_read_all_stats WITH GRANT OPTION;
\endif
ALTER FUNCTION f(integer) DEPENDS ON EXTENSION plpgsql;
ALTER INDEX "in dex" DEPENDS ON EXTENSION plpgsql;
ALTER TRIGGER "tri g" ON t DEPENDS ON EXTENSION plpgsql;
ALTER MATERIALIZED VIEW "m v" DEPENDS ON EXTENSION plpgsql;
SQL
arrives "facets of a shell, extensions that objects go with"
makes_anew "facets of a shell, extensions that objects go with"
in_dev <<'SQL'
COMMENT ON TYPE "she ll" IS NULL;
ALTER FUNCTION f(integer) NO DEPENDS ON EXTENSION plpgsql;
ALTER INDEX "in dex" NO DEPENDS ON EXTENSION plpgsql;
SQL
arrives "they no longer go with it"

# --- sequences of identity columns ---

start_with <<'SQL'
CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, other integer GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME "se q"));
CREATE UNLOGGED TABLE u (id integer GENERATED ALWAYS AS IDENTITY, n serial);
\if :v15
ALTER SEQUENCE u_id_seq SET LOGGED;
\endif
CREATE SEQUENCE s;
SQL
in_dev <<'SQL'
GRANT USAGE ON SEQUENCE t_id_seq TO pg_monitor;
REVOKE UPDATE ON SEQUENCE t_id_seq FROM postgres;
GRANT SELECT ON SEQUENCE "se q" TO pg_read_all_stats WITH GRANT OPTION;
GRANT SELECT ON SEQUENCE s TO postgres WITH GRANT OPTION;
COMMENT ON SEQUENCE "se q" IS 'counts';
\if :v15
ALTER SEQUENCE u_id_seq SET UNLOGGED;
ALTER SEQUENCE u_id_seq SET LOGGED;
\endif
ALTER TABLE t OWNER TO pg_monitor;
CREATE TABLE n (id integer GENERATED ALWAYS AS IDENTITY);
GRANT SELECT ON SEQUENCE n_id_seq TO pg_monitor;
SQL
arrives "privileges and comments of identity's sequences" "but for an owner's right to grant"
in_dev <<'SQL'
REVOKE USAGE ON SEQUENCE t_id_seq FROM pg_monitor;
REVOKE ALL ON SEQUENCE "se q" FROM pg_read_all_stats;
REVOKE GRANT OPTION FOR SELECT ON SEQUENCE s FROM postgres;
COMMENT ON SEQUENCE "se q" IS NULL;
SQL
arrives "they are taken back"
makes_anew "privileges and comments of identity's sequences"
if [ "$major" -ge 15 ]; then
	in_dev <<'SQL'
ALTER SEQUENCE t_id_seq SET UNLOGGED;
ALTER SEQUENCE s SET UNLOGGED;
ALTER SEQUENCE u_n_seq SET LOGGED;
SQL
	exported
	run "$IMPORT" plan -q -d prod "$WORK/snapshots"
	like "$OUT" 'loses its counter in a crash' "sequences are not made unlogged"
	like "$OUT" '2 withheld' "neither kind"
	run "$IMPORT" apply -q -d prod "$WORK/snapshots" --backup none --yes
	value_is prod "SELECT string_agg(relname || relpersistence::text, ' ' ORDER BY relname) FROM pg_class WHERE relname IN ('s', 't_id_seq', 'u_n_seq')" \
		"sp t_id_seqp u_n_seqp" "but logged"
fi

# --- members of the server's own operator families, secrets of columns, privileges on an extension's objects ---

start_with <<'SQL'
CREATE FUNCTION lt(integer, uuid) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION cmp(integer, uuid) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE OPERATOR <# (FUNCTION = lt, LEFTARG = integer, RIGHTARG = uuid);
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE ft (a integer) SERVER s;
SQL
in_dev <<'SQL'
ALTER OPERATOR FAMILY integer_ops USING btree ADD OPERATOR 1 <# (integer, uuid), FUNCTION 1 (integer, uuid) cmp(integer, uuid);
SQL
arrives "members of a family of the server" apart
value_is prod "SELECT count(*) FROM pg_amop WHERE amopopr = '<#(integer,uuid)'::regoperator" 1 "the operator is in it"
value_is prod "SELECT count(*) FROM pg_amproc WHERE amproc = 'cmp(integer,uuid)'::regprocedure" 1 "and the function"
in_dev <<'SQL'
ALTER FOREIGN TABLE ft ALTER a OPTIONS (name 'x', api_key 'sesame');
SQL
exported
run "$IMPORT" apply -q -d prod "$WORK/snapshots" --backup none --yes
like "$OUT$ERR" 'set its option api_key by hand' "a column's secret is asked for"
value_is prod "SELECT attfdwoptions::text FROM pg_attribute WHERE attrelid = 'ft'::regclass AND attnum = 1" "{name=x}" \
	"the other option has come"
run grep -c sesame <(tar xzOf "$WORK/snapshots/latest")
is "$OUT" 0 "and the secret is in no snapshot"

# --- privileges on objects of the server and of extensions ---

start_with <<'SQL'
CREATE SCHEMA "exten sions";
SQL
in_dev <<'SQL'
CREATE EXTENSION pg_stat_statements SCHEMA "exten sions";
REVOKE SELECT ON "exten sions".pg_stat_statements FROM PUBLIC;
GRANT SELECT ON "exten sions".pg_stat_statements TO pg_monitor;
GRANT EXECUTE ON FUNCTION "exten sions".pg_stat_statements_reset TO pg_monitor;
REVOKE EXECUTE ON FUNCTION pg_sleep(double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO pg_monitor WITH GRANT OPTION;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
REVOKE USAGE ON TYPE money FROM PUBLIC;
GRANT CREATE ON SCHEMA pg_catalog TO pg_monitor;
GRANT SELECT ON pg_authid TO pg_monitor;
GRANT SELECT (rolname), UPDATE (rolname) ON pg_authid TO pg_read_all_stats;
REVOKE SELECT ON pg_settings FROM PUBLIC;
REVOKE SELECT (subname) ON pg_subscription FROM PUBLIC;
SQL
arrives "privileges on what the server and extensions brought"
makes_anew "privileges on what the server and extensions brought"
in_dev <<'SQL'
GRANT UPDATE ON "exten sions".pg_stat_statements TO pg_monitor;
REVOKE UPDATE (rolname) ON pg_authid FROM pg_read_all_stats;
REVOKE GRANT OPTION FOR EXECUTE ON FUNCTION pg_ls_dir(text) FROM pg_monitor;
SQL
arrives "other privileges"
sql prod 'DROP EXTENSION pg_stat_statements; DROP FUNCTION IF EXISTS pg_stat_statements_reset' >/dev/null
in_dev <<'SQL'
GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC;
SQL
exported
run "$IMPORT" plan -q -d prod "$WORK/snapshots" "${options[@]}"
like "$OUT" 'Only in production .1.' "what the snapshot leaves as it was made is left"
like "$OUT" 'system privilege "LANGUAGE".plpgsql' "and listed"
run "$IMPORT" plan -q -d prod "$WORK/snapshots"
unlike "$OUT" 'system privilege' "without the option nobody looks at them"

# --- settings of the database ---

start_with <<'SQL'
SELECT 1;
SQL
in_dev <<'SQL'
ALTER DATABASE dev SET search_path = 'a b', public;
ALTER DATABASE dev SET work_mem = '8MB';
ALTER ROLE postgres IN DATABASE dev SET lock_timeout = '5s';
SQL
settings="SELECT string_agg(s.setrole::regrole::text || s.setconfig::text, ' ' ORDER BY s.setrole)
	FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()"
exported
run "$IMPORT" apply -q -d prod "$WORK/snapshots" --backup none --yes
status_is 0 "without the option settings are left alone"
value_is prod "$settings" "" "none is set"
run "$IMPORT" plan -q -d prod "$WORK/snapshots"
like "$OUT" '3 withheld' "they are withheld"
like "$OUT" '--with-database-settings' "and how to apply them is said"
options=(--with-database-settings)
arrives "settings of the database, on request" apart
value_is prod "$settings" "$(sql dev "$settings")" "all are set, of a role too"
in_dev <<'SQL'
ALTER DATABASE dev SET work_mem = '16MB';
SQL
arrives "another value" apart
value_is prod "$settings" "$(sql dev "$settings")" "it is set"
PGKEEL_WITH_DATABASE_SETTINGS=1 run "$IMPORT" plan -q -d fresh "$WORK/snapshots"
unlike "$OUT" 'withheld: ' "the environment can ask for it, too"
run "$IMPORT" plan -q -d fresh "$WORK/snapshots" --with-database-settings --output "$WORK/plan.json"
run "$IMPORT" apply -q -d fresh --plan "$WORK/plan.json" --backup none --yes
value_is fresh "$settings" "$(sql dev "$settings")" "a plan file remembers that it was asked for"
options=(--with-owner --with-privileges)

# --- NOT NULL as a constraint (PostgreSQL 18) ---

if [ "$major" -lt 18 ]; then
	start_with <<'SQL'
CREATE DOMAIN d AS integer;
SQL
	in_dev <<'SQL'
CREATE TABLE t (a integer CONSTRAINT "n n" NOT NULL);
ALTER DOMAIN d SET NOT NULL;
SQL
	arrives "a name that the server forgets"
	done_testing
	exit
fi

constraints="SELECT string_agg(concat_ws(' ', conrelid::regclass, contypid::regtype, conname, convalidated, connoinherit,
	obj_description(oid, 'pg_constraint')), '; ' ORDER BY conrelid::regclass::text, conname)
	FROM pg_constraint WHERE contype = 'n' AND connamespace = 'public'::regnamespace"
start_with <<'SQL'
CREATE TABLE t (a integer NOT NULL, b integer CONSTRAINT "b b" NOT NULL, c integer NOT NULL NO INHERIT, d integer,
	e integer, g integer NOT NULL);
CREATE TABLE child () INHERITS (t);
CREATE TABLE other (a integer NOT NULL);
ALTER TABLE t ADD CONSTRAINT "e e" NOT NULL e NOT VALID;
CREATE TABLE parts (a integer, b integer NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE DOMAIN dom AS integer NOT NULL;
CREATE DOMAIN dom2 AS integer;
INSERT INTO t VALUES (1, 1, 1, 1, 1, 1);
SQL
makes_anew "NOT NULL in all forms"
value_is fresh "$constraints" "$(sql dev "$constraints")" "each constraint is made as it is"
in_dev <<'SQL'
ALTER TABLE t RENAME CONSTRAINT t_a_not_null TO "a's";
COMMENT ON CONSTRAINT "a's" ON t IS 'it''s';
ALTER TABLE t RENAME CONSTRAINT "b b" TO b;
ALTER TABLE t ALTER CONSTRAINT t_c_not_null INHERIT;
ALTER TABLE t ADD CONSTRAINT "d d" NOT NULL d NO INHERIT;
COMMENT ON CONSTRAINT "d d" ON t IS 'new';
ALTER TABLE t VALIDATE CONSTRAINT "e e";
ALTER TABLE t ALTER g DROP NOT NULL;
COMMENT ON CONSTRAINT other_a_not_null ON other IS 'the server''s name';
ALTER TABLE parts ADD CONSTRAINT "par ts" NOT NULL a;
CREATE TABLE p2 PARTITION OF parts FOR VALUES FROM (10) TO (20);
ALTER DOMAIN dom RENAME CONSTRAINT dom_not_null TO "dom's";
COMMENT ON CONSTRAINT "dom's" ON DOMAIN dom IS 'of a domain';
ALTER DOMAIN dom2 ADD CONSTRAINT "two" NOT NULL;
SQL
arrives "NOT NULL is named, commented, validated, inherited"
value_is prod "$constraints" "$(sql dev "$constraints")" "each constraint is as in dev"
sql dev 'ALTER TABLE t ALTER CONSTRAINT "d d" INHERIT; ALTER TABLE t RENAME CONSTRAINT t_c_not_null TO c_not_null' >/dev/null
sql prod 'INSERT INTO child VALUES (1, 1, 1, NULL, 1, 1)' >/dev/null
exported
run "$IMPORT" plan -q -d prod "$WORK/snapshots"
like "$OUT" '1 rows .counted up to 1000. are NULL' "a child's row is in the way of a constraint that comes down to it"
unlike "$OUT" 'c_not_null' "a name that the server might have chosen is nothing to change"
sql prod 'DELETE FROM child' >/dev/null
arrives "the constraint comes down" apart
in_dev <<'SQL'
ALTER TABLE t ALTER a DROP NOT NULL;
ALTER TABLE t ADD CONSTRAINT again NOT NULL a NOT VALID;
ALTER TABLE other ALTER a DROP NOT NULL;
ALTER TABLE other ADD CONSTRAINT late NOT NULL a NOT VALID;
SQL
exported
run "$IMPORT" plan -q -d prod "$WORK/snapshots"
like "$OUT" "production's column is NOT NULL and valid" "what is valid stays valid"
sql prod 'ALTER TABLE child NO INHERIT t; ALTER TABLE other ALTER a DROP NOT NULL; INSERT INTO other VALUES (NULL)' >/dev/null
run "$IMPORT" apply -q -d prod "$WORK/snapshots" --backup none --yes
value_is prod "SELECT conname, convalidated FROM pg_constraint WHERE conrelid = 'other'::regclass" "late|f" \
	"one that is NOT VALID is added over rows that are NULL"

done_testing
