-- Extended statistics objects.
SELECT s.oid,
       n.nspname AS schema,
       s.stxname AS name,
       pg_catalog.pg_get_statisticsobjdef(s.oid) AS definition,
       NULLIF(s.stxstattarget, -1) AS target,
       r.nspname AS table_schema,
       c.relname AS "table",
       pg_catalog.pg_get_userbyid(s.stxowner) AS owner
  FROM pg_catalog.pg_statistic_ext s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
  JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid
  JOIN pg_catalog.pg_namespace r ON r.oid = c.relnamespace
 WHERE s.stxnamespace = ANY ($1)
