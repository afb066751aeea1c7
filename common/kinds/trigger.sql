-- Triggers that a user made: not those of constraints, and not the clones that partitions have of their parent's.
-- partitions: schema, table and state in turn of the clones, at any depth, that are enabled otherwise.
WITH RECURSIVE clone AS (
    SELECT t.oid AS root, t.tgenabled AS state, t.oid, t.tgrelid, t.tgenabled
      FROM pg_catalog.pg_trigger t
      JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal
       AND t.tgparentid = 0
       AND c.relkind = 'p'
       AND c.relnamespace = ANY ($1)
     UNION ALL
    SELECT p.root, p.state, t.oid, t.tgrelid, t.tgenabled
      FROM clone p
      JOIN pg_catalog.pg_trigger t ON t.tgparentid = p.oid
), exception AS (
    SELECT k.root,
           pg_catalog.string_to_array(
             pg_catalog.string_agg(pg_catalog.concat_ws(E'\x01', n.nspname, c.relname, k.tgenabled), E'\x01'
                                   ORDER BY n.nspname COLLATE pg_catalog."C", c.relname COLLATE pg_catalog."C"),
             E'\x01') AS partitions
      FROM clone k
      JOIN pg_catalog.pg_class c ON c.oid = k.tgrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE k.tgenabled <> k.state
     GROUP BY k.root
)
SELECT t.oid,
       n.nspname AS schema,
       c.relname AS relation,
       t.tgname AS name,
       pg_catalog.pg_get_triggerdef(t.oid, false) AS definition,
       t.tgenabled AS enabled,
       x.partitions
  FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN exception x ON x.root = t.oid
 WHERE NOT t.tgisinternal
   AND t.tgparentid = 0
   AND c.relnamespace = ANY ($1)
