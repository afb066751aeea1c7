CREATE TABLE t (id int, v int);
CREATE UNIQUE INDEX one ON t (id);
