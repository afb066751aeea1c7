CREATE TYPE state AS ENUM ('new', 'done');
CREATE TYPE "Odd State" AS ENUM ('a', 'b c');
-- Nothing was written for the types that these have.
CREATE TABLE plain (
	id integer PRIMARY KEY,
	state state NOT NULL DEFAULT 'new',
	states state[] DEFAULT '{new}',
	odd "Odd State",
	key uuid UNIQUE,
	facts jsonb DEFAULT '{}',
	stored jsonb,
	amount numeric(10, 2) DEFAULT 0,
	counted serial,
	small smallint,
	code integer,
	note text
);
COMMENT ON COLUMN plain.state IS 'where it is';
CREATE INDEX ON plain (state DESC NULLS LAST, id);
CREATE VIEW seen AS SELECT id, state FROM plain WHERE state = 'new';
INSERT INTO plain SELECT i, (ARRAY['new', 'done'])[i % 2 + 1]::state, ARRAY['new', NULL, 'done']::state[], 'b c',
	md5(i::text)::uuid, jsonb_build_object('a', i, 'b', 'ö'), '[1.50, null]', i / 4.0, i, -i, i, 'x' FROM generate_series(1, 20) AS s (i);
INSERT INTO plain (id, state) VALUES (0, 'done');
CREATE TABLE parent (id integer, v uuid) PARTITION BY RANGE (id);
CREATE TABLE parent_1 PARTITION OF parent FOR VALUES FROM (0) TO (10);
INSERT INTO parent VALUES (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11');
-- A domain's values are those of the type below it.
CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);
CREATE DOMAIN shorter AS short NOT NULL;
CREATE DOMAIN tally AS integer;
CREATE TABLE of_domains (a shorter DEFAULT 'a', b tally UNIQUE CHECK (b > 0), c tally[], d short);
INSERT INTO of_domains VALUES ('x', 1, '{1,2}', NULL);
-- What is new is for the texts.
CREATE TABLE word (name text PRIMARY KEY);
INSERT INTO word VALUES ('new'), ('done');
CREATE TABLE tightened (id integer, state state, word state, other state);
INSERT INTO tightened VALUES (1, 'new', 'new', 'new'), (2, 'done', 'done', 'new');
-- Something was.
CREATE TABLE checked (state state CHECK (state <> 'new'), n integer CHECK (n > 0));
INSERT INTO checked VALUES ('done', 1);
CREATE TABLE referred (id integer PRIMARY KEY);
CREATE TABLE referring (id integer REFERENCES referred);
INSERT INTO referred VALUES (1);
INSERT INTO referring VALUES (1);
CREATE TABLE indexed (state state, facts jsonb, n integer, low integer);
CREATE INDEX indexed_some ON indexed (n) WHERE state = 'new';
CREATE INDEX indexed_facts ON indexed USING gin (facts);
CREATE INDEX indexed_sum ON indexed ((low + 1));
INSERT INTO indexed VALUES ('new', '{}', 1, 2);
CREATE TABLE viewed (n integer);
CREATE VIEW ours AS SELECT n + 1 AS n FROM viewed;
INSERT INTO viewed VALUES (1);
CREATE TABLE numbered (id integer GENERATED ALWAYS AS IDENTITY);
INSERT INTO numbered DEFAULT VALUES;
CREATE TABLE heir_above (n integer);
CREATE TABLE heir (CHECK (n < 10)) INHERITS (heir_above);
INSERT INTO heir VALUES (1);
-- These texts would be others than the values are written with, or there is no room.
CREATE TABLE otherwise (flag boolean, address inet, at timestamptz, code integer, fixed char(5));
INSERT INTO otherwise VALUES (true, '10.0.0.1', '2020-01-01', 100000, 'ab');
