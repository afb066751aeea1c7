-- Functions and aggregates share their names.
CREATE FUNCTION total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE most(integer) (SFUNC = int4larger, STYPE = integer);
