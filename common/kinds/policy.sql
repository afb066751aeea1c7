-- Row security policies.  No role in polroles but 0 means PUBLIC.
SELECT p.oid,
       n.nspname AS schema,
       c.relname AS "table",
       p.polname AS name,
       p.polpermissive AS permissive,
       CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE'
                     ELSE 'ALL'
       END AS command,
       COALESCE(r.roles, '{public}') AS roles,
       pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS "using",
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS "check"
  FROM pg_catalog.pg_policy p
  JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN (SELECT q.oid,
                    pg_catalog.array_agg(a.rolname::pg_catalog.text ORDER BY a.rolname) AS roles
               FROM pg_catalog.pg_policy q
              CROSS JOIN pg_catalog.unnest(q.polroles) AS u (role)
               JOIN pg_catalog.pg_roles a ON a.oid = u.role
              GROUP BY q.oid) r ON r.oid = p.oid
 WHERE c.relnamespace = ANY ($1)
