-- Settings of the database, and of roles in it (ALTER DATABASE ... SET, ALTER ROLE ... IN DATABASE ... SET); role '' stands
-- for all.  Values that look like a secret are not read.
SELECT COALESCE(r.rolname, '') AS role,
       pg_catalog.split_part(e.option, '=', 1) AS name,
       CASE WHEN NOT
--# include secret.part
            THEN pg_catalog.substr(e.option, pg_catalog.strpos(e.option, '=') + 1)
       END AS value,
       CASE WHEN r.rolname IS NOT NULL THEN ARRAY[r.rolname]::pg_catalog.text[] END AS roles
  FROM pg_catalog.pg_db_role_setting s
 CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) e (option)
  LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole
 WHERE s.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND $1::pg_catalog.oid[] IS NOT NULL
