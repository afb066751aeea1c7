CREATE TABLE first_name (id int NOT NULL, a int NOT NULL, b int);
INSERT INTO first_name SELECT i, i, i FROM generate_series(1, 10) i;
ALTER TABLE first_name RENAME TO t;
CREATE TABLE child (c int) INHERITS (t);
INSERT INTO child VALUES (1, 1, 1, 1);
CREATE TABLE holes (a int);
INSERT INTO holes VALUES (NULL), (1);
CREATE TABLE keyed (id int PRIMARY KEY, v int);
INSERT INTO keyed VALUES (1, 1);
