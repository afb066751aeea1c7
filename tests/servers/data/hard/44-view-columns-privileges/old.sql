-- the same, privileges too
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
GRANT SELECT (b) ON v TO hard_reader;
COMMENT ON COLUMN v.a IS 'goes';
COMMENT ON COLUMN v.b IS 'goes too';
COMMENT ON COLUMN m.b IS 'goes as well';
CREATE VIEW rebuilt AS SELECT a AS x, b FROM t;
COMMENT ON COLUMN rebuilt.b IS 'goes with it';
