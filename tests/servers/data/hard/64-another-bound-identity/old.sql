-- An identity reaches all levels: what is attached again gets it back, what is below it would not.
CREATE TABLE i (id bigint GENERATED ALWAYS AS IDENTITY, k integer) PARTITION BY LIST (k);
CREATE TABLE i1 PARTITION OF i FOR VALUES IN (1);
CREATE TABLE i2 PARTITION OF i FOR VALUES IN (2) PARTITION BY LIST (id);
CREATE TABLE i3 PARTITION OF i2 DEFAULT;
INSERT INTO i (k) VALUES (1), (2);
