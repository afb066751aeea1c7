-- transaction
-- drop, lock ACCESS EXCLUSIVE
DROP VIEW public.sees;
-- drop, lock ACCESS EXCLUSIVE, loses_data
DROP TABLE public.holds;
-- drop, lock ACCESS EXCLUSIVE
DROP CAST (integer AS public.bt);
-- drop, lock ACCESS EXCLUSIVE
DROP OPERATOR CLASS public.bt_ops USING btree;
-- drop, lock ACCESS EXCLUSIVE
DROP OPERATOR FAMILY public.bt_ops USING btree;
-- drop, lock ACCESS EXCLUSIVE
DROP OPERATOR public.<# (public.bt, public.bt);
-- drop, lock ACCESS EXCLUSIVE
DROP ROUTINE public.bt_less(public.bt, public.bt);
-- drop, lock ACCESS EXCLUSIVE
DROP ROUTINE public.bt_compare(public.bt, public.bt);
-- drop, lock ACCESS EXCLUSIVE, loses_data
DROP TYPE public.bt CASCADE;
-- drop, lock ACCESS EXCLUSIVE
DROP ROUTINE IF EXISTS public.bt_out(public.bt);
-- drop, lock ACCESS EXCLUSIVE
DROP ROUTINE IF EXISTS public.bt_in(cstring);
-- drop, lock none
DROP TYPE IF EXISTS public.shell_only;
-- drop, lock none
DROP TYPE IF EXISTS public.bt;
