#!/usr/bin/env bash
# elaborate.t - one schema on two majors is deparsed to different texts; asking the target settles each of them.

. "$(dirname "$0")/lib.sh"

unset PGKEEL_TEST_VERSION
versions=$(cluster_versions | sort -n)
oldest=$(head -1 <<<"$versions")
newest=$(tail -1 <<<"$versions")
[ "$oldest" != "$newest" ] || skip_all "only one version of PostgreSQL is installed (scripts/throwaway-cluster fetch 13)"

cat >"$WORK/schema.sql" <<'SQL'
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('a', 'b');
CREATE TABLE shop.t (id bigint PRIMARY KEY, s shop.state DEFAULT 'a', n varchar(10) CHECK (n IN ('x', 'y')),
	m varchar(20) DEFAULT 'q' || 'r', ts timestamptz DEFAULT now() - interval '1 day',
	g int GENERATED ALWAYS AS (length(n)) STORED);
CREATE INDEX ON shop.t (lower(n)) WHERE s <> 'b' AND n = ANY (ARRAY['a', 'b']);
CREATE VIEW shop.v AS SELECT t.id, t.n FROM shop.t WHERE n IN ('x', 'y') ORDER BY id;
CREATE VIEW shop.v2 AS SELECT v.id, x.id AS xid FROM shop.v JOIN shop.t x USING (id) WHERE v.id > 5;
CREATE MATERIALIZED VIEW shop.m AS SELECT id, n::text FROM shop.t WHERE n LIKE 'a%';
ALTER TABLE shop.t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON shop.t USING (id IN (SELECT id FROM shop.v2)) WITH CHECK (n <> 'z');
CREATE FUNCTION shop.f(a int DEFAULT 1 + 2, b text DEFAULT 'x'::varchar) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE DOMAIN shop.d AS text DEFAULT 'a' || 'b' CHECK (VALUE IN ('ab', 'c'));
CREATE TRIGGER tr BEFORE UPDATE ON shop.t FOR EACH ROW WHEN (OLD.n IS DISTINCT FROM NEW.n AND NEW.n IN ('x', 'y'))
	EXECUTE FUNCTION suppress_redundant_updates_trigger();
SQL
for version in "$oldest" "$newest"; do
	server_start "v$version" --version "$version"
	database_create same "$WORK/schema.sql"
	database_create other "$WORK/schema.sql"
	sql other 'CREATE OR REPLACE VIEW shop.v AS SELECT t.id, t.n FROM shop.t WHERE n IN ($$x$$, $$z$$) ORDER BY id'
	"$EXPORT" -q -d same -o "$WORK/snapshots$version" >/dev/null || bail_out "the export failed"
done

for pair in "$oldest $newest" "$newest $oldest"; do
	read -r from to <<<"$pair"
	server_use "v$to"
	stamp=$(sql same "SELECT count(*), sum(xmin::text::bigint) FROM pg_class")
	run "$IMPORT" plan -d same "$WORK/snapshots$from" --exit-code
	status_is 0 "a snapshot of $from against the same schema on $to plans nothing"
	is "$(sql same "SELECT count(*), sum(xmin::text::bigint) FROM pg_class")" "$stamp" "asking left nothing behind"
	run "$IMPORT" plan -d other "$WORK/snapshots$from" --exit-code
	status_is 8 "a real difference is not settled"
	like "$OUT" 'CREATE (OR REPLACE )?VIEW shop\.v ' "the view would be replaced"
	run "$IMPORT" apply -d other "$WORK/snapshots$from" --backup none
	status_is 0 "it is"
	run "$IMPORT" plan -d other "$WORK/snapshots$from" --exit-code
	status_is 0 "and then nothing is left"
done

done_testing
