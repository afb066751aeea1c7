-- Settings of a materialized view's columns, the comment of a key's index, a cast between types of the server's own.
CREATE TABLE t (id int CONSTRAINT t_key PRIMARY KEY, a text);
COMMENT ON INDEX t_key IS 'the index behind it''s key';
COMMENT ON CONSTRAINT t_key ON t IS 'the key';
CREATE MATERIALIZED VIEW changed AS SELECT id, a, id + 1 AS b FROM t;
CREATE MATERIALIZED VIEW kept AS SELECT id, a FROM t;
CREATE MATERIALIZED VIEW added AS SELECT id, a FROM t;
ALTER MATERIALIZED VIEW changed ALTER a SET STORAGE EXTERNAL, ALTER a SET COMPRESSION pglz, ALTER id SET STATISTICS 7;
ALTER MATERIALIZED VIEW kept ALTER a SET COMPRESSION pglz, ALTER id SET (n_distinct = 5);
ALTER MATERIALIZED VIEW added ALTER a SET STORAGE EXTERNAL;
CREATE CAST (json AS bytea) WITH INOUT;
