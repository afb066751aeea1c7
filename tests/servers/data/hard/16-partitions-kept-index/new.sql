CREATE TABLE pay (id integer NOT NULL, day date NOT NULL, who integer) PARTITION BY RANGE (day);
CREATE TABLE pay_1 PARTITION OF pay FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE pay_2 PARTITION OF pay FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- what the server would call the part of production's index
CREATE INDEX pay_2_who_idx ON pay_2 (who) WHERE who > 0;
-- and what can be that part
CREATE INDEX pay_2_by_id ON pay_2 (id);
