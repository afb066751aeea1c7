-- edits.sql - pairs that differ in one sort of thing that pg_dump writes, for edits.t.
--
-- "-- case: NAME" opens one; its statements run in a schema of its own, for which {} stands (so that names of what is in
-- no schema can be its own, too), in both databases; those behind "-- edit" in one of them.  "-- since: N" is the first
-- version that knows them, "-- until: N" the first that does not.  Nothing may be left to do afterwards, unless
--   -- forward: REGEX    is what the plan still says where the edited one is the snapshot,
--   -- back: REGEX       or where the other one is; "kept" stands for what only production has,
--   -- not compared      or it is known to be none of pgkeel's business.
-- "-- not visible" stands where pg_dump does not tell the two apart, though pgkeel does.
--
-- Roles: "edit owner" (a superuser), "role a" to "role d".

-- case: schema: comment
-- edit
COMMENT ON SCHEMA {} IS 'x''y';

-- case: schema: owner
-- edit
ALTER SCHEMA {} OWNER TO "role a";

-- case: schema: privileges
GRANT CREATE ON SCHEMA {} TO PUBLIC;
-- edit
REVOKE CREATE ON SCHEMA {} FROM PUBLIC;
GRANT USAGE ON SCHEMA {} TO "role a" WITH GRANT OPTION;

-- case: language: trusted
-- not visible: a language of handlers of the server is dumped by its name
CREATE LANGUAGE {} HANDLER plpgsql_call_handler;
-- edit
CREATE OR REPLACE TRUSTED LANGUAGE {} HANDLER plpgsql_call_handler;

-- case: language: inline handler, validator
-- not visible: a language of handlers of the server is dumped by its name
CREATE LANGUAGE {} HANDLER plpgsql_call_handler;
-- edit
CREATE OR REPLACE LANGUAGE {} HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;

-- case: language: owner
CREATE LANGUAGE {} HANDLER plpgsql_call_handler;
-- edit
ALTER LANGUAGE {} OWNER TO "role a";

-- case: language: privileges
CREATE TRUSTED LANGUAGE {} HANDLER plpgsql_call_handler;
-- edit
REVOKE USAGE ON LANGUAGE {} FROM PUBLIC;
GRANT USAGE ON LANGUAGE {} TO "role a";

-- case: access method: comment
CREATE ACCESS METHOD {} TYPE TABLE HANDLER heap_tableam_handler;
-- edit
COMMENT ON ACCESS METHOD {} IS 'x';

-- case: wrapper: options
CREATE FOREIGN DATA WRAPPER {} OPTIONS (a '1', b '2');
-- edit
ALTER FOREIGN DATA WRAPPER {} OPTIONS (SET a '3', DROP b, ADD c 'x''y');

-- case: wrapper: validator
CREATE FOREIGN DATA WRAPPER {};
-- edit
ALTER FOREIGN DATA WRAPPER {} VALIDATOR postgresql_fdw_validator;

-- case: wrapper: owner
CREATE FOREIGN DATA WRAPPER {};
-- edit
ALTER FOREIGN DATA WRAPPER {} OWNER TO "edit owner";

-- case: wrapper: privileges
CREATE FOREIGN DATA WRAPPER {};
-- edit
GRANT USAGE ON FOREIGN DATA WRAPPER {} TO PUBLIC;

-- case: server: version
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} VERSION '1' FOREIGN DATA WRAPPER {};
-- edit
ALTER SERVER {} VERSION '2';

-- case: server: version, none
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
-- edit
ALTER SERVER {} VERSION '2';

