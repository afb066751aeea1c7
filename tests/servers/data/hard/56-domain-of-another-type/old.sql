CREATE DOMAIN code AS integer CONSTRAINT code_range CHECK (VALUE > 0);
CREATE DOMAIN word AS character varying(10);
CREATE TABLE t (x code, y word);
INSERT INTO t VALUES (1, 'a');
