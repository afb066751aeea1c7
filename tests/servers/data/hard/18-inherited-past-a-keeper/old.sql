CREATE TABLE base (id integer, note text);
CREATE TABLE tool () INHERITS (base);
CREATE TABLE heir (id integer) INHERITS (tool);
CREATE TABLE alone (id integer, k integer);
CREATE TABLE of_alone (id integer) INHERITS (alone);
INSERT INTO heir VALUES (1, 'x');
INSERT INTO of_alone VALUES (1, 2);
