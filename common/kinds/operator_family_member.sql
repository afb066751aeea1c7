-- Operators and support functions that are in a family without being in a class (pg_depend says which are in one), be
-- the family a user's or the server's own.  What an extension's operator, function or family brings along is its own.
-- name: what DROP says; definition: what ADD says.
--# include operator_tie.part
), extension_member AS MATERIALIZED (
	SELECT e.classid, e.objid
	  FROM pg_catalog.pg_depend e
	 WHERE e.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
	   AND e.deptype = 'e'
)
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
  FROM pg_catalog.pg_amop m
  JOIN pg_catalog.pg_opfamily f ON f.oid = m.amopfamily
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
  JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr
  JOIN pg_catalog.pg_namespace w ON w.oid = o.oprnamespace
  LEFT JOIN pg_catalog.pg_opfamily s ON s.oid = m.amopsortfamily
  LEFT JOIN pg_catalog.pg_namespace v ON v.oid = s.opfnamespace
 WHERE m.oid >= 16384
   AND (f.opfnamespace = ANY ($1) OR f.oid < 16384 AND o.oprnamespace = ANY ($1))
   AND NOT EXISTS (SELECT
                     FROM tie d
                    WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND d.objid = m.oid)
   AND NOT EXISTS (SELECT
                     FROM extension_member e
                    WHERE e.classid = 'pg_catalog.pg_operator'::pg_catalog.regclass AND e.objid = o.oid
                       OR e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND e.objid = f.oid)
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
  FROM pg_catalog.pg_amproc m
  JOIN pg_catalog.pg_opfamily f ON f.oid = m.amprocfamily
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
  JOIN pg_catalog.pg_proc p ON p.oid = m.amproc
 WHERE m.oid >= 16384
   AND (f.opfnamespace = ANY ($1) OR f.oid < 16384 AND p.pronamespace = ANY ($1))
   AND NOT EXISTS (SELECT
                     FROM tie d
                    WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND d.objid = m.oid)
   AND NOT EXISTS (SELECT
                     FROM extension_member e
                    WHERE e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND e.objid = p.oid
                       OR e.classid = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND e.objid = f.oid)
