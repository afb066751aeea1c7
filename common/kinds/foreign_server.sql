-- Foreign servers.  secrets: names of options whose value looks like a secret; the values stay on the server.
SELECT s.oid,
       s.srvname AS name,
       w.fdwname AS wrapper,
       s.srvtype AS type,
       s.srvversion AS version,
       o.options,
       o.secrets,
       pg_catalog.pg_get_userbyid(s.srvowner) AS owner,
       CASE WHEN s.srvacl IS NOT NULL
             AND NOT (s.srvacl @> pg_catalog.acldefault('S', s.srvowner)
                      AND s.srvacl <@ pg_catalog.acldefault('S', s.srvowner))
            THEN s.srvacl
       END AS acl
  FROM pg_catalog.pg_foreign_server s
  JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
  LEFT JOIN LATERAL (
--# include foreign_options.part
                 FROM pg_catalog.unnest(s.srvoptions) e (option)) u) o ON s.srvoptions IS NOT NULL
 WHERE $1::pg_catalog.oid[] IS NOT NULL
