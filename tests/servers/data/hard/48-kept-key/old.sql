-- a key that keeps its columns, since rows are in the way: what was to refer to the new ones waits
CREATE TABLE parent (a int, b int, c int, CONSTRAINT parent_key UNIQUE (a));
INSERT INTO parent VALUES (1, 1, 1), (2, 1, 1);
CREATE TABLE child (b int, c int);
CREATE TABLE other (a int, CONSTRAINT of_parent FOREIGN KEY (a) REFERENCES parent (a));
