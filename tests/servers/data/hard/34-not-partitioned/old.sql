CREATE TABLE t (id int, k text);
INSERT INTO t VALUES (1, '1');
