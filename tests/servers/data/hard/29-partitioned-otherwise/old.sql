CREATE TABLE project (id int PRIMARY KEY);
INSERT INTO project VALUES (1);
CREATE TABLE daily (id int, project_id int, day date, fetches int, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE daily_2024 PARTITION OF daily FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO daily VALUES (1, 1, '2024-02-29', 5);
CREATE TABLE hourly (id int PRIMARY KEY, project_id int, day date);
INSERT INTO hourly VALUES (1, 1, '2024-02-29');
