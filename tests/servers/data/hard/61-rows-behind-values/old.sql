-- A table is given a column with a value while its row type is used, or is to be.
CREATE TABLE item (id integer PRIMARY KEY);
INSERT INTO item VALUES (1);
CREATE FUNCTION is_there(item) RETURNS integer LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT 1 WHERE $1 IS NOT NULL; END;
CREATE FUNCTION as_text() RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT (NULL::item)::text; END;
CREATE FUNCTION later(item) RETURNS integer LANGUAGE sql AS 'SELECT 2';
CREATE VIEW there AS SELECT is_there(item) FROM item;
CREATE TABLE held (id integer PRIMARY KEY);
CREATE DOMAIN held_row AS held;
CREATE TABLE holder (x held_row);
INSERT INTO holder VALUES (ROW(1));
