CREATE FUNCTION grade(int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1::bigint / 10';
CREATE TABLE score (points int, grade int GENERATED ALWAYS AS (grade(points)) STORED);
CREATE TABLE event (at date NOT NULL, device int, level int) PARTITION BY RANGE (at);
CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX lookup ON event (grade(level), device);
