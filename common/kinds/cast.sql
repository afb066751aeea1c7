-- Casts: in no schema; those of which the source, the target or the function is in one that is read, and those that
-- users made of nothing but the server's own.
SELECT c.oid,
       pg_catalog.format_type(c.castsource, NULL) AS source,
       pg_catalog.format_type(c.casttarget, NULL) AS target,
       CASE c.castmethod WHEN 'f' THEN 'function' WHEN 'i' THEN 'inout' ELSE 'binary' END AS method,
       CASE WHEN c.castfunc <> 0
            THEN pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.proname)
                 || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')'
       END AS "function",
       CASE c.castcontext WHEN 'i' THEN 'IMPLICIT' WHEN 'a' THEN 'ASSIGNMENT' ELSE 'EXPLICIT' END AS context
  FROM pg_catalog.pg_cast c
  JOIN pg_catalog.pg_type s ON s.oid = c.castsource
  JOIN pg_catalog.pg_type t ON t.oid = c.casttarget
  LEFT JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE c.oid >= 16384
   AND (s.typnamespace = ANY ($1) OR t.typnamespace = ANY ($1) OR p.pronamespace = ANY ($1)
       OR s.oid < 16384 AND t.oid < 16384 AND c.castfunc < 16384)
