CREATE TABLE t (id int PRIMARY KEY, n int DEFAULT 7);
CREATE VIEW v AS SELECT x.id, x AS whole FROM t x;
CREATE MATERIALIZED VIEW m AS SELECT id, whole FROM v;
CREATE INDEX m_id ON m (id);
CREATE TABLE u (id int, n int DEFAULT 7, o text);
CREATE TABLE log (at timestamptz, was u);
