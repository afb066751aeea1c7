-- ALTER SEQUENCE ... OWNED BY: which column a sequence goes with.
SELECT n.nspname::pg_catalog.text AS schema,
       c.relname::pg_catalog.text AS sequence,
       'owned_by' AS name,
       tn.nspname::pg_catalog.text AS table_schema,
       t.relname::pg_catalog.text AS "table",
       a.attname::pg_catalog.text AS "column"
  FROM pg_catalog.pg_depend d
  JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
  JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
 WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid = 0
   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0
   AND d.deptype = 'a' AND c.relpersistence <> 't' AND c.relnamespace = ANY ($1)
