CREATE TABLE base (id integer);
CREATE TABLE heir (own text, late integer) INHERITS (base);
CREATE TABLE part (day date) PARTITION BY RANGE (day);
CREATE TABLE part_1 (day date);
INSERT INTO heir VALUES (1, 'x', 2);
