-- transaction
-- create, lock none
CREATE TABLE public.m_2025 (
    day date NOT NULL,
    n integer,
    region text NOT NULL,
    extra text
)
PARTITION BY LIST (region);
-- create, lock none
CREATE TABLE public.m_2025_eu (
    day date NOT NULL,
    n integer,
    region text NOT NULL,
    extra text
);
-- create, lock none
CREATE TABLE public.m_rest (
    day date NOT NULL,
    n integer,
    region text NOT NULL,
    extra text
);
-- create, lock ACCESS EXCLUSIVE
ALTER TABLE public.m ADD COLUMN extra text;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER TABLE ONLY public.m_2025 ATTACH PARTITION public.m_2025_eu FOR VALUES IN ('eu');
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER TABLE ONLY public.m ATTACH PARTITION public.m_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER TABLE ONLY public.m ATTACH PARTITION public.m_rest DEFAULT;
-- create, lock SHARE, blocks_writes, scans
CREATE INDEX m_n ON ONLY public.m USING btree (n);
-- create, lock SHARE, blocks_writes, scans
CREATE INDEX m_2024_n_idx ON public.m_2024 USING btree (n);
-- create, lock none
CREATE INDEX m_2025_n_idx ON ONLY public.m_2025 USING btree (n);
-- create, lock none
CREATE INDEX m_2025_eu_n_idx ON public.m_2025_eu USING btree (n);
-- create, lock none
CREATE INDEX m_rest_n_idx ON public.m_rest USING btree (n);
-- create, lock ACCESS EXCLUSIVE, blocks_reads, blocks_writes, scans, may_fail_on_rows, changes_behaviour
ALTER TABLE ONLY public.m ADD CONSTRAINT m_pkey PRIMARY KEY (day, region);
-- create, lock ACCESS EXCLUSIVE, blocks_reads, blocks_writes, scans, may_fail_on_rows, changes_behaviour
ALTER TABLE ONLY public.m_2024 ADD CONSTRAINT m_2024_pkey PRIMARY KEY (day, region);
-- create, lock none
ALTER TABLE ONLY public.m_2025 ADD CONSTRAINT m_2025_pkey PRIMARY KEY (day, region);
-- create, lock none
ALTER TABLE ONLY public.m_2025_eu ADD CONSTRAINT m_2025_eu_pkey PRIMARY KEY (day, region);
-- create, lock none
ALTER TABLE ONLY public.m_rest ADD CONSTRAINT m_rest_pkey PRIMARY KEY (day, region);
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_n ATTACH PARTITION public.m_2024_n_idx;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_pkey ATTACH PARTITION public.m_2024_pkey;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_n ATTACH PARTITION public.m_2025_n_idx;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_pkey ATTACH PARTITION public.m_2025_pkey;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_2025_n_idx ATTACH PARTITION public.m_2025_eu_n_idx;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_2025_pkey ATTACH PARTITION public.m_2025_eu_pkey;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_n ATTACH PARTITION public.m_rest_n_idx;
-- create, lock SHARE UPDATE EXCLUSIVE
ALTER INDEX public.m_pkey ATTACH PARTITION public.m_rest_pkey;
