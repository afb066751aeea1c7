-- Text search parsers.
SELECT p.oid,
       n.nspname AS schema,
       p.prsname AS name,
       pg_catalog.concat_ws(', ',
         'START = ' || p.prsstart,
         'GETTOKEN = ' || p.prstoken,
         'END = ' || p.prsend,
         'LEXTYPES = ' || p.prslextype,
         'HEADLINE = ' || NULLIF(p.prsheadline, 0)::pg_catalog.regproc) AS definition
  FROM pg_catalog.pg_ts_parser p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
 WHERE p.prsnamespace = ANY ($1)
