CREATE TABLE base (id integer, late integer);
CREATE TABLE heir (own text) INHERITS (base);
CREATE INDEX ON heir (late);
CREATE TABLE part (day date) PARTITION BY RANGE (day);
CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
