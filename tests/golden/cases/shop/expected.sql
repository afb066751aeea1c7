-- transaction
-- create, lock none
CREATE SCHEMA "Sales ""Dept""";
-- create, lock none
CREATE TYPE public.state AS ENUM ('new', 'it''s paid', 'sent');
-- create, lock none
CREATE DOMAIN public.money_amount AS numeric(12,2) DEFAULT 0
    CONSTRAINT positive CHECK ((VALUE >= (0)::numeric));
-- create, lock none
CREATE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ BEGIN RETURN NEW; END $function$;
-- create, lock none
CREATE SEQUENCE "Sales ""Dept"""."Order_id_seq" AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1 NO CYCLE;
-- create, lock none
CREATE TABLE "Sales ""Dept"""."Order" (
    id integer DEFAULT nextval('"Sales ""Dept"""."Order_id_seq"'::regclass) NOT NULL,
    customer bigint NOT NULL,
    state public.state DEFAULT 'new'::public.state NOT NULL,
    total public.money_amount,
    "select" integer[]
);
-- alter, lock SHARE UPDATE EXCLUSIVE
COMMENT ON COLUMN "Sales ""Dept"""."Order"."select" IS 'a keyword
on two lines';
-- create, lock none
CREATE TABLE public.customer (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    email character varying(200) NOT NULL,
    kind character varying(10) DEFAULT 'person'::character varying,
    born date,
    full_name text NOT NULL,
    search text GENERATED ALWAYS AS (lower(full_name)) STORED,
    CONSTRAINT customer_kind_check CHECK (((kind)::text = ANY (((ARRAY['person'::character varying, 'company'::character varying])::character varying[])::text[])))
);
-- alter, lock none
ALTER TABLE public.customer ENABLE ROW LEVEL SECURITY;
-- create, lock SHARE ROW EXCLUSIVE
ALTER SEQUENCE "Sales ""Dept"""."Order_id_seq" OWNED BY "Sales ""Dept"""."Order".id;
-- create, lock none
CREATE INDEX "Order_customer_state_total_idx" ON "Sales ""Dept"""."Order" USING btree (customer, state DESC) INCLUDE (total) WHERE (state <> 'sent'::public.state);
-- create, lock none
ALTER TABLE ONLY "Sales ""Dept"""."Order" ADD CONSTRAINT "Order_id_excl" EXCLUDE USING btree (id WITH =);
-- create, lock none
ALTER TABLE ONLY "Sales ""Dept"""."Order" ADD CONSTRAINT "Order_pkey" PRIMARY KEY (id);
-- create, lock none
ALTER TABLE ONLY public.customer ADD CONSTRAINT customer_email_key UNIQUE (email);
-- create, lock none
ALTER TABLE ONLY public.customer ADD CONSTRAINT customer_pkey PRIMARY KEY (id);
-- create, lock none
ALTER TABLE ONLY "Sales ""Dept"""."Order" ADD CONSTRAINT "Order_customer_fkey" FOREIGN KEY (customer) REFERENCES public.customer (id) ON DELETE CASCADE;
-- create, lock none
CREATE VIEW public.open_orders WITH (security_barrier='true') AS
SELECT o.id,
    c.email
   FROM ("Sales ""Dept"""."Order" o
     JOIN public.customer c ON ((c.id = o.customer)))
  WHERE (o.state = 'new'::public.state);
-- create, lock none, scans
CREATE MATERIALIZED VIEW public.totals AS
SELECT "Order".customer,
    sum(("Order".total)::numeric) AS total
   FROM "Sales ""Dept"""."Order"
  GROUP BY "Order".customer
WITH DATA;
-- create, lock none
CREATE UNIQUE INDEX totals_customer_idx ON public.totals USING btree (customer);
-- create, lock SHARE ROW EXCLUSIVE
CREATE TRIGGER touch BEFORE UPDATE OF state ON "Sales ""Dept"""."Order" FOR EACH ROW EXECUTE FUNCTION public.touch();
-- create, lock ACCESS EXCLUSIVE
CREATE POLICY own ON public.customer FOR ALL TO public USING (((email)::text = CURRENT_USER));
