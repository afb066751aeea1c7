-- Domains.  Their constraints are objects of their own.
SELECT t.oid,
       n.nspname::pg_catalog.text AS schema,
       t.typname::pg_catalog.text AS name,
       pg_catalog.format_type(t.typbasetype, t.typtypmod) AS type,
       CASE WHEN t.typcollation <> b.typcollation
            THEN pg_catalog.quote_ident(con.nspname) || '.' || pg_catalog.quote_ident(co.collname) END AS collation,
       t.typnotnull AS not_null,
       CASE WHEN nn.conname !~ '_not_null[0-9]*$' THEN nn.conname END AS not_null_name, --@ >=170000
       nn.conname AS not_null_constraint, --@ >=170000
       nd.description AS not_null_comment, --@ >=170000
       pg_catalog.pg_get_expr(t.typdefaultbin, 0) AS "default",
       pg_catalog.pg_get_userbyid(t.typowner) AS owner,
       CASE WHEN t.typacl IS NOT NULL
             AND NOT (t.typacl @> pg_catalog.acldefault('T', t.typowner)
                      AND t.typacl <@ pg_catalog.acldefault('T', t.typowner))
            THEN t.typacl END AS acl
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_catalog.pg_collation co ON co.oid = t.typcollation
  LEFT JOIN pg_catalog.pg_namespace con ON con.oid = co.collnamespace
  LEFT JOIN pg_catalog.pg_constraint nn ON nn.contypid = t.oid AND nn.contype = 'n' --@ >=170000
  LEFT JOIN pg_catalog.pg_description nd --@ >=170000
    ON nd.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND nd.objoid = nn.oid --@ >=170000
 WHERE t.typtype = 'd' AND t.typnamespace = ANY ($1)
