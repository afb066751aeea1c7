CREATE TABLE t (id integer, code text);
ALTER TABLE t ADD CONSTRAINT here PRIMARY KEY (id);
CREATE TABLE twice (id integer, code text);
ALTER TABLE twice ADD CONSTRAINT twice_here PRIMARY KEY (id);
