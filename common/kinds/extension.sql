-- Extensions: those in the schemas read, and those in a system schema (plpgsql in pg_catalog).
-- The comment that CREATE EXTENSION takes from the control file counts as none.
SELECT e.oid,
       e.extname::pg_catalog.text AS name,
       n.nspname::pg_catalog.text AS schema,
       e.extrelocatable AS relocatable,
       e.extversion AS version,
       d.description AS comment
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  LEFT JOIN pg_catalog.pg_available_extensions() a ON a.name = e.extname
  LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.objoid = e.oid AND d.objsubid = 0
        AND d.description IS DISTINCT FROM a.comment
 WHERE e.extnamespace = ANY ($1) OR n.nspname = 'pg_catalog'
