-- What users made that no kind reads: counted and named, so that silence can be trusted.
SELECT 'large objects (data: kept in backups, not in snapshots)' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min(p.oid::pg_catalog.text) AS example
  FROM pg_catalog.pg_largeobject_metadata p
 WHERE NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
