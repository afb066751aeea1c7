CREATE FUNCTION tax(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 5';
CREATE TABLE sale (id integer PRIMARY KEY, total bigint DEFAULT 42);
ALTER TABLE sale ADD CONSTRAINT taxable CHECK (tax(total::integer) < 3000);
CREATE INDEX sale_tax ON sale (tax(total::integer));
CREATE TABLE word (id integer PRIMARY KEY, word text);
ALTER TABLE word ADD CONSTRAINT known CHECK (word IN ('a', 'b'));
