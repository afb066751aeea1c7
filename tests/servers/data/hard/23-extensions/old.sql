CREATE TABLE t (id int, word text);
INSERT INTO t VALUES (1, 'alpha');
