CREATE TABLE t (id int, name varchar(10), up date);
INSERT INTO t VALUES (1, 'x', '2020-01-01');
CREATE VIEW v AS SELECT t.id, t.name FROM t WHERE t.id > 1 ORDER BY t.name;
CREATE VIEW w AS SELECT a.id, b.name FROM t a JOIN t b USING (id) WHERE (a.name)::text <> 'q'::text;
CREATE FUNCTION f(IN a int, OUT b int) LANGUAGE sql AS 'SELECT 1';
CREATE TABLE u (a varchar(3) DEFAULT ('x'::text || 'y'::text), b text, CHECK (b = ANY (ARRAY['p'::text, 'q'::text])));
