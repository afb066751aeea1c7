CREATE TABLE t (id integer);
ALTER TABLE t OWNER TO hard_owner;
INSERT INTO t VALUES (1);
