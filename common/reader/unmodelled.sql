-- What users made that no kind reads: counted and named, so that silence can be trusted.  A partition that is being
-- detached is read as one, though its table does without it already.
SELECT 'large objects (data: kept in backups, not in snapshots)' AS what,
       pg_catalog.count(*) AS objects,
       pg_catalog.min(p.oid::pg_catalog.text) AS example
  FROM pg_catalog.pg_largeobject_metadata p
 WHERE NOT EXISTS (SELECT
                     FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
                      AND e.objid = p.oid
                      AND e.deptype = 'e')
UNION ALL --@ >=140000
SELECT 'partitions being detached (ALTER TABLE ... DETACH PARTITION ... FINALIZE ends it)', --@ >=140000
       pg_catalog.count(*), --@ >=140000
       pg_catalog.min(i.inhrelid::pg_catalog.regclass::pg_catalog.text) --@ >=140000
  FROM pg_catalog.pg_inherits i --@ >=140000
 WHERE i.inhdetachpending --@ >=140000
