-- Access methods that no extension brought.
SELECT a.oid,
       a.amname AS name,
       CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END AS type,
       a.amhandler::pg_catalog.regproc::pg_catalog.text AS handler
  FROM pg_catalog.pg_am a
 WHERE a.oid >= 16384
   AND $1::pg_catalog.oid[] IS NOT NULL
