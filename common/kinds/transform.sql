-- Transforms of a type for a language: in no schema; those of which the type or a function is in one that is read, and
-- those that users made of nothing but the server's own.
SELECT t.oid,
       pg_catalog.format_type(t.trftype, NULL) AS type,
       l.lanname AS language,
       f.oid::pg_catalog.regprocedure::pg_catalog.text AS from_sql,
       g.oid::pg_catalog.regprocedure::pg_catalog.text AS to_sql
  FROM pg_catalog.pg_transform t
  JOIN pg_catalog.pg_language l ON l.oid = t.trflang
  JOIN pg_catalog.pg_type y ON y.oid = t.trftype
  LEFT JOIN pg_catalog.pg_proc f ON f.oid = t.trffromsql
  LEFT JOIN pg_catalog.pg_proc g ON g.oid = t.trftosql
 WHERE t.oid >= 16384
   AND (y.typnamespace = ANY ($1) OR f.pronamespace = ANY ($1) OR g.pronamespace = ANY ($1)
        OR t.trftype < 16384 AND t.trffromsql < 16384 AND t.trftosql < 16384)
