-- Comments on whatever users made; OIDs below 16384 are the server's own, but a schema such as public may carry one too.
SELECT d.classoid,
       d.objoid,
       d.objsubid,
       d.description
  FROM pg_catalog.pg_description d
 WHERE d.objoid >= 16384
    OR d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
    OR d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass
