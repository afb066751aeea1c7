-- What a parent gets comes down to heirs that production keeps linked, though the snapshot has them otherwise.
CREATE TABLE typed (id integer, a integer);
CREATE TABLE heir_typed (a integer) INHERITS (typed);
CREATE TABLE moves_up (id integer);
CREATE TABLE heir_moves (a integer) INHERITS (moves_up);
CREATE TABLE checked (id integer);
CREATE TABLE heir_checked (CONSTRAINT bound CHECK (id > 0)) INHERITS (checked);
CREATE TABLE alone (CONSTRAINT bound CHECK (id > 0)) INHERITS (checked);
CREATE TABLE below_alone () INHERITS (alone);
CREATE TABLE gets (id integer);
CREATE TABLE defaults (id integer, a integer);
CREATE TABLE changes_parent (id integer);
CREATE TABLE changes () INHERITS (changes_parent);
INSERT INTO heir_typed VALUES (1, 2);
INSERT INTO heir_moves VALUES (1, 2);
INSERT INTO below_alone VALUES (1);
INSERT INTO gets VALUES (1);
