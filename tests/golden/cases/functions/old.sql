CREATE FUNCTION f(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT x';
CREATE FUNCTION g(x integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT x';
CREATE TABLE t (id integer CHECK (g(id) > 0));
CREATE POLICY p ON t USING (g(id) > 1);
CREATE INDEX i ON t (g(id));
CREATE INDEX j ON t (f(id));
