-- Operators and support functions that are in a family without being in a class (pg_depend says which those are).
-- name: what DROP says; definition: what ADD says.
SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass::pg_catalog.oid AS classid,
       m.oid,
       n.nspname AS schema,
       f.opfname AS family,
       a.amname AS method,
       'OPERATOR ' || m.amopstrategy || ' (' || pg_catalog.format_type(m.amoplefttype, NULL) || ', '
       || pg_catalog.format_type(m.amoprighttype, NULL) || ')' AS name,
       'OPERATOR ' || m.amopstrategy || ' ' || pg_catalog.quote_ident(w.nspname) || '.' || o.oprname
       || ' (' || pg_catalog.format_type(m.amoplefttype, NULL) || ', ' || pg_catalog.format_type(m.amoprighttype, NULL) || ')'
       || COALESCE(' FOR ORDER BY ' || pg_catalog.quote_ident(v.nspname) || '.' || pg_catalog.quote_ident(s.opfname), '')
       AS definition
  FROM pg_catalog.pg_opfamily f
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = f.oid
                             AND d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
  JOIN pg_catalog.pg_amop m ON m.oid = d.objid
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
  JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr
  JOIN pg_catalog.pg_namespace w ON w.oid = o.oprnamespace
  LEFT JOIN pg_catalog.pg_opfamily s ON s.oid = m.amopsortfamily
  LEFT JOIN pg_catalog.pg_namespace v ON v.oid = s.opfnamespace
 WHERE f.opfnamespace = ANY ($1)
   AND m.amopfamily = f.oid
UNION ALL
SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass::pg_catalog.oid,
       m.oid,
       n.nspname,
       f.opfname,
       a.amname,
       'FUNCTION ' || m.amprocnum || ' (' || pg_catalog.format_type(m.amproclefttype, NULL) || ', '
       || pg_catalog.format_type(m.amprocrighttype, NULL) || ')',
       'FUNCTION ' || m.amprocnum || ' (' || pg_catalog.format_type(m.amproclefttype, NULL) || ', '
       || pg_catalog.format_type(m.amprocrighttype, NULL) || ') ' || m.amproc::pg_catalog.regprocedure
  FROM pg_catalog.pg_opfamily f
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND d.refobjid = f.oid
                             AND d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
  JOIN pg_catalog.pg_amproc m ON m.oid = d.objid
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
 WHERE f.opfnamespace = ANY ($1)
