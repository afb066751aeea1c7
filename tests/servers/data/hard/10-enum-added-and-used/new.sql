CREATE TYPE mood AS ENUM ('awful', 'sad', 'ok', 'fine', 'happy', 'glad');
CREATE TABLE person (id int PRIMARY KEY, m mood DEFAULT 'ok', ms mood[] DEFAULT '{glad}', o mood DEFAULT 'awful' NOT NULL, CONSTRAINT c CHECK (m <> 'glad'));
CREATE INDEX i ON person (id) WHERE m = 'fine';
CREATE VIEW v AS SELECT id FROM person WHERE m > 'ok';
CREATE DOMAIN good AS mood CHECK (VALUE > 'fine');
CREATE TABLE gone (m mood DEFAULT 'awful');
CREATE FUNCTION f(a mood DEFAULT 'glad') RETURNS int LANGUAGE sql AS 'SELECT 1';
