CREATE TABLE part (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO part SELECT i, 'part ' || i FROM generate_series(1, 50) i;
