CREATE TABLE t (id int PRIMARY KEY, n int DEFAULT 7, o int);
CREATE MATERIALIZED VIEW m AS SELECT x AS whole FROM t x;
CREATE TABLE stored (at timestamptz, was m);
