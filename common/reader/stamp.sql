-- Equal before and after: no DDL was committed in between.  Every catalog row carries the
-- transaction that wrote it; vacuum and analyze write their numbers in place and leave it alone.
-- Temporary tables of other sessions come and go all the time and do not count.
WITH temporary_namespace AS MATERIALIZED (
    SELECT n.oid
      FROM pg_catalog.pg_namespace n
     WHERE n.nspname ~ '^pg_(toast_)?temp_'
), temporary_relation AS MATERIALIZED (
    SELECT c.oid
      FROM pg_catalog.pg_class c
     WHERE c.relpersistence = 't'
)
SELECT pg_catalog.string_agg(pg_catalog.concat_ws(',', s.name, s.rows, s.written), ':') AS stamp
  FROM (
        SELECT 'pg_class' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_class x
         WHERE x.relnamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_attribute' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_attribute x
         WHERE x.attrelid >= 16384 AND NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.attrelid)
        UNION ALL
        SELECT 'pg_attrdef' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_attrdef x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.adrelid)
        UNION ALL
        SELECT 'pg_constraint' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_constraint x
         WHERE x.connamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_index' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_index x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.indrelid)
        UNION ALL
        SELECT 'pg_inherits' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_inherits x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.inhrelid)
        UNION ALL
        SELECT 'pg_trigger' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_trigger x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.tgrelid)
        UNION ALL
        SELECT 'pg_rewrite' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_rewrite x
         WHERE x.oid >= 16384 AND NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.ev_class)
        UNION ALL
        SELECT 'pg_sequence' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_sequence x
         WHERE NOT EXISTS (SELECT FROM temporary_relation t WHERE t.oid = x.seqrelid)
        UNION ALL
        SELECT 'pg_type' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_type x
         WHERE x.oid >= 16384 AND x.typnamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_proc' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_proc x
         WHERE x.oid >= 16384 AND x.pronamespace NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_namespace' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_namespace x
         WHERE x.oid NOT IN (SELECT t.oid FROM temporary_namespace t)
        UNION ALL
        SELECT 'pg_policy' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_policy x
        UNION ALL
        SELECT 'pg_enum' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_enum x
        UNION ALL
        SELECT 'pg_extension' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_extension x
        UNION ALL
        SELECT 'pg_description' AS name, pg_catalog.count(*) AS rows, pg_catalog.sum(x.xmin::pg_catalog.text::pg_catalog.int8) AS written
          FROM pg_catalog.pg_description x
         WHERE x.objoid >= 16384
       ) s
