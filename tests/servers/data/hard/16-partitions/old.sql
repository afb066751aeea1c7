CREATE TABLE log (id int, at date, region text) PARTITION BY RANGE (at);
CREATE TABLE log_2020 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY LIST (region);
CREATE TABLE log_2020_eu PARTITION OF log_2020 FOR VALUES IN ('eu');
CREATE TABLE log_2020_rest PARTITION OF log_2020 DEFAULT;
CREATE TABLE log_2021 (id int, at date, region text);
INSERT INTO log_2021 SELECT i, '2021-06-01', 'eu' FROM generate_series(1, 10) i;
CREATE TABLE log_old (id int, at date, region text);
ALTER TABLE log ATTACH PARTITION log_old FOR VALUES FROM ('2010-01-01') TO ('2011-01-01');
INSERT INTO log VALUES (1, '2020-02-02', 'eu'), (2, '2020-02-02', 'us'), (3, '2010-05-05', 'x');
