CREATE TABLE t (id integer, a varchar(20), b integer);
CREATE VIEW v1 AS SELECT id, b, a FROM t;
CREATE VIEW v2 WITH (security_invoker = true) AS SELECT a FROM v1;
COMMENT ON VIEW v2 IS 'keep me';
