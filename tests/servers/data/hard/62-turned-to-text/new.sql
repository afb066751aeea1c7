CREATE TABLE plain (
	id integer PRIMARY KEY,
	state text NOT NULL DEFAULT 'new',
	states text[] DEFAULT '{new}',
	odd varchar(63),
	key varchar(36) UNIQUE,
	facts text DEFAULT '{}',
	stored json,
	amount text DEFAULT '0',
	counted text,
	small varchar(6),
	code varchar(11),
	note text
);
COMMENT ON COLUMN plain.state IS 'where it is';
CREATE INDEX ON plain (state DESC NULLS LAST, id);
CREATE VIEW seen AS SELECT id, state FROM plain WHERE state = 'new';
CREATE TABLE parent (id integer, v text) PARTITION BY RANGE (id);
CREATE TABLE parent_1 PARTITION OF parent FOR VALUES FROM (0) TO (10);
CREATE TABLE of_domains (a text DEFAULT 'a', b bigint UNIQUE CHECK (b > 0), c integer[], d varchar(5));
CREATE TABLE word (name text PRIMARY KEY);
CREATE TABLE tightened (
	id varchar(20) NOT NULL CHECK (length(id) < 5),
	state text NOT NULL CHECK (state IN ('new', 'done')),
	word varchar(80) UNIQUE REFERENCES word,
	other text CHECK (other ~ '^d')
);
CREATE INDEX ON tightened (lower(state)) WHERE state ~ 'n';
CREATE TABLE checked (state text CHECK (state <> 'new'), n text);
CREATE TABLE referred (id text PRIMARY KEY);
CREATE TABLE referring (id text REFERENCES referred);
CREATE TABLE indexed (state text, facts text, n integer, low text);
CREATE INDEX indexed_some ON indexed (n) WHERE state = 'new';
CREATE TABLE viewed (n text);
CREATE TABLE numbered (id text);
CREATE TABLE heir_above (n text);
CREATE TABLE heir () INHERITS (heir_above);
CREATE TABLE otherwise (flag text, address text, at text, code varchar(10), fixed text);
