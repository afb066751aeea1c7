-- Publications.
SELECT p.oid,
       p.pubname AS name,
       p.puballtables AS all_tables,
       pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                            CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END) AS publish,
       p.pubviaroot AS via_root,
       CASE p.pubgencols WHEN 's' THEN 'stored' ELSE 'none' END AS generated_columns, --@ >=180000
       pg_catalog.pg_get_userbyid(p.pubowner) AS owner
  FROM pg_catalog.pg_publication p
 WHERE $1::pg_catalog.oid[] IS NOT NULL
