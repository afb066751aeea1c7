-- An index of a partitioned table over other columns: its parts on all levels go by other names then.
CREATE TABLE p (id integer, k integer) PARTITION BY LIST (k);
CREATE INDEX by_id ON p (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, 2) PARTITION BY LIST (id);
CREATE TABLE p1a PARTITION OF p1 FOR VALUES IN (1) PARTITION BY LIST (id);
CREATE TABLE p1a1 PARTITION OF p1a FOR VALUES IN (1);
INSERT INTO p VALUES (1, 1);
