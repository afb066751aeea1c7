-- User mappings, by the view that hides the options of others' mappings; "public" is everybody's.
-- secrets: names of options whose value looks like a secret; the values stay on the server.
-- readable: whether the reader may see the options at all (as pg_user_mappings decides).
SELECT m.umid AS oid,
       m.srvname AS server,
       CASE WHEN m.umuser = 0 THEN 'public' ELSE m.usename END AS "user",
       o.options,
       o.secrets,
       (m.umuser <> 0 AND m.usename = CURRENT_USER
        AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE')))
       OR (m.umuser = 0 AND pg_catalog.pg_has_role(s.srvowner, 'USAGE'))
       OR COALESCE((SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = CURRENT_USER), false) AS readable,
       CASE WHEN m.umuser <> 0 THEN ARRAY[m.usename]::pg_catalog.text[] END AS roles
  FROM pg_catalog.pg_user_mappings m
  JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid
  LEFT JOIN LATERAL (
--# include foreign_options.part
                 FROM pg_catalog.unnest(m.umoptions) e (option)) u) o ON m.umoptions IS NOT NULL
 WHERE $1::pg_catalog.oid[] IS NOT NULL
