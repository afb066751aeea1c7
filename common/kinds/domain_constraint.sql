-- Check constraints of domains.  PostgreSQL 17 also has rows for NOT NULL (contype n): that
-- is an attribute of the domain.
SELECT k.oid,
       n.nspname::pg_catalog.text AS schema,
       t.typname::pg_catalog.text AS domain,
       k.conname::pg_catalog.text AS name,
       pg_catalog.pg_get_expr(k.conbin, 0) AS expression,
       k.convalidated AS validated
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_type t ON t.oid = k.contypid AND t.typtype = 'd'
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE k.contype = 'c' AND k.contypid <> 0 AND t.typnamespace = ANY ($1)
