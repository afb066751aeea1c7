CREATE TYPE code;
CREATE FUNCTION code_in(cstring) RETURNS code IMMUTABLE STRICT LANGUAGE internal AS 'int4in';
CREATE FUNCTION code_out(code) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out';
CREATE TYPE code (INPUT = code_in, OUTPUT = code_out, LIKE = int4);
COMMENT ON TYPE code IS 'a type';
CREATE TABLE t (id code);
INSERT INTO t VALUES ('1');
