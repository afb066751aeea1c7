CREATE TABLE t (id int PRIMARY KEY);
INSERT INTO t VALUES (1), (2);
CREATE VIEW v AS SELECT x.id, x AS whole FROM t x;
CREATE MATERIALIZED VIEW m AS SELECT id, whole FROM v;
CREATE INDEX m_id ON m (id);
CREATE TABLE u (id int);
CREATE TABLE log (at timestamptz, was u);
INSERT INTO log VALUES (now(), ROW(3));
