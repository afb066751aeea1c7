CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
GRANT SELECT (a), UPDATE (b) ON v TO hard_reader;
COMMENT ON COLUMN m.a IS 'comes';
CREATE VIEW rebuilt AS SELECT b, a AS y FROM t;
GRANT SELECT (y) ON rebuilt TO hard_reader;
CREATE VIEW fresh AS SELECT a, b FROM t;
GRANT SELECT (a) ON fresh TO hard_reader;
