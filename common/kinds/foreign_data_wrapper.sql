-- Foreign-data wrappers.  secrets: names of options whose value looks like a secret; the values stay on the server.
SELECT w.oid,
       w.fdwname AS name,
       NULLIF(w.fdwhandler, 0)::pg_catalog.regproc::pg_catalog.text AS handler,
       NULLIF(w.fdwvalidator, 0)::pg_catalog.regproc::pg_catalog.text AS validator,
       o.options,
       o.secrets,
       pg_catalog.pg_get_userbyid(w.fdwowner) AS owner,
       CASE WHEN w.fdwacl IS NOT NULL
             AND NOT (w.fdwacl @> pg_catalog.acldefault('F', w.fdwowner)
                      AND w.fdwacl <@ pg_catalog.acldefault('F', w.fdwowner))
            THEN w.fdwacl
       END AS acl
  FROM pg_catalog.pg_foreign_data_wrapper w
  LEFT JOIN LATERAL (
--# include foreign_options.part
                 FROM pg_catalog.unnest(w.fdwoptions) e (option)) u) o ON w.fdwoptions IS NOT NULL
 WHERE $1::pg_catalog.oid[] IS NOT NULL
