-- Dependencies between what users made, less those that say nothing new:
-- on schemas and from parts on their own table's columns (names say it), row and array types that nothing
-- refers to, toast tables and the triggers of foreign keys.  An internal row ('i') makes its object an alias of what it refers to.
-- The functions that a base type or a range is made of refer to its shell (sub-number 1, see shell_type.sql).
SELECT d.classid,
       d.objid,
       d.objsubid,
       d.refclassid,
       d.refobjid,
       CASE WHEN f.type IS NOT NULL THEN 1 ELSE d.refobjsubid END AS refobjsubid,
       d.deptype
  FROM pg_catalog.pg_depend d
  LEFT JOIN (SELECT DISTINCT t.oid AS type, u.oid AS routine
               FROM pg_catalog.pg_type t
              CROSS JOIN LATERAL (VALUES (t.typinput::pg_catalog.oid), (t.typoutput), (t.typreceive), (t.typsend),
                                         (t.typanalyze)) u (oid)
              WHERE t.typinput >= 16384
                AND t.typtype = 'b'
                AND u.oid >= 16384
             UNION ALL
             SELECT r.rngtypid, r.rngcanonical
               FROM pg_catalog.pg_range r
              WHERE r.rngcanonical >= 16384) f
    ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND f.routine = d.objid
   AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass AND f.type = d.refobjid
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
