-- Default privileges; schema '' stands for all schemas.
SELECT d.oid,
       COALESCE(n.nspname, '') AS schema,
       pg_catalog.pg_get_userbyid(d.defaclrole) AS role,
       CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                            WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS type,
       ARRAY[pg_catalog.pg_get_userbyid(d.defaclrole)]::pg_catalog.text[] AS roles,
       pg_catalog.pg_get_userbyid(d.defaclrole) AS owner,
       d.defaclacl AS acl
  FROM pg_catalog.pg_default_acl d
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
 WHERE d.defaclnamespace = 0
    OR d.defaclnamespace = ANY ($1)
