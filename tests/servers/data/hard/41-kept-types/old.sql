-- a column keeps its type or its NULLs: what only looks at it changes nonetheless, what is made for the new type not
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE kept (id int PRIMARY KEY, level level NOT NULL, other int, empty int,
	CONSTRAINT fits CHECK (level <> 'low' OR other > 0));
INSERT INTO kept VALUES (1, 'low', 5, NULL);
ALTER TABLE kept ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_level ON kept USING (level = 'low');
CREATE POLICY by_other ON kept USING (other = 1);
CREATE POLICY by_empty ON kept USING (empty = 1);
CREATE POLICY by_new ON kept USING (true);
COMMENT ON POLICY by_level ON kept IS 'before';

CREATE TABLE wide (v varchar(10));
ALTER TABLE wide ALTER v SET STORAGE EXTERNAL, ALTER v SET STATISTICS 50, ALTER v SET (n_distinct = 5);
CREATE TABLE plain_again (v text, n numeric, d text[]);
ALTER TABLE plain_again ALTER v SET STORAGE EXTERNAL, ALTER n SET STORAGE PLAIN, ALTER d SET STORAGE MAIN;
INSERT INTO plain_again VALUES ('a', 1, '{b}');
