-- The parents keep a column that heirs would lack: without the link, the heirs' columns are their own.
CREATE TABLE base (id integer, note text, kept integer);
CREATE TABLE there (id integer, note text);
CREATE TABLE retyped (id integer);
INSERT INTO base VALUES (1, 'x', 2);
INSERT INTO there VALUES (1, 'x');
