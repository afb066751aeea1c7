CREATE TABLE account (id int PRIMARY KEY, region text);
INSERT INTO account SELECT i, 'r' || i % 3 FROM generate_series(1, 30) i;
