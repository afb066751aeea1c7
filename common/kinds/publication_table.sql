-- Tables of publications.
SELECT r.oid,
       p.pubname AS publication,
       CASE WHEN pg_catalog.strpos(n.nspname || c.relname, '.') = 0 THEN n.nspname || '.' || c.relname
            ELSE pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname) END AS name, -- names may hold dots
       n.nspname AS table_schema,
       c.relname AS "table",
       CASE WHEN r.prattrs IS NOT NULL --@ >=150000
            THEN ARRAY(SELECT a.attname::pg_catalog.text --@ >=150000
                         FROM pg_catalog.unnest(r.prattrs::pg_catalog.int2[]) u (number) --@ >=150000
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = u.number --@ >=150000
                        ORDER BY u.number) --@ >=150000
       END AS columns, --@ >=150000
       pg_catalog.pg_get_expr(r.prqual, r.prrelid) AS filter --@ >=150000
       NULL AS filter --@ <150000
  FROM pg_catalog.pg_publication_rel r
  JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
  JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relnamespace = ANY ($1)
