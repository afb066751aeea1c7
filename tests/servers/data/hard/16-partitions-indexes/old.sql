CREATE TABLE pay (id integer NOT NULL, day date NOT NULL, who integer, what text) PARTITION BY RANGE (day);
CREATE TABLE pay_1 PARTITION OF pay FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX by_who ON pay (who);
CREATE UNIQUE INDEX by_id ON pay (id, day, who, what);
ALTER TABLE pay ADD PRIMARY KEY (id, day, who, what);
INSERT INTO pay SELECT n, '2024-02-01', n % 3, 'x' FROM generate_series(1, 20) AS n;
