CREATE TABLE g (id int PRIMARY KEY, a int, plain int, made int GENERATED ALWAYS AS (a + 1) STORED, was int GENERATED ALWAYS AS (a * 2) STORED);
INSERT INTO g SELECT i, NULLIF(i, 3), i FROM generate_series(1, 9) i;
CREATE TABLE h (id int PRIMARY KEY, a int);
INSERT INTO h SELECT i, i FROM generate_series(1, 9) i;
