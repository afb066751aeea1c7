CREATE TABLE animal (id int, name text, born date DEFAULT '2000-01-01', CONSTRAINT named CHECK (name <> ''));
CREATE TABLE cat (lives int, CONSTRAINT nine CHECK (lives < 10)) INHERITS (animal);
CREATE TABLE dog (name text, id int) INHERITS (animal);
CREATE TABLE own (id int, name text, extra int, born date DEFAULT '1999-01-01') INHERITS (animal);
CREATE TABLE fish (fins int, name text) INHERITS (animal);
