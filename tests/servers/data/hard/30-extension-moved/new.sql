CREATE SCHEMA tools;
CREATE EXTENSION cube SCHEMA tools;
CREATE EXTENSION hstore SCHEMA tools;
CREATE TABLE place (id int, at point);
CREATE FUNCTION box_at(place) RETURNS tools.cube LANGUAGE sql AS 'SELECT tools.cube(1)';
CREATE TABLE boxes (id int, at tools.cube);
