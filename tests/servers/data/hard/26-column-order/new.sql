CREATE TABLE t (c date, new int DEFAULT 5, b text, a int);
CREATE VIEW v AS SELECT * FROM t;
