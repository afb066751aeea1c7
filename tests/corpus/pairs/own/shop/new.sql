CREATE SCHEMA "Sales ""Dept""";
CREATE TYPE public.state AS ENUM ('new', 'it''s paid', 'sent');
CREATE DOMAIN public.money_amount AS numeric(12,2) DEFAULT 0 CONSTRAINT positive CHECK (VALUE >= 0);
CREATE TABLE public.customer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email character varying(200) NOT NULL UNIQUE,
    kind character varying(10) DEFAULT 'person' CHECK (kind IN ('person', 'company')),
    born date,
    full_name text NOT NULL,
    search text GENERATED ALWAYS AS (lower(full_name)) STORED
);
CREATE TABLE "Sales ""Dept"""."Order" (
    id serial PRIMARY KEY,
    customer bigint NOT NULL REFERENCES public.customer ON DELETE CASCADE,
    state public.state NOT NULL DEFAULT 'new',
    total public.money_amount,
    "select" integer[],
    EXCLUDE USING btree (id WITH =)
);
CREATE INDEX ON "Sales ""Dept"""."Order" (customer, state DESC) INCLUDE (total) WHERE state <> 'sent';
COMMENT ON COLUMN "Sales ""Dept"""."Order"."select" IS 'a keyword
on two lines';
CREATE VIEW public.open_orders WITH (security_barrier) AS
    SELECT o.id, c.email FROM "Sales ""Dept"""."Order" o JOIN public.customer c ON c.id = o.customer WHERE o.state = 'new';
CREATE MATERIALIZED VIEW public.totals AS SELECT customer, sum(total) AS total FROM "Sales ""Dept"""."Order" GROUP BY 1;
CREATE UNIQUE INDEX ON public.totals (customer);
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE OF state ON "Sales ""Dept"""."Order" FOR EACH ROW EXECUTE FUNCTION public.touch();
ALTER TABLE public.customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON public.customer USING (email = CURRENT_USER);
