CREATE TABLE few (v text);
INSERT INTO few SELECT 'v' FROM generate_series(1, 3);
CREATE TABLE many (v text);
INSERT INTO many SELECT 'v' FROM generate_series(1, 40000);
CREATE TABLE parts (v int) PARTITION BY RANGE (v);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (50000);
INSERT INTO parts SELECT i FROM generate_series(1, 40000) i;
CREATE TABLE constant (id int DEFAULT 5 NOT NULL);
INSERT INTO constant VALUES (1), (8);
