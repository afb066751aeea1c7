-- Operator classes.  items: the list of CREATE OPERATOR CLASS, ready quoted.
--# include operator_tie.part
), item AS (
    SELECT d.opclass, 1 AS sort, m.amopstrategy AS number, m.oid,
           'OPERATOR ' || m.amopstrategy || ' ' || pg_catalog.quote_ident(w.nspname) || '.' || o.oprname
           || ' (' || pg_catalog.format_type(m.amoplefttype, NULL) || ', '
           || pg_catalog.format_type(m.amoprighttype, NULL) || ')'
           || COALESCE(' FOR ORDER BY ' || pg_catalog.quote_ident(v.nspname) || '.' || pg_catalog.quote_ident(s.opfname), '')
           AS text
      FROM tie d
      JOIN pg_catalog.pg_amop m ON m.oid = d.objid
      JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr
      JOIN pg_catalog.pg_namespace w ON w.oid = o.oprnamespace
      LEFT JOIN pg_catalog.pg_opfamily s ON s.oid = m.amopsortfamily
      LEFT JOIN pg_catalog.pg_namespace v ON v.oid = s.opfnamespace
     WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass
       AND d.opclass >= 16384
    UNION ALL
    SELECT d.opclass, 2, m.amprocnum, m.oid,
           'FUNCTION ' || m.amprocnum || ' (' || pg_catalog.format_type(m.amproclefttype, NULL) || ', '
           || pg_catalog.format_type(m.amprocrighttype, NULL) || ') ' || m.amproc::pg_catalog.regprocedure
      FROM tie d
      JOIN pg_catalog.pg_amproc m ON m.oid = d.objid
     WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass
       AND d.opclass >= 16384
)
SELECT c.oid,
       n.nspname AS schema,
       c.opcname AS name,
       a.amname AS method,
       pg_catalog.format_type(c.opcintype, NULL) AS type,
       c.opcdefault AS is_default,
       pg_catalog.quote_ident(w.nspname) || '.' || pg_catalog.quote_ident(f.opfname) AS family,
       CASE WHEN c.opckeytype <> 0 AND c.opckeytype <> c.opcintype THEN pg_catalog.format_type(c.opckeytype, NULL)
       END AS storage,
       i.items,
       pg_catalog.pg_get_userbyid(c.opcowner) AS owner
  FROM pg_catalog.pg_opclass c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
  JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod
  JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily
  JOIN pg_catalog.pg_namespace w ON w.oid = f.opfnamespace
  LEFT JOIN (SELECT t.opclass,
                    pg_catalog.array_agg(t.text ORDER BY t.sort, t.number, t.text COLLATE pg_catalog."C") AS items
               FROM item t
              GROUP BY t.opclass) i ON i.opclass = c.oid
 WHERE c.opcnamespace = ANY ($1)
