CREATE TYPE code;
COMMENT ON TYPE code IS 'a shell';
CREATE FUNCTION code_in(cstring) RETURNS code IMMUTABLE STRICT LANGUAGE internal AS 'int4in';
CREATE FUNCTION code_out(code) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out';
CREATE TABLE other (id integer);
