-- Schemas.
-- The schema "public" is there from the start with privileges of its own, which PostgreSQL
-- would not give to a schema that is made later: these count as its default, and
-- the comment that initdb gives it counts as none.
SELECT n.oid,
       n.nspname::pg_catalog.text AS name,
       pg_catalog.pg_get_userbyid(n.nspowner) AS owner,
       CASE WHEN NOT (a.actual @> a.usual AND a.actual <@ a.usual) THEN a.actual END AS acl,
       d.description AS comment
  FROM pg_catalog.pg_namespace n
  CROSS JOIN LATERAL (
       SELECT COALESCE(n.nspacl, pg_catalog.acldefault('n', n.nspowner)) AS actual,
              CASE WHEN n.nspname = 'public'
                   THEN pg_catalog.acldefault('n', n.nspowner)
                        || ('=U/' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(n.nspowner)))::pg_catalog.aclitem --@ >=150000
                        || ('=UC/' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(n.nspowner)))::pg_catalog.aclitem --@ <150000
                   ELSE pg_catalog.acldefault('n', n.nspowner)
              END AS usual) a
  LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.objoid = n.oid AND d.objsubid = 0
        AND NOT (n.nspname = 'public' AND d.description = 'standard public schema')
 WHERE n.oid = ANY ($1)
