CREATE TABLE public.t (id bigint NOT NULL, s text DEFAULT 'a'::text, n numeric(5,2) DEFAULT 1.00, at timestamp with time zone DEFAULT now(),
	CONSTRAINT t_s_check CHECK ((s = ANY (ARRAY['a'::text, 'b'::text]))));
ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
CREATE INDEX i ON public.t USING btree (lower(s)) WHERE (s <> 'b'::text);
CREATE VIEW public.v AS SELECT t.id, t.s, t.n, t.at FROM public.t WHERE ((t.s = ANY (ARRAY['a'::text, 'b'::text])) AND (NOT ((t.id >= 5) AND (t.id <= 6))));
