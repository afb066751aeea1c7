CREATE TABLE t (id int NOT NULL, a int, b int NOT NULL);
CREATE TABLE child (c int) INHERITS (t);
CREATE TABLE holes (a int NOT NULL);
CREATE TABLE keyed (id int, v int);
