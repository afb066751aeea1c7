-- transaction
-- drop, lock ACCESS EXCLUSIVE
DROP CONVERSION public.v;
-- drop, lock ACCESS EXCLUSIVE
DROP CAST (public.t AS integer);
-- drop, lock ACCESS EXCLUSIVE
DROP OPERATOR CLASS public.unused USING hash;
-- replace, lock none, changes_behaviour, changes_privileges
CREATE OR REPLACE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler;
-- create, lock none
CREATE ACCESS METHOD h TYPE TABLE HANDLER heap_tableam_handler;
-- create, lock none
CREATE TYPE public.fresh;
-- create, lock none
CREATE FUNCTION public.fresh_in(cstring)
 RETURNS public.fresh
 LANGUAGE internal IMMUTABLE STRICT
AS $function$textin$function$;
-- create, lock none
CREATE FUNCTION public.fresh_out(public.fresh)
 RETURNS cstring
 LANGUAGE internal IMMUTABLE STRICT
AS $function$textout$function$;
-- create, lock none
CREATE TYPE public.fresh (INPUT = public.fresh_in, OUTPUT = public.fresh_out, INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended);
-- create, lock none
CREATE FUNCTION public.t_send(public.t)
 RETURNS bytea
 LANGUAGE internal IMMUTABLE STRICT
AS $function$int4send$function$;
-- alter, lock none, changes_behaviour
ALTER TYPE public.t SET (SEND = public.t_send);
-- create, lock none
CREATE FUNCTION public.l_lt(public.t, bigint)
 RETURNS boolean
 LANGUAGE internal IMMUTABLE STRICT
AS $function$int48lt$function$;
-- create, lock none
CREATE OPERATOR public.< (FUNCTION = public.l_lt, LEFTARG = public.t, RIGHTARG = bigint);
-- create, lock none
CREATE OPERATOR FAMILY public.fam USING btree;
-- create, lock none, rebuilds
CREATE OPERATOR CLASS public.unused FOR TYPE integer USING hash FAMILY public.unused AS
    OPERATOR 1 pg_catalog.= (integer, integer),
    FUNCTION 1 (integer, integer) hashint4(integer);
-- alter, lock none
ALTER OPERATOR CLASS public.unused USING hash OWNER TO postgres;
-- create, lock none
ALTER OPERATOR FAMILY public.fam USING btree ADD OPERATOR 1 public.< (public.t, bigint);
-- create, lock none, rebuilds
CREATE CAST (public.t AS integer) WITHOUT FUNCTION AS ASSIGNMENT;
-- create, lock none
CREATE TRANSFORM FOR public.t LANGUAGE l (FROM SQL WITH FUNCTION prsd_lextype(internal));
-- create, lock none, changes_behaviour, rebuilds
CREATE DEFAULT CONVERSION public.v FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- alter, lock none
ALTER CONVERSION public.v OWNER TO postgres;
-- create, lock none
CREATE TABLE public.holds (
    f public.fresh DEFAULT 'x'::public.fresh,
    fs public.fresh[]
);
-- withheld: operator class public.used.btree: it cannot be altered, and index public.i.i_a_idx is built on it
-- kept: shell type public.gone_shell
