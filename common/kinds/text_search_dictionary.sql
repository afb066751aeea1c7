-- Text search dictionaries.  options: what the server keeps, which is SQL: name = 'value', ...
SELECT d.oid,
       n.nspname AS schema,
       d.dictname AS name,
       pg_catalog.quote_ident(s.nspname) || '.' || pg_catalog.quote_ident(t.tmplname) AS template,
       NULLIF(d.dictinitoption, '') AS options,
       pg_catalog.pg_get_userbyid(d.dictowner) AS owner
  FROM pg_catalog.pg_ts_dict d
  JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
  JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
  JOIN pg_catalog.pg_namespace s ON s.oid = t.tmplnamespace
 WHERE d.dictnamespace = ANY ($1)
