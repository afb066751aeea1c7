#!/usr/bin/env bash
# plan.t - what would be done, what is withheld and why, in every format; nothing is changed by asking.

. "$(dirname "$0")/lib.sh"

server_start
SNAPSHOTS=$WORK/snapshots

export_dev() {
	"$EXPORT" -q -d dev -o "$SNAPSHOTS" >/dev/null || bail_out "the export failed"
}

planned() {
	run "$IMPORT" plan -d prod "$SNAPSHOTS" "$@"
}

database_create dev
database_create prod
sql dev <<'SQL'
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE shop.customer (id bigint PRIMARY KEY, email text NOT NULL, name varchar(100));
CREATE TABLE shop."order" (id bigint PRIMARY KEY, customer bigint REFERENCES shop.customer, state shop.state DEFAULT 'new');
CREATE INDEX order_customer ON shop."order" (customer);
CREATE VIEW shop.open AS SELECT id FROM shop."order" WHERE state <> 'sent';
COMMENT ON TABLE shop.customer IS 'it''s who buys';
SQL
sql prod <<'SQL'
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'sent');
CREATE TABLE shop.customer (id bigint PRIMARY KEY, email varchar(20), name varchar(200), nickname text);
INSERT INTO shop.customer VALUES (1, 'a@example.com', 'A', 'x'), (2, NULL, 'B', 'y');
CREATE TABLE shop.legacy (a int);
SQL
export_dev
before=$(schema_of prod)

planned
status_is 0 "a plan"
like "$OUT" 'CREATE TABLE shop\."order"' "what is missing would be created"
like "$OUT" "ADD VALUE 'paid'" "the enum gets its value"
like "$OUT" 'lock: .*EXCLUSIVE' "locks are named"
like "$OUT" 'Withheld \([0-9]+\)' "something is withheld"
like "$OUT" 'column shop\.customer\.email: .*1 ' "NOT NULL is withheld with the number of rows in the way"
like "$OUT" 'ALTER COLUMN email TYPE text' "but the same column is widened"
like "$OUT" 'column shop\.customer\.name: ' "a narrowing is withheld"
like "$OUT" 'Only in production' "what only production has is listed"
like "$OUT" '  - table shop\.legacy' "a table"
like "$OUT" '  - column shop\.customer\.nickname' "a column"
unlike "$OUT" 'DROP (TABLE|COLUMN|SCHEMA)' "nothing is dropped"
is "$(schema_of prod)" "$before" "the schema is untouched"
is "$(sql prod "SELECT count(*) FROM pg_namespace WHERE nspname = 'pgkeel'")" 0 "no history is begun by a plan"
first=$OUT

planned
is "$OUT" "$first" "the same again gives the same bytes"

planned --exit-code
status_is 8 "--exit-code: changes are pending"
is "$ERR" "" "and that is no failure to complain of"
planned --strict
status_is 9 "--strict: changes are withheld"

# --- formats ---

planned --format json
status_is 0 "a plan as JSON"
printf '%s' "$OUT" >"$WORK/plan.json"
is "$(sql postgres "SELECT p->>'format', (p->'summary'->>'steps')::int > 3, p->'summary'->>'empty',
	p->'groups'->0->'steps'->0->>'seq', jsonb_array_length(p->'withheld') = (p->'summary'->>'withheld')::int,
	p->'production'->>'database'
	FROM pg_catalog.pg_read_file('$WORK/plan.json') t, LATERAL (SELECT t::jsonb) AS x (p)")" "1|t|false|1|t|prod" \
	"the JSON says what the manual says"

planned --format dot
like "$OUT" '^digraph' "a graph"

planned --format sql --output "$WORK/plan.sql"
is "$OUT" "" "with --output nothing goes to standard output"
database_create copy
pg_dump -d prod | psql -X -q -d copy >/dev/null
psql -X -q -v ON_ERROR_STOP=1 -d copy -f "$WORK/plan.sql" >"$WORK/psql.out" 2>&1
ok $? "psql runs the script" || diag "$(cat "$WORK/psql.out")"
run "$IMPORT" plan -d copy "$SNAPSHOTS" --exit-code
status_is 0 "after the script nothing is left to do"

run "$IMPORT" plan -d prod "$SNAPSHOTS" --format yaml
status_is 2 "an unknown format"
run "$IMPORT" status -d prod "$SNAPSHOTS" --format dot
status_is 2 "a format of another command"

# --- a plan file ---