-- case: server: options
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
-- edit
ALTER SERVER {} OPTIONS (host 'h', "two words" '''');

-- case: server: type
-- forward: change of its type
-- back: change of its type
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} TYPE 'a' FOREIGN DATA WRAPPER {};
-- edit
DROP SERVER {};
CREATE SERVER {} TYPE 'b' FOREIGN DATA WRAPPER {};

-- case: server: wrapper
-- forward: change of its wrapper
-- back: change of its wrapper
CREATE FOREIGN DATA WRAPPER {};
CREATE FOREIGN DATA WRAPPER {}b;
CREATE SERVER {} FOREIGN DATA WRAPPER {};
-- edit
DROP SERVER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {}b;

-- case: user mapping: options
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
CREATE USER MAPPING FOR PUBLIC SERVER {} OPTIONS (a '1', b '2');
-- edit
ALTER USER MAPPING FOR PUBLIC SERVER {} OPTIONS (SET a '3', DROP b, ADD user 'u');

-- case: user mapping: of a role
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
CREATE USER MAPPING FOR "role a" SERVER {};
-- edit
ALTER USER MAPPING FOR "role a" SERVER {} OPTIONS (user 'u');

-- case: collation: deterministic
CREATE COLLATION c (provider = icu, locale = 'und');
-- edit
DROP COLLATION c;
CREATE COLLATION c (provider = icu, locale = 'und', deterministic = false);

-- case: collation: locale
CREATE COLLATION c (provider = icu, locale = 'und');
-- edit
DROP COLLATION c;
CREATE COLLATION c (provider = icu, locale = 'de');

-- case: collation: rules
-- since: 16
CREATE COLLATION c (provider = icu, locale = 'und');
-- edit
DROP COLLATION c;
CREATE COLLATION c (provider = icu, locale = 'und', rules = '&a < b');

-- case: collation: lc_collate, lc_ctype
CREATE COLLATION c (lc_collate = 'C', lc_ctype = 'C');
-- edit
DROP COLLATION c;
CREATE COLLATION c (lc_collate = 'C', lc_ctype = 'C.UTF-8');

-- case: collation: provider builtin
-- since: 17
CREATE COLLATION c (provider = libc, locale = 'C.UTF-8');
-- edit
DROP COLLATION c;
CREATE COLLATION c (provider = builtin, locale = 'C.UTF-8');

-- case: collation: used by a column
-- forward: it cannot be altered, and column .*t\.a is built on it
-- back: it cannot be altered, and column .*t\.a is built on it
CREATE COLLATION c (locale = 'C');
CREATE TABLE t (a text COLLATE c);
-- edit
DROP TABLE t;
DROP COLLATION c;
CREATE COLLATION c (locale = 'POSIX');
CREATE TABLE t (a text COLLATE c);

-- case: collation: owner, comment
CREATE COLLATION c (locale = 'C');
-- edit
ALTER COLLATION c OWNER TO "role a";
COMMENT ON COLLATION c IS 'c';

-- case: base type: receive, send, typmod, analyze
CREATE TYPE b;
CREATE FUNCTION b_in(cstring) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION b_out(b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE FUNCTION b_recv(internal) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE FUNCTION b_send(b) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out, INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4);
-- edit
ALTER TYPE b SET (RECEIVE = b_recv, SEND = b_send, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, ANALYZE = ts_typanalyze);

-- case: base type: storage
CREATE TYPE b;
CREATE FUNCTION b_in(cstring) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b_out(b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out, STORAGE = extended);
-- edit
ALTER TYPE b SET (STORAGE = main);

-- case: base type: category, preferred, delimiter, default, collatable
-- forward: change of its definition
-- back: change of its definition
CREATE TYPE b;
CREATE FUNCTION b_in(cstring) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b_out(b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out);
CREATE TYPE b2;
CREATE FUNCTION b2_in(cstring) RETURNS b2 LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b2_out(b2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE b2 (INPUT = b2_in, OUTPUT = b2_out);
-- edit
DROP TYPE b CASCADE;
CREATE TYPE b;
CREATE FUNCTION b_in(cstring) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b_out(b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out, CATEGORY = 'S', PREFERRED, DELIMITER = ';', DEFAULT = 'x');
DROP TYPE b2 CASCADE;
CREATE TYPE b2;
CREATE FUNCTION b2_in(cstring) RETURNS b2 LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b2_out(b2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE b2 (INPUT = b2_in, OUTPUT = b2_out, COLLATABLE = true, ALIGNMENT = double);

-- case: base type: element
-- forward: change of its definition
-- back: change of its definition
CREATE TYPE b;
CREATE FUNCTION b_in(cstring) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION b_out(b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out, INTERNALLENGTH = 16, ALIGNMENT = double);
-- edit
DROP TYPE b CASCADE;
CREATE TYPE b;
CREATE FUNCTION b_in(cstring) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION b_out(b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out, INTERNALLENGTH = 16, ALIGNMENT = double, ELEMENT = float8);

-- case: base type: owner, privileges, comment
CREATE TYPE b;
CREATE FUNCTION b_in(cstring) RETURNS b LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b_out(b) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE b (INPUT = b_in, OUTPUT = b_out);
-- edit
ALTER TYPE b OWNER TO "role a";
REVOKE ALL ON TYPE b FROM PUBLIC;
COMMENT ON TYPE b IS 'b';

-- case: enum: label added first, in the middle, last
CREATE TYPE e AS ENUM ('b', 'd');
-- edit
ALTER TYPE e ADD VALUE 'a' BEFORE 'b';
ALTER TYPE e ADD VALUE 'c' AFTER 'b';
ALTER TYPE e ADD VALUE 'e''e';

-- case: enum: owner, privileges, comment
CREATE TYPE e AS ENUM ('b', 'd');
-- edit
COMMENT ON TYPE e IS 'e';
ALTER TYPE e OWNER TO "role a";
REVOKE ALL ON TYPE e FROM PUBLIC;
GRANT USAGE ON TYPE e TO "role b";

-- case: composite: attribute added
-- back: kept
CREATE TYPE c AS (a integer);
-- edit
ALTER TYPE c ADD ATTRIBUTE b text COLLATE "C";

-- case: composite: attribute type
CREATE TYPE c AS (a integer);
-- edit
ALTER TYPE c ALTER ATTRIBUTE a TYPE bigint;

-- case: composite: attribute collation
CREATE TYPE c AS (a text);
-- edit
ALTER TYPE c ALTER ATTRIBUTE a TYPE text COLLATE "C";

-- case: composite: comment on attribute
CREATE TYPE c AS (a text);
-- edit
COMMENT ON COLUMN c.a IS 'at';
COMMENT ON TYPE c IS 'ty';
ALTER TYPE c OWNER TO "role a";
REVOKE USAGE ON TYPE c FROM PUBLIC;

-- case: range: subtype_diff
CREATE TYPE r AS RANGE (SUBTYPE = float8);
-- edit
DROP TYPE r;
CREATE TYPE r AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);

-- case: range: multirange name
-- since: 14
CREATE TYPE r AS RANGE (SUBTYPE = float8);
-- edit
DROP TYPE r;
CREATE TYPE r AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = many);

-- case: range: collation, opclass
CREATE TYPE r AS RANGE (SUBTYPE = text);
CREATE TYPE r2 AS RANGE (SUBTYPE = text);
-- edit
DROP TYPE r;
CREATE TYPE r AS RANGE (SUBTYPE = text, COLLATION = "C");
DROP TYPE r2;
CREATE TYPE r2 AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops);

-- case: range: facets
CREATE TYPE r AS RANGE (SUBTYPE = text);
-- edit
COMMENT ON TYPE r IS 'r';
ALTER TYPE r OWNER TO "role a";
REVOKE USAGE ON TYPE r FROM PUBLIC;

-- case: domain: default
CREATE DOMAIN d AS integer DEFAULT 1;
CREATE DOMAIN d2 AS integer;
-- edit
ALTER DOMAIN d SET DEFAULT 2;
ALTER DOMAIN d2 SET DEFAULT 3;

-- case: domain: not null
CREATE DOMAIN d AS integer;
-- edit
ALTER DOMAIN d SET NOT NULL;

-- case: domain: type
CREATE DOMAIN d AS integer;
-- edit
DROP DOMAIN d;
CREATE DOMAIN d AS bigint;

-- case: domain: typmod
CREATE DOMAIN d AS varchar(10);
-- edit
DROP DOMAIN d;
CREATE DOMAIN d AS varchar(20);

-- case: domain: collation
CREATE DOMAIN d AS text;
-- edit
DROP DOMAIN d;
CREATE DOMAIN d AS text COLLATE "C";

-- case: domain: check
CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE > 0);
-- edit
ALTER DOMAIN d DROP CONSTRAINT c;
ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 1);

-- case: domain: check not valid
-- back: kept
CREATE DOMAIN d AS integer;
-- edit
ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 1) NOT VALID;

-- case: domain: validated
-- back: kept: .*validated
CREATE DOMAIN d AS integer;
ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 1) NOT VALID;
-- edit
ALTER DOMAIN d VALIDATE CONSTRAINT c;

-- case: domain: comments
CREATE DOMAIN d AS integer CONSTRAINT c CHECK (VALUE > 0);
-- edit
COMMENT ON DOMAIN d IS 'd';
COMMENT ON CONSTRAINT c ON DOMAIN d IS 'c';
ALTER DOMAIN d OWNER TO "role a";
REVOKE USAGE ON DOMAIN d FROM PUBLIC;

-- case: function: each property
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f4() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f5() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f6() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f7() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f8() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f9() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f10() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f11() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- edit
ALTER FUNCTION f1() IMMUTABLE;
ALTER FUNCTION f2() STRICT;
ALTER FUNCTION f3() SECURITY DEFINER;
ALTER FUNCTION f4() LEAKPROOF;
ALTER FUNCTION f5() PARALLEL SAFE;
ALTER FUNCTION f6() COST 42;
ALTER FUNCTION f7() ROWS 42;
ALTER FUNCTION f8() SET search_path = 'a b', pg_temp;
ALTER FUNCTION f9() SET work_mem = '8MB';
ALTER FUNCTION f9() SET datestyle = 'ISO, DMY';
ALTER FUNCTION f9() SET application_name = 'x''y';
ALTER FUNCTION f10() SUPPORT generate_series_int4_support;
CREATE OR REPLACE FUNCTION f11() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';

-- case: function: restricted parallel, volatile and so on the other way
CREATE FUNCTION f1() RETURNS int LANGUAGE sql STABLE PARALLEL RESTRICTED AS 'SELECT 1';
-- edit
CREATE OR REPLACE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: function: setof, returned type, out arguments
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f4(a int, OUT b int, OUT c int) LANGUAGE sql AS 'SELECT 1, 2';
-- edit
DROP FUNCTION f1();
CREATE FUNCTION f1() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION f2();
CREATE FUNCTION f2() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
DROP FUNCTION f3();
CREATE FUNCTION f3() RETURNS TABLE (a int, b text) LANGUAGE sql AS $$SELECT 1, 'x'$$;
DROP FUNCTION f4(int);
CREATE FUNCTION f4(a int, OUT b int, OUT d int) LANGUAGE sql AS 'SELECT 1, 2';

-- case: function: argument names, defaults, variadic
CREATE FUNCTION f1(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f3(a int, b int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- edit
CREATE OR REPLACE FUNCTION f1(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE OR REPLACE FUNCTION f2(a int, b int DEFAULT 5) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION f3(int, int[]);
CREATE FUNCTION f3(a int, VARIADIC b int[]) RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: function: window, C, internal
CREATE FUNCTION f1() RETURNS bigint LANGUAGE internal IMMUTABLE AS 'window_row_number';
CREATE FUNCTION f2(int) RETURNS int LANGUAGE internal AS 'int4abs';
-- edit
DROP FUNCTION f1();
CREATE FUNCTION f1() RETURNS bigint LANGUAGE internal IMMUTABLE WINDOW AS 'window_row_number';
CREATE OR REPLACE FUNCTION f2(int) RETURNS int LANGUAGE internal AS 'int4um';

-- case: function: atomic body
-- since: 14
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int RETURN 1;
-- edit
CREATE OR REPLACE FUNCTION f1() RETURNS int RETURN 1;
CREATE OR REPLACE FUNCTION f2() RETURNS int BEGIN ATOMIC SELECT 2; END;

-- case: function: transforms
CREATE TRANSFORM FOR inet LANGUAGE SQL (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION f1(inet) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- edit
CREATE OR REPLACE FUNCTION f1(inet) RETURNS int TRANSFORM FOR TYPE inet LANGUAGE sql AS 'SELECT 1';

-- case: procedure
CREATE PROCEDURE p1(a int) LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p2(a int) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION p3(a int) RETURNS void LANGUAGE sql AS 'SELECT 1';
-- edit
ALTER PROCEDURE p1(int) SECURITY DEFINER;
ALTER PROCEDURE p1(int) SET work_mem = 100;
COMMENT ON PROCEDURE p2(int) IS 'p';
ALTER PROCEDURE p2(int) OWNER TO "role a";
REVOKE ALL ON PROCEDURE p2(int) FROM PUBLIC;
DROP FUNCTION p3(int);
CREATE PROCEDURE p3(a int) LANGUAGE sql AS 'SELECT 1';

-- case: function: facets
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- edit
COMMENT ON FUNCTION f(int) IS 'f';
ALTER FUNCTION f(int) OWNER TO "role a";
REVOKE ALL ON FUNCTION f(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(int) TO "role b" WITH GRANT OPTION;
ALTER FUNCTION f(int) DEPENDS ON EXTENSION plpgsql;

-- case: aggregate: each property
CREATE AGGREGATE a1(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a2(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a3(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a4(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a5(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a6(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a7(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a8(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a9(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg);
-- edit
CREATE OR REPLACE AGGREGATE a1(int) (SFUNC = int4mi, STYPE = int);
CREATE OR REPLACE AGGREGATE a2(int) (SFUNC = int4pl, STYPE = int, SSPACE = 100);
CREATE OR REPLACE AGGREGATE a3(int) (SFUNC = int4pl, STYPE = int, FINALFUNC = int4abs);
CREATE OR REPLACE AGGREGATE a4(int) (SFUNC = int4pl, STYPE = int, COMBINEFUNC = int4pl);
CREATE OR REPLACE AGGREGATE a5(int) (SFUNC = int4pl, STYPE = int, INITCOND = '5');
CREATE OR REPLACE AGGREGATE a6(int) (SFUNC = int4pl, STYPE = int, PARALLEL = safe);
CREATE OR REPLACE AGGREGATE a7(int) (SFUNC = int4larger, STYPE = int, SORTOP = >);
CREATE OR REPLACE AGGREGATE a8(int) (SFUNC = int4pl, STYPE = int, FINALFUNC = int4abs, FINALFUNC_MODIFY = read_write, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = int, MSSPACE = 10, MFINALFUNC = int4abs, MFINALFUNC_MODIFY = shareable, MINITCOND = '0');
CREATE OR REPLACE AGGREGATE a9(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize, PARALLEL = restricted);

-- case: aggregate: state type, hypothetical, facets
-- back: kept: .*add
CREATE AGGREGATE a1(int) (SFUNC = int4pl, STYPE = int);
CREATE AGGREGATE a2(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA);
CREATE AGGREGATE a3(int) (SFUNC = int4pl, STYPE = int);
-- edit
CREATE FUNCTION add(bigint, int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
DROP AGGREGATE a1(int);
CREATE AGGREGATE a1(int) (SFUNC = add, STYPE = bigint);
DROP AGGREGATE a2(VARIADIC "any" ORDER BY VARIADIC "any");
CREATE AGGREGATE a2(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
COMMENT ON AGGREGATE a3(int) IS 'x';
ALTER AGGREGATE a3(int) OWNER TO "role a";
REVOKE ALL ON FUNCTION a3(int) FROM PUBLIC;

-- case: operator: selectivity
CREATE FUNCTION f(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR <# (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
-- edit
ALTER OPERATOR <# (int, int) SET (RESTRICT = scalarltsel, JOIN = scalarltjoinsel);

-- case: operator: function
CREATE FUNCTION f(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION g(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR <# (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
-- edit
DROP OPERATOR <# (int, int);
CREATE OPERATOR <# (FUNCTION = g, LEFTARG = int, RIGHTARG = int);

-- case: operator: commutator, negator
CREATE FUNCTION f(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR <# (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR ># (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR !<# (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
-- edit
DROP OPERATOR <# (int, int);
CREATE OPERATOR <# (FUNCTION = f, LEFTARG = int, RIGHTARG = int, COMMUTATOR = OPERATOR(>#), NEGATOR = OPERATOR(!<#));

-- case: operator: merges, hashes
CREATE FUNCTION f(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR =# (FUNCTION = f, LEFTARG = int, RIGHTARG = int, COMMUTATOR = =#);
-- edit
DROP OPERATOR =# (int, int);
CREATE OPERATOR =# (FUNCTION = f, LEFTARG = int, RIGHTARG = int, COMMUTATOR = =#, MERGES, HASHES);

-- case: operator: given a pair later
-- since: 17
-- back: operator .*: column .* depends on it and would have to be dropped
CREATE FUNCTION f(int, int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 < $2';
CREATE OPERATOR <# (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR ># (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
CREATE TABLE t (a int, b bool GENERATED ALWAYS AS (a <# 1) STORED);
-- edit
ALTER OPERATOR <# (int, int) SET (COMMUTATOR = OPERATOR(>#), NEGATOR = OPERATOR(>#), HASHES, MERGES);

-- case: operator: facets
CREATE FUNCTION f(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR <# (FUNCTION = f, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR ## (FUNCTION = int4abs, RIGHTARG = int);
-- edit
COMMENT ON OPERATOR <# (int, int) IS 'o';
ALTER OPERATOR <# (int, int) OWNER TO "role a";
COMMENT ON OPERATOR ## (NONE, int) IS 'o';
ALTER OPERATOR ## (NONE, int) OWNER TO "role a";

-- case: operator class: default, storage, operator, function
-- since: 14
-- back: kept: .*FUNCTION 2
CREATE OPERATOR CLASS c FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
CREATE OPERATOR CLASS c2 FOR TYPE point USING gist AS OPERATOR 1 <<(point,point), FUNCTION 1 gist_point_consistent(internal,point,smallint,oid,internal), FUNCTION 2 gist_box_union(internal,internal), FUNCTION 5 gist_box_penalty(internal,internal,internal), FUNCTION 6 gist_box_picksplit(internal,internal), FUNCTION 7 gist_box_same(box,box,internal), STORAGE box;
-- edit
DROP OPERATOR FAMILY c USING hash;
CREATE OPERATOR CLASS c FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int), FUNCTION 2 hashint4extended(int,bigint);
DROP OPERATOR FAMILY c2 USING gist;
CREATE OPERATOR CLASS c2 FOR TYPE point USING gist AS OPERATOR 1 <<(point,point), OPERATOR 15 <->(point,point) FOR ORDER BY float_ops, FUNCTION 1 gist_point_consistent(internal,point,smallint,oid,internal), FUNCTION 2 gist_box_union(internal,internal), FUNCTION 5 gist_box_penalty(internal,internal,internal), FUNCTION 6 gist_box_picksplit(internal,internal), FUNCTION 7 gist_box_same(box,box,internal), FUNCTION 8 (point,point) gist_point_distance(internal,point,smallint,oid,internal), STORAGE box;

-- case: operator class and family: facets
CREATE OPERATOR FAMILY f USING btree;
CREATE OPERATOR CLASS c FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
-- edit
COMMENT ON OPERATOR FAMILY f USING btree IS 'f';
ALTER OPERATOR FAMILY f USING btree OWNER TO "role a";
COMMENT ON OPERATOR CLASS c USING hash IS 'c';
ALTER OPERATOR CLASS c USING hash OWNER TO "role a";

-- case: operator class: in another family
CREATE OPERATOR FAMILY f USING hash;
CREATE OPERATOR CLASS c FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
-- edit
DROP OPERATOR CLASS c USING hash;
CREATE OPERATOR CLASS c FOR TYPE int USING hash FAMILY f AS OPERATOR 1 =, FUNCTION 1 hashint4(int);

-- case: family: loose member changed
CREATE FUNCTION f1(int, int) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR <# (FUNCTION = f1, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR <## (FUNCTION = f1, LEFTARG = int, RIGHTARG = int);
CREATE OPERATOR FAMILY f USING btree;
ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 <# (int, int);
-- edit
ALTER OPERATOR FAMILY f USING btree DROP OPERATOR 1 (int, int);
ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 <## (int, int);

-- case: cast: context
CREATE DOMAIN d AS int;
CREATE TYPE c AS (a int);
CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE CAST (c AS int) WITH FUNCTION f(c);
-- edit
DROP CAST (c AS int);
CREATE CAST (c AS int) WITH FUNCTION f(c) AS IMPLICIT;
COMMENT ON CAST (c AS int) IS 'x';

-- case: cast: method, function
CREATE TYPE c AS (a int);
CREATE FUNCTION f(c) RETURNS text LANGUAGE sql AS 'SELECT ''1''';
CREATE FUNCTION g(c) RETURNS text LANGUAGE sql AS 'SELECT ''1''';
CREATE CAST (c AS text) WITH FUNCTION f(c);
CREATE CAST (c AS varchar) WITH INOUT;
CREATE FUNCTION g1(c) RETURNS varchar LANGUAGE sql AS 'SELECT ''1''';
-- edit
DROP CAST (c AS text);
CREATE CAST (c AS text) WITH FUNCTION g(c);
DROP CAST (c AS varchar);
CREATE CAST (c AS varchar) WITH FUNCTION g1(c);

-- case: transform: functions
CREATE FUNCTION f(internal) RETURNS macaddr LANGUAGE internal IMMUTABLE AS 'macaddr_recv';
CREATE TRANSFORM FOR macaddr LANGUAGE SQL (FROM SQL WITH FUNCTION prsd_lextype(internal));
-- edit
CREATE OR REPLACE TRANSFORM FOR macaddr LANGUAGE SQL (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION f(internal));
COMMENT ON TRANSFORM FOR macaddr LANGUAGE SQL IS 'x';

-- case: conversion: default, facets
CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE CONVERSION d FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- edit
DROP CONVERSION c;
CREATE DEFAULT CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION d IS 'd';
ALTER CONVERSION d OWNER TO "role a";

-- case: text search: parser
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH PARSER p2 (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
-- edit
DROP TEXT SEARCH PARSER p;
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
COMMENT ON TEXT SEARCH PARSER p2 IS 'x';

-- case: text search: template
CREATE TEXT SEARCH TEMPLATE t (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE t2 (LEXIZE = dsimple_lexize);
-- edit
DROP TEXT SEARCH TEMPLATE t;
CREATE TEXT SEARCH TEMPLATE t (INIT = dsimple_init, LEXIZE = dsimple_lexize);
COMMENT ON TEXT SEARCH TEMPLATE t2 IS 'x';

-- case: text search: dictionary
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY d2 (TEMPLATE = simple, accept = true);
CREATE TEXT SEARCH DICTIONARY d3 (TEMPLATE = simple);
CREATE TEXT SEARCH DICTIONARY d4 (TEMPLATE = simple);
-- edit
ALTER TEXT SEARCH DICTIONARY d (stopwords = 'english');
ALTER TEXT SEARCH DICTIONARY d2 (accept = false);
COMMENT ON TEXT SEARCH DICTIONARY d3 IS 'x';
ALTER TEXT SEARCH DICTIONARY d3 OWNER TO "role a";
DROP TEXT SEARCH DICTIONARY d4;
CREATE TEXT SEARCH DICTIONARY d4 (TEMPLATE = snowball, language = 'english');

-- case: text search: configuration
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
CREATE TEXT SEARCH CONFIGURATION c2 (COPY = simple);
CREATE TEXT SEARCH CONFIGURATION c3 (PARSER = "default");
CREATE TEXT SEARCH PARSER p (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
-- edit
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH english_stem, simple;
ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR int;
COMMENT ON TEXT SEARCH CONFIGURATION c2 IS 'x';
ALTER TEXT SEARCH CONFIGURATION c2 OWNER TO "role a";
DROP TEXT SEARCH CONFIGURATION c3;
CREATE TEXT SEARCH CONFIGURATION c3 (PARSER = p);

-- case: sequence: each property
CREATE SEQUENCE s1;
CREATE SEQUENCE s2;
CREATE SEQUENCE s3;
CREATE SEQUENCE s4;
CREATE SEQUENCE s5;
CREATE SEQUENCE s6;
CREATE SEQUENCE s7;
-- edit
ALTER SEQUENCE s1 INCREMENT 3;
ALTER SEQUENCE s2 CACHE 10;
ALTER SEQUENCE s3 CYCLE;
ALTER SEQUENCE s4 START 7;
ALTER SEQUENCE s5 MINVALUE -5;
ALTER SEQUENCE s6 MAXVALUE 1000;
ALTER SEQUENCE s7 AS integer;

-- case: sequence: unlogged
-- since: 15
-- back: loses its counter
CREATE UNLOGGED SEQUENCE s1;
-- edit
ALTER SEQUENCE s1 SET LOGGED;

-- case: sequence: facets
CREATE SEQUENCE s1;
-- edit
COMMENT ON SEQUENCE s1 IS 's';
ALTER SEQUENCE s1 OWNER TO "role a";
GRANT SELECT ON SEQUENCE s1 TO PUBLIC;

-- case: sequence: owned by
-- back: kept
CREATE TABLE t (a int, b int);
CREATE SEQUENCE s1;
CREATE SEQUENCE s2 OWNED BY t.a;
-- edit
ALTER SEQUENCE s1 OWNED BY t.a;
ALTER SEQUENCE s2 OWNED BY t.b;

-- case: sequence: descending
-- forward: counter is outside of the new limits
-- back: counter is outside of the new limits
CREATE SEQUENCE s1;
-- edit
DROP SEQUENCE s1;
CREATE SEQUENCE s1 INCREMENT -1 MINVALUE -100 MAXVALUE -1 START -2;

-- case: identity: properties
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int);
CREATE TABLE u (a int GENERATED ALWAYS AS IDENTITY);
-- edit
ALTER TABLE t ALTER a SET GENERATED BY DEFAULT SET INCREMENT 5 SET CACHE 3 SET CYCLE SET START 9 SET MINVALUE -3 SET MAXVALUE 9999;

-- case: table: unlogged
-- forward: loses its rows in a crash
CREATE TABLE t (a int);
-- edit
ALTER TABLE t SET UNLOGGED;

-- case: table: options
CREATE TABLE t (a int, b text) WITH (fillfactor = 70);
CREATE TABLE t2 (a int, b text);
CREATE TABLE t3 (a text);
-- edit
ALTER TABLE t SET (fillfactor = 50, autovacuum_enabled = false);
ALTER TABLE t2 SET (fillfactor = 50, parallel_workers = 2, toast_tuple_target = 500, user_catalog_table = true, vacuum_truncate = off, autovacuum_analyze_scale_factor = 0.05);
ALTER TABLE t3 SET (toast.autovacuum_enabled = false, toast.vacuum_truncate = true);

-- case: table: row security
CREATE TABLE t (a int);
CREATE TABLE t2 (a int);
-- edit
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
ALTER TABLE t2 FORCE ROW LEVEL SECURITY;

-- case: table: replica identity
CREATE TABLE t1 (a int NOT NULL, UNIQUE (a));
CREATE TABLE t2 (a int);
CREATE TABLE t3 (a int);
CREATE TABLE t4 (a int NOT NULL);
CREATE UNIQUE INDEX t4i ON t4 (a);
-- edit
ALTER TABLE t1 REPLICA IDENTITY USING INDEX t1_a_key;
ALTER TABLE t2 REPLICA IDENTITY FULL;
ALTER TABLE t3 REPLICA IDENTITY NOTHING;
ALTER TABLE t4 REPLICA IDENTITY USING INDEX t4i;

-- case: table: cluster
CREATE TABLE t1 (a int, UNIQUE (a));
CREATE TABLE t2 (a int);
CREATE INDEX t2i ON t2 (a);
-- edit
ALTER TABLE t1 CLUSTER ON t1_a_key;
ALTER TABLE t2 CLUSTER ON t2i;

-- case: table: access method
-- since: 15
-- forward: change of its access_method
-- back: change of its access_method
CREATE ACCESS METHOD {} TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (a int);
-- edit
ALTER TABLE t SET ACCESS METHOD {};

-- case: table: of type
CREATE TYPE ty AS (a int);
CREATE TABLE t (a int);
-- edit
ALTER TABLE t OF ty;

-- case: table: inherits
-- back: kept
CREATE TABLE p (a int);
CREATE TABLE t (a int);
-- edit
ALTER TABLE t INHERIT p;

-- case: table: facets
CREATE TABLE t (a int, b int);
-- edit
COMMENT ON TABLE t IS 't';
COMMENT ON COLUMN t.a IS 'a';
ALTER TABLE t OWNER TO "role a";
GRANT SELECT, INSERT ON t TO PUBLIC;
GRANT UPDATE (a), SELECT (b) ON t TO "role b" WITH GRANT OPTION;
REVOKE TRUNCATE ON t FROM "role a";

-- case: column: storage, compression, statistics, options
CREATE TABLE t (a text, b text, c text, d int, e text);
-- edit
ALTER TABLE t ALTER a SET STORAGE external;
ALTER TABLE t ALTER c SET STATISTICS 33;
ALTER TABLE t ALTER d SET (n_distinct = -0.5, n_distinct_inherited = 100);

-- case: column: compression
-- since: 14
CREATE TABLE t (a text);
-- edit
ALTER TABLE t ALTER a SET COMPRESSION pglz;

-- case: column: statistics 0
CREATE TABLE t (a text);
-- edit
ALTER TABLE t ALTER a SET STATISTICS 0;

-- case: column: type, collation
-- back: narrowing it
CREATE TABLE t (a int, b text, c varchar(10));
-- edit
ALTER TABLE t ALTER a TYPE bigint;
ALTER TABLE t ALTER b TYPE text COLLATE "C";
ALTER TABLE t ALTER c TYPE varchar(20);

-- case: column: collation of what things stand on
CREATE TABLE t (a text UNIQUE DEFAULT 'x', b text CHECK (b <> 'a'), c text[]);
INSERT INTO t VALUES ('a', 'b', '{ä,b}'), ('A', 'B', NULL);
CREATE INDEX ON t (b DESC, a) WHERE b < 'z';
CREATE INDEX ON t ((a || b));
CREATE VIEW v AS SELECT a, b || 'x' AS bx FROM t WHERE a > 'b';
CREATE MATERIALIZED VIEW m AS SELECT max(a) AS a FROM t;
COMMENT ON VIEW v IS 'v';
CREATE TABLE p (a text, b int) PARTITION BY LIST (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX ON p (a);
CREATE TABLE above (a text);
CREATE TABLE below (b int) INHERITS (above);
CREATE TYPE k AS (a text);
-- edit
DROP VIEW v;
DROP MATERIALIZED VIEW m;
ALTER TABLE t ALTER a TYPE text COLLATE "C", ALTER b TYPE text COLLATE "C", ALTER c TYPE text[] COLLATE "C";
CREATE VIEW v AS SELECT a, b || 'x' AS bx FROM t WHERE a > 'b';
CREATE MATERIALIZED VIEW m AS SELECT max(a) AS a FROM t;
COMMENT ON VIEW v IS 'v';
ALTER TABLE p ALTER a TYPE text COLLATE "C";
ALTER TABLE above ALTER a TYPE text COLLATE "C";
ALTER TYPE k ALTER ATTRIBUTE a TYPE text COLLATE "C";

-- case: column: collation with a type
-- back: narrowing it
CREATE TABLE t (a varchar(10) COLLATE "C", b int);
INSERT INTO t VALUES ('a', 1);
-- edit
ALTER TABLE t ALTER a TYPE varchar(20) COLLATE "POSIX", ALTER b TYPE text COLLATE "C";

-- case: column: collation of a partition key
-- forward: is partitioned by it
-- back: is partitioned by it
CREATE TABLE t (a text) PARTITION BY RANGE (a);
-- edit
DROP TABLE t;
CREATE TABLE t (a text COLLATE "C") PARTITION BY RANGE (a);

-- case: column: stored instead of computed
-- back: overwrite what it holds
CREATE TABLE t (a int, b int NOT NULL GENERATED ALWAYS AS (a * 2) STORED, c int GENERATED ALWAYS AS (a) STORED UNIQUE);
CREATE VIEW v AS SELECT b FROM t WHERE b > 2;
INSERT INTO t VALUES (1), (2);
-- edit
ALTER TABLE t ALTER b DROP EXPRESSION, ALTER c DROP EXPRESSION;
ALTER TABLE t ALTER b SET DEFAULT 7;
ALTER TABLE t ALTER c TYPE bigint;

-- case: column: stored instead of computed, with heirs
-- forward: comes down
-- back: overwrite what it holds
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
CREATE TABLE u () INHERITS (t);
-- edit
ALTER TABLE t ALTER b DROP EXPRESSION;

-- case: column: not null
CREATE TABLE t (a int);
-- edit
ALTER TABLE t ALTER a SET NOT NULL;

-- case: column: default
-- back: kept
CREATE TABLE t (a int DEFAULT 1, b int);
-- edit
ALTER TABLE t ALTER a SET DEFAULT 2;
ALTER TABLE t ALTER b SET DEFAULT 3;

-- case: column: generated expression
-- forward: overwrite what is stored
-- back: overwrite what is stored
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED);
-- edit
ALTER TABLE t DROP b;
ALTER TABLE t ADD b int GENERATED ALWAYS AS (a * 3) STORED;

-- case: column: virtual
-- since: 18
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL);
-- edit
ALTER TABLE t ALTER b SET EXPRESSION AS (a * 3);

-- case: column: inherited default overridden
CREATE TABLE p (a int DEFAULT 1);
CREATE TABLE t () INHERITS (p);
-- edit
ALTER TABLE t ALTER a SET DEFAULT 2;

-- case: column: inherited default dropped
-- forward: kept
CREATE TABLE p (a int DEFAULT 1);
CREATE TABLE t () INHERITS (p);
-- edit
ALTER TABLE t ALTER a DROP DEFAULT;

-- case: column: of a partition has its own
CREATE TABLE p (a int, b text DEFAULT 'x') PARTITION BY LIST (a);
CREATE TABLE t PARTITION OF p FOR VALUES IN (1);
-- edit
ALTER TABLE t ALTER b SET DEFAULT 'y';
ALTER TABLE t ALTER b SET NOT NULL;
ALTER TABLE t ALTER b SET STORAGE main;
ALTER TABLE t ALTER b SET STATISTICS 7;
ALTER TABLE t ALTER b SET (n_distinct = 5);
COMMENT ON COLUMN t.b IS 'x';
GRANT SELECT (b) ON t TO PUBLIC;

-- case: partitioned table: properties
-- back: kept
CREATE TABLE p (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t PARTITION OF p FOR VALUES IN (1);
-- edit
ALTER TABLE p ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE p IS 'p';
ALTER TABLE ONLY p ALTER b SET STORAGE external;
ALTER TABLE ONLY p ALTER b SET STATISTICS 8;
ALTER TABLE ONLY p REPLICA IDENTITY FULL;
ALTER TABLE ONLY p ALTER b SET DEFAULT 'q';

-- case: partition: bounds
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE t PARTITION OF p FOR VALUES IN (1);
-- edit
ALTER TABLE p DETACH PARTITION t;
ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1, 2);

-- case: partition: partition key
-- forward: moving its rows to another table
-- back: moving its rows to another table
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
-- edit
DROP TABLE p;
CREATE TABLE p (a int, b int) PARTITION BY LIST (b);

-- case: view: options
CREATE VIEW v AS SELECT 1 AS a;
CREATE TABLE t (a int);
CREATE VIEW w AS SELECT a FROM t WHERE a > 0;
CREATE VIEW x AS SELECT a FROM t WHERE a > 0;
-- edit
ALTER VIEW v SET (security_barrier);
CREATE OR REPLACE VIEW w AS SELECT a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE OR REPLACE VIEW x AS SELECT a FROM t WHERE a > 0 WITH CHECK OPTION;

-- case: view: options the other way
CREATE TABLE t (a int);
CREATE VIEW w AS SELECT a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
-- edit
CREATE OR REPLACE VIEW w AS SELECT a FROM t WHERE a > 0 WITH CASCADED CHECK OPTION;

-- case: view: security invoker
-- since: 15
CREATE VIEW v AS SELECT 1 AS a;
-- edit
ALTER VIEW v SET (security_invoker = on);

-- case: view: defaults of columns
-- back: kept
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT * FROM t;
CREATE VIEW v2 AS SELECT * FROM t;
ALTER VIEW v2 ALTER a SET DEFAULT 1;
-- edit
ALTER VIEW v ALTER a SET DEFAULT 5;
ALTER VIEW v2 ALTER a SET DEFAULT 2;

-- case: view: definition
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- edit
CREATE OR REPLACE VIEW v AS SELECT a FROM t WHERE b > 0;

-- case: view: facets
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
-- edit
COMMENT ON VIEW v IS 'v';
COMMENT ON COLUMN v.a IS 'a';
ALTER VIEW v OWNER TO "role a";
GRANT SELECT ON v TO PUBLIC;
GRANT UPDATE (a) ON v TO "role a";
GRANT INSERT (a) ON v TO "role b";

-- case: view: triggers
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER tr INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION f();
-- edit
DROP TRIGGER tr ON v;
CREATE TRIGGER tr INSTEAD OF INSERT OR DELETE ON v FOR EACH ROW EXECUTE FUNCTION f();
COMMENT ON TRIGGER tr ON v IS 'x';

-- case: materialized view: options, storage, statistics, cluster
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a, 'x'::text AS b;
CREATE UNIQUE INDEX mi ON m (a);
-- edit
ALTER MATERIALIZED VIEW m SET (fillfactor = 50, autovacuum_enabled = off, toast.autovacuum_enabled = off);
ALTER MATERIALIZED VIEW m ALTER b SET STORAGE main;
ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 9;
ALTER MATERIALIZED VIEW m ALTER b SET (n_distinct = 3);
ALTER MATERIALIZED VIEW m CLUSTER ON mi;

-- case: materialized view: compression
-- since: 14
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a, 'x'::text AS b;
-- edit
ALTER MATERIALIZED VIEW m ALTER b SET COMPRESSION pglz;

-- case: materialized view: definition
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
COMMENT ON COLUMN m.a IS 'a';
ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 9;
CREATE INDEX ON m (a);
-- edit
DROP MATERIALIZED VIEW m;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t WHERE a > 0;
COMMENT ON COLUMN m.a IS 'a';
ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 9;
CREATE INDEX ON m (a);

-- case: materialized view: facets
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
-- edit
COMMENT ON MATERIALIZED VIEW m IS 'm';
COMMENT ON COLUMN m.a IS 'a';
ALTER MATERIALIZED VIEW m OWNER TO "role a";
GRANT SELECT ON m TO PUBLIC;
GRANT SELECT (a) ON m TO "role b";
ALTER MATERIALIZED VIEW m DEPENDS ON EXTENSION plpgsql;

-- case: materialized view: access method
-- since: 15
CREATE ACCESS METHOD {} TYPE TABLE HANDLER heap_tableam_handler;
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
-- edit
ALTER MATERIALIZED VIEW m SET ACCESS METHOD {};

-- case: foreign table: options
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
CREATE FOREIGN TABLE f (a int OPTIONS (x '1'), b text) SERVER {} OPTIONS (y '1');
-- edit
ALTER FOREIGN TABLE f OPTIONS (SET y '2', ADD z '3');
ALTER FOREIGN TABLE f ALTER a OPTIONS (DROP x, ADD w 'x''y');
ALTER FOREIGN TABLE f ALTER b SET STORAGE external;
ALTER FOREIGN TABLE f ALTER b SET STATISTICS 5;
ALTER FOREIGN TABLE f ALTER b SET (n_distinct = 5);

-- case: foreign table: columns
-- back: turning bigint into integer
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
CREATE FOREIGN TABLE f (a int, b text) SERVER {};
-- edit
ALTER FOREIGN TABLE f ALTER a SET NOT NULL;
ALTER FOREIGN TABLE f ALTER b SET DEFAULT 'x';
ALTER FOREIGN TABLE f ADD CONSTRAINT c CHECK (a > 0);
ALTER FOREIGN TABLE f ALTER a TYPE bigint;
ALTER FOREIGN TABLE f ADD c int GENERATED ALWAYS AS (a) STORED;

-- case: foreign table: facets
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
CREATE FOREIGN TABLE f (a int, b text) SERVER {};
-- edit
COMMENT ON FOREIGN TABLE f IS 'f';
COMMENT ON COLUMN f.a IS 'a';
ALTER FOREIGN TABLE f OWNER TO "role a";
GRANT SELECT ON f TO PUBLIC;
GRANT SELECT (a) ON f TO "role b";

-- case: foreign table: server
-- forward: change of its server
-- back: change of its server
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
CREATE SERVER {}b FOREIGN DATA WRAPPER {};
CREATE FOREIGN TABLE f (a int, b text) SERVER {};
-- edit
DROP FOREIGN TABLE f;
CREATE FOREIGN TABLE f (a int, b text) SERVER {}b;

-- case: server: facets
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
-- edit
COMMENT ON SERVER {} IS 's';
COMMENT ON FOREIGN DATA WRAPPER {} IS 'w';
GRANT USAGE ON FOREIGN SERVER {} TO "role a";
GRANT USAGE ON FOREIGN DATA WRAPPER {} TO "role a";
ALTER SERVER {} OWNER TO "role a";

-- case: index: options, statistics of expressions, comment
CREATE TABLE t (a int, b text);
CREATE INDEX i ON t (a);
CREATE INDEX e ON t (lower(b), a, upper(b));
CREATE INDEX g ON t USING gin (to_tsvector('simple', b));
-- edit
ALTER INDEX i SET (fillfactor = 50, deduplicate_items = off);
ALTER INDEX e ALTER 1 SET STATISTICS 11;
ALTER INDEX e ALTER 3 SET STATISTICS 12;
COMMENT ON INDEX i IS 'i';
ALTER INDEX g SET (fastupdate = off, gin_pending_list_limit = 100);
ALTER INDEX i DEPENDS ON EXTENSION plpgsql;

-- case: index: keys
CREATE TABLE t (a int, b text);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (b);
CREATE INDEX i3 ON t (b);
CREATE INDEX i4 ON t (a);
CREATE INDEX i5 ON t (a);
CREATE INDEX i6 ON t (a);
CREATE INDEX i7 ON t (a);
CREATE INDEX i8 ON t USING gist (point(a, a));
CREATE INDEX i9 ON t USING gin (to_tsvector('simple', b));
-- edit
DROP INDEX i1;
CREATE INDEX i1 ON t (a DESC NULLS LAST);
DROP INDEX i2;
CREATE INDEX i2 ON t (b COLLATE "C");
DROP INDEX i3;
CREATE INDEX i3 ON t (b text_pattern_ops);
DROP INDEX i4;
CREATE INDEX i4 ON t (a) INCLUDE (b);
DROP INDEX i5;
CREATE INDEX i5 ON t USING hash (a);
DROP INDEX i6;
CREATE INDEX i6 ON t (a) WHERE b IS NULL;
DROP INDEX i7;
CREATE UNIQUE INDEX i7 ON t (a);
DROP INDEX i9;
CREATE INDEX i9 ON t USING gist (to_tsvector('simple', b) tsvector_ops (siglen = 100));

-- case: index: nulls not distinct
-- since: 15
CREATE TABLE t (a int, b text, UNIQUE (b));
CREATE UNIQUE INDEX i1 ON t (a);
-- edit
DROP INDEX i1;
CREATE UNIQUE INDEX i1 ON t (a) NULLS NOT DISTINCT;
ALTER TABLE t DROP CONSTRAINT t_b_key;
ALTER TABLE t ADD UNIQUE NULLS NOT DISTINCT (b);

-- case: index of partitioned table
CREATE TABLE p (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t PARTITION OF p FOR VALUES IN (1);
CREATE INDEX i ON p (lower(b));
-- edit
COMMENT ON INDEX i IS 'x';
COMMENT ON INDEX t_lower_idx IS 'y';
ALTER INDEX t_lower_idx SET (fillfactor = 60);
ALTER INDEX t_lower_idx ALTER 1 SET STATISTICS 5;
ALTER INDEX i ALTER 1 SET STATISTICS 6;

-- case: constraint: deferrable
CREATE TABLE k (a int PRIMARY KEY, b int UNIQUE, c int UNIQUE);
CREATE TABLE t (a int REFERENCES k, b int REFERENCES k);
-- edit
ALTER TABLE t ALTER CONSTRAINT t_a_fkey DEFERRABLE;
ALTER TABLE t ALTER CONSTRAINT t_b_fkey DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE k DROP CONSTRAINT k_b_key;
ALTER TABLE k ADD UNIQUE (b) DEFERRABLE;
ALTER TABLE k DROP CONSTRAINT k_c_key;
ALTER TABLE k ADD UNIQUE (c) DEFERRABLE INITIALLY DEFERRED;

-- case: constraint: actions
CREATE TABLE k (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE t (a int, b int, c int, d int);
ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a, b) REFERENCES k;
ALTER TABLE t ADD CONSTRAINT f2 FOREIGN KEY (a, c) REFERENCES k;
ALTER TABLE t ADD CONSTRAINT f3 FOREIGN KEY (a, d) REFERENCES k;
-- edit
ALTER TABLE t DROP CONSTRAINT f1;
ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a, b) REFERENCES k ON DELETE CASCADE;
ALTER TABLE t DROP CONSTRAINT f2;
ALTER TABLE t ADD CONSTRAINT f2 FOREIGN KEY (a, c) REFERENCES k ON UPDATE SET NULL;
ALTER TABLE t DROP CONSTRAINT f3;
ALTER TABLE t ADD CONSTRAINT f3 FOREIGN KEY (a, d) REFERENCES k MATCH FULL;

-- case: constraint: on delete set columns
-- since: 15
CREATE TABLE k (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE t (a int, b int, c int, d int);
ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a, b) REFERENCES k ON DELETE SET NULL;
ALTER TABLE t ADD CONSTRAINT f2 FOREIGN KEY (a, b) REFERENCES k ON DELETE SET DEFAULT;
-- edit
ALTER TABLE t DROP CONSTRAINT f1;
ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a, b) REFERENCES k ON DELETE SET NULL (b);
ALTER TABLE t DROP CONSTRAINT f2;
ALTER TABLE t ADD CONSTRAINT f2 FOREIGN KEY (a, b) REFERENCES k ON DELETE SET DEFAULT (a);

-- case: constraint: checks
-- back: kept: .*validated
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c1 CHECK (a > 0);
ALTER TABLE t ADD CONSTRAINT c2 CHECK (a > 1);
ALTER TABLE t ADD CONSTRAINT c3 CHECK (a > 2) NOT VALID;
-- edit
ALTER TABLE t DROP CONSTRAINT c1;
ALTER TABLE t ADD CONSTRAINT c1 CHECK (a > 10);
ALTER TABLE t DROP CONSTRAINT c2;
ALTER TABLE t ADD CONSTRAINT c2 CHECK (a > 1) NO INHERIT;
ALTER TABLE t VALIDATE CONSTRAINT c3;

-- case: constraint: options, comments
CREATE TABLE t (a int PRIMARY KEY, b int CHECK (b > 0), c int REFERENCES t, EXCLUDE USING btree (b WITH =));
-- edit
ALTER INDEX t_pkey SET (fillfactor = 60);
COMMENT ON CONSTRAINT t_pkey ON t IS 'pk';
COMMENT ON INDEX t_pkey IS 'pki';
COMMENT ON CONSTRAINT t_b_check ON t IS 'ch';
COMMENT ON CONSTRAINT t_c_fkey ON t IS 'fk';
COMMENT ON CONSTRAINT t_b_excl ON t IS 'ex';
ALTER INDEX t_pkey DEPENDS ON EXTENSION plpgsql;

-- case: constraint: not enforced
-- since: 18
CREATE TABLE k (a int PRIMARY KEY);
CREATE TABLE t (a int, b int CONSTRAINT c CHECK (b > 0));
ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES k;
-- edit
ALTER TABLE t ALTER CONSTRAINT f NOT ENFORCED;
ALTER TABLE t DROP CONSTRAINT c;
ALTER TABLE t ADD CONSTRAINT c CHECK (b > 0) NOT ENFORCED;

-- case: constraint: columns, include, exclusion
CREATE TABLE t (a int, b int, c int, CONSTRAINT u UNIQUE (a, b), CONSTRAINT i UNIQUE (a), CONSTRAINT x EXCLUDE USING btree (a WITH =));
-- edit
ALTER TABLE t DROP CONSTRAINT u;
ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, b, c);
ALTER TABLE t DROP CONSTRAINT i;
ALTER TABLE t ADD CONSTRAINT i UNIQUE (a) INCLUDE (b);
ALTER TABLE t DROP CONSTRAINT x;
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING btree (a WITH =) WHERE (b > 0);

