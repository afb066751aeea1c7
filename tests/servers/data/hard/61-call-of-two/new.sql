CREATE TABLE sale (id integer PRIMARY KEY, total integer);
CREATE FUNCTION tax(integer, integer DEFAULT 5) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 / $2';
CREATE FUNCTION fee(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 2';
CREATE FUNCTION toll(text, bigint DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION pair(integer, integer DEFAULT 2) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2';
CREATE FUNCTION caller() RETURNS bigint LANGUAGE sql AS 'SELECT sum(tax(total) + fee(total)) FROM sale';
CREATE VIEW taxed AS SELECT id, tax(total) AS tax FROM sale;
