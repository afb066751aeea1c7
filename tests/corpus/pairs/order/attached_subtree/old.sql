-- A parent whose indexes are there already.
CREATE TABLE p (a int NOT NULL, b int, UNIQUE (a)) PARTITION BY RANGE (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
