CREATE TYPE loose AS (a integer, n integer, c integer, b text);
COMMENT ON COLUMN loose.b IS 'bee';
CREATE FUNCTION make() RETURNS loose LANGUAGE sql AS $$SELECT 1, 2, 3, 'x'::text$$;
REVOKE ALL ON FUNCTION make() FROM PUBLIC;
CREATE VIEW seen AS SELECT (make()).c, (make()).b;
CREATE TYPE stored AS (b integer, a integer);
CREATE TABLE t (x stored);
CREATE TYPE longer AS (a integer, b integer, n integer);
CREATE TABLE u (x longer);
