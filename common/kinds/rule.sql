-- Rewrite rules that a user made (a view's own rule is the view).
SELECT r.oid,
       n.nspname AS schema,
       c.relname AS relation,
       r.rulename AS name,
       pg_catalog.rtrim(pg_catalog.pg_get_ruledef(r.oid, false), ';') AS definition,
       r.ev_enabled AS enabled
  FROM pg_catalog.pg_rewrite r
  JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE r.rulename <> '_RETURN'
   AND c.relnamespace = ANY ($1)
