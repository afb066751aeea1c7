CREATE TABLE t (id int PRIMARY KEY);
INSERT INTO t VALUES (1), (2);
CREATE MATERIALIZED VIEW m AS SELECT x AS whole FROM t x;
CREATE TABLE stored (at timestamptz, was m);
INSERT INTO stored SELECT now(), m FROM m;
