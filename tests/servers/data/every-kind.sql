-- every-kind.sql - at least one object of every kind, under names that need quoting.  For psql, as a superuser.
\set ON_ERROR_STOP on
\set VERBOSITY terse
SELECT pg_catalog.current_setting('server_version_num')::int >= 140000 AS v14,
       pg_catalog.current_setting('server_version_num')::int >= 150000 AS v15,
       pg_catalog.current_setting('server_version_num')::int >= 160000 AS v16,
       pg_catalog.current_setting('server_version_num')::int >= 170000 AS v17,
       pg_catalog.current_setting('server_version_num')::int >= 180000 AS v18 \gset
SET client_min_messages = warning;

CREATE SCHEMA "S'1";
COMMENT ON SCHEMA "S'1" IS 'it''s "quoted"';
CREATE SCHEMA plain;
SET search_path = "S'1";

-- languages, access methods
CREATE LANGUAGE "pl X" HANDLER pg_catalog.plpgsql_call_handler INLINE pg_catalog.plpgsql_inline_handler VALIDATOR pg_catalog.plpgsql_validator;
COMMENT ON LANGUAGE "pl X" IS 'another pl';
CREATE ACCESS METHOD "heap 2" TYPE TABLE HANDLER pg_catalog.heap_tableam_handler;
CREATE ACCESS METHOD "btree 2" TYPE INDEX HANDLER pg_catalog.bthandler;
COMMENT ON ACCESS METHOD "heap 2" IS 'a second heap';

-- a base type over its shell, and its operators
CREATE TYPE "num ""b";
CREATE FUNCTION "num in"(cstring) RETURNS "num ""b" LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION "num out"("num ""b") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE FUNCTION "num recv"(internal) RETURNS "num ""b" LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE FUNCTION "num send"("num ""b") RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
CREATE TYPE "num ""b" (INPUT = "num in", OUTPUT = "num out", RECEIVE = "num recv", SEND = "num send",
	INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4, CATEGORY = 'N', DEFAULT = '7', DELIMITER = ';');