planned --output "$WORK/plan.keel"
like "$OUT" 'Plan for prod' "--output without --format still shows the plan"
run "$IMPORT" apply -d copy --plan "$WORK/plan.keel" --backup none
status_is 1 "the plan of another database is refused"
like "$ERR" 'another database' "and why"
sql prod 'ALTER TABLE shop.legacy ADD COLUMN b int'
run "$IMPORT" apply -d prod --plan "$WORK/plan.keel" --backup none
status_is 1 "production has moved: refused"
like "$ERR" "production's schema was changed since" "and why"
planned --output "$WORK/plan.keel"
sql dev 'CREATE TABLE shop.more (a int)'
sleep 1
export_dev
run "$IMPORT" apply -d prod "$SNAPSHOTS" --plan "$WORK/plan.keel" --backup none
status_is 1 "the snapshot has moved: refused"
like "$ERR" 'the snapshot is another one' "and why"
planned --output "$WORK/plan.keel"
sql prod "UPDATE shop.customer SET email = 'b@example.com' WHERE id = 2"
run "$IMPORT" apply -d prod --plan "$WORK/plan.keel" --backup none
status_is 1 "rows that let more be done than was reviewed: refused"
like "$ERR" 'now need other statements' "and why"
sql prod "UPDATE shop.customer SET email = NULL WHERE id = 2"
run "$IMPORT" apply -d prod --plan "$WORK/plan.keel" --backup none
status_is 0 "the plan as reviewed is applied"
echo '{"format": 2, "groups": []}' >"$WORK/other.keel"
run "$IMPORT" apply -d prod --plan "$WORK/other.keel" --backup none
status_is 4 "a plan file of another format"
echo 'no json' >"$WORK/other.keel"
run "$IMPORT" apply -d prod --plan "$WORK/other.keel" --backup none
status_is 4 "no plan file at all"

# --- what surrounds it ---

database_create empty
run "$EXPORT" -q -d empty -o "$WORK/empty"
run "$IMPORT" plan -d prod "$WORK/empty" --exit-code
status_is 0 "an empty snapshot plans nothing"
like "$ERR" 'snapshot is of an empty database' "and warns"
run "$IMPORT" plan -d empty "$SNAPSHOTS"
status_is 0 "an empty production gets it all"
like "$OUT" 'CREATE SCHEMA shop' "from the schema on"
run "$IMPORT" plan -d postgres "$SNAPSHOTS"
status_is 0 "a maintenance database"
like "$ERR" 'maintenance database' "is warned of"
run "$IMPORT" plan -d template0 "$SNAPSHOTS"
status_is 3 "template0 lets nobody in"

run "$IMPORT" plan -d prod "$WORK/nowhere"
status_is 4 "a snapshot that is missing"
: >"$WORK/empty.tar.gz"
run "$IMPORT" plan -d prod "$WORK/empty.tar.gz"
status_is 4 "an empty file"
run "$IMPORT" plan -h "$WORK/nowhere" -d prod "$SNAPSHOTS"
status_is 3 "no server"
run "$IMPORT" plan -d 'postgresql://u:sesame@localhost:1/prod' "$SNAPSHOTS" -v
status_is 3 "no server at a URI"
unlike "$OUT$ERR" sesame "the password is not shown"

# A server that only lets read: nothing is asked that writes.
sql prod "CREATE ROLE reader LOGIN" "ALTER ROLE reader SET default_transaction_read_only = on" "GRANT USAGE ON SCHEMA shop TO reader" "GRANT SELECT ON ALL TABLES IN SCHEMA shop TO reader"
run "$IMPORT" plan -d prod -U reader "$SNAPSHOTS"
status_is 0 "a role that only reads can plan"

# --- values that are others each time that they are asked for ---

database_create visited
database_create visits
sql visited "CREATE TABLE moment (at timestamptz PRIMARY KEY)" "CREATE TABLE visit (id integer PRIMARY KEY)" "INSERT INTO visit VALUES (1), (2)"
sql visits "CREATE TABLE moment (at timestamptz PRIMARY KEY)" "CREATE TABLE visit (id integer PRIMARY KEY, at timestamptz DEFAULT now() UNIQUE,
	until timestamptz DEFAULT now(), since timestamptz DEFAULT now() REFERENCES moment, place text DEFAULT 'here' UNIQUE)" \
	"CREATE UNIQUE INDEX visit_until ON visit (until)"
"$EXPORT" -q -d visits -o "$WORK/visits" >/dev/null || bail_out "the export failed"
run "$IMPORT" plan -d visited "$WORK/visits"
first=$OUT
run "$IMPORT" plan -d visited "$WORK/visits"
is "$OUT" "$first" "two plans say the same of values that pass"
like "$OUT" 'visit_at_key: 1 keys \(counted up to 1000\) occur more than once or are NULL'$'\n' "without an example"
like "$OUT" 'visit_place_key: 1 keys [^(]*\(counted up to 1000\)[^(]* \(for example here\)' "which others have"

# --- roles that production lacks ---

server_start elsewhere
database_create prod
planned
before_roles=$OUT
server_use server
sql dev "CREATE ROLE \"Clerk's\"" 'CREATE POLICY mine ON shop.more TO "Clerk'"'"'s" USING (true)' \
	'GRANT SELECT ON shop.more TO "Clerk'"'"'s"' 'ALTER TABLE shop.customer OWNER TO "Clerk'"'"'s"'
sleep 1
export_dev
server_use elsewhere
planned --with-owner --with-privileges
status_is 0 "roles that are not there"
like "$OUT" "policy shop\.more\.mine: role \"Clerk's\" does not exist in production" "a policy is withheld, the role named"
like "$OUT" "CREATE TABLE shop\.customer" "its table is not"
like "$OUT" "table shop\.customer: role \"Clerk's\" does not exist" "an owner is withheld"
like "$OUT" 'ALTER TABLE shop\.customer OWNER TO "Clerk' "with its statement"
isnt "$before_roles" "" "(there was a plan before)"
run "$IMPORT" apply -d prod "$SNAPSHOTS" --with-owner --with-privileges --backup none
status_is 0 "and the run does not fail"

done_testing
