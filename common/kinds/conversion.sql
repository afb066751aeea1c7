-- Conversions between encodings.
SELECT c.oid,
       n.nspname AS schema,
       c.conname AS name,
       c.condefault AS is_default,
       pg_catalog.pg_encoding_to_char(c.conforencoding) AS source,
       pg_catalog.pg_encoding_to_char(c.contoencoding) AS target,
       c.conproc::pg_catalog.regproc::pg_catalog.text AS "function",
       pg_catalog.pg_get_userbyid(c.conowner) AS owner
  FROM pg_catalog.pg_conversion c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
 WHERE c.connamespace = ANY ($1)
