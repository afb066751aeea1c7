CREATE TABLE pay (id integer NOT NULL, day date NOT NULL, who integer, what text) PARTITION BY RANGE (day);
CREATE TABLE pay_1 PARTITION OF pay FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX by_who ON pay (who);
CREATE UNIQUE INDEX by_id ON pay (id, day, who, what);
ALTER TABLE pay ADD PRIMARY KEY (id, day, who, what);
-- two of one form, of which the parent's has the one that comes later by name
CREATE TABLE pay_2 PARTITION OF pay FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX another_by_who ON pay_2 (who);
-- the same below a level between, whose own index is made of those of its partitions
CREATE TABLE pay_3 PARTITION OF pay FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (what);
CREATE TABLE pay_3_a PARTITION OF pay_3 FOR VALUES IN ('a') PARTITION BY HASH (who);
CREATE TABLE pay_3_a_0 PARTITION OF pay_3_a FOR VALUES WITH (modulus 1, remainder 0);
CREATE TABLE pay_3_rest PARTITION OF pay_3 DEFAULT;
CREATE INDEX also_by_who ON pay_3_a_0 (who DESC);
CREATE INDEX by_what ON pay_3 (what);
