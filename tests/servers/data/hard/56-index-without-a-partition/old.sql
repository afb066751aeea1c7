CREATE TABLE p (a integer, b integer) PARTITION BY RANGE (a);
CREATE TABLE p_1 (a integer, b integer, keep integer);
INSERT INTO p_1 VALUES (1, 1, 1);
