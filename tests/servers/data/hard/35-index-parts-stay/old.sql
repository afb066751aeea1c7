CREATE FUNCTION grade(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 10';
CREATE TABLE score (points int, grade int GENERATED ALWAYS AS (grade(points)) STORED);
CREATE TABLE event (at date NOT NULL, device int, level int) PARTITION BY RANGE (at);
CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX lookup ON event (device);
INSERT INTO score SELECT i FROM generate_series(0, 40) i;
INSERT INTO event SELECT '2024-01-01'::date + i, i, i FROM generate_series(0, 40) i;
