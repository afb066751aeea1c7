-- One line a table and column: name, how many rows, a checksum of the column's values whatever their order, its type.
-- Taken before and after: what was there must be there still.  ROWS_BEFORE in the environment names the lines taken
-- before: a column that has become of another type since is read as what it was, since a retype without loss may change
-- a value's text (1 to 1.00) but can be undone.
SET client_min_messages = error;
SET search_path = '';
SET extra_float_digits = 3;
\set before `cat "${ROWS_BEFORE:-/dev/null}"`
WITH before AS (
    SELECT part[1] AS name, part[2]::pg_catalog.oid AS type, part[3]::int AS modifier
      FROM pg_catalog.regexp_split_to_table(:'before', E'\n') line,
           pg_catalog.regexp_match(line, '^(.*)\|\d+\|\w+\|(\d+)\|(-?\d+)$') part
)
SELECT pg_catalog.format(
           'SELECT %L, pg_catalog.count(*), pg_catalog.md5(COALESCE(pg_catalog.string_agg(x.v, '','' ORDER BY x.v COLLATE "C"), '''')), %s, %s FROM (SELECT %s AS v FROM ONLY %I.%I) x;',
           column_name, atttypid::pg_catalog.oid, atttypmod,
           CASE WHEN type IS NULL THEN pg_catalog.format('%I::pg_catalog.text', attname)
                ELSE pg_catalog.format(
                    'CASE WHEN %1$I::%2$s::%3$s::pg_catalog.text = %1$I::pg_catalog.text THEN %1$I::%2$s::pg_catalog.text ELSE %1$I::pg_catalog.text END',
                    attname, pg_catalog.format_type(type, modifier), pg_catalog.format_type(atttypid, atttypmod)) END,
           nspname, relname)
  FROM (SELECT n.nspname, c.relname, a.attname, a.atttypid, a.atttypmod, b.type, b.modifier,
               pg_catalog.format('%I.%I.%I', n.nspname, c.relname, a.attname) AS column_name
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                                        AND a.attgenerated = ''
          LEFT JOIN before b ON b.name = pg_catalog.format('%I.%I.%I', n.nspname, c.relname, a.attname)
                            AND (b.type = a.atttypid AND b.modifier <> a.atttypmod AND b.modifier <> -1
                                 OR EXISTS (SELECT FROM pg_catalog.pg_cast k
                                             WHERE k.castsource = b.type AND k.casttarget = a.atttypid AND k.oid < 16384))
         WHERE c.relkind = 'r' AND c.relpersistence <> 't'
           AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgkeel')) x
 ORDER BY nspname, relname, attname
\gexec
