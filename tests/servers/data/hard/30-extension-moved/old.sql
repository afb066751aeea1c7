CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
CREATE EXTENSION hstore;
CREATE TABLE place (id int, at point);
INSERT INTO place VALUES (1, point(52, 13));
CREATE INDEX place_at ON place USING gist (ll_to_earth(at[0], at[1]));
