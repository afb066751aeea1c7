-- Dependencies between what users made, less those that say nothing new:
-- on schemas and from parts on their own table's columns (names say it), row and array types that nothing
-- refers to, toast tables and the triggers of foreign keys.  An internal row ('i') makes its object an alias of what it refers to.
SELECT d.classid,
       d.objid,
       d.objsubid,
       d.refclassid,
       d.refobjid,
       d.refobjsubid,
       d.deptype
  FROM pg_catalog.pg_depend d
 WHERE d.objid >= 16384
   AND d.refobjid >= 16384
   AND d.deptype IN ('n', 'a', 'i', 'x', 'P', 'S')
   AND d.refclassid <> 'pg_catalog.pg_namespace'::pg_catalog.regclass
   AND NOT (d.deptype = 'a' AND d.refobjsubid > 0)
   AND NOT (d.deptype = 'i' AND d.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass)
   AND NOT (d.deptype = 'i' AND d.refobjsubid = 0
            AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass)
   AND NOT (d.deptype = 'i' AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
            AND NOT EXISTS (SELECT
                              FROM pg_catalog.pg_depend u
                             WHERE u.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
                               AND u.refobjid = d.objid
                               AND u.refobjid >= 16384))
