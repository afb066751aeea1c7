-- What users made that no kind reads: counted and named, so that silence can be trusted.
WITH member AS MATERIALIZED (
    SELECT e.classid, e.objid
      FROM pg_catalog.pg_depend e
     WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
       AND e.deptype = 'e'
), relation AS MATERIALIZED (
    SELECT c.oid, c.relname, c.relkind, c.relowner, c.relacl,
           c.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace AS standard -- of information_schema, made later
      FROM pg_catalog.pg_class c
     WHERE c.oid < 16384
        OR c.oid IN (SELECT m.objid FROM member m WHERE m.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
)
SELECT 'large objects (data: kept in backups, not in snapshots)' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min(p.oid::pg_catalog.text) AS example
  FROM pg_catalog.pg_largeobject_metadata p
 WHERE NOT EXISTS (SELECT
                     FROM member m
                    WHERE m.classid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
                      AND m.objid = p.oid)
UNION ALL
-- what initdb and CREATE EXTENSION granted is in pg_init_privs
SELECT 'privileges on objects of the server or of an extension', pg_catalog.count(*), pg_catalog.min(p.name)
  FROM (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass AS class, r.oid, 0 AS sub, r.relname::pg_catalog.text AS name,
               r.relacl AS acl, pg_catalog.acldefault(CASE r.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, r.relowner) AS usual,
               r.standard
          FROM relation r
         WHERE r.relacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, r.oid, a.attnum, r.relname || '.' || a.attname, a.attacl,
               '{}'::pg_catalog.aclitem[], r.standard
          FROM relation r
         CROSS JOIN LATERAL (SELECT c.attnum, c.attname, c.attacl
                               FROM pg_catalog.pg_attribute c
                              WHERE c.attrelid = r.oid
                                AND c.attacl <> '{}'
                             OFFSET 0) a -- of these few alone
        UNION ALL
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, 0, f.proname::pg_catalog.text, f.proacl,
               pg_catalog.acldefault('f', f.proowner), false
          FROM pg_catalog.pg_proc f
         WHERE f.proacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, t.typname::pg_catalog.text, t.typacl,
               pg_catalog.acldefault('T', t.typowner), false
          FROM pg_catalog.pg_type t
         WHERE t.typacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid, 0, l.lanname::pg_catalog.text, l.lanacl,
               pg_catalog.acldefault('l', l.lanowner), false
          FROM pg_catalog.pg_language l
         WHERE l.lanacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 0, n.nspname::pg_catalog.text, n.nspacl,
               pg_catalog.acldefault('n', n.nspowner), n.nspname <> 'pg_catalog'
          FROM pg_catalog.pg_namespace n
         WHERE n.nspacl IS NOT NULL
        UNION ALL
        SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, w.fdwname::pg_catalog.text, w.fdwacl,
               pg_catalog.acldefault('F', w.fdwowner), false
          FROM pg_catalog.pg_foreign_data_wrapper w
         WHERE w.fdwacl IS NOT NULL) p
  LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = p.class AND i.objoid = p.oid AND i.objsubid = p.sub
 WHERE (p.oid < 16384 AND NOT p.standard
        OR (p.class::pg_catalog.oid, p.oid) IN (SELECT m.classid, m.objid FROM member m))
   AND NOT (p.acl @> COALESCE(i.initprivs, p.usual) AND p.acl <@ COALESCE(i.initprivs, p.usual))
