#!/usr/bin/env bash
# validate.t - counts, structure, required columns, validity: what is missing is found, what is not is not.

. "$(dirname "$0")/lib.sh"

server_start
SNAPSHOTS=$WORK/snapshots

validate() {
	run "$IMPORT" validate -d prod "$SNAPSHOTS" "$@"
}

cat >"$WORK/new.sql" <<'SQL'
CREATE SCHEMA shop;
CREATE SEQUENCE shop.free;
CREATE DOMAIN shop.email AS text CHECK (VALUE LIKE '%@%');
CREATE TYPE shop.pair AS (a int, b text);
CREATE TABLE shop.customer (id serial PRIMARY KEY, "E mail" shop.email NOT NULL UNIQUE, n int CHECK (n > 0),
	twice int GENERATED ALWAYS AS (n * 2) STORED, i bigint GENERATED ALWAYS AS IDENTITY);
CREATE TABLE shop.part (k int, c int REFERENCES shop.customer, CHECK (k <> 5)) PARTITION BY RANGE (k);
CREATE TABLE shop.part_1 PARTITION OF shop.part FOR VALUES FROM (0) TO (10);
CREATE TABLE shop.part_2 PARTITION OF shop.part FOR VALUES FROM (10) TO (20);
CREATE TABLE shop.base (a int CHECK (a > 0));
CREATE TABLE shop.heir (b int) INHERITS (shop.base);
CREATE INDEX part_k ON shop.part (k);
CREATE VIEW shop.v AS SELECT id FROM shop.customer;
CREATE MATERIALIZED VIEW shop.m AS SELECT id, n FROM shop.customer;
CREATE INDEX m_id ON shop.m (id);
CREATE FUNCTION shop.f(x int) RETURNS int LANGUAGE sql AS 'SELECT x';
CREATE PROCEDURE shop.p() LANGUAGE sql AS 'SELECT 1';
SQL
database_create dev "$WORK/new.sql"
database_create prod "$WORK/new.sql"
"$EXPORT" -q -d dev -o "$SNAPSHOTS" --require 'shop.customer.id,shop.customer."E mail"' >/dev/null ||
	bail_out "the export failed"

validate
status_is 0 "equal databases are valid"
like "$OUT" 'tables  +6 +6 +0 +0' "tables are counted"
like "$OUT" 'views  +2 +2 +0 +0' "views are counted"
like "$OUT" 'functions  +2 +2 +0 +0' "functions are counted"
unlike "$OUT" 'does not add up' "every number agrees with the reader's"
like "$OUT" '2 required columns' "the snapshot's required columns are looked for"
validate --format json
printf '%s' "$OUT" >"$WORK/valid.json"
is "$(sql postgres "SELECT v->>'valid', v->'counts'->'tables'->>'production', v->>'required', jsonb_array_length(v->'issues')
	FROM pg_read_file('$WORK/valid.json') t, LATERAL (SELECT t::jsonb) AS x (v)")" "true|6|2|0" "the same as JSON"

validate --require shop.customer.n --require 'SHOP.Customer.TWICE'
status_is 0 "more required columns, folded as in SQL"
validate --require shop.customer.none
status_is 6 "a required column that is missing"
like "$ERR" 'shop\.customer\.none is missing' "is named"
validate --require 'shop.nothing.x'
status_is 6 "a required column of a missing table"
validate --require 'x'
status_is 2 "no column's name"
validate --require 'a."b'
status_is 2 "a quote that is not closed"

sql prod 'CREATE TABLE shop.mine (a int PRIMARY KEY, b text)' 'CREATE INDEX ON shop.mine (b)' 'CREATE VIEW shop.mine_v AS SELECT 1 AS one'
validate
status_is 0 "what only production has is no difference"
like "$OUT" 'tables  +6 +7 +1 +0' "and is counted"
sql prod 'DROP VIEW shop.mine_v' 'DROP TABLE shop.mine'

# Each of these alone must be found.
while IFS='|' read -r what statement issue; do
	database_create prod "$WORK/new.sql"
	sql prod "$statement"
	validate
	status_is 6 "found: $what"
	like "$OUT" "$issue" "named: $what"
done <<'CASES'
a view dropped|DROP VIEW shop.v|view shop\.v is missing
a column dropped|ALTER TABLE shop.base DROP COLUMN a CASCADE|column shop\.base\.a is missing
an index dropped|DROP INDEX shop.m_id|index shop\.m\.m_id is missing
a constraint dropped|ALTER TABLE shop.customer DROP CONSTRAINT customer_n_check|customer_n_check is missing
a sequence dropped|DROP SEQUENCE shop.free|sequence shop\.free is missing
a function changed|CREATE OR REPLACE FUNCTION shop.f(x int) RETURNS int LANGUAGE sql AS 'SELECT x + 1'|function shop\.f\(.*\) differs
a constraint not validated|ALTER TABLE shop.customer DROP CONSTRAINT customer_n_check, ADD CONSTRAINT customer_n_check CHECK (n > 0) NOT VALID|not validated
an index made invalid|UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'shop.m_id'::regclass|not valid
CASES

database_create prod "$WORK/new.sql"
sql prod 'ALTER TABLE shop.customer ALTER COLUMN "E mail" DROP NOT NULL' "INSERT INTO shop.customer (n) VALUES (1)"
validate
status_is 0 "what rows withhold is told, and is no failure"
like "$OUT" 'Withheld \(1\)' "(it is told)"
validate --strict
status_is 9 "but with --strict"

database_create void
run "$IMPORT" validate -d void "$SNAPSHOTS"
status_is 6 "an empty production does not hold the snapshot"
like "$OUT" 'tables  +6 +0 +0 +6' "and the numbers say so"

# After an apply, validation is part of the run.
run "$IMPORT" apply -d void "$SNAPSHOTS" --backup none
status_is 0 "applied to the empty database"
run "$IMPORT" validate -d void "$SNAPSHOTS"
status_is 0 "it is valid"
run "$IMPORT" apply -d void "$SNAPSHOTS" --backup none --require public.users.email
status_is 6 "an apply that finds nothing to do still looks for what is required"

done_testing
