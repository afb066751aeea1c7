-- A number that keeps its width serves what is made over it as well, unless a function is called with it.
CREATE FUNCTION half(n integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$SELECT n / 2$$;
CREATE TABLE t (id bigint NOT NULL, a bigint, b bigint, c varchar(3), d bytea);
CREATE TABLE u (id bigint NOT NULL, t bigint);
INSERT INTO t VALUES (1, 2, 3, 'x'), (2, 3, 4, 'y');
INSERT INTO u VALUES (1, 1), (2, NULL);
