-- transaction
-- create, lock none
CREATE FUNCTION public.c_default()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$ BEGIN RETURN (SELECT max(id) FROM c); END $function$;
-- create, lock none
CREATE TABLE public.a (
    id integer NOT NULL,
    b integer
);
-- create, lock none
CREATE FUNCTION public.count_a(public.a)
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT 1$function$;
-- create, lock none
CREATE TABLE public.b (
    id integer NOT NULL,
    a integer
);
-- create, lock none
CREATE TABLE public.c (
    id integer,
    n integer
);
-- create, lock none
CREATE FUNCTION public.c_count()
 RETURNS bigint
 LANGUAGE sql
BEGIN ATOMIC
 SELECT count(*) AS count
    FROM public.c;
END;
-- create, lock none
CREATE FUNCTION public.c_rows()
 RETURNS SETOF public.c
 LANGUAGE sql
AS $function$SELECT * FROM c$function$;
-- create, lock ACCESS EXCLUSIVE
ALTER TABLE ONLY public.c ALTER COLUMN n SET DEFAULT public.c_count();
-- create, lock none
ALTER TABLE ONLY public.a ADD CONSTRAINT a_pkey PRIMARY KEY (id);
-- create, lock none
ALTER TABLE ONLY public.b ADD CONSTRAINT b_a_fkey FOREIGN KEY (a) REFERENCES public.a (id);
-- create, lock none
ALTER TABLE ONLY public.b ADD CONSTRAINT b_pkey PRIMARY KEY (id);
-- create, lock none
ALTER TABLE ONLY public.a ADD CONSTRAINT a_b_fkey FOREIGN KEY (b) REFERENCES public.b (id);
