-- Schemas of publications (PostgreSQL 15).
SELECT s.oid, --@ >=150000
       p.pubname AS publication, --@ >=150000
       n.nspname AS name --@ >=150000
  FROM pg_catalog.pg_publication_namespace s --@ >=150000
  JOIN pg_catalog.pg_publication p ON p.oid = s.pnpubid --@ >=150000
  JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid --@ >=150000
 WHERE s.pnnspid = ANY ($1) --@ >=150000
SELECT NULL AS publication, NULL AS name WHERE $1::pg_catalog.oid[] IS NULL --@ <150000
