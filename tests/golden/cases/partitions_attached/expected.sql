-- transaction
-- create, lock none
CREATE TABLE public.pay_2 (
    id integer NOT NULL,
    day date NOT NULL,
    who integer
);
-- create, lock none
CREATE INDEX pay_2_id_idx ON public.pay_2 USING btree (id);
-- create, lock none
CREATE INDEX pay_2_only_here ON public.pay_2 USING btree (who);
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER TABLE ONLY public.pay ATTACH PARTITION public.pay_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- create, lock SHARE, blocks_writes, scans
CREATE INDEX by_both ON ONLY public.pay USING btree (id, who);
-- alter, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.by_both ATTACH PARTITION public.of_tool;
-- create, lock SHARE, blocks_writes, scans
CREATE INDEX pay_1_id_who_idx ON public.pay_1 USING btree (id, who);
-- create, lock none
CREATE INDEX also_by_id ON public.pay_2 USING btree (id);
-- create, lock none
CREATE INDEX pay_2_id_who_idx ON public.pay_2 USING btree (id, who);
-- create, lock none
CREATE INDEX pay_2_who_idx ON public.pay_2 USING btree (who) WHERE (who > 0);
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.by_both ATTACH PARTITION public.pay_1_id_who_idx;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.by_id ATTACH PARTITION public.pay_2_id_idx;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.by_both ATTACH PARTITION public.pay_2_id_who_idx;
-- alter, lock SHARE ROW EXCLUSIVE, changes_behaviour
ALTER TABLE public.pay ENABLE ALWAYS TRIGGER tr;
-- alter, lock SHARE ROW EXCLUSIVE, changes_behaviour
ALTER TABLE ONLY public.pay_2 DISABLE TRIGGER tr;
-- alter, lock SHARE ROW EXCLUSIVE, changes_behaviour
ALTER TABLE ONLY public.pay_tool DISABLE TRIGGER tr;
-- kept: table public.pay_tool
-- kept: index public.pay.only_here
-- kept: index public.pay_1.pay_1_who_idx
