CREATE TABLE project (id int PRIMARY KEY);
CREATE TABLE daily (id int PRIMARY KEY, project_id int REFERENCES project, day date, fetches int, UNIQUE (project_id), CHECK (fetches > 0));
CREATE INDEX daily_fetches ON daily (fetches);
CREATE UNIQUE INDEX daily_once ON daily (project_id, (fetches + 1));
CREATE UNIQUE INDEX daily_day ON daily (day DESC, project_id);
CREATE TABLE hourly (id int, project_id int REFERENCES project, day date, PRIMARY KEY (id, day), UNIQUE (day, project_id)) PARTITION BY RANGE (day);
CREATE INDEX hourly_project ON hourly (project_id);
