CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0');
CREATE FUNCTION most(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
CREATE VIEW totals AS SELECT total(x) FROM generate_series(1, 3) x;
