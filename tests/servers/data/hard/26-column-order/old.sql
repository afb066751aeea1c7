CREATE TABLE t (a int, b text, c date);
INSERT INTO t VALUES (1, 'b', '2020-01-01');
