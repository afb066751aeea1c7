-- From PostgreSQL 17 on the order in which a pair of operators is made decides whether both know of each other.
CREATE FUNCTION same(int, int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR @# (FUNCTION = same, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR @## (FUNCTION = same, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR @& (FUNCTION = same, LEFTARG = int, RIGHTARG = int, NEGATOR = OPERATOR(@&&));
CREATE OPERATOR @&& (FUNCTION = same, LEFTARG = int, RIGHTARG = int);
CREATE TABLE t (a int, b int);
INSERT INTO t VALUES (1, 1), (1, 2);
CREATE VIEW v AS SELECT a @&& b AS same FROM t;
-- What an operator gets by the making of its other half needs no statement of its own.
CREATE OPERATOR =# (FUNCTION = same, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR <% (FUNCTION = same, LEFTARG = int, RIGHTARG = int);
CREATE TABLE g (a int, b int, same bool GENERATED ALWAYS AS (a =# b) STORED, CHECK (a <% b));
INSERT INTO g VALUES (1, 1), (2, 2);
