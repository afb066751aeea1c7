CREATE FUNCTION half(n integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$SELECT n / 2$$;
CREATE TABLE t (id integer PRIMARY KEY, a smallint DEFAULT 1 CHECK (a > 0 AND a < 9), b integer CHECK (half(b) < 9),
	c integer, d text, g integer GENERATED ALWAYS AS (a + 1) STORED);
CREATE INDEX t_a ON t (a DESC, b) WHERE a <> 7;
CREATE INDEX t_b ON t (half(b));
CREATE INDEX t_c ON t (c);
CREATE INDEX t_d ON t (d);
CREATE TABLE u (id smallint PRIMARY KEY, t integer REFERENCES t);
CREATE VIEW v AS SELECT id FROM u;
