CREATE TABLE ref (id integer PRIMARY KEY);
INSERT INTO ref VALUES (1), (2);
CREATE TABLE by_range (k integer, t text, d date) PARTITION BY RANGE (k, t);
CREATE TABLE by_range_in (k integer, t text, d date);
CREATE TABLE by_range_out (k integer, t text, d date);
CREATE TABLE by_range_null (k integer, t text, d date);
INSERT INTO by_range_in VALUES (10, 'm', '2024-01-01'), (15, NULL, '2024-01-01'), (20, 'a', '2024-01-01');
UPDATE by_range_in SET t = 'x' WHERE t IS NULL;
INSERT INTO by_range_out VALUES (20, 'n', '2024-01-01'), (20, 'm', '2024-01-01');
INSERT INTO by_range_null VALUES (40, NULL, '2024-01-01');
CREATE TABLE by_list (k integer, t text) PARTITION BY LIST (lower(t));
CREATE TABLE by_list_in (k integer, t text);
CREATE TABLE by_list_out (k integer, t text);
CREATE TABLE by_list_rest PARTITION OF by_list DEFAULT;
INSERT INTO by_list_in VALUES (1, 'A'), (2, NULL), (3, 'it''s, (odd');
INSERT INTO by_list_out VALUES (1, 'c'), (2, 'd');
INSERT INTO by_list_rest VALUES (1, 'x'), (2, 'y');
CREATE TABLE by_hash (k integer, t text) PARTITION BY HASH (k, t);
CREATE TABLE by_hash_0 (k integer, t text);
CREATE TABLE by_hash_1 (k integer, t text);
INSERT INTO by_hash_0 SELECT n, 'x' FROM generate_series(1, 50) AS n
	WHERE satisfies_hash_partition('by_hash'::regclass, 2, 0, n, 'x'::text);
INSERT INTO by_hash_1 SELECT n, 'x' FROM generate_series(1, 50) AS n
	WHERE satisfies_hash_partition('by_hash'::regclass, 2, 0, n, 'x'::text);
CREATE TABLE with_key (k integer) PARTITION BY LIST (k);
ALTER TABLE with_key ADD FOREIGN KEY (k) REFERENCES ref;
CREATE TABLE with_key_1 (k integer);
CREATE TABLE with_key_3 (k integer);
INSERT INTO with_key_1 VALUES (1);
INSERT INTO with_key_3 VALUES (3);
-- the bounds of the level above hold too
CREATE TABLE deep (k integer, t text) PARTITION BY RANGE (k);
CREATE TABLE deep_a (k integer, t text);
INSERT INTO deep_a VALUES (99, 'a');
