CREATE TYPE stage AS ENUM ('open', 'shut');
CREATE TABLE client (id serial PRIMARY KEY, nam text NOT NULL, mail text UNIQUE, s stage DEFAULT 'shut', CHECK (nam <> ''));
INSERT INTO client (nam, mail) SELECT 'n' || i, 'm' || i FROM generate_series(1, 15) i;
CREATE INDEX client_nam_idx ON client (lower(nam));
CREATE TABLE bill (id int PRIMARY KEY, client_id int REFERENCES client, total int);
INSERT INTO bill SELECT i, i, i FROM generate_series(1, 15) i;
CREATE VIEW clients AS SELECT id, nam FROM client;
CREATE FUNCTION tell(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
