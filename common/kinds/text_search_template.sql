-- Text search templates.
SELECT t.oid,
       n.nspname AS schema,
       t.tmplname AS name,
       pg_catalog.concat_ws(', ',
         'INIT = ' || NULLIF(t.tmplinit, 0)::pg_catalog.regproc,
         'LEXIZE = ' || t.tmpllexize) AS definition
  FROM pg_catalog.pg_ts_template t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
 WHERE t.tmplnamespace = ANY ($1)
