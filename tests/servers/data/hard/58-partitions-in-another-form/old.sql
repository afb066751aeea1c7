-- Tables that are to be attached; the parents keep columns and checks that the snapshot has not.
CREATE TABLE a (id integer, old integer NOT NULL) PARTITION BY LIST (id);
CREATE TABLE a1 (id integer, old integer);
CREATE TABLE b (id integer, old integer) PARTITION BY LIST (id);
CREATE TABLE b1 (id integer, old text);
CREATE TABLE c (id integer, CONSTRAINT bound CHECK (id > 0)) PARTITION BY LIST (id);
CREATE TABLE c1 (id integer CONSTRAINT bound CHECK (id > 1));
CREATE TABLE d (id integer CONSTRAINT bound CHECK (id > 0)) PARTITION BY LIST (id);
CREATE TABLE d1 (id integer);
ALTER TABLE d1 ADD CONSTRAINT bound CHECK (id > 0) NOT VALID;
CREATE TABLE e (id integer CONSTRAINT bound CHECK (id < 5)) PARTITION BY LIST (id);
CREATE TABLE e1 (id integer);
INSERT INTO a1 VALUES (1, NULL);
INSERT INTO e1 VALUES (10);
