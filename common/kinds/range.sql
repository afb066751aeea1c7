-- Range types.  What CREATE TYPE would choose by itself is NULL: the default operator
-- class, the subtype's collation, the derived name of the multirange (typecmds.c
-- makeMultirangeTypeName: "range" becomes "multirange", or "_multirange" is added).
SELECT t.oid,
       n.nspname::pg_catalog.text AS schema,
       t.typname::pg_catalog.text AS name,
       pg_catalog.format_type(r.rngsubtype, NULL) AS subtype,
       CASE WHEN NOT oc.opcdefault
            THEN pg_catalog.quote_ident(ocn.nspname) || '.' || pg_catalog.quote_ident(oc.opcname) END AS opclass,
       CASE WHEN r.rngcollation <> s.typcollation
            THEN pg_catalog.quote_ident(con.nspname) || '.' || pg_catalog.quote_ident(co.collname) END AS collation,
       pg_catalog.quote_ident(cn.nspname) || '.' || pg_catalog.quote_ident(c.proname) AS canonical,
       pg_catalog.quote_ident(dn.nspname) || '.' || pg_catalog.quote_ident(d.proname) AS subtype_diff,
       CASE WHEN m.typnamespace <> t.typnamespace OR m.typname::pg_catalog.text <> --@ >=140000
                 CASE WHEN pg_catalog.strpos(t.typname::pg_catalog.text, 'range') > 0 --@ >=140000
                      THEN pg_catalog.regexp_replace(t.typname::pg_catalog.text, 'range', 'multirange') --@ >=140000
                      ELSE pg_catalog."left"(t.typname::pg_catalog.text, 52) || '_multirange' END --@ >=140000
            THEN pg_catalog.quote_ident(mn.nspname) || '.' || pg_catalog.quote_ident(m.typname) END AS multirange, --@ >=140000
       pg_catalog.pg_get_userbyid(t.typowner) AS owner,
       CASE WHEN t.typacl IS NOT NULL
             AND NOT (t.typacl @> pg_catalog.acldefault('T', t.typowner)
                      AND t.typacl <@ pg_catalog.acldefault('T', t.typowner))
            THEN t.typacl END AS acl
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
  JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
  JOIN pg_catalog.pg_type m ON m.oid = r.rngmultitypid --@ >=140000
  JOIN pg_catalog.pg_namespace mn ON mn.oid = m.typnamespace --@ >=140000
  JOIN pg_catalog.pg_opclass oc ON oc.oid = r.rngsubopc
  JOIN pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace
  LEFT JOIN pg_catalog.pg_collation co ON co.oid = r.rngcollation
  LEFT JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
  LEFT JOIN pg_catalog.pg_proc c ON c.oid = r.rngcanonical
  LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = c.pronamespace
  LEFT JOIN pg_catalog.pg_proc d ON d.oid = r.rngsubdiff
  LEFT JOIN pg_catalog.pg_namespace dn ON dn.oid = d.pronamespace
 WHERE t.typtype = 'r' AND t.typnamespace = ANY ($1)
