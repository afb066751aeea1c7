-- Functions that get another argument, with a default.
CREATE TABLE sale (id integer PRIMARY KEY, total integer);
INSERT INTO sale VALUES (1, 10), (2, 20);
CREATE FUNCTION tax(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 5';
CREATE FUNCTION fee(integer, integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 / $2';
CREATE FUNCTION toll(text, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $2';
CREATE FUNCTION pair(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION pair(integer, integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION caller() RETURNS bigint LANGUAGE sql AS 'SELECT sum(tax(total) + fee(total)) FROM sale';
