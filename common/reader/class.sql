-- The catalogs' own OIDs, by name: classid in pg_depend and pg_description.
SELECT c.oid,
       c.relname
  FROM pg_catalog.pg_class c
 WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
   AND c.relkind = 'r'
