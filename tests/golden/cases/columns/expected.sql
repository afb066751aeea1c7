-- transaction
-- alter, lock SHARE UPDATE EXCLUSIVE
COMMENT ON TABLE public.t IS 'commented';
-- alter, lock ACCESS EXCLUSIVE, blocks_reads
ALTER TABLE public.t ALTER COLUMN a TYPE character varying(50);
-- alter, lock ACCESS EXCLUSIVE, blocks_reads, rewrites
ALTER TABLE public.t ALTER COLUMN b TYPE bigint;
-- alter, lock ACCESS EXCLUSIVE, blocks_reads, scans, may_fail_on_rows
ALTER TABLE public.t ALTER COLUMN b SET NOT NULL;
-- alter, lock ACCESS EXCLUSIVE, blocks_reads
ALTER TABLE public.t ALTER COLUMN c TYPE numeric(10,2);
-- alter, lock ACCESS EXCLUSIVE
ALTER TABLE public.t ALTER COLUMN d DROP NOT NULL;
-- create, lock ACCESS EXCLUSIVE
ALTER TABLE public.t ADD COLUMN added timestamp with time zone DEFAULT now() NOT NULL;
-- create, lock ACCESS EXCLUSIVE, changes_behaviour
ALTER TABLE ONLY public.t ALTER COLUMN a SET DEFAULT 'x'::character varying;
-- create, lock SHARE, blocks_writes, scans
CREATE INDEX t_added ON public.t USING btree (added);
-- create, lock ACCESS EXCLUSIVE, blocks_reads, blocks_writes, scans, may_fail_on_rows, changes_behaviour
ALTER TABLE public.t ADD CONSTRAINT b_positive CHECK ((b > 0));
-- withheld: column public.t.narrow: narrowing it from character varying(100) to character varying(20) could lose data
-- kept: table public.only_here
-- kept: column public.t.gone
