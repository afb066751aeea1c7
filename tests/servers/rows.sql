-- rows.sql - rows of every type and every awkward sort, for the tests of backup and restore.
SET client_encoding = 'UTF8';
SELECT current_setting('server_version_num')::int >= 140000 AS has_multirange \gset

CREATE SCHEMA data;
CREATE SCHEMA "Sché.ma ""q"" /..";
CREATE EXTENSION IF NOT EXISTS plpgsql;

CREATE TYPE data.mood AS ENUM ('sad', 'ok''ish', 'Überfroh', 'with "quotes"', '');
CREATE TYPE data.pair AS (a int, b text, c numeric(10, 2)[]);
CREATE TYPE data.nested AS (p data.pair, m data.mood, t timestamptz);
CREATE DOMAIN data.short AS varchar(10) CHECK (VALUE <> 'never');
CREATE DOMAIN data.pairs AS data.pair[];
CREATE TYPE data.floats AS RANGE (subtype = float8, subtype_diff = float8mi);

-- A column of every base type that has an input function for users.
CREATE TABLE data.every (
	id int GENERATED ALWAYS AS IDENTITY (START WITH 1000 INCREMENT BY 7) PRIMARY KEY,
	c_bool bool, c_bytea bytea, c_char "char", c_name name, c_int8 int8, c_int2 int2, c_int2vector int2vector,
	c_int4 int4, c_regproc regproc, c_text text, c_oid oid, c_tid tid, c_xid xid, c_cid cid, c_oidvector oidvector,
	c_json json, c_xml xml, c_point point, c_lseg lseg, c_path path, c_box box, c_polygon polygon, c_line line,
	c_cidr cidr, c_float4 float4, c_float8 float8, c_macaddr8 macaddr8, c_circle circle, c_money money,
	c_macaddr macaddr, c_inet inet, c_aclitem aclitem, c_bpchar char(8), c_varchar varchar(20), c_date date,
	c_time time, c_timestamp timestamp, c_timestamptz timestamptz, c_interval interval, c_timetz timetz,
	c_bit bit(5), c_varbit varbit, c_numeric numeric, c_numeric2 numeric(12, 3), c_refcursor refcursor,
	c_regprocedure regprocedure, c_regoper regoper, c_regoperator regoperator, c_regclass regclass,
	c_regtype regtype, c_regrole regrole, c_regnamespace regnamespace, c_regcollation regcollation, c_uuid uuid,
	c_pg_lsn pg_lsn, c_tsvector tsvector, c_tsquery tsquery, c_regconfig regconfig, c_regdictionary regdictionary,
	c_jsonb jsonb, c_jsonpath jsonpath, c_txid_snapshot txid_snapshot, c_pg_snapshot pg_snapshot, c_xid8 xid8,
	c_int4range int4range, c_numrange numrange, c_tsrange tsrange, c_tstzrange tstzrange, c_daterange daterange,
	c_int8range int8range, c_floats data.floats, c_mood data.mood, c_pair data.pair, c_nested data.nested,
	c_short data.short, c_pairs data.pairs, c_text_array text[], c_int_array int[], c_pair_array data.pair[],
	c_mood_array data.mood[], c_bytea_array bytea[],
	c_made text GENERATED ALWAYS AS (c_text || '|' || c_int4::text) STORED
);
INSERT INTO data.every VALUES (DEFAULT,
	true, '\x00ff0a0d5c270941', 'x', 'a "name" \', -9223372036854775808, -32768, '1 2 -3',
	-2147483648, 'pg_catalog.now', E'tab\there\nnew\rline\\back\\.\b\f\v''quote"', 4294967295, '(42,7)', '3', '5', '1 2 3',
	'{"b":  1, "a": null, "a": "dup \u00e9"}', '<r a="1"><x>&amp;</x></r>', '(NaN,Infinity)', '[(1,2),(3,4)]',
	'[(0,0),(1e-300,1e300)]', '(3,4),(1,2)', '((0,0),(0.1,0.2),(1,1))', '{1,2,3}',
	'10.1.0.0/16', '3.4028235e38', '-1.7976931348623157e308', '08:00:2b:01:02:03:04:05', '<(1,2),3.3>', '-92233720368547758.08',
	'08:00:2b:01:02:03', '2001:db8::1/64', 'postgres=r*w/postgres', 'pad  ', 'trail   ', '4713-01-01 BC',
	'24:00:00', '294276-12-31 23:59:59.999999', '4714-11-24 00:00:00+00 BC', '-178000000 years', '00:00:00.000001+15:59',
	B'10101', B'', '-99999999999999999999999999999999999999.00000000000000000001000', 123456789.120, 'cursor "x"',
	'pg_catalog.abs(numeric)', 'pg_catalog.||/', 'pg_catalog.+(int4,int4)', 'pg_catalog.pg_class',
	'double precision', 'postgres', 'pg_catalog', '"C"', '00000000-0000-0000-0000-0000000000ff',
	'16/B374D848', $$'a fat'':1A,3B 'cat \ x':2$$, $$'fat' & ( 'rat' | !'c''at' <-> 'x':AB* )$$, 'simple', 'simple',
	'{"z": 1.10000000000000000000, "a": [null, {}, "\n\t\\"], "k \"": "€"}', '$."a b"[*] ? (@.x > 1)', '10:20:10,14,15',
	'10:20:10,14,15', '18446744073709551615',
	'[1,10)', '(,3.5]', '[-infinity,infinity)', '(2000-01-01 00:00+00,)', 'empty', '(,)', '[-Infinity,NaN]',
	'Überfroh', '(1,"a ""b"", (c) \\ d","{1.10,NULL,2}")', $$("(2,"""",)","with ""quotes""","0001-01-01 00:00:00+00 BC")$$,
	'short', ARRAY['(1,x,{})', NULL]::data.pair[], '{NULL,"NULL","",a b,"{}","q\"u,o\\t",Zürich}',
	'[-2:-1][5:7]={{1,2,3},{NULL,5,6}}', ARRAY[NULL, '(,,)']::data.pair[], '{sad,NULL,""}', ARRAY['\x00'::bytea, '', NULL]);
