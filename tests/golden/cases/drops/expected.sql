-- transaction
-- drop, lock ACCESS EXCLUSIVE
DROP ROUTINE public.is_heavy(public.shipment);
-- create, lock ACCESS EXCLUSIVE
ALTER TABLE public.shipment ADD COLUMN packed_on date DEFAULT CURRENT_DATE;
