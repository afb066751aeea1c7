-- Enumerated types with their labels in order.
SELECT t.oid,
       n.nspname::pg_catalog.text AS schema,
       t.typname::pg_catalog.text AS name,
       COALESCE(e.labels, '{}') AS labels,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner,
       CASE WHEN t.typacl IS NOT NULL
             AND NOT (t.typacl @> pg_catalog.acldefault('T', t.typowner)
                      AND t.typacl <@ pg_catalog.acldefault('T', t.typowner))
            THEN t.typacl END AS acl
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN (SELECT l.enumtypid, pg_catalog.array_agg(l.enumlabel::pg_catalog.text ORDER BY l.enumsortorder) AS labels
               FROM pg_catalog.pg_enum l
              GROUP BY l.enumtypid) e ON e.enumtypid = t.oid
 WHERE t.typtype = 'e' AND t.typnamespace = ANY ($1)
