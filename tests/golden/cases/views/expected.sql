-- transaction
-- drop, lock ACCESS EXCLUSIVE
DROP VIEW public.report;
-- drop, lock ACCESS EXCLUSIVE
DROP VIEW public.v2;
-- drop, lock ACCESS EXCLUSIVE
DROP VIEW public.v1;
-- alter, lock ACCESS EXCLUSIVE, blocks_reads
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(20);
-- create, lock ACCESS EXCLUSIVE
ALTER TABLE public.t ADD COLUMN b integer;
-- create, lock none, rebuilds
CREATE VIEW public.v1 AS
SELECT t.id,
    t.b,
    t.a
   FROM public.t;
-- alter, lock ACCESS EXCLUSIVE
ALTER VIEW public.v1 OWNER TO postgres;
-- create, lock none, rebuilds
CREATE VIEW public.v2 WITH (security_invoker='true') AS
SELECT v1.a
   FROM public.v1;
-- alter, lock ACCESS EXCLUSIVE
ALTER VIEW public.v2 OWNER TO postgres;
-- alter, lock SHARE UPDATE EXCLUSIVE
COMMENT ON VIEW public.v2 IS 'keep me';
-- create, lock none, rebuilds
CREATE VIEW public.report AS
SELECT count(*) AS count
   FROM public.v2;
-- alter, lock ACCESS EXCLUSIVE
ALTER VIEW public.report OWNER TO postgres;
