CREATE TABLE base (id integer NOT NULL);
CREATE TABLE full_heir () INHERITS (base);
ALTER TABLE full_heir ALTER id DROP NOT NULL;
CREATE TABLE null_heir () INHERITS (base);
ALTER TABLE null_heir ALTER id DROP NOT NULL;
CREATE TABLE new_base (id integer NOT NULL);
CREATE TABLE other_heir (own integer) INHERITS (new_base);
ALTER TABLE other_heir ALTER id DROP NOT NULL;
