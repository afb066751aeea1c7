-- Collations.  The locale of an ICU collation has moved twice: collcollate, colliculocale (15), colllocale (17);
-- a row as JSON lets one query say so.
SELECT c.oid,
       n.nspname AS schema,
       c.collname AS name,
       CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'd' THEN 'default' ELSE 'libc'
       END AS provider,
       c.collisdeterministic AS deterministic,
       CASE WHEN c.collprovider IN ('i', 'b')
            THEN COALESCE(pg_catalog.to_jsonb(c) ->> 'colllocale', pg_catalog.to_jsonb(c) ->> 'colliculocale',
                          c.collcollate::pg_catalog.text)
       END AS locale,
       CASE WHEN c.collprovider = 'c' THEN c.collcollate END AS lc_collate,
       CASE WHEN c.collprovider = 'c' THEN c.collctype END AS lc_ctype,
       c.collicurules AS rules, --@ >=160000
       pg_catalog.pg_get_userbyid(c.collowner) AS owner
  FROM pg_catalog.pg_collation c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
 WHERE c.collnamespace = ANY ($1)
