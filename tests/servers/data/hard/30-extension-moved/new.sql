CREATE SCHEMA tools;
CREATE EXTENSION cube SCHEMA tools;
CREATE EXTENSION hstore SCHEMA tools;
CREATE TABLE place (id int, at point);