-- case: trigger: enabled
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER t1 AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t2 AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t3 AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t4 AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- edit
ALTER TABLE t DISABLE TRIGGER t1;
ALTER TABLE t ENABLE ALWAYS TRIGGER t2;
ALTER TABLE t ENABLE REPLICA TRIGGER t3;
COMMENT ON TRIGGER t4 ON t IS 'x';
ALTER TRIGGER t4 ON t DEPENDS ON EXTENSION plpgsql;

-- case: trigger: definition
CREATE TABLE t (a int, b int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER t1 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t2 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t3 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t4 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t5 AFTER UPDATE ON t FOR EACH STATEMENT EXECUTE FUNCTION f();
CREATE CONSTRAINT TRIGGER t6 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER t7 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f();
-- edit
DROP TRIGGER t1 ON t;
CREATE TRIGGER t1 AFTER UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
DROP TRIGGER t2 ON t;
CREATE TRIGGER t2 AFTER UPDATE ON t FOR EACH ROW WHEN (OLD.a <> NEW.a) EXECUTE FUNCTION f();
DROP TRIGGER t3 ON t;
CREATE TRIGGER t3 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION g();
DROP TRIGGER t4 ON t;
CREATE TRIGGER t4 AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f('x', 'y''z');
DROP TRIGGER t5 ON t;
CREATE TRIGGER t5 AFTER UPDATE ON t REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION f();
DROP TRIGGER t6 ON t;
CREATE CONSTRAINT TRIGGER t6 AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION f();
DROP TRIGGER t7 ON t;
CREATE CONSTRAINT TRIGGER t7 AFTER UPDATE ON t FROM t FOR EACH ROW EXECUTE FUNCTION f();

-- case: rule
CREATE TABLE t (a int, b int);
CREATE RULE r1 AS ON INSERT TO t DO ALSO NOTHING;
CREATE RULE r2 AS ON INSERT TO t DO ALSO NOTHING;
CREATE RULE r3 AS ON INSERT TO t DO ALSO NOTHING;
-- edit
ALTER TABLE t DISABLE RULE r1;
CREATE OR REPLACE RULE r2 AS ON INSERT TO t WHERE NEW.a > 0 DO INSTEAD NOTHING;
COMMENT ON RULE r3 ON t IS 'x';
ALTER TABLE t ENABLE ALWAYS RULE r3;

-- case: policy
CREATE TABLE t (a int);
CREATE POLICY p1 ON t;
CREATE POLICY p2 ON t;
CREATE POLICY p3 ON t USING (a > 0);
CREATE POLICY p4 ON t WITH CHECK (a > 0);
CREATE POLICY p5 ON t FOR SELECT USING (a > 0);
CREATE POLICY p6 ON t;
-- edit
ALTER POLICY p1 ON t TO "role a", "role b";
DROP POLICY p2 ON t;
CREATE POLICY p2 ON t AS RESTRICTIVE;
ALTER POLICY p3 ON t USING (a > 1);
ALTER POLICY p4 ON t WITH CHECK (a > 1);
DROP POLICY p5 ON t;
CREATE POLICY p5 ON t FOR DELETE USING (a > 0);
COMMENT ON POLICY p6 ON t IS 'x';
ALTER POLICY p6 ON t USING (true) WITH CHECK (false);

-- case: extended statistics
CREATE TABLE t (a int, b int, c int);
CREATE STATISTICS s1 ON a, b FROM t;
CREATE STATISTICS s2 ON a, b FROM t;
CREATE STATISTICS s3 ON a, b FROM t;
-- edit
ALTER STATISTICS s1 SET STATISTICS 10;
DROP STATISTICS s2;
CREATE STATISTICS s2 (mcv) ON a, b, c FROM t;
COMMENT ON STATISTICS s3 IS 'x';
ALTER STATISTICS s3 OWNER TO "role a";

-- case: publication
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE PUBLICATION {}a FOR TABLE t;
CREATE PUBLICATION {}b FOR TABLE t;
CREATE PUBLICATION {}c FOR TABLE t;
-- edit
ALTER PUBLICATION {}a SET (publish = 'insert, delete');
ALTER PUBLICATION {}b SET (publish_via_partition_root);
COMMENT ON PUBLICATION {}c IS 'x';

-- case: publication: owner
CREATE PUBLICATION {}c;
-- edit
ALTER PUBLICATION {}c OWNER TO "edit owner";

-- case: publication: filters and columns
-- since: 15
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (a int PRIMARY KEY, b int);
CREATE PUBLICATION {} FOR TABLE t, u;
-- edit
ALTER PUBLICATION {} SET TABLE t (a), u WHERE (a > 0);

-- case: publication: generated columns
-- since: 18
CREATE PUBLICATION {};
-- edit
ALTER PUBLICATION {} SET (publish_generated_columns = stored);

-- case: publication: all tables
CREATE PUBLICATION {};
-- edit
DROP PUBLICATION {};
CREATE PUBLICATION {} FOR ALL TABLES;

-- case: publication: all tables instead of some
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (a int PRIMARY KEY);
CREATE PUBLICATION {} FOR TABLE t, u WITH (publish = 'insert');
COMMENT ON PUBLICATION {} IS 'x';
-- edit
DROP PUBLICATION {};
CREATE PUBLICATION {} FOR ALL TABLES WITH (publish = 'insert');
COMMENT ON PUBLICATION {} IS 'x';

-- case: subscription
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
ALTER SUBSCRIPTION {} SET PUBLICATION b, "c d" WITH (refresh = false);
COMMENT ON SUBSCRIPTION {} IS 'x';

-- case: subscription: 14 properties
-- since: 14
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
ALTER SUBSCRIPTION {} SET (binary = true, streaming = on, synchronous_commit = 'local');

-- case: subscription: 15 properties
-- since: 15
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
ALTER SUBSCRIPTION {} SET (disable_on_error = true);

-- case: subscription: connection
-- not compared
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
ALTER SUBSCRIPTION {} CONNECTION 'host=other.invalid';

-- case: subscription: slot name
-- not compared
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
ALTER SUBSCRIPTION {} SET (slot_name = 'other');

-- case: subscription: owner
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
ALTER SUBSCRIPTION {} OWNER TO "edit owner";

-- case: event trigger
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION g() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER {}1 ON sql_drop EXECUTE FUNCTION f();
CREATE EVENT TRIGGER {}2 ON sql_drop EXECUTE FUNCTION f();
CREATE EVENT TRIGGER {}3 ON sql_drop EXECUTE FUNCTION f();
CREATE EVENT TRIGGER {}4 ON sql_drop EXECUTE FUNCTION f();
CREATE EVENT TRIGGER {}5 ON sql_drop EXECUTE FUNCTION f();
-- edit
ALTER EVENT TRIGGER {}1 DISABLE;
DROP EVENT TRIGGER {}2;
CREATE EVENT TRIGGER {}2 ON ddl_command_end EXECUTE FUNCTION f();
DROP EVENT TRIGGER {}3;
CREATE EVENT TRIGGER {}3 ON sql_drop WHEN TAG IN ('DROP TABLE') EXECUTE FUNCTION f();
DROP EVENT TRIGGER {}4;
CREATE EVENT TRIGGER {}4 ON sql_drop EXECUTE FUNCTION g();
COMMENT ON EVENT TRIGGER {}5 IS 'x';
ALTER EVENT TRIGGER {}5 ENABLE ALWAYS;

-- case: event trigger: owner
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER {}1 ON sql_drop EXECUTE FUNCTION f();
-- edit
ALTER EVENT TRIGGER {}1 OWNER TO "edit owner";

-- case: default privileges
ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT SELECT ON TABLES TO "role a";
-- edit
ALTER DEFAULT PRIVILEGES IN SCHEMA {} GRANT INSERT ON TABLES TO "role a" WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES IN SCHEMA {} REVOKE SELECT ON TABLES FROM "role a";

-- case: hostile names that run together
-- back: kept
CREATE SCHEMA "{}.b";
CREATE TABLE "{}.b".c (a int);
CREATE TABLE "b.c" (a int);
CREATE TABLE "x.y" (a int);
CREATE SCHEMA "{}.x";
CREATE TABLE "{}.x".y (a int);
-- edit
CREATE PUBLICATION {} FOR TABLE "{}.b".c, "b.c";
CREATE TABLE inh () INHERITS ("x.y", "{}.x".y);

-- case: materialized view: replica identity
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
CREATE MATERIALIZED VIEW m2 AS SELECT 1 AS a;
CREATE UNIQUE INDEX m2i ON m2 (a);
-- edit
ALTER MATERIALIZED VIEW m REPLICA IDENTITY FULL;

-- case: materialized view: column's settings changed
CREATE MATERIALIZED VIEW m AS SELECT 'x'::text AS a;
ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 9;
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 3);
ALTER MATERIALIZED VIEW m ALTER a SET STORAGE main;
-- edit
ALTER MATERIALIZED VIEW m ALTER a SET STATISTICS 10;
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 4);
ALTER MATERIALIZED VIEW m ALTER a SET STORAGE plain;

