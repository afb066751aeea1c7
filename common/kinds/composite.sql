-- Free-standing composite types (relkind c).  Their attributes are columns.
SELECT t.oid,
       n.nspname::pg_catalog.text AS schema,
       t.typname::pg_catalog.text AS name,
       ARRAY(SELECT a.attname::pg_catalog.text
               FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              ORDER BY a.attnum) AS attributes,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner,
       CASE WHEN t.typacl IS NOT NULL
             AND NOT (t.typacl @> pg_catalog.acldefault('T', t.typowner)
                      AND t.typacl <@ pg_catalog.acldefault('T', t.typowner))
            THEN t.typacl END AS acl
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE t.typtype = 'c' AND t.typnamespace = ANY ($1)
