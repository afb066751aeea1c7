-- What each version from 14 on can change about the objects of versions-older.sql: each change is one of what is there.
SELECT current_setting('server_version_num')::int >= 140000 AS v14,
       current_setting('server_version_num')::int >= 150000 AS v15,
       current_setting('server_version_num')::int >= 160000 AS v16,
       current_setting('server_version_num')::int >= 170000 AS v17,
       current_setting('server_version_num')::int >= 180000 AS v18
\gset
SET client_min_messages = error;
SET search_path = old, public;

ALTER TABLE item SET (fillfactor = 50);
ALTER TABLE keyless ALTER n TYPE bigint, ADD PRIMARY KEY (id);
ALTER TABLE refers ADD CONSTRAINT refers_to FOREIGN KEY (id) REFERENCES keyless;
ALTER TABLE split ATTACH PARTITION split_1 FOR VALUES IN (1);
CREATE VIEW by_key AS SELECT id, n FROM keyless GROUP BY id;
\if :v14
ALTER TABLE item ALTER name SET COMPRESSION pglz, ADD COLUMN spans int4multirange, ADD COLUMN made_in numeric;
ALTER TABLE item ALTER made_in SET DEFAULT EXTRACT(year FROM now()), ALTER spans SET DEFAULT '{[1,2)}';
ALTER TABLE item ADD CONSTRAINT item_spans CHECK (spans <> '{}' OR lower(spans) > 1);
CREATE INDEX item_spans_index ON item USING gist (spans);
CREATE OR REPLACE FUNCTION one(a int) RETURNS int LANGUAGE sql RETURN a + 1;
CREATE OR REPLACE FUNCTION two() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 2; END;
CREATE OR REPLACE FUNCTION three(a text DEFAULT unistr('\0041')) RETURNS text LANGUAGE sql AS 'SELECT a';
CREATE OR REPLACE TRIGGER item_touch BEFORE UPDATE ON item FOR EACH ROW WHEN (trim_array(ARRAY[NEW.n], 1) = '{1}')
	EXECUTE FUNCTION touch();
DROP STATISTICS item_statistics;
CREATE STATISTICS item_statistics ON (n + 1), name FROM item;
ALTER DOMAIN word SET DEFAULT unistr('\0041');
ALTER SUBSCRIPTION feed SET (binary = true, streaming = true);
\endif
\if :v15
ALTER VIEW names SET (security_invoker = true);
ALTER PUBLICATION items SET TABLE item (id, n) WHERE (id > 1);
ALTER PUBLICATION more ADD TABLES IN SCHEMA old;
ALTER SUBSCRIPTION feed SET (disable_on_error = true);
ALTER TABLE item ADD CONSTRAINT item_alike UNIQUE NULLS NOT DISTINCT (n), ALTER name SET DEFAULT regexp_substr('x', 'x');
ALTER TABLE sub ADD FOREIGN KEY (extra, other) REFERENCES parted ON DELETE SET NULL (extra);
DROP INDEX item_n;
CREATE INDEX item_n ON item (regexp_count(name, 'x'));
ALTER POLICY item_read ON item USING (regexp_like(name, 'x'));
ALTER DOMAIN small DROP CONSTRAINT is_small;
ALTER DOMAIN small ADD CONSTRAINT is_small CHECK (regexp_like(VALUE::text, '^.$'));
\endif
\if :v16
ALTER SUBSCRIPTION feed SET (origin = none, streaming = parallel);
ALTER TABLE item ADD COLUMN json json DEFAULT json_object('a': 1), ADD CONSTRAINT item_no_json CHECK (name IS NOT JSON);
CREATE COLLATION ruled (PROVIDER = icu, LOCALE = 'und', RULES = '&a < g');
ALTER TABLE item ADD COLUMN sorted text COLLATE ruled;
DROP RULE names_update ON names;
CREATE RULE names_update AS ON UPDATE TO names
	DO INSTEAD UPDATE item SET n = 1 WHERE pg_input_is_valid(NEW.name, 'integer');
ALTER POLICY item_write ON item WITH CHECK (pg_input_is_valid(name, 'integer'));
\endif
\if :v17
ALTER TABLE item ALTER at SET DEFAULT to_timestamp(random(1, 6)::float8);
CREATE OR REPLACE VIEW names AS SELECT id, name, xmltext(name) AS markup FROM item;
ALTER VIEW names SET (security_invoker = true);
CREATE TABLE booked (a int4range, b int4range) PARTITION BY LIST (a);
ALTER TABLE booked ADD CONSTRAINT booked_once EXCLUDE USING gist (a WITH =, b WITH &&);
\endif
\if :v18
ALTER TABLE item SET (vacuum_max_eager_freeze_failure_rate = 0.1);
ALTER TABLE item ADD COLUMN twice int GENERATED ALWAYS AS (n * 2) VIRTUAL;
ALTER TABLE item ADD CONSTRAINT item_soft CHECK (n < 0) NOT ENFORCED;
ALTER TABLE required ADD CONSTRAINT b_is_there NOT NULL b NOT VALID;
ALTER TABLE required RENAME CONSTRAINT required_a_not_null TO a_is_there;
ALTER TABLE period ADD PRIMARY KEY (id, valid WITHOUT OVERLAPS);
ALTER TABLE period_child ADD FOREIGN KEY (id, PERIOD valid) REFERENCES period;
ALTER TABLE sub ADD CONSTRAINT sub_soft FOREIGN KEY (other) REFERENCES item NOT ENFORCED;
ALTER TABLE parted ADD CONSTRAINT parted_later FOREIGN KEY (id) REFERENCES item NOT VALID;
ALTER PUBLICATION items SET (publish_generated_columns = stored);
DROP MATERIALIZED VIEW stored;
CREATE MATERIALIZED VIEW stored AS SELECT id, name, casefold(name) AS folded FROM item;
CREATE INDEX stored_id ON stored (id);
CREATE OR REPLACE FUNCTION two() RETURNS int LANGUAGE sql BEGIN ATOMIC UPDATE item SET n = 1 RETURNING old.n; END;
ALTER TABLE item ALTER doc SET DEFAULT json_strip_nulls('{}', true)::jsonb;
\endif
