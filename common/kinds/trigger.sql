-- Triggers that a user made: not those of constraints, and not the clones that a partition has of
-- its parent's (a clone that is enabled otherwise than its parent's is not told apart).
SELECT t.oid,
       n.nspname AS schema,
       c.relname AS relation,
       t.tgname AS name,
       pg_catalog.pg_get_triggerdef(t.oid, false) AS definition,
       t.tgenabled AS enabled
  FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal
   AND t.tgparentid = 0
   AND c.relnamespace = ANY ($1)
