CREATE TABLE t (id int8 PRIMARY KEY, s text DEFAULT 'a'::text CHECK (s IN ('a', 'b')), n decimal(5,2) DEFAULT 1.00, at timestamptz DEFAULT now());
INSERT INTO t SELECT i FROM generate_series(1, 10) i;
CREATE INDEX i ON t (lower(s)) WHERE s != 'b';
CREATE VIEW v AS SELECT * FROM t WHERE s IN ('a', 'b') AND NOT id BETWEEN 5 AND 6;
