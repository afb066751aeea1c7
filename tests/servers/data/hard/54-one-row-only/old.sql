-- A unique index over a constant lets a table have one row.
CREATE TABLE one (a int);
CREATE TABLE two (a int, b text);
CREATE TABLE none (a int);
INSERT INTO one VALUES (1);
INSERT INTO two VALUES (1, 'x'), (2, 'y'), (NULL, 'y');
