CREATE TABLE t (id integer, code text);
ALTER TABLE t ADD CONSTRAINT there PRIMARY KEY (code, id);
INSERT INTO t VALUES (1, 'a'), (2, 'b');
CREATE TABLE twice (id integer, code text);
ALTER TABLE twice ADD CONSTRAINT twice_there PRIMARY KEY (code, id);
INSERT INTO twice VALUES (1, 'a'), (1, 'b');
