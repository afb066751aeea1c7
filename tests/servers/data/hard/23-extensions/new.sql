CREATE SCHEMA aa_tools;
CREATE EXTENSION pg_trgm SCHEMA aa_tools;
CREATE EXTENSION hstore;
CREATE TABLE t (id int, word text, tags hstore DEFAULT ''::hstore);
CREATE INDEX similar_word ON t USING gin (word aa_tools.gin_trgm_ops);
CREATE VIEW likes AS SELECT id FROM t WHERE word OPERATOR(aa_tools.%) 'alpha';