INSERT INTO data.every (c_bool, c_text, c_varchar, c_bpchar, c_bytea, c_numeric, c_float4, c_float8, c_date, c_timestamp,
	c_timestamptz, c_interval, c_json, c_xml, c_bit, c_text_array, c_mood, c_pair, c_int4)
VALUES (false, '', '', '', '', 'NaN', 'NaN', '-Infinity', 'infinity', '-infinity', 'infinity', '1 mon -1 day +00:00:00.5',
	'null', 'just content <a/> and text', B'00000', '{}', '', '(,,)', 0);
INSERT INTO data.every (c_float4, c_float8, c_date, c_timestamp, c_numeric, c_text, c_int4)
VALUES ('1e-45', '4.9406564584124654e-324', '-infinity', 'infinity', '0.000', '\N', 1),
	('-0', '-0', '0044-03-15 BC', '0044-03-15 12:00 BC', '1e131000', '\.', 2),
	('0.1', 0.1::float8 + 0.2::float8, '5874897-12-31', NULL, '-0.1', 'NULL', 3);
INSERT INTO data.every DEFAULT VALUES;
INSERT INTO data.every (c_bytea) SELECT string_agg(decode(lpad(to_hex(i), 2, '0'), 'hex'), '' ORDER BY i) FROM generate_series(0, 255) i;
-- A text of every character that one byte of UTF-8 can hold, and some longer ones.
INSERT INTO data.every (c_text) SELECT string_agg(chr(i), '' ORDER BY i) FROM generate_series(1, 127) i;
\if :has_multirange
CREATE TABLE data.multi (a int4multirange, b datemultirange, c nummultirange[], d int8multirange, e tsmultirange,
	f tstzmultirange, g nummultirange);
INSERT INTO data.multi VALUES ('{[1,2),[5,)}', '{}', ARRAY['{(,)}', NULL]::nummultirange[], '{(,1)}', '{[-infinity,infinity]}',
	'{empty}', '{[5,NaN]}');
INSERT INTO data.multi DEFAULT VALUES;
\endif

-- Names.
CREATE TABLE "Sché.ma ""q"" /.."."Ta.ble ""x"" \ %2E ü" ("co""l; --" int, "select" text, " " text, "Ü.b" date DEFAULT '2000-01-01');
INSERT INTO "Sché.ma ""q"" /.."."Ta.ble ""x"" \ %2E ü" VALUES (1, 'a', NULL, NULL), (2, '', 'x', '0001-01-01'), (NULL, NULL, NULL, NULL);
CREATE TABLE "Sché.ma ""q"" /..".".." (a int);
INSERT INTO "Sché.ma ""q"" /..".".." VALUES (1);
CREATE TABLE "Sché.ma ""q"" /.."."äääääääääääääääääääääääääääääää" (a int);
INSERT INTO "Sché.ma ""q"" /.."."äääääääääääääääääääääääääääääää" VALUES (2);

