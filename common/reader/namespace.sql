-- The schemas that belong to users, and which of them the read is about is decided by the caller's patterns.
SELECT n.oid,
       n.nspname
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname !~ '^pg_'
   AND n.nspname NOT IN ('information_schema', 'pgkeel')
