-- One line a table and column: how many rows, and a checksum of the column's values whatever their order.
-- Taken before and after: what was there must be there still.
SET client_min_messages = error;
SET search_path = '';
SET extra_float_digits = 3;
SELECT pg_catalog.format(
           'SELECT %L, pg_catalog.count(*), pg_catalog.md5(COALESCE(pg_catalog.string_agg(x.v, '','' ORDER BY x.v COLLATE "C"), '''')) FROM (SELECT %I::pg_catalog.text AS v FROM ONLY %I.%I) x;',
           pg_catalog.format('%I.%I.%I', n.nspname, c.relname, a.attname), a.attname, n.nspname, c.relname)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 WHERE c.relkind = 'r' AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgkeel')
 ORDER BY n.nspname, c.relname, a.attname
\gexec
