-- transaction
-- drop, lock ACCESS EXCLUSIVE
DROP POLICY p ON public.t;
-- drop, lock ACCESS EXCLUSIVE, changes_behaviour
ALTER TABLE public.t DROP CONSTRAINT t_id_check;
-- drop, lock ACCESS EXCLUSIVE, blocks_reads
DROP INDEX public.i;
-- drop, lock ACCESS EXCLUSIVE
DROP ROUTINE public.g(integer);
-- replace, lock none, changes_behaviour, leaves_stale
CREATE OR REPLACE FUNCTION public.f(x integer)
 RETURNS integer
 LANGUAGE sql IMMUTABLE
AS $function$SELECT x + 1$function$;
-- create, lock none, rebuilds
CREATE FUNCTION public.g(y integer)
 RETURNS bigint
 LANGUAGE sql IMMUTABLE
AS $function$SELECT y::bigint$function$;
-- alter, lock none
ALTER ROUTINE public.g(integer) OWNER TO postgres;
-- create, lock ACCESS EXCLUSIVE, changes_privileges, rebuilds
CREATE POLICY p ON public.t FOR ALL TO public USING ((public.g(id) > 1));
-- create, lock SHARE, blocks_writes, scans, rebuilds
CREATE INDEX i ON public.t USING btree (public.g(id));
-- create, lock ACCESS EXCLUSIVE, blocks_reads, blocks_writes, scans, may_fail_on_rows, changes_behaviour, rebuilds
ALTER TABLE public.t ADD CONSTRAINT t_id_check CHECK ((public.g(id) > 0));
