CREATE TABLE invoice (net numeric, gross numeric DEFAULT 0, label text COLLATE "C" UNIQUE);
CREATE VIEW large AS SELECT gross, label FROM invoice WHERE gross > 20;
COMMENT ON VIEW large IS 'more than twenty';
GRANT SELECT ON large TO PUBLIC;
CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE COLLATION unused (provider = icu, locale = 'de');
CREATE TABLE person (name text COLLATE loose UNIQUE);
CREATE TABLE city (name text COLLATE loose UNIQUE);
CREATE PUBLICATION of_it FOR ALL TABLES;