-- Shapes of tables.
CREATE TABLE data.nothing ();
INSERT INTO data.nothing SELECT FROM generate_series(1, 3);
CREATE TABLE data.made (g int GENERATED ALWAYS AS (1 + 1) STORED);
INSERT INTO data.made SELECT FROM generate_series(1, 2);
CREATE TABLE data.one (t text);
INSERT INTO data.one VALUES (''), (NULL), ('\.'), (E'\n'), ('\N');
CREATE TABLE data.bare (a int);
CREATE UNLOGGED TABLE data.unlogged (a int);
INSERT INTO data.unlogged VALUES (1), (2);
CREATE TABLE data.dropped (a int, gone text, b text);
INSERT INTO data.dropped VALUES (1, 'x', 'y');
ALTER TABLE data.dropped DROP COLUMN gone;
ALTER TABLE data.dropped ADD COLUMN c int DEFAULT 7;
INSERT INTO data.dropped VALUES (2, 'z', NULL);

CREATE TABLE data.part (k int, v text, d date) PARTITION BY RANGE (k);
CREATE TABLE data.part_1 PARTITION OF data.part FOR VALUES FROM (0) TO (10);
CREATE TABLE data.part_2 (v text, d date, extra int, k int);
ALTER TABLE data.part_2 DROP COLUMN extra;
ALTER TABLE data.part ATTACH PARTITION data.part_2 FOR VALUES FROM (10) TO (20);
CREATE TABLE data.part_3 PARTITION OF data.part FOR VALUES FROM (20) TO (30) PARTITION BY LIST (v);
CREATE TABLE data.part_3a PARTITION OF data.part_3 FOR VALUES IN ('a');
CREATE TABLE data.part_rest PARTITION OF data.part DEFAULT;
INSERT INTO data.part SELECT i, CASE WHEN i BETWEEN 20 AND 29 THEN 'a' ELSE 'v' || i END, '2024-02-29' FROM generate_series(-2, 35) i;
CREATE INDEX ON data.part (v);

CREATE TABLE data.animal (id serial PRIMARY KEY, name text);
CREATE TABLE data.dog (tricks int) INHERITS (data.animal);
INSERT INTO data.animal (name) VALUES ('cat');
INSERT INTO data.dog (name, tricks) VALUES ('rex', 3);

-- Keys, triggers, checks: rows come back although they would be refused or changed row by row.
CREATE TABLE data.parent (id int PRIMARY KEY);
CREATE TABLE data.child (id int PRIMARY KEY, parent int REFERENCES data.parent, self int REFERENCES data.child,
	CHECK (id > 0));
INSERT INTO data.parent SELECT generate_series(1, 5);
INSERT INTO data.child VALUES (1, 1, 2), (2, 5, 1), (3, NULL, 3);
CREATE TABLE data.audit (what text);
CREATE FUNCTION data.noisy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO data.audit VALUES (TG_TABLE_NAME);
	RETURN NEW;
END $$;
CREATE TRIGGER noisy BEFORE INSERT ON data.parent FOR EACH ROW EXECUTE FUNCTION data.noisy();
CREATE TRIGGER always AFTER INSERT ON data.parent FOR EACH ROW EXECUTE FUNCTION data.noisy();
ALTER TABLE data.parent ENABLE ALWAYS TRIGGER always;
CREATE TRIGGER silent AFTER INSERT ON data.parent FOR EACH ROW EXECUTE FUNCTION data.noisy();
ALTER TABLE data.parent DISABLE TRIGGER silent;
INSERT INTO data.parent VALUES (6);

CREATE TABLE data.secret (a int);
INSERT INTO data.secret VALUES (1), (2);
ALTER TABLE data.secret ENABLE ROW LEVEL SECURITY;
ALTER TABLE data.secret FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody ON data.secret USING (false);

-- Sequences.
CREATE SEQUENCE data.fresh START 5;
CREATE SEQUENCE data.used INCREMENT -3 MINVALUE -1000 MAXVALUE 0 START 0;
SELECT nextval('data.used'), nextval('data.used') \g /dev/null
CREATE SEQUENCE "Sché.ma ""q"" /.."."Se.q";
SELECT setval('"Sché.ma ""q"" /.."."Se.q"', 77, false) \g /dev/null

CREATE VIEW data.totals AS SELECT count(*) AS n FROM data.part;
CREATE MATERIALIZED VIEW data.summary AS SELECT v, count(*) AS n FROM data.part GROUP BY v;
CREATE INDEX ON data.summary (n);
CREATE MATERIALIZED VIEW data.later AS SELECT * FROM data.summary WITH NO DATA;

-- Large objects: small, empty, with a hole, of exactly a page, of more than two.
SELECT lo_from_bytea(50001, '\x00010203'), lo_create(50002), lo_from_bytea(50004, decode(repeat('5a', 262144), 'hex')),
	lo_from_bytea(50005, decode(repeat('00ff', 300000), 'hex')) \g /dev/null
SELECT lo_from_bytea(50003, '\x01') \g /dev/null
SELECT lo_put(50003, 300000, '\x02') \g /dev/null
COMMENT ON LARGE OBJECT 50001 IS 'it''s a "picture"';
