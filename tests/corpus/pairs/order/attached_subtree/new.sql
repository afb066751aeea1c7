-- A partition with partitions of its own joins it; an index of each level is new, one has an unusual name.
CREATE TABLE p (a int NOT NULL, b int, UNIQUE (a)) PARTITION BY RANGE (a);
CREATE INDEX p_b ON p (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 (a int NOT NULL, b int) PARTITION BY RANGE (a);
CREATE TABLE p2x PARTITION OF p2 FOR VALUES FROM (10) TO (15);
CREATE TABLE p2y (b int, a int NOT NULL);
CREATE INDEX unusual ON p2y (b);
CREATE UNIQUE INDEX unusual_unique ON p2y (a);
ALTER TABLE p2 ATTACH PARTITION p2y FOR VALUES FROM (15) TO (20);
ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM (10) TO (20);
CREATE INDEX p_ab ON p (a, b);
