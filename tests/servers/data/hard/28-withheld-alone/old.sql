CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(10));
INSERT INTO t VALUES (1, NULL, 'quite long');
CREATE TABLE computed (id int, a int GENERATED ALWAYS AS (id * 2) STORED, i int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE computed_heir () INHERITS (computed);
CREATE TABLE whole (id int, a varchar(10)) PARTITION BY RANGE (id);
CREATE TABLE rows_by_index (id int, a int);
INSERT INTO rows_by_index VALUES (1, NULL);
CREATE TABLE rows_by_key (id int, a int);
INSERT INTO rows_by_key VALUES (1, NULL);
