-- Production keeps tables attached to levels that only it has; what the highest level loses, or gets, all below do.
CREATE TABLE top (id integer NOT NULL, k integer NOT NULL, w integer) PARTITION BY LIST (id);
CREATE TABLE level PARTITION OF top FOR VALUES IN (1) PARTITION BY LIST (id);
CREATE TABLE low PARTITION OF level FOR VALUES IN (1);
CREATE TABLE base (id integer NOT NULL, w integer);
CREATE TABLE heir (id integer NOT NULL) INHERITS (base);
CREATE TABLE leaver () INHERITS (base);
INSERT INTO top VALUES (1, 1, 1);
INSERT INTO heir VALUES (1, 1);
