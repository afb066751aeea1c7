-- Operators, less the shells that only stand for one to come.  definition: the parameters of CREATE
-- OPERATOR that can never be altered, ready quoted.  Commutators and negators come in pairs: the server writes the missing
-- half of a link, or does not, by the order in which the two were made (PostgreSQL 17 on), so a link that one of them
-- lacks is taken from the other.
SELECT o.oid,
       n.nspname AS schema,
       o.oprname AS name,
       CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprleft, NULL) END || ', '
       || CASE WHEN o.oprright = 0 THEN 'NONE' ELSE pg_catalog.format_type(o.oprright, NULL) END AS arguments,
       pg_catalog.concat_ws(', ',
         'FUNCTION = ' || o.oprcode,
         CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || pg_catalog.format_type(o.oprleft, NULL) END,
         CASE WHEN o.oprright <> 0 THEN 'RIGHTARG = ' || pg_catalog.format_type(o.oprright, NULL) END) AS definition,
       'OPERATOR(' || pg_catalog.quote_ident(d.nspname) || '.' || c.oprname || ')' AS commutator,
       'OPERATOR(' || pg_catalog.quote_ident(m.nspname) || '.' || g.oprname || ')' AS negator,
       o.oprcanhash AS hashes,
       o.oprcanmerge AS merges,
       NULLIF(o.oprrest, 0)::pg_catalog.regproc::pg_catalog.text AS "restrict",
       NULLIF(o.oprjoin, 0)::pg_catalog.regproc::pg_catalog.text AS "join",
       pg_catalog.pg_get_userbyid(o.oprowner) AS owner
  FROM pg_catalog.pg_operator o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
  LEFT JOIN (SELECT DISTINCT ON (p.oprcom) p.oprcom, p.oid
               FROM pg_catalog.pg_operator p
              WHERE p.oprcom <> 0 AND p.oprcode <> 0
              ORDER BY p.oprcom, p.oprname, p.oprnamespace::pg_catalog.regnamespace::pg_catalog.text) a
    ON a.oprcom = o.oid AND o.oprcom = 0
  LEFT JOIN (SELECT DISTINCT ON (p.oprnegate) p.oprnegate, p.oid
               FROM pg_catalog.pg_operator p
              WHERE p.oprnegate <> 0 AND p.oprcode <> 0
              ORDER BY p.oprnegate, p.oprname, p.oprnamespace::pg_catalog.regnamespace::pg_catalog.text) b
    ON b.oprnegate = o.oid AND o.oprnegate = 0
  LEFT JOIN pg_catalog.pg_operator c ON c.oid = COALESCE(a.oid, o.oprcom)
  LEFT JOIN pg_catalog.pg_namespace d ON d.oid = c.oprnamespace
  LEFT JOIN pg_catalog.pg_operator g ON g.oid = COALESCE(b.oid, o.oprnegate)
  LEFT JOIN pg_catalog.pg_namespace m ON m.oid = g.oprnamespace
 WHERE o.oprcode <> 0
   AND o.oprnamespace = ANY ($1)