-- case: foreign table: a child, a partition, a trigger, comments of constraints
-- back: kept
CREATE FOREIGN DATA WRAPPER {};
CREATE SERVER {} FOREIGN DATA WRAPPER {};
CREATE TABLE p (a int);
CREATE FOREIGN TABLE f (b int CONSTRAINT ch CHECK (b > 0)) INHERITS (p) SERVER {};
CREATE TABLE q (a int) PARTITION BY LIST (a);
CREATE FOREIGN TABLE g PARTITION OF q FOR VALUES IN (1) SERVER {};
CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER tr AFTER INSERT ON f FOR EACH ROW EXECUTE FUNCTION t();
-- edit
COMMENT ON CONSTRAINT ch ON f IS 'x';
ALTER TABLE f DISABLE TRIGGER tr;
ALTER FOREIGN TABLE g OPTIONS (a 'b');
ALTER FOREIGN TABLE g ALTER a OPTIONS (c 'd');
ALTER FOREIGN TABLE g ALTER a SET DEFAULT 5;
ALTER FOREIGN TABLE f ALTER a OPTIONS (c 'd');

-- case: view: column renamed, column added
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM t;
GRANT SELECT ON w TO PUBLIC;
COMMENT ON VIEW w IS 'w';
CREATE VIEW x AS SELECT * FROM w;
-- edit
CREATE OR REPLACE VIEW v AS SELECT a, b FROM t;
DROP VIEW x;
ALTER VIEW w RENAME a TO aa;
CREATE VIEW x AS SELECT * FROM w;

