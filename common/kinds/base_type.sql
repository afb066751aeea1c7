-- Base types.  definition: the parameters of CREATE TYPE that cannot be altered, ready quoted.
SELECT t.oid,
       n.nspname AS schema,
       t.typname AS name,
       pg_catalog.concat_ws(', ',
         'INPUT = ' || t.typinput,
         'OUTPUT = ' || t.typoutput,
         'INTERNALLENGTH = ' || CASE WHEN t.typlen = -1 THEN 'VARIABLE' ELSE t.typlen::pg_catalog.text END,
         CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
         'ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'd' THEN 'double' ELSE 'int4' END,
         CASE WHEN t.typcategory <> 'U' THEN 'CATEGORY = ' || pg_catalog.quote_literal(t.typcategory::pg_catalog.text) END,
         CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
         'DEFAULT = ' || pg_catalog.quote_literal(t.typdefault),
         CASE WHEN t.typelem <> 0 THEN 'ELEMENT = ' || pg_catalog.format_type(t.typelem, NULL) END,
         CASE WHEN t.typdelim <> ',' THEN 'DELIMITER = ' || pg_catalog.quote_literal(t.typdelim::pg_catalog.text) END,
         CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END) AS definition,
       NULLIF(t.typreceive::pg_catalog.oid, 0)::pg_catalog.regproc::pg_catalog.text AS receive,
       NULLIF(t.typsend::pg_catalog.oid, 0)::pg_catalog.regproc::pg_catalog.text AS send,
       NULLIF(t.typmodin::pg_catalog.oid, 0)::pg_catalog.regproc::pg_catalog.text AS typmod_in,
       NULLIF(t.typmodout::pg_catalog.oid, 0)::pg_catalog.regproc::pg_catalog.text AS typmod_out,
       NULLIF(t.typanalyze::pg_catalog.oid, 0)::pg_catalog.regproc::pg_catalog.text AS "analyze",
       NULLIF(t.typsubscript::pg_catalog.oid, 0)::pg_catalog.regproc::pg_catalog.text AS subscript, --@ >=140000
       CASE t.typstorage WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' ELSE 'plain' END AS storage,
       pg_catalog.pg_get_userbyid(t.typowner) AS owner,
       CASE WHEN t.typacl IS NOT NULL
             AND NOT (t.typacl @> pg_catalog.acldefault('T', t.typowner)
                      AND t.typacl <@ pg_catalog.acldefault('T', t.typowner))
            THEN t.typacl
       END AS acl
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE t.typtype = 'b'
   AND t.typnamespace = ANY ($1)
   AND t.typisdefined
   AND t.typinput <> 'pg_catalog.array_in'::pg_catalog.regproc
