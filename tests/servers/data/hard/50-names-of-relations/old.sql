-- What production keeps has names that the snapshot gives to others: relations of every sort share them.
CREATE TABLE jobs (id integer GENERATED ALWAYS AS IDENTITY, x integer);
INSERT INTO jobs (x) VALUES (1), (2);
CREATE INDEX queue ON jobs (x);
CREATE INDEX counter ON jobs (id);
CREATE TABLE later (i integer);
CREATE TABLE serial_at_first (id serial, x integer);
INSERT INTO serial_at_first (x) VALUES (1), (2), (3);
CREATE TABLE identity_at_first (id integer GENERATED ALWAYS AS IDENTITY, x integer);
INSERT INTO identity_at_first (x) VALUES (1), (2);
CREATE TABLE plain_at_first (id integer NOT NULL);
INSERT INTO plain_at_first VALUES (7);