-- case: identity: sequence's own facets
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
-- edit
COMMENT ON SEQUENCE t_a_seq IS 'x';
GRANT SELECT ON SEQUENCE t_a_seq TO PUBLIC;

-- case: identity: type
-- back: turning bigint into integer
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
-- edit
ALTER TABLE t ALTER a TYPE bigint;

-- case: sequence: owned by, none
-- back: kept
CREATE TABLE t (a int);
CREATE SEQUENCE s;
-- edit
ALTER SEQUENCE s OWNED BY t.a;

-- case: privileges: every privilege of a table
CREATE TABLE t (a int, b int);
GRANT ALL ON t TO "role a";
-- edit
REVOKE SELECT, TRIGGER ON t FROM "role a";
GRANT SELECT ON t TO "role b";
GRANT UPDATE ON t TO "role b" WITH GRANT OPTION;
GRANT REFERENCES (b) ON t TO PUBLIC;

-- case: privileges: maintain
-- since: 17
CREATE TABLE t (a int, b int);
GRANT ALL ON t TO "role a";
-- edit
REVOKE MAINTAIN ON t FROM "role a";
GRANT MAINTAIN ON t TO PUBLIC;

-- case: privileges: the owner's own
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE SEQUENCE s;
CREATE TYPE e AS ENUM ('a');
-- edit
REVOKE ALL ON t FROM CURRENT_USER;
REVOKE ALL ON FUNCTION f() FROM CURRENT_USER;
REVOKE ALL ON SEQUENCE s FROM CURRENT_USER;
REVOKE ALL ON TYPE e FROM CURRENT_USER;

