-- keys WITHOUT OVERLAPS over rows that do not fit them
CREATE EXTENSION btree_gist;
CREATE TABLE room (id int, during int4range);
INSERT INTO room VALUES (1, '[1,5)'), (1, '[5,9)'), (2, '[1,3)');
CREATE TABLE clash (id int, during int4range);
INSERT INTO clash VALUES (1, '[1,5)'), (1, '[4,9)'), (2, '[1,3)');
CREATE TABLE vacant (id int, during int4range);
INSERT INTO vacant VALUES (1, 'empty'), (NULL, '[1,2)');
CREATE TABLE stay (room int, during int4range);
INSERT INTO stay VALUES (1, '[2,8)'), (2, '[2,4)');
CREATE TABLE fits (room int, during int4range);
INSERT INTO fits VALUES (1, '[2,8)');
