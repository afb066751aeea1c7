-- Operator families.
SELECT f.oid,
       n.nspname AS schema,
       f.opfname AS name,
       a.amname AS method,
       pg_catalog.pg_get_userbyid(f.opfowner) AS owner
  FROM pg_catalog.pg_opfamily f
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
 WHERE f.opfnamespace = ANY ($1)