-- case: privileges: none at all
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- edit
REVOKE ALL ON FUNCTION f() FROM PUBLIC, CURRENT_USER;

-- case: privileges: granted on by another
-- not compared
CREATE TABLE t (a int);
-- edit
GRANT SELECT ON t TO "role a" WITH GRANT OPTION;
GRANT USAGE ON SCHEMA {} TO "role a";
SET ROLE "role a";
GRANT SELECT ON t TO "role b";
RESET ROLE;

-- case: function: settings
CREATE FUNCTION f1() RETURNS int LANGUAGE sql SET search_path = '' AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int LANGUAGE sql SET search_path = a, "B c" AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS int LANGUAGE sql SET myapp.setting = 'a' AS 'SELECT 1';
CREATE FUNCTION f4() RETURNS int LANGUAGE sql SET temp_tablespaces = '' SET local_preload_libraries = '' AS 'SELECT 1';
-- edit
ALTER FUNCTION f1() SET search_path = pg_catalog;
ALTER FUNCTION f2() RESET search_path;
ALTER FUNCTION f3() SET myapp.setting = 'b''c, d';
ALTER FUNCTION f4() RESET ALL;

-- case: function: settings the other way
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
-- edit
ALTER FUNCTION f1() SET search_path = '';
ALTER FUNCTION f1() SET TIME ZONE 'UTC';
ALTER FUNCTION f1() SET "MyApp.Setting" = '';

