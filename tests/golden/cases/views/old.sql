CREATE TABLE t (id integer, a varchar(10));
CREATE VIEW v1 AS SELECT id, a FROM t;
CREATE VIEW v2 WITH (security_invoker = true) AS SELECT a FROM v1;
COMMENT ON VIEW v2 IS 'keep me';
CREATE VIEW report AS SELECT count(*) FROM v2;
