DO $$ BEGIN CREATE ROLE hard_owner; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
CREATE TABLE t (x integer);
ALTER TABLE t OWNER TO hard_owner;
CREATE TABLE u (id integer NOT NULL);
ALTER TABLE u OWNER TO hard_owner;
CREATE SEQUENCE u_counter;
INSERT INTO t VALUES (1), (2);
INSERT INTO u VALUES (1);
