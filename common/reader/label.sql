-- Security labels on whatever users made, one row an object: provider and label in turn.  Those of subscriptions, which all
-- databases share a catalog for, are in pg_shseclabel.
SELECT l.classoid,
       l.objoid,
       l.objsubid,
       pg_catalog.string_to_array(
         pg_catalog.string_agg(l.provider || E'\x01' || l.label, E'\x01' ORDER BY l.provider COLLATE pg_catalog."C"),
         E'\x01') AS labels
  FROM (SELECT s.classoid, s.objoid, s.objsubid, s.provider, s.label
          FROM pg_catalog.pg_seclabel s
         UNION ALL
        SELECT s.classoid, s.objoid, 0, s.provider, s.label
          FROM pg_catalog.pg_shseclabel s
         WHERE s.classoid = 'pg_catalog.pg_subscription'::pg_catalog.regclass) l
 GROUP BY l.classoid, l.objoid, l.objsubid
