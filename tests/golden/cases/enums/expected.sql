-- transaction
-- alter, lock none, irreversible
ALTER TYPE public.mood ADD VALUE 'awful' BEFORE 'sad';
-- alter, lock none, irreversible
ALTER TYPE public.mood ADD VALUE 'ok' AFTER 'sad';
-- alter, lock none, irreversible
ALTER TYPE public.mood ADD VALUE 'elated' AFTER 'happy';
-- transaction
-- create, lock ACCESS EXCLUSIVE, changes_behaviour
ALTER TABLE ONLY public.t ALTER COLUMN m SET DEFAULT 'ok'::public.mood;
-- create, lock ACCESS EXCLUSIVE, blocks_reads, blocks_writes, scans, may_fail_on_rows, changes_behaviour
ALTER TABLE public.t ADD CONSTRAINT t_m_check CHECK ((m <> 'awful'::public.mood));
-- withheld: enum public.shrunk: labels cannot be removed from an enum: 'b'
