-- What is written over a column means the same of both its types, or another thing, or nothing.
CREATE FUNCTION tax(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 5';
CREATE TABLE sale (id integer PRIMARY KEY, total integer DEFAULT 3);
INSERT INTO sale VALUES (1, 10), (2, 20);
ALTER TABLE sale ADD CONSTRAINT taxable CHECK (tax(total) < 3000);
CREATE INDEX sale_tax ON sale (tax(total));
CREATE TABLE word (id integer PRIMARY KEY, word varchar(20));
INSERT INTO word VALUES (1, 'a');
ALTER TABLE word ADD CONSTRAINT known CHECK (word IN ('a', 'b'));
