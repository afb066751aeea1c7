CREATE TABLE animal (id int, name text);
CREATE TABLE cat (lives int) INHERITS (animal);
CREATE TABLE dog (name text, id int);
CREATE TABLE own (id int, name text, extra int);
INSERT INTO animal VALUES (1, 'a');
INSERT INTO cat VALUES (2, 'c', 9);
INSERT INTO dog VALUES ('d', 3);
INSERT INTO own VALUES (4, 'o', 1);