-- case: procedure: out arguments
-- since: 14
CREATE PROCEDURE p(IN a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := a; END';
-- edit
COMMENT ON PROCEDURE p(IN int, OUT int) IS 'p';
CREATE OR REPLACE PROCEDURE p(IN a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := a + 1; END';
GRANT EXECUTE ON PROCEDURE p(int, OUT int) TO "role a";
ALTER PROCEDURE p(IN int, OUT int) OWNER TO "role a";

-- case: procedure: out argument's type
-- since: 14
CREATE PROCEDURE p(IN a int, OUT b int) LANGUAGE plpgsql AS 'BEGIN b := a; END';
-- edit
DROP PROCEDURE p(int);
CREATE PROCEDURE p(IN a int, OUT b bigint) LANGUAGE plpgsql AS 'BEGIN b := a; END';

-- case: inheritance: order of parents
-- not compared
CREATE TABLE a (x int);
CREATE TABLE b (x int);
CREATE TABLE c () INHERITS (a, b);
-- edit
DROP TABLE c;
CREATE TABLE c () INHERITS (b, a);

-- case: enum: order, renamed label
-- forward: labels of an enum cannot be reordered
-- back: labels of an enum cannot be reordered
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TYPE f AS ENUM ('a', 'b');
CREATE TABLE t (e e, f f);
-- edit
DROP TABLE t;
DROP TYPE e;
CREATE TYPE e AS ENUM ('b', 'a');
ALTER TYPE f RENAME VALUE 'a' TO 'c';
CREATE TABLE t (e e, f f);

-- case: typed table: what its columns have of their own
-- back: kept
CREATE TYPE ty AS (a int, b text);
CREATE TABLE t OF ty;
-- edit
ALTER TABLE t ALTER a SET NOT NULL;
ALTER TABLE t ALTER b SET DEFAULT 'x';
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);
ALTER TABLE t ALTER b SET STORAGE external;
ALTER TABLE t ALTER b SET STATISTICS 4;
COMMENT ON COLUMN t.a IS 'x';
GRANT SELECT (a) ON t TO PUBLIC;

-- case: trigger of a partitioned table: comments
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER tr AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION t();
-- edit
COMMENT ON TRIGGER tr ON p IS 'p';
COMMENT ON TRIGGER tr ON q IS 'q';

-- case: constraint of a partitioned table: comments
CREATE TABLE p (a int PRIMARY KEY, b int REFERENCES p CHECK (b > 0)) PARTITION BY LIST (a);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
-- edit
COMMENT ON CONSTRAINT p_pkey ON p IS 'p';
COMMENT ON CONSTRAINT q_pkey ON q IS 'q';
COMMENT ON INDEX q_pkey IS 'qi';
COMMENT ON CONSTRAINT p_b_check ON q IS 'x';
COMMENT ON CONSTRAINT p_b_fkey ON p IS 'f';
COMMENT ON CONSTRAINT p_b_check ON p IS 'y';

-- case: foreign key of a partition: comment
-- not visible: pg_dump leaves it out
CREATE TABLE p (a int PRIMARY KEY, b int REFERENCES p) PARTITION BY LIST (a);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
-- edit
COMMENT ON CONSTRAINT p_b_fkey ON q IS 'q';

-- case: inherited constraint: comment
-- not visible: pg_dump leaves it out
CREATE TABLE p (a int CONSTRAINT c CHECK (a > 0));
CREATE TABLE q () INHERITS (p);
-- edit
COMMENT ON CONSTRAINT c ON q IS 'q';

-- case: inherited constraint: own too
-- forward: parent's alone
-- back: stays so under a parent
CREATE TABLE p (a int CONSTRAINT c CHECK (a > 0));
CREATE TABLE q () INHERITS (p);
-- edit
DROP TABLE q;
CREATE TABLE q (a int, CONSTRAINT c CHECK (a > 0)) INHERITS (p);

-- case: index: reset options
CREATE TABLE t (a int, b text);
CREATE INDEX i ON t USING brin (a) WITH (pages_per_range = 4, autosummarize = on);
CREATE INDEX h ON t USING gist (to_tsvector('simple', b)) WITH (buffering = on);
CREATE INDEX s ON t USING spgist (b) WITH (fillfactor = 50);
-- edit
ALTER INDEX i SET (autosummarize = off);
ALTER INDEX i RESET (pages_per_range);
ALTER INDEX h RESET (buffering);
ALTER INDEX s SET (fillfactor = 60);

-- case: index: operator class options
CREATE TABLE t (b text);
CREATE INDEX i ON t USING gist (to_tsvector('simple', b) tsvector_ops (siglen = 100));
-- edit
DROP INDEX i;
CREATE INDEX i ON t USING gist (to_tsvector('simple', b) tsvector_ops (siglen = 200));

-- case: index: access method of one's own
CREATE ACCESS METHOD {} TYPE INDEX HANDLER bthandler;
CREATE OPERATOR CLASS o DEFAULT FOR TYPE int USING {} AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
CREATE TABLE t (a int);
-- edit
COMMENT ON OPERATOR CLASS o USING {} IS 'x';

-- case: statistics: expressions
-- since: 14
CREATE TABLE t (a int, b int);
CREATE STATISTICS s ON (a + 1) FROM t;
CREATE STATISTICS s2 (mcv) ON a, b FROM t;
-- edit
DROP STATISTICS s;
CREATE STATISTICS s ON (a + 2) FROM t;
DROP STATISTICS s2;
CREATE STATISTICS s2 (mcv, dependencies) ON a, b FROM t;

-- case: rule: event, relation's own
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
CREATE RULE r AS ON UPDATE TO v DO INSTEAD NOTHING;
-- edit
DROP RULE r ON v;
CREATE RULE r AS ON DELETE TO v DO INSTEAD DELETE FROM t WHERE a = OLD.a RETURNING a;

-- case: event trigger: tags
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER {} ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION f();
-- edit
DROP EVENT TRIGGER {};
CREATE EVENT TRIGGER {} ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION f();

-- case: publication: schemas
-- since: 15
-- back: kept
CREATE TABLE t (a int);
CREATE PUBLICATION {} FOR TABLE t;
-- edit
ALTER PUBLICATION {} ADD TABLES IN SCHEMA {};

-- case: publication: a partition, a table alone
-- back: kept
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
CREATE TABLE t (a int);
CREATE TABLE u () INHERITS (t);
CREATE PUBLICATION {} FOR TABLE p;
-- edit
ALTER PUBLICATION {} ADD TABLE q, ONLY t;

-- case: publication: each operation
CREATE PUBLICATION {}1;
CREATE PUBLICATION {}2;
CREATE PUBLICATION {}3 WITH (publish = '');
-- edit
ALTER PUBLICATION {}1 SET (publish = '');
ALTER PUBLICATION {}2 SET (publish = 'truncate, update');
ALTER PUBLICATION {}3 SET (publish = 'insert');

-- case: subscription: 16 properties
-- since: 16
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION {}b CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
ALTER SUBSCRIPTION {} SET (origin = none);
ALTER SUBSCRIPTION {} SET (streaming = parallel);
ALTER SUBSCRIPTION {}b SET (run_as_owner = true);
ALTER SUBSCRIPTION {}b SET (password_required = false);

-- case: subscription: two phase, failover
-- since: 18
-- forward: change of its failover
-- back: change of its failover
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION {}b CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE);
-- edit
DROP SUBSCRIPTION {};
CREATE SUBSCRIPTION {} CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE, failover = true);
DROP SUBSCRIPTION {}b;
CREATE SUBSCRIPTION {}b CONNECTION 'host=redacted.invalid' PUBLICATION a WITH (connect = false, slot_name = NONE, two_phase = true);

