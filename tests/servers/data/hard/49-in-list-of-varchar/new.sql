CREATE TABLE t (a varchar(10) CHECK (a IN ('x', 'y')), b varchar CHECK (b NOT IN ('p', 'q')));
CREATE INDEX i ON t (b) WHERE a IN ('x', 'y');
CREATE VIEW v AS SELECT a FROM t WHERE b IN ('m', 'n');
