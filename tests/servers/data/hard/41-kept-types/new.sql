CREATE TABLE kept (id int PRIMARY KEY, level text NOT NULL, other int, empty int NOT NULL,
	CONSTRAINT fits CHECK (level <> 'low'::text OR other > 1));
ALTER TABLE kept ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_level ON kept USING (level || '' = 'high');
CREATE POLICY by_other ON kept USING (other = 2);
CREATE POLICY by_empty ON kept USING (empty = 2);
CREATE FUNCTION fresh(kept) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE POLICY by_new ON kept USING (fresh(kept));
CREATE VIEW empties AS SELECT empty FROM kept;
COMMENT ON POLICY by_level ON kept IS 'after';

CREATE TABLE wide (v varchar(20));
ALTER TABLE wide ALTER v SET STORAGE EXTERNAL, ALTER v SET STATISTICS 50, ALTER v SET (n_distinct = 5);
CREATE TABLE plain_again (v text, n numeric, d text[]);
