CREATE TABLE pay (id integer NOT NULL, day date NOT NULL, who integer) PARTITION BY RANGE (day);
CREATE TABLE pay_1 PARTITION OF pay FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX only_here ON pay (who);
CREATE INDEX only_here_too ON pay (id);
INSERT INTO pay SELECT n, '2024-02-01', n % 3 FROM generate_series(1, 20) AS n;
