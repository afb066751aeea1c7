-- ALTER ... DEPENDS ON EXTENSION: what is dropped with an extension without being a member of it.
SELECT d.classid,
       d.objid,
       d.objsubid,
       pg_catalog.array_agg(e.extname::pg_catalog.text ORDER BY e.extname::pg_catalog.text COLLATE pg_catalog."C")
       AS extensions
  FROM pg_catalog.pg_depend d
  JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
 WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND d.deptype = 'x'
 GROUP BY d.classid, d.objid, d.objsubid
