-- Up to 17 a child may do without its parent's NOT NULL, but not when it is given the parent.
CREATE TABLE base (id integer NOT NULL);
CREATE TABLE full_heir (id integer);
CREATE TABLE null_heir (id integer);
CREATE TABLE other_heir (own integer);
INSERT INTO full_heir VALUES (1);
INSERT INTO null_heir VALUES (NULL);
INSERT INTO other_heir VALUES (2);