COMMENT ON TYPE "num ""b" IS 'a number';
CREATE TYPE "only shell";
CREATE FUNCTION "num lt"("num ""b", "num ""b") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
CREATE FUNCTION "num le"("num ""b", "num ""b") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4le';
CREATE FUNCTION "num eq"("num ""b", "num ""b") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4eq';
CREATE FUNCTION "num ge"("num ""b", "num ""b") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4ge';
CREATE FUNCTION "num gt"("num ""b", "num ""b") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4gt';
CREATE FUNCTION "num cmp"("num ""b", "num ""b") RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'btint4cmp';
CREATE FUNCTION "num hash"("num ""b") RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'hashint4';
CREATE FUNCTION "num lt8"("num ""b", bigint) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int48lt';
CREATE FUNCTION "num cmp8"("num ""b", bigint) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'btint48cmp';
CREATE OPERATOR < (FUNCTION = "num lt", LEFTARG = "num ""b", RIGHTARG = "num ""b", COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (FUNCTION = "num le", LEFTARG = "num ""b", RIGHTARG = "num ""b", COMMUTATOR = >=, NEGATOR = >);
CREATE OPERATOR = (FUNCTION = "num eq", LEFTARG = "num ""b", RIGHTARG = "num ""b", COMMUTATOR = =, HASHES, MERGES);
CREATE OPERATOR >= (FUNCTION = "num ge", LEFTARG = "num ""b", RIGHTARG = "num ""b", COMMUTATOR = <=, NEGATOR = <);
CREATE OPERATOR > (FUNCTION = "num gt", LEFTARG = "num ""b", RIGHTARG = "num ""b", COMMUTATOR = <, NEGATOR = <=);
CREATE OPERATOR < (FUNCTION = "num lt8", LEFTARG = "num ""b", RIGHTARG = bigint);
COMMENT ON OPERATOR < ("num ""b", bigint) IS 'mixed';
CREATE OPERATOR FAMILY "num ops" USING btree;
CREATE OPERATOR CLASS "num class" DEFAULT FOR TYPE "num ""b" USING btree FAMILY "num ops" AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 "num cmp"("num ""b", "num ""b");
ALTER OPERATOR FAMILY "num ops" USING btree ADD OPERATOR 1 < ("num ""b", bigint), FUNCTION 1 ("num ""b", bigint) "num cmp8"("num ""b", bigint);
COMMENT ON OPERATOR FAMILY "num ops" USING btree IS 'the family';
COMMENT ON OPERATOR CLASS "num class" USING btree IS 'the class';
CREATE OPERATOR CLASS "num hash class" FOR TYPE "num ""b" USING hash AS OPERATOR 1 =, FUNCTION 1 "num hash"("num ""b");
CREATE CAST ("num ""b" AS integer) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (integer AS "num ""b") WITHOUT FUNCTION;
CREATE CAST ("num ""b" AS text) WITH INOUT;
COMMENT ON CAST ("num ""b" AS integer) IS 'a cast';

-- types
CREATE COLLATION "C 2" (LOCALE = 'C', PROVIDER = libc);
COMMENT ON COLLATION "C 2" IS 'a collation';
CREATE TYPE "e'num" AS ENUM ('a', 'b''c', 'D');
CREATE TYPE "com posite" AS (a integer, "b ""c" text COLLATE "C 2");
COMMENT ON COLUMN "com posite".a IS 'an attribute';
CREATE TYPE "num range" AS RANGE (SUBTYPE = "num ""b", SUBTYPE_OPCLASS = "num class");
CREATE DOMAIN "do main" AS "num ""b" DEFAULT '3' NOT NULL;
ALTER DOMAIN "do main" ADD CONSTRAINT "ch'eck" CHECK (VALUE > '0');
COMMENT ON CONSTRAINT "ch'eck" ON DOMAIN "do main" IS 'a domain''s check';
REVOKE USAGE ON TYPE "e'num" FROM PUBLIC;

-- functions and aggregates
CREATE FUNCTION "f ""1"(a integer, "b'" text DEFAULT 'x''y', OUT c "e'num") LANGUAGE sql STABLE
	SET search_path = "S'1", pg_temp AS $$ SELECT 'a'::"e'num" $$;
CREATE FUNCTION "f pl"() RETURNS void LANGUAGE "pl X" AS $$ BEGIN NULL; END $$;
CREATE PROCEDURE "p'1"(INOUT a integer) LANGUAGE plpgsql AS $$ BEGIN a := 1; END $$;
CREATE FUNCTION "on row"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION "on event"() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE FUNCTION "num larger"("num ""b", "num ""b") RETURNS "num ""b" LANGUAGE internal IMMUTABLE STRICT AS 'int4larger';
CREATE AGGREGATE "ma'x"("num ""b") (SFUNC = "num larger", STYPE = "num ""b", SORTOP = >, COMBINEFUNC = "num larger", PARALLEL = safe);
COMMENT ON AGGREGATE "ma'x"("num ""b") IS 'an aggregate';
CREATE AGGREGATE "or dered"(float8 ORDER BY anyelement) (SFUNC = pg_catalog.ordered_set_transition, STYPE = internal,
	FINALFUNC = pg_catalog.percentile_disc_final, FINALFUNC_EXTRA);
CREATE TRANSFORM FOR "num ""b" LANGUAGE "pl X" (FROM SQL WITH FUNCTION pg_catalog.prsd_lextype(internal),
	TO SQL WITH FUNCTION "num recv"(internal));
COMMENT ON TRANSFORM FOR "num ""b" LANGUAGE "pl X" IS 'a transform';
CREATE CONVERSION "con v" FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION "con v" IS 'a conversion';
GRANT EXECUTE ON FUNCTION "num larger"("num ""b", "num ""b") TO pg_monitor;

-- text search
CREATE TEXT SEARCH PARSER "par ser" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
	LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
COMMENT ON TEXT SEARCH PARSER "par ser" IS 'a parser';
CREATE TEXT SEARCH TEMPLATE "temp late" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "dict'1" (TEMPLATE = "temp late", "accept" = false);
CREATE TEXT SEARCH DICTIONARY "dict 2" (TEMPLATE = pg_catalog.snowball, language = english, stopwords = english);
COMMENT ON TEXT SEARCH DICTIONARY "dict'1" IS 'a dictionary';
CREATE TEXT SEARCH CONFIGURATION "con fig" (PARSER = "par ser");
ALTER TEXT SEARCH CONFIGURATION "con fig" ADD MAPPING FOR asciiword, word WITH "dict'1", "dict 2";
ALTER TEXT SEARCH CONFIGURATION "con fig" ADD MAPPING FOR int WITH simple;
COMMENT ON TEXT SEARCH CONFIGURATION "con fig" IS 'a configuration';

-- sequences, tables and what belongs to them
CREATE SEQUENCE "se q" AS integer INCREMENT 5 MINVALUE 5 CYCLE;
CREATE TABLE "par ent" (id bigserial PRIMARY KEY, "da'y" date NOT NULL DEFAULT '2020-01-01', "n'o" "num ""b" DEFAULT '4',
	doc text COLLATE "C 2", who "e'num", big "do main", CONSTRAINT "po'sitive" CHECK (id > 0));
COMMENT ON TABLE "par ent" IS 'a table';
COMMENT ON COLUMN "par ent"."n'o" IS 'a column';
COMMENT ON CONSTRAINT "po'sitive" ON "par ent" IS 'a check';
GRANT SELECT ("da'y") ON "par ent" TO pg_monitor;
GRANT SELECT (ctid) ON "par ent" TO pg_monitor WITH GRANT OPTION;
GRANT SELECT (last_value) ON "se q" TO pg_monitor;
CREATE TABLE "child of" ("extra col" integer) INHERITS ("par ent");
CREATE TABLE "part ed" (id integer NOT NULL, k text, g integer GENERATED ALWAYS AS (id * 2) STORED,
	i integer GENERATED BY DEFAULT AS IDENTITY (START WITH 10)) PARTITION BY LIST (id);
CREATE TABLE "part 1" PARTITION OF "part ed" FOR VALUES IN (1, 2);
CREATE INDEX "part idx" ON "part ed" (k);
CREATE TABLE "typ ed" OF "com posite" (PRIMARY KEY (a));
CREATE TABLE "own heap" (a integer) USING "heap 2";
CREATE UNLOGGED TABLE "un logged" (a integer, EXCLUDE USING btree (a WITH =));
CREATE TABLE "ref ers" (id integer REFERENCES "typ ed" (a) ON DELETE CASCADE DEFERRABLE, "to" bigint, UNIQUE ("to"),
	FOREIGN KEY ("to") REFERENCES "par ent" (id));
CREATE INDEX "ts idx" ON "par ent" USING gin (to_tsvector('"S''1"."con fig"', doc));
CREATE INDEX "no idx" ON "par ent" ("n'o" "num class" DESC) WHERE id > 1;
CREATE STATISTICS "sta ts" (ndistinct, dependencies) ON id, "da'y" FROM "par ent";
ALTER STATISTICS "sta ts" SET STATISTICS 77;
COMMENT ON STATISTICS "sta ts" IS 'statistics';
CREATE TRIGGER "tri gger" BEFORE INSERT OR UPDATE OF "da'y" ON "par ent" FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION "on row"();
ALTER TABLE "par ent" ENABLE ALWAYS TRIGGER "tri gger";
ALTER TABLE "par ent" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "pol icy" ON "par ent" FOR SELECT TO pg_monitor USING (id > 0);
CREATE VIEW "vi ew" WITH (security_barrier) AS SELECT id, "n'o" FROM "par ent" WHERE "n'o" < '9' WITH LOCAL CHECK OPTION;
ALTER VIEW "vi ew" ALTER COLUMN id SET DEFAULT 5;
COMMENT ON COLUMN "vi ew".id IS 'of a view';
CREATE MATERIALIZED VIEW "mat view" AS SELECT count(*) AS "n'" FROM "par ent" WITH NO DATA;
CREATE UNIQUE INDEX ON "mat view" ("n'");
CREATE RULE "ru le" AS ON DELETE TO "vi ew" DO INSTEAD NOTHING;
CREATE RULE "quiet one" AS ON UPDATE TO "ref ers" WHERE old.id = 1 DO ALSO DELETE FROM "own heap" WHERE a = old.id;
ALTER TABLE "ref ers" DISABLE RULE "quiet one";
COMMENT ON RULE "ru le" ON "vi ew" IS 'a rule';

-- foreign data
CREATE FOREIGN DATA WRAPPER "wrap per" OPTIONS ("de bug" 'it''s', plain 'x=y');
COMMENT ON FOREIGN DATA WRAPPER "wrap per" IS 'a wrapper';
CREATE FOREIGN DATA WRAPPER checked VALIDATOR pg_catalog.postgresql_fdw_validator;
CREATE SERVER "ser ver" TYPE 'ty''pe' VERSION '1 "a"' FOREIGN DATA WRAPPER "wrap per" OPTIONS (host 'h', "po rt" '1');
CREATE SERVER "ser 2" FOREIGN DATA WRAPPER checked OPTIONS (host 'localhost');
COMMENT ON SERVER "ser ver" IS 'a server';
GRANT USAGE ON FOREIGN SERVER "ser ver" TO pg_monitor WITH GRANT OPTION;
GRANT USAGE ON FOREIGN DATA WRAPPER "wrap per" TO pg_monitor;
CREATE USER MAPPING FOR PUBLIC SERVER "ser 2" OPTIONS (user 'any one');
CREATE USER MAPPING FOR pg_monitor SERVER "ser ver";
CREATE FOREIGN TABLE "for eign" (a integer OPTIONS ("col name" 'A''') NOT NULL, b text DEFAULT 'x''' COLLATE "C 2",
	CONSTRAINT "a po" CHECK (a > 0)) SERVER "ser ver" OPTIONS ("tab le" 't');
COMMENT ON FOREIGN TABLE "for eign" IS 'a foreign table';
COMMENT ON COLUMN "for eign".a IS 'its column';
ALTER FOREIGN TABLE "for eign" ALTER COLUMN a SET STATISTICS 50;
CREATE TRIGGER "for trigger" AFTER INSERT ON "for eign" FOR EACH ROW EXECUTE FUNCTION "on row"();
CREATE FOREIGN TABLE "for child" (more integer) INHERITS ("own heap") SERVER "ser 2";
CREATE TABLE "for parts" (id integer, v text) PARTITION BY RANGE (id);
CREATE FOREIGN TABLE "for part" PARTITION OF "for parts" FOR VALUES FROM (1) TO (10) SERVER "ser 2";
GRANT SELECT ON "for eign" TO pg_monitor;

-- publications, a subscription
CREATE PUBLICATION "every table" FOR ALL TABLES WITH (publish = 'insert, truncate');
CREATE PUBLICATION "some tables" FOR TABLE ONLY "par ent", "ref ers" WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION "some tables" IS 'a publication';
\if :v15
CREATE PUBLICATION "fil tered" FOR TABLE "typ ed" (a), TABLE "ref ers" WHERE (id > 3);
CREATE PUBLICATION "sche mas" FOR TABLES IN SCHEMA plain, "S'1";
CREATE VIEW "in voker" WITH (security_invoker = true) AS SELECT 1 AS a;
CREATE TABLE nulls (a integer, UNIQUE NULLS NOT DISTINCT (a));
\endif
CREATE SUBSCRIPTION "sub scribed" CONNECTION 'host=redacted.invalid dbname=redacted password=sesame' PUBLICATION "a b", "c'd"
	WITH (connect = false, enabled = false, create_slot = false, slot_name = NONE);
COMMENT ON SUBSCRIPTION "sub scribed" IS 'a subscription';
\if :v14
CREATE FUNCTION "std body"(a integer) RETURNS integer BEGIN ATOMIC SELECT a + 1; END;
CREATE TYPE "named multi" AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = "multi'");
CREATE STATISTICS "expr stats" ON (id + 1), "da'y" FROM "par ent";
\endif

ALTER DEFAULT PRIVILEGES IN SCHEMA "S'1" GRANT SELECT ON TABLES TO pg_monitor WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT SELECT (rolname), UPDATE (rolname) ON pg_catalog.pg_authid TO pg_monitor WITH GRANT OPTION;
CREATE EVENT TRIGGER "event tri" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP VIEW') EXECUTE FUNCTION "on event"();
ALTER EVENT TRIGGER "event tri" ENABLE REPLICA;
COMMENT ON EVENT TRIGGER "event tri" IS 'an event trigger';
DO $$ BEGIN EXECUTE pg_catalog.format('ALTER DATABASE %I SET work_mem = ''8MB''', pg_catalog.current_database()); END $$;
RESET search_path;
