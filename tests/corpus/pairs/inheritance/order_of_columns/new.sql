-- Children that were tables of their own, with checks, before they got parents; parents in an order that is not that of their names.
CREATE TABLE other (id int);
CREATE TABLE a_parent (x int, y int CHECK (y > 0));
CREATE TABLE b_parent (y int, z int NOT NULL);
CREATE TABLE child (z int NOT NULL, extra text, y int, x int, CONSTRAINT a_parent_y_check CHECK (y > 0));
ALTER TABLE child INHERIT b_parent;
ALTER TABLE child INHERIT a_parent;
CREATE TABLE mixed (more int) INHERITS (b_parent, a_parent);
