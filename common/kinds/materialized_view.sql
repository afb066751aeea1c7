-- Materialized views: as views, and how they are stored.
SELECT c.oid,
       n.nspname AS schema,
       c.relname AS name,
       pg_catalog.btrim(pg_catalog.pg_get_viewdef(c.oid, false), ' ;') AS definition,
       v.columns,
       m.amname AS access_method,
       CASE WHEN c.reloptions IS NOT NULL OR w.reloptions IS NOT NULL
            THEN ARRAY(SELECT o.option
                         FROM (SELECT option FROM pg_catalog.unnest(c.reloptions) AS a (option)
                               UNION ALL
                               SELECT 'toast.' || option FROM pg_catalog.unnest(w.reloptions) AS b (option)) AS o
                        ORDER BY o.option COLLATE pg_catalog."C")
       END AS options,
       c.relreplident AS replica_identity,
       s.spcname AS tablespace,
       c.relispopulated AS populated,
       pg_catalog.pg_get_userbyid(c.relowner) AS owner,
       CASE WHEN c.relacl IS NOT NULL
             AND NOT (c.relacl @> pg_catalog.acldefault('r', c.relowner)
                      AND c.relacl <@ pg_catalog.acldefault('r', c.relowner))
            THEN c.relacl
       END AS acl
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
  LEFT JOIN pg_catalog.pg_class w ON w.oid = c.reltoastrelid AND w.reloptions IS NOT NULL
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
  LEFT JOIN (SELECT a.attrelid,
                    pg_catalog.array_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)
                                         || CASE WHEN a.attcollation <> t.typcollation
                                                 THEN ' COLLATE ' || o.collname
                                                 ELSE ''
                                            END
                                         ORDER BY a.attnum) AS columns
               FROM pg_catalog.pg_class r
               JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
               JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
               LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation
              WHERE r.relkind = 'm'
                AND r.relnamespace = ANY ($1)
                AND a.attnum > 0
                AND NOT a.attisdropped
              GROUP BY a.attrelid) v ON v.attrelid = c.oid
 WHERE c.relkind = 'm'
   AND c.relnamespace = ANY ($1)
