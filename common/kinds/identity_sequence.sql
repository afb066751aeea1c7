-- Sequences of identity columns, made and altered through their column, for what they have of their own: who may
-- use them, a comment, whether they are logged.  A partition's identity is its parent's (PostgreSQL 17).
SELECT s.oid,
       n.nspname::pg_catalog.text AS schema,
       c.relname::pg_catalog.text AS "table",
       a.attname::pg_catalog.text AS name,
       m.nspname::pg_catalog.text AS sequence_schema,
       s.relname::pg_catalog.text AS sequence,
       s.relpersistence::pg_catalog.text AS persistence, --@ >=150000
       pg_catalog.pg_get_userbyid(s.relowner) AS owner,
       CASE WHEN s.relacl IS NOT NULL
             AND NOT (s.relacl @> pg_catalog.acldefault('s', s.relowner)
                      AND s.relacl <@ pg_catalog.acldefault('s', s.relowner))
            THEN s.relacl END AS acl
  FROM pg_catalog.pg_class s
  JOIN pg_catalog.pg_namespace m ON m.oid = s.relnamespace
  JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = s.oid AND d.objsubid = 0
   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype = 'i'
  JOIN pg_catalog.pg_class c ON c.oid = d.refobjid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
 WHERE s.relkind = 'S'
   AND s.relpersistence <> 't'
   AND c.relnamespace = ANY ($1)
   AND NOT c.relispartition --@ >=170000
