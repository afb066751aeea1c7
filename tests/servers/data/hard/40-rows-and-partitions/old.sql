-- tables that are to become partitions, some with rows that may not be there
CREATE TABLE city (abbrev char(2) NOT NULL, id int NOT NULL) PARTITION BY LIST (abbrev);
CREATE TABLE north PARTITION OF city FOR VALUES IN ('AC', 'TO') PARTITION BY LIST (abbrev);
CREATE TABLE north_to (abbrev char(2) NOT NULL, id int NOT NULL);
INSERT INTO north_to VALUES ('TO', 1), ('AC', 2);
CREATE TABLE north_ac (abbrev char(2) NOT NULL, id int NOT NULL);
INSERT INTO north_ac VALUES ('AC', 1), ('AC', 2);

CREATE TABLE log (at date, part int, note text) PARTITION BY RANGE (at, part);
CREATE TABLE log_rest PARTITION OF log DEFAULT;
INSERT INTO log VALUES ('2024-05-01', 1, 'a'), ('2026-05-01', 1, 'b');
CREATE TABLE log_25 (at date, part int, note text);
INSERT INTO log_25 VALUES ('2025-01-01', 5, 'c'), ('2025-01-01', 4, 'd'), (NULL, 9, 'e');
CREATE TABLE log_27 (at date, part int, note text);
INSERT INTO log_27 VALUES ('2027-01-01', 1, 'f');

CREATE TABLE spread (id int, v text) PARTITION BY HASH (id);
CREATE TABLE spread_0 PARTITION OF spread FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE spread_1 (id int, v text);
INSERT INTO spread_1 SELECT g, 'x' FROM generate_series(1, 9) g;

CREATE TABLE words (w text) PARTITION BY LIST (lower(w));
CREATE TABLE words_a PARTITION OF words FOR VALUES IN ('a', NULL);
CREATE TABLE words_others (w text);
INSERT INTO words_others VALUES ('B'), ('A'), (NULL);

CREATE TABLE stay (a int, b int, during int4range, note text);
INSERT INTO stay VALUES (1, 1, '[1,5)', 'x'), (1, 2, '[4,9)', 'y'), (2, 1, '[1,5)', 'z');
