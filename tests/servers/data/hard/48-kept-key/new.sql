CREATE TABLE parent (a int, b int, c int, CONSTRAINT parent_key UNIQUE (b, c));
CREATE TABLE child (b int, c int, CONSTRAINT of_parent FOREIGN KEY (b, c) REFERENCES parent (b, c));
CREATE TABLE other (a int);
