-- Operator classes.  items: the list of CREATE OPERATOR CLASS, ready quoted.
WITH tie AS (
    -- Which members are tied to a class.  Since 14 the index method says so (amadjustmembers, in nbtvalidate.c and so on):
    -- what a class can do without is tied to the family.  13 ties all that CREATE OPERATOR CLASS named.
    SELECT d.classid, d.objid, d.refobjid AS opclass
      FROM pg_catalog.pg_depend d
     WHERE d.classid IN ('pg_catalog.pg_amop'::pg_catalog.regclass, 'pg_catalog.pg_amproc'::pg_catalog.regclass)
       AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass
       AND NOT EXISTS (SELECT --@ <140000
                         FROM pg_catalog.pg_amop m --@ <140000
                         JOIN pg_catalog.pg_am a ON a.oid = m.amopmethod --@ <140000
                        WHERE d.classid = 'pg_catalog.pg_amop'::pg_catalog.regclass AND m.oid = d.objid --@ <140000
                          AND (a.amhandler::pg_catalog.text IN ('ginhandler', 'gisthandler', 'spghandler') --@ <140000
                               OR a.amhandler::pg_catalog.text IN ('bthandler', 'hashhandler') --@ <140000
                                  AND m.amoplefttype <> m.amoprighttype)) --@ <140000
       AND NOT EXISTS (SELECT --@ <140000
                         FROM pg_catalog.pg_amproc m --@ <140000
                         JOIN pg_catalog.pg_opfamily f ON f.oid = m.amprocfamily --@ <140000
                         JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod --@ <140000
                        WHERE d.classid = 'pg_catalog.pg_amproc'::pg_catalog.regclass AND m.oid = d.objid --@ <140000
                          AND CASE a.amhandler::pg_catalog.text --@ <140000
                              WHEN 'ginhandler' THEN m.amprocnum NOT IN (2, 3) --@ <140000
                              WHEN 'gisthandler' THEN m.amprocnum NOT IN (1, 2, 5, 6, 7) --@ <140000
                              WHEN 'spghandler' THEN m.amprocnum NOT BETWEEN 1 AND 5 --@ <140000
                              WHEN 'bthandler' THEN m.amprocnum <> 1 OR m.amproclefttype <> m.amprocrighttype --@ <140000
                              WHEN 'hashhandler' THEN m.amprocnum <> 1 OR m.amproclefttype <> m.amprocrighttype --@ <140000
                              ELSE false END) --@ <140000
    UNION ALL
    -- Of these two methods it ties to a class what the family gets after it, but not what it got before: here both are.
    (SELECT DISTINCT ON (m.classid, m.oid) m.classid, m.oid, c.oid
       FROM (SELECT 'pg_catalog.pg_amop'::pg_catalog.regclass::pg_catalog.oid AS classid, o.oid,
                    o.amopfamily AS family, o.amoplefttype AS type
               FROM pg_catalog.pg_amop o
              WHERE o.amoplefttype = o.amoprighttype
             UNION ALL
             SELECT 'pg_catalog.pg_amproc'::pg_catalog.regclass::pg_catalog.oid, p.oid, p.amprocfamily, p.amproclefttype
               FROM pg_catalog.pg_amproc p
              WHERE p.amproclefttype = p.amprocrighttype AND p.amprocnum = 1) m
       JOIN pg_catalog.pg_opclass c ON c.opcfamily = m.family AND c.opcintype = m.type
       JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod
      WHERE m.oid >= 16384 AND c.oid >= 16384
        AND a.amhandler::pg_catalog.text IN ('bthandler', 'hashhandler')
        AND NOT EXISTS (SELECT
                          FROM pg_catalog.pg_depend d
                         WHERE d.classid = m.classid AND d.objid = m.oid
                           AND d.refclassid = 'pg_catalog.pg_opclass'::pg_catalog.regclass)
        AND NOT EXISTS (SELECT
                          FROM pg_catalog.pg_depend e
                         WHERE e.classid = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND e.objid = c.oid
                           AND e.deptype = 'e')
      ORDER BY m.classid, m.oid, c.opcname, c.opcnamespace)
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
