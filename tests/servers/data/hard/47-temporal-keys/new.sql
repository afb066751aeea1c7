CREATE EXTENSION btree_gist;
CREATE TABLE room (id int, during int4range, CONSTRAINT room_key PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE clash (id int, during int4range, CONSTRAINT clash_key UNIQUE (id, during WITHOUT OVERLAPS));
CREATE TABLE vacant (id int, during int4range, CONSTRAINT vacant_key UNIQUE (id, during WITHOUT OVERLAPS));
CREATE TABLE stay (room int, during int4range, CONSTRAINT of_room FOREIGN KEY (room, PERIOD during) REFERENCES room (id, PERIOD during));
CREATE TABLE fits (room int, during int4range, CONSTRAINT fits_room FOREIGN KEY (room, PERIOD during) REFERENCES room (id, PERIOD during));
