CREATE TABLE t (id int, name varchar(10), up date);
CREATE VIEW v AS SELECT id, name FROM t WHERE id > 1 ORDER BY name;
CREATE VIEW w AS SELECT a.id, b.name FROM t a JOIN t b USING (id) WHERE a.name::text <> 'q'::text;
CREATE FUNCTION f(a int, OUT b int) LANGUAGE sql AS 'SELECT 1';
CREATE TABLE u (a varchar(3) DEFAULT 'x' || 'y', b text, CHECK (b IN ('p', 'q')));
