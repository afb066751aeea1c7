-- Foreign tables.  secrets: names of options whose value looks like a secret; the values stay on the server.
SELECT c.oid,
       n.nspname AS schema,
       c.relname AS name,
       s.srvname AS server,
       o.options,
       o.secrets,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner,
       CASE WHEN c.relacl IS NOT NULL
             AND NOT (c.relacl @> pg_catalog.acldefault('r', c.relowner)
                      AND c.relacl <@ pg_catalog.acldefault('r', c.relowner))
            THEN c.relacl
       END AS acl
  FROM pg_catalog.pg_foreign_table f
  JOIN pg_catalog.pg_class c ON c.oid = f.ftrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
  LEFT JOIN LATERAL (
--# include foreign_options.part
                 FROM pg_catalog.unnest(f.ftoptions) e (option)) u) o ON f.ftoptions IS NOT NULL
 WHERE c.relnamespace = ANY ($1)