-- case: text search: order of mappings
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION c (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION c ADD MAPPING FOR word WITH d, simple;
-- edit
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH simple, d;

-- case: operator: function of a prefix operator
CREATE OPERATOR @#@ (FUNCTION = int4abs, RIGHTARG = int);
-- edit
DROP OPERATOR @#@ (NONE, int);
CREATE OPERATOR @#@ (FUNCTION = int4um, RIGHTARG = int);

-- case: language: handler
CREATE LANGUAGE {} HANDLER plpgsql_call_handler;
CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
-- edit
CREATE OR REPLACE LANGUAGE {} HANDLER h;

-- case: wrapper: an option
CREATE FOREIGN DATA WRAPPER {};
-- edit
ALTER FOREIGN DATA WRAPPER {} OPTIONS (host 'x');

-- case: temporal keys
-- since: 18
-- back: kept
CREATE TABLE t (a int4range, b daterange, c int4range);
ALTER TABLE t ADD CONSTRAINT k UNIQUE (a, b);
CREATE TABLE r (a int4range, b daterange, PRIMARY KEY (a, b WITHOUT OVERLAPS));
CREATE TABLE f (a int4range, b daterange);
-- edit
ALTER TABLE t DROP CONSTRAINT k;
ALTER TABLE t ADD CONSTRAINT k UNIQUE (a, b WITHOUT OVERLAPS);
ALTER TABLE f ADD CONSTRAINT fk FOREIGN KEY (a, PERIOD b) REFERENCES r (a, PERIOD b);

-- case: virtual column: guarded
-- since: 18
-- forward: in a table of a publication
-- back: in a table of a publication
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL CHECK (b > 0));
CREATE TABLE u (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL);
CREATE PUBLICATION {} FOR TABLE u;
CREATE TABLE n (a int, b int NOT NULL GENERATED ALWAYS AS (a * 2) VIRTUAL);
CREATE TABLE p (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL);
CREATE TABLE q () INHERITS (p);
-- edit
DROP TABLE t;
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 3) VIRTUAL CHECK (b > 0));
DROP PUBLICATION {};
ALTER TABLE u ALTER b SET EXPRESSION AS (a * 3);
CREATE PUBLICATION {} FOR TABLE u;
ALTER TABLE n ALTER b SET EXPRESSION AS (a * 3);
ALTER TABLE p ALTER b SET EXPRESSION AS (a * 3);

-- case: virtual column: published with its schema
-- since: 18
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL);
CREATE PUBLICATION {} FOR TABLES IN SCHEMA {};
CREATE VIEW v AS SELECT b FROM t;
-- edit
ALTER TABLE t ALTER b SET EXPRESSION AS (a * 3);

-- case: partitioned table: access method
-- since: 17
-- forward: change of its access_method
-- back: change of its access_method
CREATE ACCESS METHOD {} TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE p (a int) PARTITION BY LIST (a);
-- edit
ALTER TABLE p SET ACCESS METHOD {};

-- case: unlogged table: logged
-- back: loses its rows
CREATE UNLOGGED TABLE t (a int);
-- edit
ALTER TABLE t SET LOGGED;

-- case: toast options of a table without others
CREATE TABLE t (a text) WITH (toast.autovacuum_enabled = false);
-- edit
ALTER TABLE t RESET (toast.autovacuum_enabled);

-- case: view: all options at once
-- since: 15
CREATE TABLE t (a int);
CREATE VIEW v WITH (security_barrier = true, security_invoker = true) AS SELECT a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
-- edit
ALTER VIEW v SET (security_barrier = false);
ALTER VIEW v SET (check_option = cascaded);

-- case: column: default from a sequence
CREATE TABLE t (a serial, b int DEFAULT 5);
-- edit
ALTER TABLE t ALTER b SET DEFAULT nextval('t_a_seq');

-- case: policy: everybody
CREATE TABLE t (a int);
CREATE POLICY p ON t TO "role a";
-- edit
ALTER POLICY p ON t TO PUBLIC;

-- case: policy: check dropped
CREATE TABLE t (a int);
CREATE POLICY p ON t USING (a > 0);
-- edit
ALTER POLICY p ON t WITH CHECK (a > 5);

-- case: privileges: granted on, and one of them goes
-- not compared
CREATE TABLE t (a int, b int);
GRANT USAGE ON SCHEMA {} TO PUBLIC;
GRANT SELECT, INSERT ON t TO "role a" WITH GRANT OPTION;
SET ROLE "role a";
GRANT SELECT, INSERT ON t TO "role b";
GRANT SELECT ON t TO "role c" WITH GRANT OPTION;
SET ROLE "role c";
GRANT SELECT ON t TO "role d";
RESET ROLE;
GRANT UPDATE (a) ON t TO "role a" WITH GRANT OPTION;
SET ROLE "role a";
GRANT UPDATE (a) ON t TO "role b";
RESET ROLE;
-- edit
REVOKE ALL ON t FROM "role a" CASCADE;
REVOKE UPDATE (a) ON t FROM "role a" CASCADE;
GRANT SELECT, INSERT ON t TO "role a";
GRANT INSERT ON t TO "role b";
GRANT SELECT ON t TO "role d" WITH GRANT OPTION;
GRANT UPDATE (a) ON t TO "role a" WITH GRANT OPTION;

-- case: order of what is a set: options, tags, roles, settings
CREATE VIEW v AS SELECT 1 AS a;
CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, language = english, stopwords = english);
CREATE TABLE t (a int);
CREATE POLICY p ON t TO "role a", "role b";
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER {} ON sql_drop WHEN TAG IN ('DROP TABLE', 'DROP VIEW') EXECUTE FUNCTION f();
CREATE FUNCTION g() RETURNS int LANGUAGE sql SET work_mem = '1MB' SET lock_timeout = '1s' AS 'SELECT 1';
-- edit
ALTER VIEW v SET (security_barrier);
ALTER TEXT SEARCH DICTIONARY d (language = german);
ALTER POLICY p ON t TO "role b", "role a";
DROP EVENT TRIGGER {};
CREATE EVENT TRIGGER {} ON sql_drop WHEN TAG IN ('DROP VIEW', 'DROP TABLE') EXECUTE FUNCTION f();
ALTER FUNCTION g() SET work_mem = '2MB';
ALTER TABLE t ALTER a SET (n_distinct = 4, n_distinct_inherited = 5);
ALTER TABLE t ALTER a SET (n_distinct = 6);

-- case: table: privileges on a system column
CREATE TABLE {}.t (a integer);
CREATE MATERIALIZED VIEW {}.m AS SELECT a FROM {}.t;
GRANT SELECT (xmin), SELECT (ctid) ON {}.t TO "role a";
-- edit
REVOKE SELECT (xmin) ON {}.t FROM "role a";
GRANT SELECT (ctid) ON {}.t TO "role a" WITH GRANT OPTION;
GRANT SELECT (tableoid) ON {}.m TO PUBLIC;

-- case: sequence: privileges on a column
CREATE SEQUENCE {}.s;
GRANT SELECT, SELECT (last_value) ON {}.s TO "role a";
-- edit
REVOKE SELECT ON {}.s FROM "role a";
GRANT SELECT (last_value), SELECT (is_called) ON {}.s TO "role a";

-- case: column: of its own and a parent's, without the parent's NOT NULL
-- until: 18
-- back: kept
CREATE TABLE {}.p (a integer NOT NULL);
-- edit
CREATE TABLE {}.c (b integer, a integer) INHERITS ({}.p);
ALTER TABLE {}.c ALTER a DROP NOT NULL;

-- case: column: of its own and a parent's, which is new too and has another
-- until: 18
-- back: kept
-- edit
CREATE TABLE {}.p (a integer NOT NULL, x integer);
CREATE TABLE {}.c (b integer, a integer) INHERITS ({}.p);
ALTER TABLE {}.c ALTER a DROP NOT NULL;
