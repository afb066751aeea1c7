-- Types that are first made as a shell: base types and ranges with a canonical function, because their functions
-- take or give them, and shells that never became more.  Sub-number 1 is what dependency.sql lets such functions
-- refer to.
SELECT t.oid,
       CASE WHEN t.typisdefined THEN 1 ELSE 0 END AS subid,
       n.nspname AS schema,
       t.typname AS name,
       'shell' AS stage,
       CASE WHEN NOT t.typisdefined --@ >=180000
             AND t.typacl IS NOT NULL --@ >=180000
             AND NOT (t.typacl @> pg_catalog.acldefault('T', t.typowner) --@ >=180000
                      AND t.typacl <@ pg_catalog.acldefault('T', t.typowner)) --@ >=180000
            THEN t.typacl END AS acl, --@ >=180000
       CASE WHEN NOT t.typisdefined THEN pg_catalog.pg_get_userbyid(t.typowner) END AS owner
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE t.typnamespace = ANY ($1)
   AND t.typtype IN ('b', 'p')
   AND (NOT t.typisdefined OR (t.typtype = 'b' AND t.typinput <> 'pg_catalog.array_in'::pg_catalog.regproc))
UNION ALL
SELECT t.oid, 1, n.nspname, t.typname, 'shell',
       NULL, --@ >=180000
       NULL
  FROM pg_catalog.pg_range r
  JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE t.typnamespace = ANY ($1)
   AND r.rngcanonical <> 0
