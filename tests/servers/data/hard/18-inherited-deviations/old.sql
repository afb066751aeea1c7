CREATE TABLE base (id integer, note text);
CREATE TABLE heir (own text) INHERITS (base);
CREATE TABLE whole (k integer, v text) PARTITION BY LIST (k);
CREATE TABLE whole_1 PARTITION OF whole FOR VALUES IN (1);
CREATE TABLE whole_2 PARTITION OF whole FOR VALUES IN (2);
INSERT INTO base VALUES (1, 'a');
INSERT INTO heir VALUES (2, NULL, 'x');
INSERT INTO whole VALUES (1, 'a'), (2, NULL);
