-- Procedural languages that no extension brought.
SELECT l.oid,
       l.lanname AS name,
       l.lanpltrusted AS trusted,
       l.lanplcallfoid::pg_catalog.regproc::pg_catalog.text AS handler,
       NULLIF(l.laninline, 0)::pg_catalog.regproc::pg_catalog.text AS inline_handler,
       NULLIF(l.lanvalidator, 0)::pg_catalog.regproc::pg_catalog.text AS validator,
       pg_catalog.pg_get_userbyid(l.lanowner) AS owner,
       CASE WHEN l.lanacl IS NOT NULL
             AND NOT (l.lanacl @> pg_catalog.acldefault('l', l.lanowner)
                      AND l.lanacl <@ pg_catalog.acldefault('l', l.lanowner))
            THEN l.lanacl
       END AS acl
  FROM pg_catalog.pg_language l
 WHERE l.lanispl
   AND l.oid >= 16384
   AND $1::pg_catalog.oid[] IS NOT NULL
